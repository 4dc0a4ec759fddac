import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Makes a ticket, for example for an abandoned chat. Its form depends on the request type. */
export default action({
  key: 'create_ticket',
  noun: 'Ticket',
  label: 'Create Ticket',
  description: 'Creates a ticket.',
  operation: 'CreateTicket',
  result: siteResult('CreateTicket'),
});
