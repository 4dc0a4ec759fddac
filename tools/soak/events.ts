import { contacts, members } from '../desk-director/people.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';

const CHATS = 2_000;
const BEGINNING = Date.parse('2026-03-10T09:00:00Z');

const { quilla, bramble, tansy, zephyrine } = contacts;
const { sprocket, pixel, modema } = members;

/**
 * A change of the status of one of 2,000 chats. The last-modified time of the chat holds the number
 * of the change: change n has the time BEGINNING plus n milliseconds.
 */
export function changedSession(number: number): ChatSessionPayload {
  const chat = number % CHATS;
  const customer = nth([quilla, bramble, tansy, zephyrine], number);
  const technician = nth([sprocket, pixel, modema], number);
  const isTaken = number % 10 < 7;
  const lastModifiedDateTime = time(BEGINNING + number);
  return {
    id: `${Math.floor(BEGINNING / 1000) - CHATS + chat}-${1001 + chat}`,
    name: `Chat Request from ${customer.name}`,
    type: nth(['request', 'push'], number),
    status: isTaken ? nth(['handled', 'completed'], number) : nth(['missed', 'callback'], number),
    pastStatus: number % 3 === 0 ? [] : ['handled'],
    report: isTaken ? { creatorWaited: number % 600 } : {},
    ...(number % 5 === 0 ? { reference: { type: 'ticket', id: String(40_000 + chat) } } : {}),
    creator: customer,
    targetUsers: [],
    users: isTaken ? [customer, technician] : [],
    participants: isTaken ? [customer, technician] : [customer],
    ...(isTaken ? { closeRecord: { user: technician, lastModifiedDateTime } } : {}),
    createdDateTime: time(BEGINNING - (CHATS - chat) * 1000),
    lastModifiedDateTime,
  };
}

/** The number of a change, read from a record of a Zap; NaN when it is none of these. */
export function changeNumber(record: Record<string, unknown>): number {
  return Date.parse(String(record.last_modified_at)) - BEGINNING;
}

/** An event of one of 2,000 tickets. Its ID holds the number of the event. */
export const ticketEvent = (number: number) => ({
  eventId: `event-${number}`,
  ticketId: 40_000 + (number % CHATS),
  occurredAt: time(BEGINNING + number),
  ticket: {
    id: 40_000 + (number % CHATS),
    summary: `Ticket of ${nth([quilla, bramble, tansy, zephyrine], number).name}`,
    createdDateTime: time(BEGINNING),
  },
});

/** The number of an event of a ticket, read from a record of a Zap; NaN when it is none of these. */
export function ticketEventNumber(record: Record<string, unknown>): number {
  return Number(String(record.eventId).replace('event-', ''));
}

/** One of several values, each in turn. */
export function nth<const All extends readonly [unknown, ...unknown[]]>(
  all: All,
  number: number,
): All[number] {
  return all[number % all.length];
}

/** In .NET's round-trip format: the digits behind the milliseconds are lost in a record. */
const time = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('Z', '4134Z');
