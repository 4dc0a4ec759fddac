import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Changes a ticket, for example when its chat is completed. */
export default action({
  key: 'update_ticket',
  noun: 'Ticket',
  label: 'Update Ticket',
  description:
    'Changes the fields of a ticket that your DeskDirector site lets change, such as status or technician, or adds a note. An empty field changes nothing, so no field can be emptied; your site decides who sees the change, customers included.',
  operation: 'UpdateTicket',
  result: siteResult('UpdateTicket'),
});
