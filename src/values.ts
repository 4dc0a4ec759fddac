/** Reads one value of a payload. It never throws: what can't be read comes back as null or []. */
export type Read<T> = (value: unknown) => T;

/** A JSON object, that is: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text with a character in it, unchanged; finite numbers and booleans as text; null otherwise. */
export const text: Read<string | null> = (value) => {
  if (typeof value === 'string') return value === '' ? null : value;
  return Number.isFinite(value) || typeof value === 'boolean' ? String(value) : null;
};

/** A safe integer, or a string that is one in plain digits (`"42"`, `"-7"`); null otherwise. */
export const integer: Read<number | null> = (value) => {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
};

/** A finite number, or a plain decimal string (`"12.5"`); null otherwise. */
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
/** As DeskDirector writes it, on a day that every month has. The first two years aside. */
const USUAL =
  /^(?!000[01])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,}Z$/;

/** .NET's "no time". */
const NO_TIME = '0001-01-01T00:00:00.000Z';
/** .NET knows the years 1 to 9999 only; outside of these JavaScript writes another format. */
const DOTNET_YEAR = /^(?!0000)\d{4}-/;

/**
 * An ISO 8601 date and time with offset or `Z`, as UTC with milliseconds, cut
 * (`2018-06-28T05:18:26.946Z`). Null for everything else: no offset, days that are not in the
 * calendar, and .NET's "no time", the first moment of year 1.
 * DeskDirector: times are .NET round-trip times with up to seven digits of fraction.
 */
export const datetime: Read<string | null> = (value) => {
  if (typeof value !== 'string') return null;
  // Cutting is several times faster than taking it apart.
  return USUAL.test(value) ? `${value.slice(0, 23)}Z` : unusualDatetime(value);
};

function unusualDatetime(value: string): string | null {
  const parts = DATE_TIME.exec(value);
  if (parts === null) return null;
  const [, minute, second = '00', fraction = '', sign, hoursAhead, minutesAhead = 0] = parts;
  const wall = `${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  if (!isInCalendar(wall)) return null;
  const ahead = Number(hoursAhead) * 60 + Number(minutesAhead);
  const utc = sign === undefined ? wall : inUtc(wall, sign === '+' ? ahead : -ahead);
  return [wall, utc].includes(NO_TIME) || !DOTNET_YEAR.test(utc) ? null : utc;
}

/** Only the days after the 28th depend on month and year. JavaScript takes February 30 for March 2. */
function isInCalendar(wall: string): boolean {
  const day = wall.slice(8, 10);
  return day <= '28' || new Date(wall).getUTCDate() === Number(day);
}

function inUtc(wall: string, minutesAhead: number): string {
  return new Date(Date.parse(wall) - minutesAhead * 60_000).toISOString();
}

/** The strings of a list, without empty ones; [] for everything else. */
export const texts: Read<string[]> = (value) =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string' && entry !== '') : [];

/** Text with something to read in it, without the blanks around it. */
export function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Whether a value says nothing: null, blank text, or a list of only these. */
export function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isBlank);
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** An object as it is; an empty one in place of anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** The members of an object by their names in lower case; of two alike the first one counts. */
export function lowerCased(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]);
  return Object.fromEntries(entries.reverse());
}

/** The objects of a list, each of them read; all else in it is passed over. */
export function list<T>(value: unknown, read: Read<T>): T[] {
  if (!Array.isArray(value)) return [];
  return (value.every(isObject) ? value : value.filter(isObject)).map(read);
}

/** What JSON text holds, a byte-order mark and blanks around it aside; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

/** Words of at most so many characters: what is cut off them is told by a `…`. */
export function shortened(words: string, characters: number): string {
  return words.length > characters
    ? `${words.slice(0, characters - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : words;
}

/** The words of a name, split at punctuation and capitals: `chatSession.isNew` has four. */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

/** Text without its percent escapes; as it is where these are broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
