import {
  CHAT_SESSIONS,
  contactOf,
  memberOf,
  readChatSession,
} from '../../src/chat-session/payload.ts';
import { readEntries } from '../../src/delivery.ts';
import { asObject } from '../../src/values.ts';
import type { CheckedApp } from './app.ts';

/** The look-up of a session by its ID. */
export interface LookUp {
  /** How the answer looks: one session, a list of one, none, or something else. */
  readonly answer: 'one' | 'list' | 'none' | 'other';
  /** The app's words when the look-up failed; null when it did not. */
  readonly failure: string | null;
  /** What the site answered; undefined when it refused. */
  readonly data: unknown;
}

/** Looks a session up through the app. */
export async function lookUp(app: CheckedApp, id: string): Promise<LookUp> {
  const step = { kind: 'searches', key: 'find_chat_session' } as const;
  const inputData = { session_id: id };
  const { results, failure, exchanges } = await app.call(step, 'perform', { inputData });
  const last = exchanges.at(-1);
  const data = last !== undefined && last.status < 300 ? last.data : undefined;
  if (failure !== null) return { answer: 'other', failure, data };
  const isFound = Array.isArray(results) && results.length > 0;
  return { answer: !isFound ? 'none' : Array.isArray(data) ? 'list' : 'one', failure, data };
}

/** The sessions in an answer or a delivery; none when the app could not use it. */
export function sessionsIn(data: unknown): readonly unknown[] {
  const read = readEntries(data, CHAT_SESSIONS);
  return read.usable ? read.entries : [];
}

/**
 * The people of sessions that the searches don't find by their entity IDs; null without such
 * people.
 */
export async function missedPeopleIn(
  app: CheckedApp,
  sessions: readonly unknown[],
): Promise<readonly string[] | null> {
  const people = sessions.map(readChatSession).flatMap((session) => [
    { kind: 'contact', id: contactOf(session).entityId },
    { kind: 'member', id: memberOf(session).entityId },
  ]);
  const wanted = new Map(
    people.filter(({ id }) => id !== null).map((one) => [`${one.kind} ${one.id}`, one]),
  );
  if (wanted.size === 0) return null;
  const missed: string[] = [];
  for (const { kind, id } of wanted.values()) {
    const step = { kind: 'searches', key: `find_${kind}` } as const;
    const inputData = { [`${kind}_id`]: String(id) };
    const { results, failure } = await app.call(step, 'perform', { inputData });
    const isFound = Array.isArray(results) && results.length > 0;
    if (!isFound) missed.push(`the ${kind}: ${failure ?? `no such ${kind}`}`);
  }
  return missed;
}

/**
 * What each reported duration of the sessions is, beside the times of its session: the unit that
 * fits, or a number. Null for a duration that the app can't read.
 */
export function durationsIn(sessions: readonly unknown[]): (string | null)[] {
  return sessions.flatMap((session) => {
    const reported = asObject(asObject(session).report);
    const { createdDateTime, closedDateTime, report } = readChatSession(session);
    const ends = { creatorWaited: report.handledDateTime, chatDuration: closedDateTime };
    return (['creatorWaited', 'chatDuration'] as const)
      .filter((name) => reported[name] !== undefined && reported[name] !== null)
      .map((name) => {
        const value = report[name];
        const elapsed = Date.parse(ends[name] ?? '') - Date.parse(createdDateTime ?? '');
        return value === null ? null : `${name} ${unitOf(value, elapsed)}`;
      });
  });
}

const UNITS = { milliseconds: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000 };

function unitOf(value: number, elapsed: number): string {
  const fits = Object.entries(UNITS).find(
    ([, milliseconds]) => elapsed > 0 && Math.abs((value * milliseconds) / elapsed - 1) < 0.1,
  );
  return fits ? `fits ${fits[0]}` : 'is a number';
}
