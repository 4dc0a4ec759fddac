/** Reads one value of unknown data. It never throws: an unreadable value becomes null or []. */
type Read<T> = (value: unknown) => T;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that is not empty, unchanged. Finite numbers and booleans become text; all else is null. */
export const text: Read<string | null> = (value) => {
  if (typeof value === 'string') return value === '' ? null : value;
  return Number.isFinite(value) || typeof value === 'boolean' ? String(value) : null;
};

/** An id as text. Null for a number that JSON can't hold exactly: its last digits would be wrong. */
export const idText: Read<string | null> = (value) => {
  const isInexact = typeof value === 'number' && !Number.isSafeInteger(value);
  return isInexact || typeof value === 'boolean' ? null : text(value);
};

/** A safe integer, also from a string of plain digits (`"42"`, `"-7"`). All else is null. */
export const integer: Read<number | null> = (value) => {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
};

/** A finite number, also from a plain decimal string (`"12.5"`). All else is null. */
export const number: Read<number | null> = (value) => {
  const number =
    typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const OFFSET = String.raw`([+-])([01]\d|2[0-3])(?::?([0-5]\d))?`;
const DATE_TIME = new RegExp(
  String.raw`^(${DATE}T${CLOCK})(?::([0-5]\d)(?:[.,](\d+))?)?(?:Z|${OFFSET})$`,
);

/** .NET writes its smallest time where there is none. */
const NO_TIME = '0001-01-01T00:00:00.000Z';
/** Whether a value is a time on the day of .NET's smallest time, with any offset or none. */
export const isNoTime = (value: unknown): boolean =>
  typeof value === 'string' && value.startsWith(NO_TIME.slice(0, 10));
/** .NET has the years 1 to 9999. JavaScript writes other years with more digits and a sign. */
const DOTNET_YEAR = /^(?!0000)\d{4}-/;

/**
 * An ISO 8601 date and time with an offset or `Z`, converted to UTC and cut to milliseconds
 * (`2018-06-28T05:18:26.946Z`). Null for everything else: a time without an offset, a day that is
 * not in the calendar, and .NET's smallest time.
 * DeskDirector: times are .NET round-trip times with up to seven digits of fraction.
 */
export const datetime: Read<string | null> = (value) => {
  const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (parts === null) return null;
  const [, minute, second = '00', fraction = '', sign, hours = 0, minutes = 0] = parts;
  const local = `${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const time = new Date(local);
  // JavaScript reads February 30 as March 2.
  if (time.getUTCDate() !== Number(local.slice(8, 10))) return null;
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  // A time in UTC needs no conversion, which would take a fifth of the time of reading a delivery.
  const utc = ahead === 0 ? local : new Date(time.getTime() - ahead * 60_000).toISOString();
  return [local, utc].includes(NO_TIME) || !DOTNET_YEAR.test(utc) ? null : utc;
};

/** The kind of a value, in words: `text`, `a number`, `a list` and so on. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

/** The strings of a list that are not empty; [] for everything else. */
export const texts: Read<string[]> = (value) =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string' && entry !== '') : [];

/** Text without the spaces around it; null when nothing is left, and for everything else. */
export function trimmedText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The most lists within lists that are looked into. A site could send any number. */
const DEEPEST_LIST = 100;

/** Whether a value is undefined, null, blank text, or a list of only these. */
export function isBlank(value: unknown): boolean {
  return [value]
    .flat(DEEPEST_LIST)
    .every((one) => one === undefined || one === null || (typeof one === 'string' && !one.trim()));
}

/** The most levels of a value that are searched. What lies deeper counts as content. */
const DEEPEST_CONTENT = 8;

/** Whether a value is not null, false, 0 or blank, and no list or object of only these. */
export const hasContent = (value: unknown): boolean => hasContentWithin(DEEPEST_CONTENT, value);

function hasContentWithin(levels: number, value: unknown): boolean {
  if (!isNested(value)) return !isBlank(value) && value !== false && value !== 0;
  return levels === 0 || Object.values(value).some((inner) => hasContentWithin(levels - 1, inner));
}

/** Whether a value has more levels of objects and lists than these. */
export const isDeeperThan = (levels: number, value: unknown): boolean =>
  isNested(value) &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The properties that objects of any kind have. They tell nothing about the kind. */
export const COMMON_NAMES: readonly string[] = ['id', 'type'];

/** An object unchanged; an empty object in place of everything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/**
 * Each object of a list, read; [] when the value is no list. Entries that are no objects are
 * skipped.
 */
export function list<T>(value: unknown, read: Read<T>): T[] {
  return Array.isArray(value) ? value.filter(isObject).map(read) : [];
}

/** Whether a text has 16 digits in a row. JavaScript holds every integer with fewer digits exactly. */
export const hasLongNumber = (value: unknown): value is string =>
  typeof value === 'string' && /\d{16}/.test(value);

/**
 * The value of JSON text, which may begin with a byte-order mark; undefined when it is not JSON. An integer
 * that JavaScript can't hold exactly stays text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trim(), hasLongNumber(text) ? exactInteger : undefined);
  } catch {
    return undefined;
  }
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** Keeps an integer that JavaScript can't hold exactly as text, for `JSON.parse`. */
export const exactInteger: Reviver = (_key, value, context) => {
  const isInexact = Number.isInteger(value) && !Number.isSafeInteger(value);
  const source = context?.source ?? '';
  return isInexact && /^-?\d+$/.test(source) ? source : value;
};

/** What an error says. Zapier's platform packs this into the message of an error, as JSON. */
export function unpackedError(error: unknown) {
  const { name, code, message } = asObject(error);
  const packed = asObject(parseJson(String(message)));
  return { name, code, ...packed, message: text(packed.message) ?? String(message) };
}

/** A character longer than this is cut. A single character can have any number of accents. */
const LONGEST_CHARACTER = 50;

/**
 * Text cut to at most this many UTF-16 units, between two characters as people count them. A text
 * that was cut ends in `…`.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  let cut = 0;
  for (const { index } of new Intl.Segmenter().segment(text.slice(0, most + LONGEST_CHARACTER))) {
    if (index > end) break;
    cut = index;
  }
  // Then the cut goes through a long character, but not through a surrogate pair.
  const isLong = end - cut > LONGEST_CHARACTER;
  return `${isLong ? text.slice(0, end).replace(/[\ud800-\udbff]$/, '') : text.slice(0, cut)}…`;
}

/**
 * The name that stands for this one among the names of a site: the same name, otherwise the only name
 * that differs in nothing but case. Undefined when there is none.
 */
export function nameAmong(names: readonly string[], name: string): string | undefined {
  return nameFinder(names)(name);
}

/** The rule of `nameAmong`, for many names to be found among the same ones. */
export function nameFinder(names: Iterable<string>): (name: string) => string | undefined {
  const exact = new Set(names);
  const byLetters = Map.groupBy(exact, (name) => name.toLowerCase());
  return (name) => {
    if (exact.has(name)) return name;
    const [only, another] = byLetters.get(name.toLowerCase()) ?? [];
    return another === undefined ? only : undefined;
  };
}

/** The value under a name in an object of a site, by the rule of `nameAmong`; undefined without one. */
export function propertyOf(value: JsonObject, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name];
  const found = nameAmong(Object.keys(value), name);
  return found === undefined ? undefined : value[found];
}

/**
 * A name split into words at punctuation and capitals: `chatSession.isNew` has four. `memberIDs` has
 * two.
 */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{Lu})(?=\p{Lu}(?!s(?!\p{L}))\p{Ll})/gu, '$1 ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

/** Text with its percent escapes decoded; unchanged when an escape is invalid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An answer without `__type`, by which the platform marks its own results. */
export function withoutMark(answer: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '__type'));
}
