import { asObject, isObject, unpackedError } from '../../src/values.ts';
import {
  readAppDefinition,
  readInputFields,
  readOutputFields,
  type StepKind,
} from './app-definition.ts';
import type { AppProcess } from './app-process.ts';
import type { AppRecord } from './mapping.ts';
import { runStandIn } from './stand-ins.ts';
import type { AppAnswer } from './worker.ts';

/** The values of the fields of a connection. */
export type AuthData = Readonly<Record<string, string>>;

type InputData = Readonly<Record<string, unknown>>;

/** Calls a function of the app, such as `triggers.new_chat_session.operation.perform`. */
export type Execute = (method: string, bundle: Record<string, unknown>) => Promise<AppAnswer>;

/** What Zapier tells an app about a run that its editor started. */
const IN_TEST = { isLoadingSample: true };

/** Zapier gives the time zone of the account or of the Zap. */
const { timeZone: timezone } = new Intl.DateTimeFormat().resolvedOptions();

/**
 * The functions of an app and of the stand-ins, called as Zapier calls them. Each rejects with the
 * message that the owner of the Zap reads. The error has the name of the app's error, and its `code`,
 * if any.
 */
export function createAppCalls({ handle }: AppProcess, connection: AuthData) {
  let authData = connection;
  const execute: Execute = async (method, bundle) =>
    runStandIn(method, bundle) ??
    handle({
      command: 'execute',
      method,
      bundle: {
        authData,
        inputData: {},
        ...bundle,
        meta: { timezone, ...asObject(bundle.meta) },
      },
    });
  const call = async (method: string, bundle: Record<string, unknown>) =>
    resultsOf(await execute(method, bundle));

  return {
    /** Resolves with the whole answer, also when the function failed. */
    execute,

    async definition() {
      return readAppDefinition(resultsOf(await handle({ command: 'definition', bundle: {} })));
    },

    /**
     * Tests a connection, by default the current one. Resolves with what the test returned. A
     * connection that passes becomes the current one.
     */
    async connect(candidate = authData) {
      const results = await call('authentication.test', { authData: candidate });
      authData = candidate;
      return results;
    },

    /** The input fields of a step, including those that the app makes, and what the app logged. */
    async inputFields(kind: StepKind, key: string, inputData: InputData) {
      const answer = await execute(`${kind}.${key}.operation.inputFields`, { inputData });
      return { fields: readInputFields(resultsOf(answer)), logs: logLines(answer) };
    },

    /** The output fields of a step, including those that the app makes. */
    async outputFields(kind: StepKind, key: string, inputData: InputData) {
      return readOutputFields(await call(`${kind}.${key}.operation.outputFields`, { inputData }));
    },

    /** The records of the hidden trigger that fills a dropdown. */
    dropdown: (trigger: string, inputData: InputData = {}) =>
      call(`triggers.${trigger}.operation.perform`, { inputData }),

    /** The records that the Zap editor shows for "Test trigger". */
    testTrigger: (trigger: string, inputData: InputData = {}) =>
      call(`triggers.${trigger}.operation.performList`, { inputData, meta: IN_TEST }),

    /** Runs a search or an action, as a Zap that is on does. */
    step: (kind: StepKind, key: string, inputData: InputData) =>
      call(`${kind}.${key}.operation.perform`, { inputData }),

    /** Runs a search or an action, as the test of a step in the Zap editor does. */
    testStep: (kind: StepKind, key: string, inputData: InputData) =>
      call(`${kind}.${key}.operation.perform`, { inputData, meta: IN_TEST }),

    /** Turns a Zap on. A former subscription is what Zapier may hand over when it subscribes again. */
    subscribe: (trigger: string, inputData: InputData, targetUrl: string, former?: unknown) =>
      call(`triggers.${trigger}.operation.performSubscribe`, {
        inputData,
        targetUrl,
        ...(former !== undefined && { subscribeData: former }),
      }),

    unsubscribe: (trigger: string, inputData: InputData, subscribeData: unknown) =>
      call(`triggers.${trigger}.operation.performUnsubscribe`, { inputData, subscribeData }),
  };
}

/** The records of a result: triggers and searches return a list of records, actions return one. */
export const recordsIn = (results: unknown): AppRecord[] => [results].flat().filter(isObject);

/** What the app logged, without the platform's own lines about requests and errors. */
export const logLines = ({ logs }: AppAnswer): string[] =>
  logs
    .filter(({ type, message }) => type !== 'http' && !message.startsWith('Unhandled error: '))
    .map(({ message }) => message);

/** The message that the owner of a Zap reads; null when nothing failed. */
export const ownersMessage = ({ error }: AppAnswer): string | null =>
  error === null ? null : unpackedError(error).message;

function resultsOf({ error, results }: AppAnswer): unknown {
  if (error === null) return results;
  const { code, message } = unpackedError(error);
  throw Object.assign(new Error(message), { code, name: error.name });
}
