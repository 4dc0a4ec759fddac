import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { toRecord } from '../../src/chat-session/fields.ts';
import { CHAT_SESSIONS, readChatSession } from '../../src/chat-session/payload.ts';
import { readEntries } from '../../src/delivery.ts';
import { call, deliver, failure, NEW_SESSION, STATUS_CHANGED } from '../helpers/zapier.ts';
import {
  anyBody,
  anyBundle,
  anyFilters,
  badEntry,
  flawsOf,
  goodEntry,
  shuffled,
} from './deliveries.ts';
import { holds } from './property.ts';

const trigger = fc.constantFrom<typeof NEW_SESSION | typeof STATUS_CHANGED>(
  NEW_SESSION,
  STATUS_CHANGED,
);
const PRIMARY_KEYS = {
  [NEW_SESSION]: ['id'],
  [STATUS_CHANGED]: ['id', 'status', 'last_modified_at'],
};
type Row = Record<string, unknown>;
const modifiedAt = (record: Row) => String(record.last_modified_at ?? '');
const keyOf = (record: Row, trigger: keyof typeof PRIMARY_KEYS) =>
  JSON.stringify(PRIMARY_KEYS[trigger].map((key) => record[key]));

/** The records of a delivery; null when the app refused it with its own error. */
async function recordsOf(
  trigger: keyof typeof PRIMARY_KEYS,
  bundle: Row,
): Promise<{ results: Row[]; warnings: string[] } | null> {
  try {
    return await call<Row[]>(`triggers.${trigger}.operation.perform`, bundle);
  } catch (error) {
    const { name, code, message } = await failure(Promise.reject(error));
    expect(name).toBe('AppError');
    expect(['UnusableDelivery', 'InvalidFilter']).toContain(code);
    expect(message.length).toBeLessThan(800);
    return null;
  }
}

/** How many numbers a range has: `3–5` has three, `7` has one. */
function numbersIn(range: string): number[] {
  const [first = Number.NaN, last = first] = range.split('–').map(Number);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

const recordsIn = (sessions: readonly unknown[]) =>
  sessions.map((session) => toRecord(readChatSession(session)));

describe('any JSON as a delivery', () => {
  holds(
    'gives records of the output fields, or is refused in words, through the handler',
    250,
    fc.tuple(trigger, anyBundle, anyFilters),
    async ([trigger, bundle, inputData]) => {
      const { results = [] } = (await recordsOf(trigger, { ...bundle, inputData })) ?? {};
      expect(results.flatMap((record) => flawsOf(record))).toEqual([]);
      return results.length > 0;
    },
  );

  holds(
    'is the same in whatever order the keys of its objects are',
    150,
    fc.tuple(anyBody, fc.nat(100)),
    (input) => {
      const [body, turn] = input;
      const one = readEntries(body, CHAT_SESSIONS);
      const other = readEntries(shuffled(body, turn), CHAT_SESSIONS);
      // The error names the keys of the delivery in their order.
      expect(other.usable).toBe(one.usable);
      if (!one.usable || !other.usable) return false;
      expect(recordsIn(other.entries)).toEqual(recordsIn(one.entries));
      expect(other.warning).toBe(one.warning);
      return one.entries.length > 0;
    },
  );
});

describe('a narrower filter', () => {
  const choices = {
    session_types: ['request', 'push', 'video'],
    // Both triggers take these.
    statuses: ['handled', 'callback', 'parked'],
    company_ids: [3101, '3102', 3103],
  };
  // One more filter, or fewer values of a filter. No value at all would let all chats through.
  const narrowed = (values: readonly unknown[]) =>
    fc
      .tuple(
        fc.subarray([...values], { minLength: 1 }),
        fc.subarray([...values], { minLength: 1 }),
        fc.boolean(),
      )
      .map(([some, others, isSet]) => ({
        wide: isSet ? [...new Set([...some, ...others])] : [],
        narrow: some,
      }));
  const ofChats = {
    session_types: narrowed(choices.session_types),
    statuses: narrowed(choices.statuses),
  };
  const filters = fc
    .oneof(
      { weight: 2, arbitrary: fc.record(ofChats, { requiredKeys: [] }) },
      // Only few sessions are of these companies.
      fc.record({ ...ofChats, company_ids: narrowed(choices.company_ids) }, { requiredKeys: [] }),
    )
    .map((both) => {
      const side = (name: 'wide' | 'narrow') =>
        Object.fromEntries(Object.entries(both).map(([key, values]) => [key, values?.[name]]));
      return { wide: side('wide'), narrow: side('narrow') };
    });

  holds(
    'runs for a part of the events that a wider one runs for',
    120,
    fc.tuple(trigger, fc.array(goodEntry, { minLength: 4, maxLength: 8 }), filters),
    async ([trigger, entries, { wide, narrow }]) => {
      const few = (await deliver(entries, { trigger, inputData: narrow })).results;
      const many = (await deliver(entries, { trigger, inputData: wide })).results;
      const keys = new Set(many.map((record) => keyOf(record, trigger)));
      expect(few.filter((record) => !keys.has(keyOf(record, trigger)))).toEqual([]);
      return few.length > 0 && few.length < many.length;
    },
  );
});

describe('a delivery of good and bad entries', () => {
  const mixed = fc
    .array(
      fc.oneof(
        goodEntry.map((entry) => ({ isGood: true, entry })),
        badEntry.map((entry: unknown) => ({ isGood: false, entry })),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .filter((entries) => entries.some(({ isGood }) => isGood));

  holds(
    'runs every good one once for each primary key, and names the positions of the bad ones',
    130,
    fc.tuple(trigger, mixed),
    async ([trigger, entries]) => {
      const { results, warnings } = await deliver(
        entries.map(({ entry }) => entry),
        { trigger },
      );
      const records = recordsIn(entries.flatMap(({ isGood, entry }) => (isGood ? [entry] : [])));
      // No other record with the same key was modified later, or as late and came later.
      const kept = records.filter((record, index) =>
        records.every((other, at) => {
          const isLater = modifiedAt(other) > modifiedAt(record);
          const isSame = modifiedAt(other) === modifiedAt(record) && at > index;
          return keyOf(other, trigger) !== keyOf(record, trigger) || !(isLater || isSame);
        }),
      );
      expect(results).toEqual(kept);

      const bad = entries.flatMap(({ isGood }, index) => (isGood ? [] : [index + 1]));
      expect(warnings).toHaveLength(bad.length === 0 ? 0 : 1);
      const [, skipped, all, named = ''] =
        /^Skipped (\d+) of (\d+) entries of a delivery: (.*)\.$/.exec(warnings[0] ?? '') ?? [];
      if (bad.length === 0) return false;
      expect([Number(skipped), Number(all)]).toEqual([bad.length, entries.length]);
      const positions = [...named.matchAll(/(?:entry|entries) ([\d–, ]+) (?:is|are)/g)].flatMap(
        ([, list = '']) => list.split(', ').flatMap(numbersIn),
      );
      expect(positions.toSorted((one, other) => one - other)).toEqual(bad);
      return true;
    },
  );
});
