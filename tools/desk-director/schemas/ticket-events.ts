import { chosenFrom } from './dropdowns.ts';
import { answer, int32, listOf, object, request, text, time } from './objects.ts';
import { companyId, keywords, ticketSummary } from './search.ts';

/*
 * The events of tickets. Their ids and payloads are fictional: DeskDirector publishes only that a site
 * lists and describes its events (DeskDirector: connector API).
 */

/** The events, by what the sandbox calls them. A filter reads the ticket as it is after the event. */
export const ticketEvents = {
  newTicket: event('ticket-created', 'New Ticket'),
  ticketStatusChanged: event('ticket-status-changed', 'Ticket Status Changed', {
    payload: { previousStatus: text('Previous status') },
  }),
  ticketNoteCreated: event('ticket-note-created', 'Ticket Note Created', {
    payload: { note: object('Note', { text: text('Text'), createdDateTime: time('Written at') }) },
    filters: { noteContains: { ...text('Note contains'), description: 'Ignores case.' } },
  }),
};

function event(id: string, name: string, { payload = {}, filters = {} } = {}) {
  return {
    id,
    name,
    /** Describes the advanced filters. */
    filters: request([], {
      keywords,
      companyId,
      priorityIds: listOf('Priorities', chosenFrom('ListPriorities', 'Priority')),
      ...filters,
    }),
    /** Describes what is delivered. The event has an id of its own. */
    payload: answer({
      eventId: text('Event ID'),
      ticketId: int32('Ticket concerned'),
      occurredAt: time('Occurred at'),
      ticket: ticketSummary,
      ...payload,
    }),
  };
}
