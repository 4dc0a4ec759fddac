import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for companies. */
export default dropdown({
  key: 'company_list',
  noun: 'Company',
  label: 'List of Companies',
  description: 'Triggers when a dropdown for companies is opened.',
  operation: 'ListCompanies',
});
