import { search } from '../src/steps/search.ts';
import { TICKET_TASKS_RESULT } from '../src/steps/ticket-tasks.ts';

/** Looks up the lists of tasks of a ticket. */
export default search({
  key: 'find_ticket_tasks',
  noun: 'Ticket Tasks',
  label: 'Find Ticket Tasks',
  description: 'Finds the tasks of a ticket by the ID of the ticket.',
  byId: 'GetTicketTasks',
  result: TICKET_TASKS_RESULT,
});
