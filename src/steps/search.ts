import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { isMadeUp, MADE_UP_ID_IN_RUN } from '../chat-session/made-up.ts';
import { findEntity } from '../deskdirector/entities.ts';
import { ownerError } from '../deskdirector/errors.ts';
import { type EntityOperationId, operationOf } from '../deskdirector/operations.ts';
import { idInputField, readId } from './ids.ts';
import { resultOf, type SearchResult, type StepOf } from './result.ts';

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
          if (bundle.meta.isLoadingSample) return [await makeExample(z, bundle, id)];
          throw ownerError(`The field "${idField.label}" ${MADE_UP_ID_IN_RUN}`, 'MadeUpId');
        }
        const expected = prepare(z, bundle);
        const found = await findEntity(z, bundle, { operation, id }, expected);
        return found === null ? [] : [(await expected).makeResult(found, id)];
      },
    },
  });
}
