import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for the statuses of tickets, which depend on the board. */
export default dropdown({
  key: 'status_list',
  noun: 'Status',
  label: 'List of Statuses',
  description: 'Triggers when a dropdown for statuses of tickets is opened.',
  operation: 'ListStatuses',
  readId: async (z, bundle) => (await import('../src/steps/board.ts')).filledInBoard(z, bundle),
});
