import { findEventId, NEW_TICKET } from '../src/deskdirector/events.ts';
import { ticketHook } from '../src/steps/ticket-hook.ts';

/** Runs once for each ticket that is made. */
export default ticketHook({
  key: 'new_ticket',
  noun: 'Ticket',
  label: 'New Ticket',
  description:
    'Triggers when a ticket is made, on any board or on the one that you choose. Gives the Ticket ID and what your DeskDirector site tells of the ticket; for all of it, use Find Ticket.',
  inputFields: [],
  workflowName: 'Zapier: New Ticket',
  parameters: async (z, bundle) => ({ type: await findEventId(z, bundle, NEW_TICKET) }),
});
