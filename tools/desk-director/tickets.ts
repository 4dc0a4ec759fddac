import { randomUUID } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import { text } from '../../src/values.ts';
import type { Chats } from './chats.ts';
import type { Clock } from './clock.ts';
import {
  type ContactDetails,
  type Directory,
  type MemberDetails,
  memberDetails,
} from './directory.ts';
import { chosenEntry, entryWith } from './requests.ts';
import { ofEveryForm } from './schemas/ticket.ts';
import type { ticketEvents } from './schemas/ticket-events.ts';
import {
  type Board,
  boards,
  type Named,
  priorities,
  type RequestType,
  requestTypesWithSomethingElse,
  sources,
} from './service.ts';

/** A ticket as the site keeps it. */
interface Ticket {
  readonly id: number;
  readonly summary: string;
  readonly description: string | null;
  readonly requestType: Named;
  readonly board: Board;
  readonly status: Named;
  readonly priority: Named | null;
  readonly source: Named | null;
  readonly contact: ContactDetails | null;
  readonly company: Named | null;
  readonly owner: MemberDetails | null;
  readonly chatSessionId: string | null;
  readonly notes: readonly { readonly text: string; readonly createdDateTime: string }[];
  /** What the form of the request type asks for beyond the properties above. */
  readonly formFields: readonly { readonly name: string; readonly value: string }[];
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
}

/** The type `TicketDetails`. */
export type TicketDetails = ReturnType<typeof detailsOf>;

type Body = Readonly<Record<string, unknown>>;

export type TicketEventKind = keyof typeof ticketEvents;

export type Tickets = ReturnType<typeof createTickets>;

/**
 * The tickets of a site, none at first. A function that creates or changes a ticket throws the site's
 * refusal when the body names something that does not exist.
 *
 * @param chats the chats that tickets can be for
 * @param directory the contacts and companies that tickets can have
 * @param announce is called with the payload when a ticket is created, gets another status or a note
 */
export function createTickets(
  time: Clock,
  chats: Chats,
  directory: Directory,
  announce: (event: TicketEventKind, payload: object) => void,
) {
  const tickets = new Map<number, Ticket>();

  function changed(ticket: Ticket, body: Body): Ticket {
    const { board, contact } = ticket;
    const newBoard = chosenEntry(body.boardId, 'board', boards) ?? board;
    const newContact = chosenEntry(body.contactId, 'contact', directory.contacts()) ?? contact;
    const status = newBoard === board ? ticket.status : newBoard.statuses[0];
    const note = text(body.note);
    const changedAt = time();
    return {
      ...ticket,
      summary: text(body.summary) ?? ticket.summary,
      description: text(body.description) ?? ticket.description,
      requestType:
        chosenEntry(body.requestTypeId, 'request type', requestTypesWithSomethingElse) ??
        ticket.requestType,
      board: newBoard,
      status:
        chosenEntry(body.statusId, `status of board ${newBoard.id}`, newBoard.statuses) ?? status,
      priority: chosenEntry(body.priorityId, 'priority', priorities) ?? ticket.priority,
      source: chosenEntry(body.sourceId, 'source', sources) ?? ticket.source,
      contact: newContact,
      company:
        chosenEntry(body.companyId, 'company', directory.companies()) ??
        ticket.company ??
        newContact?.company ??
        null,
      owner: chosenEntry(body.ownerId, 'member', memberDetails) ?? ticket.owner,
      notes:
        note === null
          ? ticket.notes
          : [...ticket.notes, { text: note, createdDateTime: changedAt }],
      lastModifiedDateTime: changedAt,
    };
  }

  /** Keeps a ticket, and announces what is new about it. */
  function keep(ticket: Ticket, before?: Ticket): TicketDetails {
    tickets.set(ticket.id, ticket);
    const details = detailsOf(ticket);
    const tell = (event: TicketEventKind, more = {}) =>
      announce(event, {
        eventId: randomUUID(),
        ticketId: ticket.id,
        occurredAt: ticket.lastModifiedDateTime,
        ticket: ticketSummary(details),
        ...more,
      });
    if (before === undefined) tell('newTicket');
    else if (before.status.id !== ticket.status.id) {
      tell('ticketStatusChanged', { previousStatus: before.status.name });
    }
    const isNoted = ticket.notes.length > (before?.notes.length ?? 0);
    if (isNoted) tell('ticketNoteCreated', { note: ticket.notes.at(-1) });
    return details;
  }

  return {
    /** A ticket for a chat becomes the reference of the chat. */
    create(requestType: RequestType, body: Body): TicketDetails {
      const chatSessionId = text(body.chatSessionId);
      if (chatSessionId !== null && !chats.find(chatSessionId)) {
        throw new HTTPException(400, { message: `There is no chat session ${chatSessionId}.` });
      }
      const createdDateTime = time();
      const ticket = changed(
        {
          id: 48301 + tickets.size,
          summary: '',
          description: null,
          requestType,
          board: requestType.board,
          status: requestType.board.statuses[0],
          priority: null,
          source: null,
          contact: null,
          company: null,
          owner: null,
          chatSessionId,
          notes: [],
          formFields: Object.entries(body)
            .filter(([name]) => !Object.hasOwn(ofEveryForm, name))
            .map(([name, value]) => ({ name, value: text(value) ?? JSON.stringify(value) })),
          createdDateTime,
          lastModifiedDateTime: createdDateTime,
        },
        body,
      );
      if (chatSessionId !== null) chats.setTicket(chatSessionId, ticket.id);
      return keep(ticket);
    },

    /** Changes a ticket, for example its status by `statusId`. A `note` is added to its notes. */
    update(id: number, body: Body): TicketDetails {
      const before = entryWith(id, 'ticket', [...tickets.values()], 404);
      return keep(changed(before, body), before);
    },

    /** All tickets, the latest first. */
    list: (): TicketDetails[] => [...tickets.values()].reverse().map(detailsOf),
  };
}

function detailsOf({ requestType, board, status, contact, company, owner, ...ticket }: Ticket) {
  return {
    ...ticket,
    requestType: named(requestType),
    board: named(board),
    status: named(status),
    contact: contact && { ...named(contact), email: contact.email, phone: contact.phone },
    company: company && named(company),
    owner: owner && named(owner),
  };
}

/** A ticket among others. */
export function ticketSummary(ticket: TicketDetails) {
  const { id, summary, board, status, priority, contact, company, createdDateTime } = ticket;
  return {
    ...{ id, summary, board, status, priority, company, createdDateTime },
    contact: contact && { ...named(contact), email: contact.email },
  };
}

const named = ({ id, name }: Named): Named => ({ id, name });
