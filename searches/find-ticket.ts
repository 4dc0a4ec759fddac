import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a ticket. The trigger gives the Ticket ID of a chat that has one. */
export default search({
  key: 'find_ticket',
  noun: 'Ticket',
  label: 'Find Ticket',
  description:
    'Finds a ticket by its ID, or by the search fields of your DeskDirector site, such as words of its summary. Gives the ID that other steps take, and what your site tells, such as the status and the contact; for its tasks, use Find Ticket Tasks.',
  byId: 'GetTicket',
  find: 'FindTickets',
  result: siteResult('GetTicket'),
});
