import { search } from '../src/steps/search.ts';
import { TICKET_TASKS_RESULT } from '../src/steps/ticket-tasks.ts';

/** Looks up the lists of tasks of a ticket. */
export default search({
  key: 'find_ticket_tasks',
  noun: 'Ticket Tasks',
  label: 'Find Ticket Tasks',
  description:
    'Finds all tasks of a ticket by the ID of the ticket, which Find Ticket gives; a ticket without a list of tasks is not found. Gives line items, each with what your DeskDirector site tells of the task and of its list.',
  byId: 'GetTicketTasks',
  result: TICKET_TASKS_RESULT,
});
