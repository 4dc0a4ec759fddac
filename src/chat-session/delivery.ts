import { isObject, kindOf, parseJson, shortened, text } from '../values.ts';
import { CHAT_SESSION_NAMES } from './payload.ts';

/**
 * What a delivery holds. A usable one has the sessions as they came, in order, and a warning when
 * entries were skipped. For an unusable one, `arrived` describes what arrived instead. Neither text
 * repeats content of the delivery.
 */
type Delivery =
  | {
      readonly usable: true;
      readonly sessions: readonly unknown[];
      readonly warning: string | null;
    }
  | { readonly usable: false; readonly arrived: string };

/**
 * Takes the sessions out of the body of a delivery: an array of chat sessions, a single session, or
 * either as JSON text. The function `flaw` tells which entries are sessions. The values of a session
 * are never an error. An empty array is a usable delivery without sessions.
 * DeskDirector: "webhooks return arrays in general"; its own connector takes one at a time.
 */
export function readDelivery(body: unknown): Delivery {
  if (typeof body !== 'string') return sessionsIn(body);
  const json = parseJson(body);
  // Text that is not JSON is described as text.
  return sessionsIn(json === undefined ? body.trim() : json);
}

function sessionsIn(body: unknown): Delivery {
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body];
  const flaws = entries.map(flaw);
  const sessions = entries.filter((_, index) => flaws[index] === '');
  const skipped = entries.length - sessions.length;

  if (skipped === 0) return { usable: true, sessions, warning: null };
  if (sessions.length > 0) {
    const warning = `Skipped ${skipped} of ${entries.length} entries of a delivery: ${summary(flaws)}.`;
    return { usable: true, sessions, warning };
  }
  const arrived = Array.isArray(body)
    ? `a list without a chat session: ${summary(flaws)}`
    : describe(body);
  return { usable: false, arrived: shortened(`${arrived}${keysIn(entries)}`, 750) };
}

/** The documented properties that other objects than chat sessions have, too. */
const COMMON_NAMES = ['id', 'type'];
const TELLING_NAMES: ReadonlySet<string> = new Set(
  CHAT_SESSION_NAMES.filter((name) => !COMMON_NAMES.includes(name)),
);

/**
 * Why an entry is not a chat session; empty when it is one. A session is an object with an id. If it
 * has any property besides `id` and `type`, one of them is documented. So a ping of a webhook and an
 * envelope around something else are no sessions, although they can have an id and a type.
 */
function flaw(entry: unknown): string {
  if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
  if (typeof entry.id === 'boolean' || text(entry.id) === null) return 'an object without an id';
  const names = Object.keys(entry);
  const isSession =
    names.some((name) => TELLING_NAMES.has(name)) ||
    names.every((name) => COMMON_NAMES.includes(name));
  return isSession ? '' : 'an object that is no chat session';
}

/** Characters for all positions of a summary. The reasons share them equally. */
const LONGEST_POSITIONS = 300;

/** Names each bad entry by position and reason: `entry 2 is null …; entries 3–20, 25 are each …`. */
function summary(flaws: readonly string[]): string {
  const positions = Map.groupBy(flaws.keys(), (index) => flaws[index]);
  positions.delete('');
  const most = LONGEST_POSITIONS / positions.size;
  return [...positions]
    .map(([reason, indexes]) => {
      const numbers = indexes.map((index) => index + 1);
      return numbers.length === 1
        ? `entry ${numbers[0]} is ${reason}`
        : `entries ${inRanges(numbers, most)} are each ${reason}`;
    })
    .join('; ');
}

/** `3–20, 25`. When that is too long, it ends in the number of those left out: `3–20 and 7 more`. */
function inRanges(numbers: readonly number[], most: number): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const parts: string[] = [];
  let left = numbers.length;
  for (const { first, last } of ranges) {
    const range = last === first ? `${first}` : `${first}–${last}`;
    if ([...parts, range].join(', ').length > most) break;
    parts.push(range);
    left -= last - first + 1;
  }
  return left === 0 ? parts.join(', ') : `${parts.join(', ')} and ${left} more`;
}

/** Describes what arrived in place of a session, without its content: text by its length. */
function describe(value: unknown): string {
  if (value === '') return 'nothing';
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (!isObject(value)) return kindOf(value);
  return Object.keys(value).length === 0 ? 'an object without keys' : flaw(value);
}

/** The keys of the objects among the entries: `, with the keys id, hook_id`. */
function keysIn(entries: readonly unknown[]): string {
  const keys = new Set(entries.filter(isObject).flatMap(Object.keys));
  // A key that does not look like a name may be content.
  const names = [...keys].filter((key) => /^\w{1,40}$/.test(key));
  if (names.length < keys.size) names.push('others');
  return names.length === 0 ? '' : `, with the keys ${names.join(', ')}`;
}
