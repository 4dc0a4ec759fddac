import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Adds a list of tasks to a ticket, for example from a template. */
export default action({
  key: 'create_ticket_tasks',
  noun: 'Ticket Tasks',
  label: 'Create Ticket Tasks',
  description: 'Adds tasks to a ticket.',
  operation: 'CreateTicketTasks',
  result: siteResult('CreateTicketTasks'),
});
