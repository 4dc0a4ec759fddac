import { type Delivery, isOfKind, readEntries } from '../delivery.ts';
import { isObject, kindOf, text } from '../values.ts';
import { CHAT_SESSION_NAMES } from './payload.ts';

const NAMES: ReadonlySet<string> = new Set(CHAT_SESSION_NAMES);

/**
 * Why an entry is not a chat session; empty when it is one. A session is an object with an id, and with
 * documented properties.
 */
function flaw(entry: unknown): string {
  if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
  if (typeof entry.id === 'boolean' || text(entry.id) === null) return 'an object without an id';
  return isOfKind(entry, (name) => NAMES.has(name)) ? '' : 'an object that is no chat session';
}

/** What a delivery of chat sessions should hold. The values of a session are never a flaw. */
export const CHAT_SESSIONS = { entry: 'a chat session', entries: 'chat sessions', flaw } as const;

/** Takes the chat sessions out of the body of a delivery. */
export const readDelivery = (body: unknown): Delivery => readEntries(body, CHAT_SESSIONS);
