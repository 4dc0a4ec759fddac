import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { toRecord } from '../../src/chat-session/fields.ts';
import { CHAT_SESSIONS, readChatSession } from '../../src/chat-session/payload.ts';
import { readEntries } from '../../src/delivery.ts';
import { call, failure, NEW_SESSION, STATUS_CHANGED } from '../helpers/zapier.ts';
import { anyBody, anyBundle, anyFilters, flawsOf, shuffled } from './deliveries.ts';
import { holds } from './property.ts';

const trigger = fc.constantFrom(NEW_SESSION, STATUS_CHANGED);
type Row = Record<string, unknown>;

/** The records of a delivery; null when the app refused it with its own error. */
async function recordsOf(
  trigger: string,
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
