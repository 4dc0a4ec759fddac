import { datetime, integer, nameAmong, number, shortened, text } from '../values.ts';
import type { Leaf, LeafType } from './form.ts';
import { instantsOf, LOCAL_TIME } from './local-time.ts';

const TIME = 'a date and time with its offset, such as 2026-03-10T14:00:00+01:00';

/** A single value that was read; null for an invalid one. */
type Read = string | number | boolean | null;

interface Type {
  /** The values that the type takes, in words. */
  readonly takes: string;
  /** A sentence about the value to fill in; empty when the type needs none. */
  readonly hint: string;
  readonly read: (value: unknown, timeZone: string | null) => Read;
}

const INTEGER: Type = {
  takes: 'a whole number',
  hint: 'A whole number.',
  read: (value) => integer(trimmed(value)),
};

/**
 * The types of single values. In an integer, number or date field Zapier turns an invalid value into 0
 * or the current time before the app sees it. So all these are text fields, converted here.
 */
const TYPES: Record<LeafType, Type> = {
  string: { takes: 'text', hint: '', read: text },
  multiline: { takes: 'text', hint: '', read: text },
  'date-time': {
    takes: TIME,
    hint: 'A date and time, such as `2026-03-10T14:00:00+01:00`. Without an offset, it is in the time zone of the Zap.',
    read: (value, timeZone) => datetime(trimmed(value)) ?? onlyInstant(value, timeZone),
  },
  integer: INTEGER,
  int64: INTEGER,
  number: {
    takes: 'a number, such as 12.5',
    hint: 'A number; decimals with a point.',
    read: exactNumber,
  },
  boolean: { takes: 'yes or no', hint: '', read: yesOrNo },
};

/** Whether a value is the name of a type. */
export const isLeafType = (value: unknown): value is LeafType =>
  typeof value === 'string' && Object.hasOwn(TYPES, value);

/** Whether a type is that of a whole number. */
export const isInteger = (type: unknown): boolean => type === 'integer' || type === 'int64';

/** A number; null when it would be sent as another one. JavaScript keeps 15 digits of any number. */
function exactNumber(value: unknown): number | null {
  const written = trimmed(value);
  const isLong = typeof written === 'string' && written.replace(/\D/g, '').length > 15;
  return isLong && String(Number(written)) !== written ? null : number(written);
}

/** The instant of a local time; null when there is none, and when there are two. */
function onlyInstant(value: unknown, timeZone: string | null): string | null {
  const [instant = null, another] = instantsOf(trimmed(value), timeZone) ?? [];
  return another === undefined ? instant : null;
}

function yesOrNo(value: unknown): boolean | null {
  const written = String(text(trimmed(value))).toLowerCase();
  if (['true', 'yes', '1'].includes(written)) return true;
  return ['false', 'no', '0'].includes(written) ? false : null;
}

/**
 * A value converted to the type of a leaf; null when it is invalid. A choice may be its label, and in
 * another case.
 *
 * @param timeZone the time zone of a time without an offset; null when none is known
 */
export function readValue({ type, choices }: Leaf, value: unknown, timeZone: string | null) {
  if (choices === null) return TYPES[type].read(value, timeZone);
  const written = text(value) ?? '';
  const name = written.trim();
  const all = [...choices.values()];
  const exact =
    choices.get(written) ?? choices.get(name) ?? all.find(({ label }) => label === name);
  if (exact !== undefined) return exact.value;
  const key = nameAmong([...choices.keys()], name);
  const label = nameAmong(
    all.map((one) => one.label),
    name,
  );
  const inAnotherCase = choices.get(key ?? '') ?? all.find((one) => one.label === label);
  return inAnotherCase?.value ?? null;
}

/** The text that Zapier fills in by itself; null when there is none. */
export function prefilled(leaf: Leaf): string | null {
  const { choices, isList, keywords } = leaf;
  const read = isList ? null : readValue(leaf, keywords.default, null);
  return read === null ? null : text(choices === null ? keywords.default : read);
}

/** Whether a value is the default of the site, however it is written. */
export const isDefault = (leaf: Leaf, value: unknown): boolean =>
  prefilled(leaf) !== null &&
  readValue(leaf, value, null) === readValue(leaf, leaf.keywords.default, null);

/**
 * A value of an answer converted to its type; null when it is invalid. Text stays as the site wrote
 * it. So does a time without its offset, since the site's time zone is not known. An integer of 64 bits is
 * text, since JavaScript holds 53 of them.
 */
export function readAnswerValue(type: LeafType, value: unknown): Read {
  // The number of an answer need not be sent back exactly.
  const read = type === 'number' ? number(trimmed(value)) : TYPES[type].read(value, null);
  if (type === 'int64' && read !== null) return text(read);
  if (typeof value !== 'string') return read;
  if (type === 'string' || type === 'multiline') return value;
  // Nothing of an integer that JavaScript can't hold exactly is lost, whatever the site calls it.
  if (isInteger(type) && /^-?\d+$/.test(value)) return read ?? value;
  return type === 'date-time' && (read !== null || LOCAL_TIME.test(value)) ? value : read;
}

/** A sentence about the value to fill in; empty when the type needs none. */
export const hintFor = (type: LeafType): string => TYPES[type].hint;

/** What is wrong with an invalid value, such as `takes a whole number`. */
export function complaint(
  { type, choices }: Leaf,
  value: unknown,
  timeZone: string | null,
): string {
  if (choices !== null) {
    const labels = [...choices.values()].map(({ label }) => label).join(', ');
    return `takes one of: ${shortened(labels, 300)}`;
  }
  const instants = type === 'date-time' ? instantsOf(trimmed(value), timeZone) : null;
  if (instants !== null) {
    const fault = instants.length === 0 ? 'does not exist' : 'comes twice';
    return `holds a time that ${fault} in the time zone ${timeZone}, because the clocks change. Fill in ${TIME}`;
  }
  const written = text(trimmed(value)) ?? '';
  if (isInteger(type) && (/^-?\d+$/.test(written) || Number.isInteger(value))) {
    return `holds a whole number that is too large: the largest is ${Number.MAX_SAFE_INTEGER}`;
  }
  const isLong = type === 'number' && number(written) !== null;
  return isLong ? 'holds a number with more than 15 digits' : `takes ${TYPES[type].takes}`;
}

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
