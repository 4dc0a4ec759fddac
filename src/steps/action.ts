import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import { actOnEntity } from '../deskdirector/entities.ts';
import { warn } from '../deskdirector/errors.ts';
import { type ActionId, entityOf } from '../deskdirector/operations.ts';
import { bodySchema } from '../deskdirector/schemas.ts';
import { idAdvice, idInputField, readId } from './ids.ts';
import { resultOf, type StepOf } from './result.ts';
import { siteBody, siteFields, siteGroups } from './site-fields.ts';
import { offerList } from './site-lists.ts';

/** An action on one thing. The site describes its other fields. */
export function action<const Key extends string>(step: StepOf<Key, ActionId>) {
  const { key, noun, label, description, operation } = step;
  const entity = entityOf(operation);
  const idField = idInputField(entity);
  const own = [idField];
  const { outputFields, sample, prepare } = resultOf(step);
  const readSchema = (z: ZObject, bundle: Bundle) =>
    bodySchema(z, bundle, operation, () => readId(entity, bundle.inputData));

  return defineCreate({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFieldGroups: siteGroups(
        'Fields of Your DeskDirector Site',
        'Advanced Fields of Your DeskDirector Site',
      ),
      inputFields: [idField, siteFields(own, readSchema, offerList)],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const id = readId(entity, bundle.inputData);
        // The site may have changed its fields since the owner made the Zap, so read them again.
        const schema = await readSchema(z, bundle);
        const { body, unknown } = await siteBody(z, bundle, schema, own);
        // The action is done also when the site no longer has one of its optional fields.
        if (unknown !== '')
          warn(z, `Not sent, since your site's form has no such fields: ${unknown}.`);
        const [{ makeResult }, answer] = await Promise.all([
          prepare(z, bundle),
          actOnEntity(z, bundle, { operation, id, body, advice: idAdvice(entity) }),
        ]);
        return makeResult(answer, id);
      },
    },
  });
}
