import { isObject, parseJson, shortened, text } from './values.ts';

/**
 * What a delivery holds: its sessions in order and a warning about entries that were skipped, or,
 * where nothing is usable, what arrived instead. Neither text holds any content of the delivery.
 * The sessions are as they came, so that a large delivery is not in memory twice.
 */
export type Delivery =
  | {
      readonly usable: true;
      readonly sessions: readonly unknown[];
      readonly warning: string | null;
    }
  | { readonly usable: false; readonly arrived: string };

/**
 * Reads the body of a delivery: an array of chat sessions, a single one, or either as JSON text.
 * An entry is a session when it is an object with an id; what its other members hold is never an
 * error. An empty array is a delivery of no session.
 * DeskDirector: "webhooks return arrays in general"; its own connector takes one at a time.
 */
export function readDelivery(body: unknown): Delivery {
  if (typeof body !== 'string') return readSessions(body);
  const json = parseJson(body);
  // Text that is no JSON is described as the text it is.
  return readSessions(json === undefined ? body.trim() : json);
}

function readSessions(body: unknown): Delivery {
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body];
  const flaws = entries.map(flaw);
  const sessions = entries.filter((_, index) => flaws[index] === null);
  const skipped = entries.length - sessions.length;

  if (skipped === 0) return { usable: true, sessions, warning: null };
  if (sessions.length > 0) {
    const warning = `Skipped ${skipped} of ${entries.length} entries of a delivery: ${summary(flaws)}.`;
    return { usable: true, sessions, warning };
  }
  const arrived = Array.isArray(body)
    ? `a list without a chat session: ${summary(flaws)}`
    : describe(body);
  return { usable: false, arrived: shortened(arrived, 500) };
}

/** Why an entry is no chat session; null when it is one. */
function flaw(entry: unknown): string | null {
  if (!isObject(entry)) return `${kind(entry)} instead of an object`;
  const isUsable = typeof entry.id !== 'boolean' && text(entry.id) !== null;
  return isUsable ? null : 'an object without an id';
}

/** `entry 2 is null instead of an object; entries 3, 5 are …`: each by position and reason. */
function summary(flaws: readonly (string | null)[]): string {
  const positions = Map.groupBy(flaws.keys(), (index) => flaws[index]);
  positions.delete(null);
  return [...positions]
    .map(([reason, indexes]) => {
      const at = indexes.map((index) => index + 1).join(', ');
      return indexes.length === 1 ? `entry ${at} is ${reason}` : `entries ${at} are each ${reason}`;
    })
    .join('; ');
}

/** What a value is, without what it holds: an object by its keys, text by its length. */
function describe(value: unknown): string {
  if (value === '') return 'nothing';
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (!isObject(value)) return kind(value);

  const keys = Object.keys(value);
  if (keys.length === 0) return 'an object without keys';
  // What doesn't look like a name may be content.
  const names = keys.filter((key) => /^\w{1,40}$/.test(key));
  if (names.length < keys.length) names.push('others');
  return `an object without an id, with the keys ${names.join(', ')}`;
}

function kind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
