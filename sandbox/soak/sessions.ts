import { contacts, members } from '../desk-director/people.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several values, all equally likely. */
export function pick<const All extends readonly [unknown, ...unknown[]]>(
  random: () => number,
  all: All,
): All[number] {
  return all[Math.floor(random() * all.length)];
}

const IDS = 2_000;
const LARGEST = 500;

const BEGINNING = Date.parse('2026-03-10T09:00:00Z');
const { quilla, bramble, tansy, zephyrine } = contacts;
const { sprocket, pixel, modema } = members;

/** How many sessions a delivery has: half of them one, the others up to 500, seldom many. */
export function deliverySize(random: () => number): number {
  return random() < 0.5 ? 1 : Math.floor(LARGEST ** random());
}

/**
 * A change of the status of one of 2,000 chats. The last-modified time of the chat holds the number
 * of the change: change n has the time BEGINNING plus n milliseconds.
 */
export function changedSession(random: () => number, number: number): ChatSessionPayload {
  const index = Math.floor(random() * IDS);
  const customer = pick(random, [quilla, bramble, tansy, zephyrine]);
  const technician = pick(random, [sprocket, pixel, modema]);
  const isTaken = random() < 0.7;
  const lastModifiedDateTime = time(BEGINNING + number, random);
  return {
    id: `${Math.floor(BEGINNING / 1000) - IDS + index}-${1001 + index}`,
    name: `Chat Request from ${customer.name}`,
    type: pick(random, ['request', 'push']),
    status: isTaken ? pick(random, ['handled', 'completed']) : pick(random, ['missed', 'callback']),
    pastStatus: random() < 0.5 ? [] : ['handled'],
    report: isTaken ? { creatorWaited: Math.floor(random() * 600) } : {},
    ...(random() < 0.2 ? { reference: { type: 'ticket', id: String(40_000 + index) } } : {}),
    creator: customer,
    targetUsers: [],
    users: isTaken ? [customer, technician] : [],
    participants: isTaken ? [customer, technician] : [customer],
    ...(isTaken ? { closeRecord: { user: technician, lastModifiedDateTime } } : {}),
    createdDateTime: time(BEGINNING - (IDS - index) * 1000, random),
    lastModifiedDateTime,
  };
}

/** The number of a change, read from a record of a Zap; NaN when it is none of these. */
export function changeNumber(record: Record<string, unknown>): number {
  return Date.parse(String(record.last_modified_at)) - BEGINNING;
}

/** In .NET's round-trip format: the digits behind the milliseconds are lost in a record. */
function time(milliseconds: number, random: () => number): string {
  const iso = new Date(milliseconds).toISOString();
  return `${iso.slice(0, -1)}${String(Math.floor(random() * 10_000)).padStart(4, '0')}Z`;
}
