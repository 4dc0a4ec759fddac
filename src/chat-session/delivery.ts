import { isObject, kindOf, parseJson, shortened, text } from '../values.ts';

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
 * either as JSON text. An entry is a session when it is an object with an id. Its other values are
 * never an error. An empty array is a usable delivery without sessions.
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
  return { usable: false, arrived: shortened(arrived, 750) };
}

/** Why an entry is not a chat session; null when it is one. */
function flaw(entry: unknown): string | null {
  if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
  const isUsable = typeof entry.id !== 'boolean' && text(entry.id) !== null;
  return isUsable ? null : 'an object without an id';
}

/** Characters for all positions of a summary. The reasons share them equally. */
const LONGEST_POSITIONS = 300;

/** Names each bad entry by position and reason: `entry 2 is null …; entries 3–20, 25 are each …`. */
function summary(flaws: readonly (string | null)[]): string {
  const positions = Map.groupBy(flaws.keys(), (index) => flaws[index]);
  positions.delete(null);
  const room = LONGEST_POSITIONS / positions.size;
  return [...positions]
    .map(([reason, indexes]) => {
      const numbers = indexes.map((index) => index + 1);
      return numbers.length === 1
        ? `entry ${numbers[0]} is ${reason}`
        : `entries ${inRanges(numbers, room)} are each ${reason}`;
    })
    .join('; ');
}

/** `3–20, 25`. When that is too long, it ends in the number of those left out: `3–20 and 7 more`. */
function inRanges(numbers: readonly number[], room: number): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const words: string[] = [];
  let left = numbers.length;
  for (const { first, last } of ranges) {
    const range = last === first ? `${first}` : `${first}–${last}`;
    if ([...words, range].join(', ').length > room) break;
    words.push(range);
    left -= last - first + 1;
  }
  return left === 0 ? words.join(', ') : `${words.join(', ')} and ${left} more`;
}

/** Describes a value without its content: an object by its keys, text by its length. */
function describe(value: unknown): string {
  if (value === '') return 'nothing';
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (!isObject(value)) return kindOf(value);

  const keys = Object.keys(value);
  if (keys.length === 0) return 'an object without keys';
  // A key that does not look like a name may be content.
  const names = keys.filter((key) => /^\w{1,40}$/.test(key));
  if (names.length < keys.length) names.push('others');
  return `an object without an id, with the keys ${names.join(', ')}`;
}
