import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError, warn } from '../deskdirector/errors.ts';
import { NOT_FOUND } from '../deskdirector/failures.ts';
import { listIn } from '../deskdirector/list.ts';
import { type Call, callOf, type FindId, operationOf } from '../deskdirector/operations.ts';
import { send } from '../deskdirector/send.ts';
import {
  datetime,
  hasContent,
  isObject,
  type JsonObject,
  propertyOf,
  trimmedText,
  withoutMark,
} from '../values.ts';
import { entityIdIn, idIn, idNames } from './described.ts';
import type { StepOperationId } from './parameters.ts';
import type { ExpectedAnswer } from './result.ts';

/** The answer about a thing that was found, and its id; null when it has none. */
export interface Found {
  readonly answer: JsonObject;
  readonly id: string | null;
}

/**
 * The thing that a call looks up by its id; null when the site has none. Rejects with an owner's error.
 *
 * @param expected what is known of the answer; never rejects
 */
export async function lookUp(
  z: ZObject,
  bundle: Bundle,
  call: Call<StepOperationId>,
  expected: Promise<ExpectedAnswer>,
): Promise<JsonObject | null> {
  const request = {
    ...call,
    accept: NOT_FOUND,
    described: expected.then(({ described }) => described),
  };
  const { status, data, isEmpty, notTheApi } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status) || isEmpty || data === null) return null;
  const { described, isUsable, thingIn } = await expected;
  const given = thingIn === undefined ? data : thingIn(data);
  if (given === null) return null;
  // A site can answer with an object of nulls in place of a thing that it does not have.
  const isNothing = (entry: JsonObject) =>
    !isUsable(entry) &&
    !hasContent(entry) &&
    ['id', ...described].some((name) => propertyOf(entry, name) !== undefined);
  const entries: readonly unknown[] = Array.isArray(given) ? given : [given];
  const found = entries.filter((entry) => !isObject(entry) || !isNothing(entry));
  if (found.length === 0) return null;
  const [thing] = found;
  if (!isObject(thing) || found.length > 1 || !isUsable(thing)) throw notTheApi();
  return withoutMark(thing);
}

/** The most things of a search that are looked up. Zapier's editor shows three. */
const MOST_LOOK_UPS = 5;

/**
 * All things that a search finds, in the site's order. The first ones are looked up by their ids, so that
 * they have the same properties as when an owner gives the ID. Rejects with an owner's error.
 *
 * @param byId looks one thing up; without it, the entries of the answer are all there is
 * @param expected what is known of a thing that is looked up; never rejects
 */
export async function findAll(
  z: ZObject,
  bundle: Bundle,
  { find, body, byId }: { find: FindId; body: object; byId: StepOperationId | undefined },
  expected: Promise<ExpectedAnswer>,
): Promise<Found[]> {
  const { finds } = operationOf(find);
  const entries = await findEntries(z, bundle, find, body);
  return Promise.all(
    entries.map(async (entry, n) => {
      const id = entityIdIn(entry, finds);
      const isLookedUp = byId !== undefined && id !== null && n < MOST_LOOK_UPS;
      if (!isLookedUp) return { answer: entry, id };
      const answer = await lookUp(
        z,
        bundle,
        callOf(byId, () => id),
        expected,
      );
      // It can have been deleted since it was found.
      if (answer === null) return { answer: entry, id };
      if (canBeSame(entry, answer, id)) return { answer, id };
      throw ownerError(
        `Your DeskDirector site found a ${finds}, but under the ID of it, ${id}, it has another one. So this step gives nothing. Tell DeskDirector's support.`,
        'AnotherFound',
      );
    }),
  );
}

/** The entries of the answer to a search. Rejects with an owner's error. */
export async function findEntries(
  z: ZObject,
  bundle: Bundle,
  operation: FindId,
  body: object,
): Promise<JsonObject[]> {
  const { finds } = operationOf(operation);
  const described = ['results', ...idNames(finds)];
  const answer = await send(z, bundle, { operation, body, described });
  if (answer.isEmpty || answer.data === null) return [];
  const results = listIn(answer.data);
  const objects = results?.filter(isObject) ?? [];
  if (results === null || (results.length > 0 && objects.length === 0)) throw answer.notTheApi();
  // A site can answer with an object of nulls in place of a thing that it does not have.
  const entries = objects.filter((entry) => idIn(entry, finds) !== null || hasContent(entry));
  const others = results.length - entries.length;
  if (others > 0) warn(z, `Skipped ${others} of ${results.length} results that are no ${finds}.`);
  return entries.map(withoutMark);
}

/**
 * Whether two objects can be the same thing: at least one of the texts that both have agrees. One time can be
 * written in several ways.
 */
function canBeSame(entry: JsonObject, answer: JsonObject, id: string): boolean {
  const agreements = Object.entries(entry).flatMap(([name, value]) => {
    const [one, other] = [value, propertyOf(answer, name)].map(
      (text) => datetime(text) ?? trimmedText(text)?.toLowerCase(),
    );
    // The answer was looked up by this ID, so an equal ID does not tell whether it is the same thing.
    return one === undefined || other === undefined || one === id ? [] : one === other;
  });
  return agreements.length === 0 || agreements.includes(true);
}
