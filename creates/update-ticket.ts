import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Changes a ticket, for example when its chat is completed. */
export default action({
  key: 'update_ticket',
  noun: 'Ticket',
  label: 'Update Ticket',
  description: 'Updates a ticket.',
  operation: 'UpdateTicket',
  result: siteResult('UpdateTicket'),
});
