import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { findEntity } from '../deskdirector/entities.ts';
import { type EntityOperationId, entityOf } from '../deskdirector/operations.ts';
import { idInputField, readId } from './ids.ts';
import { resultOf, type StepOf } from './result.ts';

/** A search that looks one thing up by its id. */
export function search<const Key extends string>(step: StepOf<Key, EntityOperationId>) {
  const { key, noun, label, description, operation } = step;
  const entity = entityOf(operation);
  const { outputFields, sample, prepare } = resultOf(step);
  return defineSearch({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFields: [idInputField(entity)],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const id = readId(entity, bundle.inputData);
        const expected = prepare(z, bundle);
        const found = await findEntity(z, bundle, { operation, id }, expected);
        return found === null ? [] : [(await expected).makeResult(found, id)];
      },
    },
  });
}
