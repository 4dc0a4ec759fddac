import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { findEntity } from '../deskdirector/entities.ts';
import { type EntityOperationId, entityOf } from '../deskdirector/operations.ts';
import { idInputField, readId } from './ids.ts';
import { type StepResult, siteResult } from './result.ts';

interface Search<Key extends string> {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly operation: EntityOperationId;
  /** What the search gives to the next steps; the site describes it when this is not given. */
  readonly result?: StepResult;
}

/** A search that looks one thing up by its id. */
export function search<const Key extends string>({
  key,
  noun,
  label,
  description,
  operation,
  result = siteResult(operation),
}: Search<Key>) {
  const entity = entityOf(operation);
  const { outputFields, sample, prepare } = result;
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
        const maker = prepare(z, bundle);
        const isUsable = async (answer: Readonly<Record<string, unknown>>) =>
          (await maker).isUsable?.(answer) ?? true;
        const found = await findEntity(z, bundle, { operation, id }, isUsable);
        return found === null ? [] : [(await maker).makeResult(found, id)];
      },
    },
  });
}
