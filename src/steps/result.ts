import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { chatSessionOutputFields, toRecord } from '../chat-session/fields.ts';
import { MADE_UP_ID, MADE_UP_TEXT_ID, madeUpChat } from '../chat-session/made-up.ts';
import { readChatSession } from '../chat-session/payload.ts';
import { changes } from '../chat-session/samples.ts';
import { messageOf, warn } from '../deskdirector/errors.ts';
import { hasDescribed, isFilled } from '../deskdirector/failed-answer.ts';
import { type DescribedId, operationOf, subjectOf } from '../deskdirector/operations.ts';
import { exampleOf } from '../site-form/example.ts';
import { completeAnswer, toOutputFields } from '../site-form/output-fields.ts';
import { readSiteForm, type SiteForm } from '../site-form/read.ts';
import { idText, isObject, type JsonObject, propertyOf, text } from '../values.ts';
import { idIn, idNames } from './ids.ts';

/** What is known of the answer of an operation. */
export interface Expected {
  /** The names that the site's description of the answer has, otherwise those of an id. */
  readonly described: readonly string[];
  /** Whether an answer can be the thing that was looked up. */
  readonly isUsable: (answer: JsonObject) => boolean;
}

interface ResultMaker extends Expected {
  /** Makes a result from the site's answer, and from the id that was sent; null when none was. */
  readonly makeResult: (answer: JsonObject, id: string | null) => Record<string, unknown>;
}

/** What a search or an action gives to the next steps. */
export interface StepResult {
  readonly outputFields: (
    | PlainOutputField
    | ((z: ZObject, bundle: Bundle) => Promise<PlainOutputField[]>)
  )[];
  readonly sample: Record<string, unknown>;
  /** Gets what is needed to make results. It runs beside the request, and never rejects. */
  readonly prepare: (z: ZObject, bundle: Bundle) => Promise<ResultMaker>;
}

/** What a search gives to the next steps. */
export interface SearchResult extends StepResult {
  /** Makes the result of a test with a made-up ID, without asking the site for it. It never rejects. */
  readonly makeExample: (
    z: ZObject,
    bundle: Bundle,
    id: string,
  ) => Promise<Record<string, unknown>>;
}

/** What the file of a search or an action says about it. */
export interface StepOf<Key extends string> {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
}

/** The ID of a result, also when the site describes an object in its place. */
const ID_FIELD = { key: 'id', label: 'ID', type: 'string' } as const;

/**
 * The answer of an operation as the site describes it. Each described property is in every result,
 * with null where the site left it out. The result also has an `id`, as text: that of the thing that
 * was looked up, changed or made. It is null when the site gives no id for what it made. When the
 * description can't be read, the result is the answer as it came.
 */
export function siteResult(operation: DescribedId): SearchResult {
  const { makes, finds, answer } = operationOf(operation);
  const thing = makes ?? finds ?? subjectOf(operation)?.thing ?? 'result';
  const use = finds === undefined ? 'answer' : 'entries';

  /** What `read` takes from the site's description of the answer; `otherwise` when it can't be read. */
  async function readDescription<T>(
    z: ZObject,
    bundle: Bundle,
    read: (form: SiteForm) => T,
    otherwise: T,
  ): Promise<T> {
    try {
      return read(await readSiteForm(z, bundle, { ...answer, optional: 'beside' }, use));
    } catch (error) {
      warn(z, `The site's description of the result can't be read: ${messageOf(error)}`);
      return otherwise;
    }
  }

  return {
    outputFields: [
      ID_FIELD,
      (z, bundle) => readDescription(z, bundle, (form) => toOutputFields(form, [ID_FIELD]), []),
    ],
    sample: { id: MADE_UP_ID },
    prepare: async (z, bundle) => {
      const form = await readDescription(z, bundle, (read) => read, null);
      const names = form?.properties.map(({ name }) => name) ?? [];
      const described = names.length > 0 ? names : idNames(thing);
      return {
        described,
        isUsable: (answer) => idIn(answer, thing) !== null || hasDescribed(answer, described),
        makeResult: (answer, sent) => {
          // What an action made has another id than what was sent.
          const id = idIn(answer, thing) ?? (makes === undefined ? sent : null);
          const other = propertyOf(answer, 'id');
          const isLost = isFilled(other) && (text(other) ?? other) !== id;
          const complete = form === null ? answer : completed(z, form, answer);
          return { ...(isLost && { id_site: other }), ...complete, id };
        },
      };
    },
    makeExample: async (z, bundle, id) => {
      const ids = { number: Number(id), text: MADE_UP_TEXT_ID };
      return { ...(await readDescription(z, bundle, (form) => exampleOf(form, ids), {})), id };
    },
  };
}

/** An answer with every described property. The log names the values that don't match. */
function completed(z: ZObject, form: SiteForm, answer: JsonObject): JsonObject {
  const { result, unreadable } = completeAnswer(form, answer);
  const names = [...unreadable].filter((name) => name !== 'id').join(', ');
  if (names !== '') {
    warn(
      z,
      `The result has no value for ${names}: the site's answer does not match its description.`,
    );
  }
  return result;
}

/** A chat session as the flat record of the triggers. */
export const CHAT_SESSION_RESULT: SearchResult = {
  outputFields: [
    { key: 'id', label: 'Session ID', type: 'string' },
    // A function, since the platform copies static fields twice for each delivery.
    async () => chatSessionOutputFields([]).filter(({ key }) => key !== 'id'),
  ],
  sample: changes.record,
  prepare: async () => ({
    makeResult: (answer) => toRecord(readChatSession(answer)),
    described: ['id'],
    isUsable: ({ id }) => idText(id) !== null,
  }),
  makeExample: async (_z, _bundle, id) => madeUpChat(id),
};

/** The answer of an action on a chat session, which the site does not describe. */
export const CHAT_ACTION_RESULT: StepResult = {
  outputFields: [{ key: 'session_id', label: 'Session ID', type: 'string' }],
  sample: { session_id: String(changes.record.id) },
  prepare: async () => ({
    makeResult: (answer, id) => ({ ...answer, session_id: id }),
    described: ['id'],
    isUsable: isObject,
  }),
};

/** The platform marks its own results with `__type`; never pass one on from a site. */
export function withoutMark(answer: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '__type'));
}
