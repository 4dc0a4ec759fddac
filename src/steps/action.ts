import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import { isMadeUp, MADE_UP_ID_SENT } from '../chat-session/made-up.ts';
import { ownerError, warn } from '../deskdirector/errors.ts';
import { NOT_FOUND } from '../deskdirector/failures.ts';
import { type ActionId, operationOf } from '../deskdirector/operations.ts';
import { send } from '../deskdirector/send.ts';
import { siteBody, siteFields, siteGroups } from '../site-form/fields.ts';
import { offerList } from '../site-form/lists.ts';
import { isObject, type JsonObject } from '../values.ts';
import { bodyForm, idAdvice, idInputField, readId } from './ids.ts';
import { type Expected, resultOf, type StepOf, withoutMark } from './result.ts';

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
          unknown === ''
            ? ''
            : `Not sent, since the form of this step does not show these fields: ${unknown}.`;
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
        const answer = await actOnEntity(z, bundle, { operation, id, body }, expected);
        return (await expected).makeResult(answer, id);
      },
    },
  });
}

/**
 * Acts on a thing. Resolves with the site's answer when that is an object or a list of one object,
 * otherwise with an empty object. Rejects with an owner's error, for example when the site has no
 * such thing, or when the answer says that the action failed.
 *
 * @param expected what is known of the answer; never rejects
 */
async function actOnEntity(
  z: ZObject,
  bundle: Bundle,
  { operation, id, body }: { operation: ActionId; id: string; body: object },
  expected: Promise<Expected>,
): Promise<JsonObject> {
  const request = { operation, id, body, accept: NOT_FOUND };
  const { site, status, said, data, refuseFailure, tellable } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status)) {
    const { entity } = operationOf(operation);
    throw ownerError(
      `${site} has no ${entity} ${await tellable(id)} (${status}).${await said()} ${idAdvice(entity)}`,
      'NotFound',
      status,
    );
  }
  await refuseFailure((await expected).described);
  const [answer, another] = [data].flat();
  return withoutMark(isObject(answer) && another === undefined ? answer : {});
}
