import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { getList } from '../src/deskdirector/http.ts';

/** Hidden: fills the Companies dropdown of the other triggers. */
export default defineTrigger({
  key: 'company_list',
  noun: 'Company',
  display: {
    label: 'List of Companies',
    description: 'Triggers when the Companies dropdown is opened.',
    hidden: true,
  },
  operation: {
    type: 'polling',
    perform: (z: ZObject, bundle: Bundle) => getList(z, bundle, '/companies'),
  },
});
