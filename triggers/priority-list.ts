import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for priorities of tickets. */
export default dropdown({
  key: 'priority_list',
  noun: 'Priority',
  label: 'List of Priorities',
  description: 'Triggers when a dropdown for priorities of tickets is opened.',
  operation: 'ListPriorities',
});
