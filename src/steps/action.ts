import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import { MADE_UP_ID_SENT } from '../chat-session/made-up.ts';
import { ownerError, warn } from '../deskdirector/errors.ts';
import { NOT_FOUND } from '../deskdirector/failures.ts';
import {
  type ActionId,
  type Call,
  changesSite,
  operationOf,
  subjectIdIn,
  subjectOf,
} from '../deskdirector/operations.ts';
import { send } from '../deskdirector/send.ts';
import { listed, siteFields, siteGroups, siteInput } from '../site-form/fields.ts';
import { offerList } from '../site-form/lists.ts';
import { hasContent, isBlank, isObject, type JsonObject, kindOf, withoutMark } from '../values.ts';
import { notInPairedForm, type PairedForm } from './paired-form.ts';
import {
  adviceFor,
  filledInCall,
  formRequest,
  madeUpField,
  noteField,
  parameterFields,
} from './parameters.ts';
import type { ExpectedAnswer, StepOf, StepResult } from './result.ts';

interface ActionStep<Key extends string> extends StepOf<Key> {
  readonly operation: ActionId;
  readonly result: StepResult;
  /** A text in the form, when the operation has no parameter. Zapier: D022. */
  readonly note?: string;
  /** The form of the search that *Find or Create* pairs with the action. */
  readonly pairedForm?: PairedForm;
}

/** An action. The site describes the fields of its body. */
export function action<const Key extends string>(step: ActionStep<Key>) {
  const { key, noun, label, description, operation, note, pairedForm } = step;
  const { outputFields, sample, prepare } = step.result;
  const own = [...(note === undefined ? [] : [noteField(note)]), ...parameterFields(operation)];

  /** The filled-in fields that neither form shows. Rejects when the form of the paired search can't be read. */
  const notInEither = (z: ZObject, bundle: Bundle, unknown: readonly string[]) =>
    notInPairedForm(z, bundle, unknown, pairedForm, 'before');

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
        ...own,
        siteFields(own, (_z, bundle) => formRequest(operation, bundle), offerList, {
          unsentOf: (z, bundle, unknown) => notInEither(z, bundle, unknown).catch(() => []),
        }),
      ],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const call = filledInCall(operation, bundle);
        const madeUp = madeUpField(operation, bundle);
        if (madeUp) throw ownerError(`The field "${madeUp.label}" ${MADE_UP_ID_SENT}`, 'MadeUpId');
        // The site may have changed its fields since the owner made the Zap, so read them again.
        const input = await siteInput(z, bundle, formRequest(operation, bundle), own);
        const { body, isFilledIn } = input.makeBody();
        // None of these fields is sent, whether the other form has them or can't be read.
        const unknown = await notInEither(z, bundle, input.unknown).catch(() => input.unknown);
        const notSent =
          unknown.length === 0
            ? ''
            : `Not sent, since the form of this step does not show these fields: ${listed(unknown)}.`;
        // A success would say that something has changed.
        if (operationOf(operation).method === 'PATCH' && !isFilledIn) {
          throw ownerError(
            `There is nothing to change, so nothing was sent. Fill in at least one field of the ${subjectOf(operation)?.thing} that this step should change. ${notSent}`.trim(),
            'NothingToChange',
          );
        }
        // The action is done also when the site no longer has one of its optional fields.
        if (notSent !== '') warn(z, notSent);
        const expected = prepare(z, bundle);
        const answer = await act(z, bundle, call, body, expected);
        return (await expected).makeResult(answer, subjectIdIn(call));
      },
    },
  });
}

/**
 * Carries out an action. Resolves with the site's answer when that is an object or a list of one object. Any
 * other answer is an empty object, since what the action changed is changed; without a change it is an
 * error. Rejects with an owner's error also, for example, when the site does not have the thing, or when the
 * answer says that the action failed.
 *
 * @param expected what is known of the answer; never rejects
 */
async function act(
  z: ZObject,
  bundle: Bundle,
  call: Call<ActionId>,
  body: object,
  expected: Promise<ExpectedAnswer>,
): Promise<JsonObject> {
  const subject = subjectOf(call.operation);
  const request = {
    ...call,
    body,
    accept: subject === undefined ? [] : NOT_FOUND,
    described: expected.then(({ described }) => described),
  };
  const { site, status, said, data, tellable, notTheApi } = await send(z, bundle, request);
  if (NOT_FOUND.includes(status)) {
    throw ownerError(
      `${site} has no ${subject?.thing} ${await tellable(String(subjectIdIn(call)))} (${status}).${await said()} ${adviceFor(call.operation)}`,
      'NotFound',
      status,
    );
  }
  const [answer, another] = [data].flat();
  const mayBeEmpty = changesSite(call.operation);
  const isOne = isObject(answer) && another === undefined;
  if (isOne && (mayBeEmpty || hasContent(answer))) return withoutMark(answer);
  // Of what changes nothing, the answer is all there is.
  if (!mayBeEmpty) throw notTheApi();
  if (!isBlank(data)) {
    warn(z, `The result has nothing of the site's answer, which is ${kindOf(data)}.`);
  }
  return {};
}
