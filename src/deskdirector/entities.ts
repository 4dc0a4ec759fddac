import type { Bundle, ZObject } from 'zapier-platform-core';
import { isObject, propertyOf } from '../values.ts';
import { ownerError } from './errors.ts';
import { isFilled } from './failed-answer.ts';
import { NOT_FOUND } from './failures.ts';
import { type ActionId, type EntityOperationId, operationOf } from './operations.ts';
import { send } from './send.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is known of the answer of an operation. */
export interface Expected {
  /** The names that the site's description of the answer has, otherwise those of an id. */
  readonly described: readonly string[];
  /** Whether an answer can be the thing that was looked up. */
  readonly isUsable: (answer: Fields) => boolean;
}

/**
 * The object with this id; null when the site has none. Rejects with an owner's error.
 *
 * @param operation an operation that looks one thing up
 * @param expected what is known of the answer; never rejects
 */
export async function findEntity(
  z: ZObject,
  bundle: Bundle,
  { operation, id }: { operation: EntityOperationId; id: string },
  expected: Promise<Expected>,
): Promise<Fields | null> {
  const request = { operation, id, accept: NOT_FOUND };
  const { status, data, isEmpty, refuseFailure, notTheApi } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status) || isEmpty || data === null) return null;
  const { described, isUsable } = await expected;
  await refuseFailure(described);
  // A site can answer with an object of nulls in place of a thing that it does not have.
  const isNothing = (entry: Fields) =>
    !isUsable(entry) && propertyOf(entry, 'id') !== undefined && !isFilled(entry);
  const entries: readonly unknown[] = Array.isArray(data) ? data : [data];
  const found = entries.filter((entry) => !isObject(entry) || !isNothing(entry));
  if (found.length === 0) return null;
  const [entity] = found;
  if (!isObject(entity) || found.length > 1 || !isUsable(entity)) throw notTheApi();
  return withoutMark(entity);
}

/**
 * Acts on a thing. Resolves with the site's answer when that is an object or a list of one object,
 * otherwise with an empty object. Rejects with an owner's error, for example when the site has no
 * such thing, or when the answer says that the action failed.
 *
 * @param advice what the owner should do when the site has no such thing
 * @param expected what is known of the answer; never rejects
 */
export async function actOnEntity(
  z: ZObject,
  bundle: Bundle,
  {
    operation,
    id,
    body,
    advice,
    expected,
  }: {
    operation: ActionId;
    id: string;
    body: object;
    advice: string;
    expected: Promise<Expected>;
  },
): Promise<Fields> {
  const request = { operation, id, body, accept: NOT_FOUND };
  const { site, status, said, data, refuseFailure, tellable } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status)) {
    throw ownerError(
      `${site} has no ${operationOf(operation).entity} ${await tellable(id)} (${status}).${await said()} ${advice}`,
      'NotFound',
      status,
    );
  }
  await refuseFailure((await expected).described);
  const [answer, another] = [data].flat();
  return withoutMark(isObject(answer) && another === undefined ? answer : {});
}

/** The platform marks its own results with `__type`; never pass one on from a site. */
function withoutMark(answer: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '__type'));
}
