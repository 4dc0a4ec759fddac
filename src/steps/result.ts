import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { readDelivery } from '../chat-session/delivery.ts';
import { chatSessionOutputFields, toRecord } from '../chat-session/fields.ts';
import { readChatSession } from '../chat-session/payload.ts';
import { changes } from '../chat-session/samples.ts';
import { warn, wordsOf } from '../deskdirector/errors.ts';
import { type EntityOperationId, entityOf } from '../deskdirector/operations.ts';
import { answerSchema } from '../deskdirector/schemas.ts';
import { lowerCased, text } from '../values.ts';
import { readSiteForm } from './site-form.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Makes a result from the site's answer, and from the id that was filled in. */
type MakeResult = (answer: Fields, id: string) => Record<string, unknown>;

/** What a search or an action gives to the next steps. */
export interface StepResult {
  readonly outputFields: (
    | PlainOutputField
    | ((z: ZObject, bundle: Bundle) => Promise<PlainOutputField[]>)
  )[];
  readonly sample: Record<string, unknown>;
  /** Whether an object of the site can be such a result; left out when any object can. */
  readonly isUsable?: (answer: Fields) => boolean;
  /** Gets what is needed to make results. It runs beside the request, and never rejects. */
  readonly prepare: (z: ZObject, bundle: Bundle) => Promise<MakeResult>;
}

/**
 * The answer of an operation as the site describes it. Each described property is in every result, with
 * null where the site left it out. The result also has an `id`: text, or null when the site gives no id for a new ticket. When the description can't
 * be read, the result is the answer as it came.
 */
export function siteResult(operation: EntityOperationId): StepResult {
  const readForm = async (z: ZObject, bundle: Bundle) => {
    const schema = await answerSchema(z, bundle, operation);
    return readSiteForm(z, bundle, schema, { use: 'answer', optional: 'beside' });
  };
  const idIsOfRequestType = entityOf(operation) === 'request type';

  return {
    outputFields: [
      { key: 'id', label: 'ID', type: 'string' },
      async (z, bundle) => {
        try {
          const { toOutputFields } = await import('../json-schema/output-fields.ts');
          return toOutputFields(await readForm(z, bundle)).filter(({ key }) => key !== 'id');
        } catch (error) {
          warn(z, `The site's description of the result can't be read: ${wordsOf(error)}`);
          return [];
        }
      },
    ],
    sample: { id: '1001' },
    prepare: async (z, bundle) => {
      const complete = await answerCompleter(z, () => readForm(z, bundle));
      return (answer, id) => ({
        ...complete(answer),
        // The id of a request type is not the id of the new ticket.
        id: text(lowerCased(answer).id) ?? (idIsOfRequestType ? null : id),
      });
    },
  };
}

/** A function that completes an answer by the site's description; never rejects. */
async function answerCompleter(
  z: ZObject,
  readForm: () => ReturnType<typeof readSiteForm>,
): Promise<(answer: Fields) => Fields> {
  try {
    const { completeAnswer } = await import('../json-schema/output-fields.ts');
    const form = await readForm();
    return (answer) => {
      const { result, unreadable } = completeAnswer(form, answer);
      if (unreadable.length > 0) {
        warn(
          z,
          `The result has no value for ${unreadable.join(', ')}: the site's answer does not match its description.`,
        );
      }
      return result;
    };
  } catch (error) {
    warn(z, `The site's description of the result can't be read: ${wordsOf(error)}`);
    return (answer) => answer;
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
  isUsable: (answer) => readDelivery(answer).usable,
  prepare: async () => (answer) => toRecord(readChatSession(answer)),
};

/** The answer of an action on a chat session, which the site does not describe. */
export const CHAT_ACTION_RESULT: StepResult = {
  outputFields: [{ key: 'session_id', label: 'Session ID', type: 'string' }],
  sample: { session_id: '1773129600-1006' },
  prepare: async () => (answer, id) => ({ ...answer, session_id: id }),
};
