import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import { isMadeUp, MADE_UP_ID_SENT } from '../chat-session/made-up.ts';
import { actOnEntity } from '../deskdirector/entities.ts';
import { ownerError, warn } from '../deskdirector/errors.ts';
import { type ActionId, operationOf } from '../deskdirector/operations.ts';
import { siteBody, siteFields, siteGroups } from '../site-form/fields.ts';
import { offerList } from '../site-form/lists.ts';
import { bodyForm, idAdvice, idInputField, readId } from './ids.ts';
import { resultOf, type StepOf } from './result.ts';

/** An action on one thing. The site describes its other fields. */
export function action<const Key extends string>(step: StepOf<Key, ActionId>) {
  const { key, noun, label, description, operation } = step;
  const { entity, method } = operationOf(operation);
  const idField = idInputField(entity);
  const own = [idField];
  const { outputFields, sample, prepare } = resultOf(step);

  return defineCreate({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFieldGroups: siteGroups(
        'Fields of Your DeskDirector Site',
        'Advanced Fields of Your DeskDirector Site',
      ),
      inputFields: [
        idField,
        siteFields(own, (_z, bundle) => bodyForm(operation, bundle), offerList),
      ],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const id = readId(entity, bundle);
        if (isMadeUp(id))
          throw ownerError(`The field "${idField.label}" ${MADE_UP_ID_SENT}`, 'MadeUpId');
        // The site may have changed its fields since the owner made the Zap, so read them again.
        const request = bodyForm(operation, bundle);
        const { body, unknown, isFilledIn } = await siteBody(z, bundle, request, own);
        const notSent =
          unknown === '' ? '' : `Not sent, since your site's form has no such fields: ${unknown}.`;
        // A success would say that something has changed.
        if (method === 'PATCH' && !isFilledIn) {
          throw ownerError(
            `There is nothing to change, so nothing was sent. Fill in at least one field of the ${entity} that this step should change. ${notSent}`.trim(),
            'NothingToChange',
          );
        }
        // The action is done also when the site no longer has one of its optional fields.
        if (notSent !== '') warn(z, notSent);
        const expected = prepare(z, bundle);
        const advice = idAdvice(entity);
        const answer = await actOnEntity(z, bundle, { operation, id, body, advice, expected });
        return (await expected).makeResult(answer, id);
      },
    },
  });
}
