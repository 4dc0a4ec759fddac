import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for request types. */
export default dropdown({
  key: 'request_type_list',
  noun: 'Request Type',
  label: 'List of Request Types',
  description: 'Triggers when a dropdown for request types is opened.',
  operation: 'ListRequestTypes',
});
