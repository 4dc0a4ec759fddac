import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { chatSessionOutputFields, toRecord } from '../chat-session/fields.ts';
import { madeUpChat } from '../chat-session/made-up.ts';
import { readChatSession } from '../chat-session/payload.ts';
import { changes } from '../chat-session/samples.ts';
import { idText, isObject, type JsonObject } from '../values.ts';

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
