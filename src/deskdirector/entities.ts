import type { Bundle, ZObject } from 'zapier-platform-core';
import { isObject } from '../values.ts';
import { ownerError } from './errors.ts';
import { NOT_FOUND } from './failures.ts';
import { send } from './http.ts';
import { type ActionId, type EntityOperationId, entityOf } from './operations.ts';

/**
 * The object with this id; null when the site has none. Rejects with an owner's error.
 *
 * @param operation an operation that looks one thing up
 * @param isUsable whether an object can be that thing
 */
export async function findEntity(
  z: ZObject,
  bundle: Bundle,
  { operation, id }: { operation: EntityOperationId; id: string },
  isUsable: (found: Readonly<Record<string, unknown>>) => Promise<boolean>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const request = { operation, id, accept: NOT_FOUND };
  const { status, data, isEmpty, notTheApi } = await send(z, bundle, request);
  const found: readonly unknown[] = Array.isArray(data) ? data : [data];
  if (NOT_FOUND.includes(status) || isEmpty || data === null || found.length === 0) return null;
  const [entity] = found;
  if (!isObject(entity) || found.length > 1 || !(await isUsable(entity))) throw notTheApi();
  return withoutMark(entity);
}

/**
 * Acts on a thing. Resolves with the site's answer when that is an object or a list of one object,
 * otherwise with an empty object. Rejects with an owner's error, for example when the site has no
 * such thing.
 *
 * @param advice what the owner should do when the site has no such thing
 */
export async function actOnEntity(
  z: ZObject,
  bundle: Bundle,
  {
    operation,
    id,
    body,
    advice,
  }: { operation: ActionId; id: string; body: object; advice: string },
): Promise<Readonly<Record<string, unknown>>> {
  const request = { operation, id, body, accept: NOT_FOUND };
  const { site, status, said, data, tellable } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status)) {
    throw ownerError(
      `${site} has no ${entityOf(operation)} ${await tellable(id)} (${status}).${await said()} ${advice}`,
      'NotFound',
      status,
    );
  }
  const [answer, another] = [data].flat();
  return withoutMark(isObject(answer) && another === undefined ? answer : {});
}

/** The platform marks its own results with `__type`; never pass one on from a site. */
function withoutMark(answer: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '__type'));
}
