import { search } from '../src/steps/search.ts';

/** Looks up a ticket. The trigger gives the Ticket ID of a chat that has one. */
export default search({
  key: 'find_ticket',
  noun: 'Ticket',
  label: 'Find Ticket',
  description: 'Finds a ticket by its ID.',
  operation: 'GetTicket',
});
