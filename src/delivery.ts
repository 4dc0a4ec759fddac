import { COMMON_NAMES, isObject, kindOf, parseJson, shortened } from './values.ts';

/**
 * What a delivery holds. A usable one has its good entries as they came, in order, and a warning when
 * others were skipped. For an unusable one, `arrived` describes what arrived instead. Neither text
 * repeats content of the delivery.
 */
export type Delivery =
  | {
      readonly usable: true;
      readonly entries: readonly unknown[];
      readonly warning: string | null;
    }
  | { readonly usable: false; readonly arrived: string };

/** What a delivery should hold. */
export interface ExpectedEntries {
  /** One entry, such as `a chat session`, and several. */
  readonly entry: string;
  readonly entries: string;
  /** Why a value is no such entry; empty when it is one. */
  readonly flaw: (entry: unknown) => string;
}

/**
 * Takes the entries out of the body of a delivery: an array of entries, a single entry, or either as JSON
 * text. An empty array is a usable delivery without entries.
 * DeskDirector: "webhooks return arrays in general"; its own connector takes one at a time.
 */
export function readEntries(body: unknown, expected: ExpectedEntries): Delivery {
  if (typeof body !== 'string') return entriesIn(body, expected);
  const json = parseJson(body);
  // Text that is not JSON is described as text.
  return entriesIn(json === undefined ? body.trim() : json, expected);
}

function entriesIn(body: unknown, { entry, flaw }: ExpectedEntries): Delivery {
  const all: readonly unknown[] = Array.isArray(body) ? body : [body];
  const flaws = all.map(flaw);
  const entries = all.filter((_, index) => flaws[index] === '');
  const skipped = all.length - entries.length;

  if (skipped === 0) return { usable: true, entries, warning: null };
  if (entries.length > 0) {
    const warning = `Skipped ${skipped} of ${all.length} entries of a delivery: ${summary(flaws)}.`;
    return { usable: true, entries, warning };
  }
  const arrived = Array.isArray(body)
    ? `a list without ${entry}: ${summary(flaws)}`
    : describe(body, flaw);
  return { usable: false, arrived: shortened(`${arrived}${keysIn(all)}`, 750) };
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

/** Describes what arrived in place of an entry, without its content: text by its length. */
function describe(value: unknown, flaw: ExpectedEntries['flaw']): string {
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

/**
 * Whether an object can be of a kind by its names: if it has any but `id` and `type`, one of them must tell
 * the kind. So a ping of a webhook and an envelope around something else are of no kind, although they can
 * have an id and a type.
 */
export function isOfKind(entry: object, tellsKind: (name: string) => boolean): boolean {
  const names = Object.keys(entry).filter((name) => !COMMON_NAMES.includes(name));
  return names.length === 0 || names.some(tellsKind);
}
