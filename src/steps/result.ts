import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { chatSessionOutputFields, toRecord } from '../chat-session/fields.ts';
import { MADE_UP_ID, MADE_UP_TEXT_ID, madeUpChat } from '../chat-session/made-up.ts';
import { readChatSession } from '../chat-session/payload.ts';
import { changes } from '../chat-session/samples.ts';
import { hasDescribed } from '../deskdirector/failed-answer.ts';
import { type DescribedId, operationOf, subjectOf } from '../deskdirector/operations.ts';
import { exampleOf } from '../site-form/example.ts';
import { type Shape, shapeOf } from '../site-form/shape.ts';
import { idText, isObject, type JsonObject } from '../values.ts';
import { describedFields, describedRecord, logged, readDescription } from './described.ts';
import { hasOwnId, idIn, idNames } from './ids.ts';
import { schemaRequest } from './parameters.ts';

/** What is known of the answer of an operation. */
export interface ExpectedAnswer {
  /** The names that the site's description of the answer has, otherwise those of an id. */
  readonly described: readonly string[];
  /** Whether an answer can be the thing that was looked up. */
  readonly isUsable: (answer: JsonObject) => boolean;
  /** The thing in an answer, where it is a list; null for none. Without it, a list of one thing stands for it. */
  readonly thingIn?: (answer: unknown) => unknown;
}

interface ResultMaker extends ExpectedAnswer {
  /** Makes a result from the site's answer, and from the id that was sent; null when none was. */
  readonly makeResult: (answer: JsonObject, id: string | null) => Record<string, unknown>;
}

/** The output fields of a step: those of the app, and functions that make those of the site. */
export type OutputFields = (
  | PlainOutputField
  | ((z: ZObject, bundle: Bundle) => Promise<PlainOutputField[]>)
)[];

/** What a search or an action gives to the next steps. */
export interface StepResult {
  readonly outputFields: OutputFields;
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
  // Each described operation makes, finds or is about a thing.
  const thing = String(makes ?? finds ?? subjectOf(operation)?.thing);
  const clashesIn = (shape: Shape) => (hasOwnId(shape, thing) ? ['id'] : []);
  const read = (z: ZObject, bundle: Bundle) => {
    const use = finds === undefined ? 'answer' : 'entries';
    const request = () => ({ ...schemaRequest(answer, bundle), optional: 'beside' as const });
    return readDescription(z, bundle, request, use);
  };

  return {
    outputFields: [
      ID_FIELD,
      async (z, bundle) => describedFields(await read(z, bundle), [ID_FIELD], clashesIn),
    ],
    sample: { id: MADE_UP_ID },
    prepare: async (z, bundle) => {
      const form = await read(z, bundle);
      const shape = form === null ? null : shapeOf(form);
      const names = form?.properties.map(({ name }) => name) ?? [];
      const described = names.length > 0 ? names : idNames(thing);
      return {
        described,
        isUsable: (answer) => idIn(answer, thing) !== null || hasDescribed(answer, described),
        makeResult: (answer, sent) => {
          const given = idIn(answer, thing);
          // The id of a form result has 64 bits, and JSON in JavaScript holds 53 of them.
          const isExact = given !== null && operation !== 'GetFormResult_V2';
          // What an action made has another id than what was sent.
          const id = makes === undefined && !isExact ? sent : given;
          return logged(z, describedRecord(shape, answer, { id }, clashesIn));
        },
      };
    },
    makeExample: async (z, bundle, id) => {
      const form = await read(z, bundle);
      const ids = { number: Number(id), text: MADE_UP_TEXT_ID };
      return { ...(form !== null && exampleOf(form, ids)), id };
    },
  };
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
