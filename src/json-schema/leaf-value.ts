import { datetime, integer, number, text } from '../chat-session/values.ts';
import type { Leaf, LeafType } from './form.ts';

/** For each type what it takes, in words, and how it reads that: null for what it can't take. */
const TYPES: Readonly<Record<LeafType, [words: string, read: (value: unknown) => unknown]>> = {
  string: ['text', text],
  multiline: ['text', text],
  'date-time': [
    'a date and time with its offset, such as 2026-03-10T14:00:00+01:00',
    (value) => datetime(trimmed(value)),
  ],
  integer: ['a whole number', (value) => integer(trimmed(value))],
  number: ['a number, such as 12.5', (value) => number(trimmed(value))],
  boolean: [
    'yes or no',
    (value) => YES_OR_NO.get(text(trimmed(value))?.toLowerCase() ?? '') ?? null,
  ],
};

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** One value as a leaf's type; null when it can't be converted. */
export function readValue({ type, choices }: Leaf, value: unknown): unknown {
  if (choices === null) return TYPES[type][1](value);
  const written = text(value) ?? '';
  return choices.get(written) ?? choices.get(written.trim()) ?? null;
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** What a leaf takes, in words. */
export function takes({ type, choices }: Leaf): string {
  return choices === null ? TYPES[type][0] : `one of: ${[...choices.keys()].join(', ')}`;
}
