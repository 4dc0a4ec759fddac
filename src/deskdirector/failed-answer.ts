import {
  hasContent,
  integer,
  isObject,
  type JsonObject,
  nameAmong,
  propertyOf,
} from '../values.ts';

/*
 * Some APIs answer a failed request with a success status, and tell the failure in the body. This
 * module tells such answers from successes.
 */

/** Properties, in lower case, whose value `false` means that the request failed. */
const SUCCESS_FLAGS = ['success', 'succeeded', 'issuccess', 'ok'];
/** Properties, in lower case, that hold a failure. */
const ERRORS = ['error', 'errors', 'exception'];
/** The properties with the status of a part of the request. */
const STATUSES = ['status', 'statusCode'];
/** The status of an answer that has a status of its own for each part of the request. */
const MULTI_STATUS = 207;

/** The entries of an answer that failed, with their positions from 1, and the number of all entries. */
export interface FailedEntries {
  readonly failed: readonly { readonly position: number; readonly entry: unknown }[];
  readonly count: number;
}

/**
 * The entries of an answer that say that they failed; null when there are none. An answer that is no
 * list is one entry, unless its status is 207 and it holds a single list.
 *
 * @param described the names that the site's description of the answer has, otherwise those of an id
 */
export function failedEntries(
  status: number,
  answer: unknown,
  described: readonly string[],
): FailedEntries | null {
  const isFailed = (entry: unknown) =>
    isObject(entry) &&
    (saysFailed(entry, described) ||
      (status === MULTI_STATUS && hasFailedStatus(entry, described)));
  const entries = entriesOf(status, answer);
  const failed = entries.flatMap((entry, n) => (isFailed(entry) ? { position: n + 1, entry } : []));
  if (failed.length > 0) return { failed, count: entries.length };
  return isFailed(answer) ? { failed: [{ position: 1, entry: answer }], count: 1 } : null;
}

function entriesOf(status: number, answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  if (status !== MULTI_STATUS || !isObject(answer)) return [answer];
  const lists = Object.values(answer).flatMap((value) => (Array.isArray(value) ? [value] : []));
  const [only, another] = lists.filter((list) => list.length > 0);
  return only !== undefined && another === undefined ? only : [answer];
}

/** Whether an object says that the request failed, by a name that its description doesn't have. */
function saysFailed(answer: JsonObject, described: readonly string[]): boolean {
  const hasNew = (names: readonly string[], isFailure: (value: unknown) => boolean) =>
    Object.entries(answer).some(
      ([name, value]) =>
        names.includes(name.toLowerCase()) &&
        isFailure(value) &&
        nameAmong(described, name) === undefined,
    );
  return (
    hasNew(SUCCESS_FLAGS, (value) => value === false) ||
    (hasNew(ERRORS, hasContent) && !hasDescribed(answer, described))
  );
}

/** Whether an object has a status of a failure, under a name that its description doesn't have. */
const hasFailedStatus = (answer: JsonObject, described: readonly string[]): boolean =>
  STATUSES.filter((name) => nameAmong(described, name) === undefined)
    .map((name) => integer(propertyOf(answer, name)) ?? 0)
    .some((status) => status >= 400 && status < 600);

/** Whether an answer holds anything under a described name. */
export const hasDescribed = (answer: JsonObject, described: readonly string[]): boolean =>
  Object.entries(answer).some(
    ([name, value]) => hasContent(value) && nameAmong(described, name) !== undefined,
  );
