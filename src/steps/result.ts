import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { readDelivery } from '../chat-session/delivery.ts';
import { chatSessionOutputFields, toRecord } from '../chat-session/fields.ts';
import { readChatSession } from '../chat-session/payload.ts';
import { changes } from '../chat-session/samples.ts';
import { warn, wordsOf } from '../deskdirector/errors.ts';
import { type DescribedId, type EntityOperationId, entityOf } from '../deskdirector/operations.ts';
import { answerSchema } from '../deskdirector/schemas.ts';
import { idText, isObject, lowerCased } from '../values.ts';
import { readSiteForm } from './site-form.ts';
import { NO_RESULT } from './words.ts';

type Fields = Readonly<Record<string, unknown>>;

interface ResultMaker {
  /** Makes a result from the site's answer, and from the id that was filled in. */
  readonly makeResult: (answer: Fields, id: string) => Record<string, unknown>;
  /** Whether an answer can be the thing that was looked up. */
  readonly isUsable: (answer: Fields) => boolean;
}

/** What a search or an action gives to the next steps. */
interface StepResult {
  readonly outputFields: (
    | PlainOutputField
    | ((z: ZObject, bundle: Bundle) => Promise<PlainOutputField[]>)
  )[];
  readonly sample: Record<string, unknown>;
  /** Gets what is needed to make results. It runs beside the request, and never rejects. */
  readonly prepare: (z: ZObject, bundle: Bundle) => Promise<ResultMaker>;
}

/** The operation of a step, and its result. The site describes the result when none is given. */
type OperationAndResult<Id extends EntityOperationId> =
  | { readonly operation: Id & DescribedId; readonly result?: undefined }
  | { readonly operation: Id; readonly result: StepResult };

/** What the file of a search or an action says about it. */
export type StepOf<Key extends string, Id extends EntityOperationId> = OperationAndResult<Id> & {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
};

/** What a step gives to the next steps. */
export const resultOf = (step: OperationAndResult<EntityOperationId>): StepResult =>
  step.result === undefined ? siteResult(step.operation) : step.result;

/** The ID of a result, also when the site describes an object in its place. */
const ID_FIELD = { key: 'id', label: 'ID', type: 'string' } as const;

/**
 * The answer of an operation as the site describes it. Each described property is in every result,
 * with null where the site left it out. The result also has an `id`: text, or null when the site
 * gives no id for a new ticket. When the description can't be read, the result is the answer as it
 * came.
 */
function siteResult(operation: DescribedId): StepResult {
  const readForm = async (z: ZObject, bundle: Bundle) => {
    const schema = await answerSchema(z, bundle, operation);
    return readSiteForm(z, bundle, schema, { use: 'answer', optional: 'beside' });
  };
  const idIsOfRequestType = entityOf(operation) === 'request type';

  return {
    outputFields: [
      ID_FIELD,
      async (z, bundle) => {
        try {
          const { toOutputFields } = await import('../json-schema/output-fields.ts');
          return toOutputFields(await readForm(z, bundle), [ID_FIELD]);
        } catch (error) {
          warn(z, `${NO_RESULT} ${wordsOf(error)}`);
          return [];
        }
      },
    ],
    sample: { id: '1001' },
    prepare: async (z, bundle) => {
      const { complete, isUsable } = await describedAnswers(z, () => readForm(z, bundle));
      return {
        isUsable,
        makeResult: (answer, id) => ({
          ...complete(answer),
          // The id of a request type is not the id of the new ticket.
          id: idText(lowerCased(answer).id) ?? (idIsOfRequestType ? null : id),
        }),
      };
    },
  };
}

/** What the site's description says about answers; never rejects. */
async function describedAnswers(
  z: ZObject,
  readForm: () => ReturnType<typeof readSiteForm>,
): Promise<{ complete: (answer: Fields) => Fields; isUsable: (answer: Fields) => boolean }> {
  try {
    const { completeAnswer, isLikeForm } = await import('../json-schema/output-fields.ts');
    const form = await readForm();
    return {
      complete: (answer) => {
        const { result, unreadable } = completeAnswer(form, answer);
        const names = [...unreadable].filter((name) => name !== 'id').join(', ');
        if (names !== '') {
          warn(
            z,
            `The result has no value for ${names}: the site's answer does not match its description.`,
          );
        }
        return result;
      },
      isUsable: (answer) => 'id' in lowerCased(answer) || isLikeForm(form, answer),
    };
  } catch (error) {
    warn(z, `${NO_RESULT} ${wordsOf(error)}`);
    return { complete: (answer) => answer, isUsable: isObject };
  }
}

/** A chat session as the flat record of the triggers. */
export const CHAT_SESSION_RESULT: StepResult = {
  outputFields: [
    { key: 'id', label: 'Session ID', type: 'string' },
    // A function, since the platform copies static fields twice for each delivery.
    async () => chatSessionOutputFields([]).filter(({ key }) => key !== 'id'),
  ],
  sample: changes.record,
  prepare: async () => ({
    makeResult: (answer) => toRecord(readChatSession(answer)),
    isUsable: (answer) => readDelivery(answer).usable,
  }),
};

/** The answer of an action on a chat session, which the site does not describe. */
export const CHAT_ACTION_RESULT: StepResult = {
  outputFields: [{ key: 'session_id', label: 'Session ID', type: 'string' }],
  sample: { session_id: '1773129600-1006' },
  prepare: async () => ({
    makeResult: (answer, id) => ({ ...answer, session_id: id }),
    isUsable: isObject,
  }),
};
