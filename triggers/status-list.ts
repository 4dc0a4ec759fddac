import { dropdown } from '../src/steps/dropdown.ts';
import { BOARD_PARAMETER } from '../src/steps/site-lists.ts';

/** Hidden: fills the dropdowns for the statuses of tickets, which depend on the board. */
export default dropdown({
  key: 'status_list',
  noun: 'Status',
  label: 'List of Statuses',
  description: 'Triggers when a dropdown for statuses of tickets is opened.',
  operation: 'ListStatuses',
  // Without `required`: Zapier takes the dependency away from a field that says `required: false`.
  inputFields: [
    { key: BOARD_PARAMETER, label: 'Board', type: 'string', dynamic: 'board_list.id.name' },
    { key: 'ticket_id', label: 'Ticket', type: 'string' },
    {
      key: 'request_type_id',
      label: 'Request Type',
      type: 'string',
      dynamic: 'request_type_list.id.name',
    },
  ],
  readId: async (z, bundle) => (await import('../src/steps/board.ts')).filledInBoard(z, bundle),
});
