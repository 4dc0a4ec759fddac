import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Makes a ticket, for example for an abandoned chat. Its form depends on the request type. */
export default action({
  key: 'create_ticket',
  noun: 'Ticket',
  label: 'Create Ticket',
  description:
    'Creates a ticket of a request type, with the fields that your DeskDirector site has for it, such as summary, contact, board and priority. An empty field is not sent; your site decides what takes its place, and who is told of the ticket.',
  operation: 'CreateTicket',
  result: siteResult('CreateTicket'),
});
