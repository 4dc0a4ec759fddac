import { datetime, integer, nameAmong, number, shortened, text } from '../values.ts';
import type { Leaf, LeafType } from './form.ts';

const TIME = 'a date and time with its offset, such as';
const EXAMPLE = '2026-03-10T14:00:00+01:00';

interface Type {
  /** The values that the type takes, in words. */
  readonly takes: string;
  /** A sentence about the value to fill in; empty when the type needs none. */
  readonly hint: string;
  /** Reads a value; null for an invalid one. */
  readonly read: (value: unknown) => unknown;
}

/**
 * The types of single values. In an integer, number or date field Zapier turns an invalid value into 0
 * or the current time before the app sees it. So all these are text fields, converted here.
 */
const TYPES: Record<LeafType, Type> = {
  string: { takes: 'text', hint: '', read: text },
  multiline: { takes: 'text', hint: '', read: text },
  'date-time': {
    takes: `${TIME} ${EXAMPLE}`,
    hint: `Fill in ${TIME} \`${EXAMPLE}\`.`,
    read: (value) => datetime(trimmed(value)),
  },
  integer: {
    takes: 'a whole number',
    hint: 'A whole number.',
    read: (value) => integer(trimmed(value)),
  },
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

/** A number; null when it would be sent as another one. JavaScript keeps 15 digits of any number. */
function exactNumber(value: unknown): number | null {
  const written = trimmed(value);
  const isLong = typeof written === 'string' && written.replace(/\D/g, '').length > 15;
  return isLong && String(Number(written)) !== written ? null : number(written);
}

function yesOrNo(value: unknown): boolean | null {
  const written = String(text(trimmed(value))).toLowerCase();
  if (['true', 'yes', '1'].includes(written)) return true;
  return ['false', 'no', '0'].includes(written) ? false : null;
}

/**
 * A value converted to the type of a leaf; null when it is invalid. A choice may be its label, and in
 * another case.
 */
export function readValue({ type, choices }: Leaf, value: unknown): unknown {
  if (choices === null) return TYPES[type].read(value);
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
  const read = isList ? null : readValue(leaf, keywords.default);
  return read === null ? null : text(choices === null ? keywords.default : read);
}

/**
 * A day or a local time. DeskDirector may write a time without its offset, though the schema has
 * one.
 */
const LOCAL_TIME = /^(?!0001-01-01)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}[\d:.]*)?$/;

/**
 * A value of an answer converted to its type; null when it is invalid. Text stays as the site wrote
 * it.
 */
export function readAnswerValue(type: LeafType, value: unknown): unknown {
  const read = TYPES[type].read(value);
  if (typeof value !== 'string') return read;
  if (type === 'string' || type === 'multiline') return value;
  return type === 'date-time' && (read !== null || LOCAL_TIME.test(value)) ? value : read;
}

/** A sentence about the value to fill in; empty when the type needs none. */
export const hintFor = (type: LeafType): string => TYPES[type].hint;

/** What is wrong with an invalid value, such as `takes a whole number`. */
export function complaint({ type, choices }: Leaf, value: unknown): string {
  if (choices !== null) {
    const labels = [...choices.values()].map(({ label }) => label).join(', ');
    return `takes one of: ${shortened(labels, 300)}`;
  }
  const written = text(trimmed(value)) ?? '';
  if (type === 'integer' && (/^-?\d+$/.test(written) || Number.isInteger(value))) {
    return `holds a whole number that is too large: the largest is ${Number.MAX_SAFE_INTEGER}`;
  }
  const isLong = type === 'number' && number(written) !== null;
  return isLong ? 'holds a number with more than 15 digits' : `takes ${TYPES[type].takes}`;
}

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
