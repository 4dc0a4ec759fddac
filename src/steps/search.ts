import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { isMadeUp, MADE_UP_ID_IN_RUN } from '../chat-session/made-up.ts';
import { isTest, ownerError } from '../deskdirector/errors.ts';
import { isFilled } from '../deskdirector/failed-answer.ts';
import { NOT_FOUND } from '../deskdirector/failures.ts';
import { type EntityOperationId, operationOf } from '../deskdirector/operations.ts';
import { send } from '../deskdirector/send.ts';
import { isObject, type JsonObject, propertyOf } from '../values.ts';
import { idInputField, readId } from './ids.ts';
import { type Expected, resultOf, type SearchResult, type StepOf, withoutMark } from './result.ts';

/** A search that looks one thing up by its id. */
export function search<const Key extends string>(
  step: StepOf<Key, EntityOperationId, SearchResult>,
) {
  const { key, noun, label, description, operation } = step;
  const { entity } = operationOf(operation);
  const idField = idInputField(entity);
  const { outputFields, sample, prepare, makeExample } = resultOf(step);
  return defineSearch({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFields: [idField],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const id = readId(entity, bundle);
        if (isMadeUp(id)) {
          if (isTest(bundle)) return [await makeExample(z, bundle, id)];
          throw ownerError(`The field "${idField.label}" ${MADE_UP_ID_IN_RUN}`, 'MadeUpId');
        }
        const expected = prepare(z, bundle);
        const found = await findEntity(z, bundle, { operation, id }, expected);
        return found === null ? [] : [(await expected).makeResult(found, id)];
      },
    },
  });
}

/**
 * The object with this id; null when the site has none. Rejects with an owner's error.
 *
 * @param operation an operation that looks one thing up
 * @param expected what is known of the answer; never rejects
 */
async function findEntity(
  z: ZObject,
  bundle: Bundle,
  { operation, id }: { operation: EntityOperationId; id: string },
  expected: Promise<Expected>,
): Promise<JsonObject | null> {
  const request = { operation, id, accept: NOT_FOUND };
  const { status, data, isEmpty, refuseFailure, notTheApi } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status) || isEmpty || data === null) return null;
  const { described, isUsable } = await expected;
  await refuseFailure(described);
  // A site can answer with an object of nulls in place of a thing that it does not have.
  const isNothing = (entry: JsonObject) =>
    !isUsable(entry) &&
    !isFilled(entry) &&
    ['id', ...described].some((name) => propertyOf(entry, name) !== undefined);
  const entries: readonly unknown[] = Array.isArray(data) ? data : [data];
  const found = entries.filter((entry) => !isObject(entry) || !isNothing(entry));
  if (found.length === 0) return null;
  const [entity] = found;
  if (!isObject(entity) || found.length > 1 || !isUsable(entity)) throw notTheApi();
  return withoutMark(entity);
}
