import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for members, the technicians. */
export default dropdown({
  key: 'member_list',
  noun: 'Member',
  label: 'List of Members',
  description: 'Triggers when a dropdown for members is opened.',
  operation: 'ListMembers',
});
