import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isObject, parseJson, unpackedError } from '../../src/values.ts';
import { serveOnLoopback } from '../common/loopback.ts';
import {
  type InputField,
  readAppDefinition,
  readInputFields,
  readOutputFields,
  type Step,
  type StepKind,
} from './app-definition.ts';
import { createAppProcess } from './app-process.ts';
import { type AppRecord, type FormValues, withMappedValues } from './mapping.ts';
import type { AppAnswer } from './worker.ts';

/** The app that `npm run build` made. */
export const BUILT_APP = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** A Zap that is on. */
export interface Zap {
  readonly id: string;
  /** The key of the trigger. */
  readonly trigger: string;
  readonly inputData: Readonly<Record<string, unknown>>;
  /** The steps after the trigger, in order. */
  readonly steps: readonly ZapStep[];
  readonly subscribeData: unknown;
}

/** A search or an action after the trigger of a Zap. */
export interface ZapStep {
  readonly step: Step;
  /** The input fields, for their labels. */
  readonly fields: readonly InputField[];
  /** The values of the form. Fields of earlier steps may be mapped into them. */
  readonly inputData: FormValues;
}

/** A request to the hook of a Zap. */
interface HookRequest {
  /** The position of the delivery among all that arrived; the first is 1. */
  readonly delivery: number;
  readonly body: string;
  readonly contentType: string;
  /** Whether an earlier delivery is run again. */
  readonly isReplay: boolean;
}

/** What a step of a Zap gave. */
interface StepResult {
  readonly records: AppRecord[];
  /** The message that the owner of the Zap reads; null when the step did not fail. */
  readonly error: string | null;
  /** Why the app stopped the run; null when it did not. Zapier: `HaltedError`. */
  readonly stopped: string | null;
  /** What the app logged. */
  readonly logs: string[];
  /** How long the app took. */
  readonly milliseconds: number;
  /** The memory of the app's process after the step, in bytes; 0 when the process failed. */
  readonly memory: number;
}

/** A step that ran after the trigger. */
export interface StepRun extends StepResult {
  /** What the step got: its values, with those of the fields that are mapped into them. */
  readonly inputData: FormValues;
}

/** An accepted delivery and what the trigger gave. The Zap runs once for each record. */
export interface Run extends HookRequest, StepResult {
  readonly zap: Zap;
  /** The steps that ran for each record. The last one may have failed, or stopped the run. */
  readonly stepRuns: readonly (readonly StepRun[])[];
}

/** How a hook treats a delivery. A delivery may be accepted although its sender gets an error. */
export interface Reception {
  readonly isAccepted: boolean;
  /** The status of the answer; `cut` closes the connection without an answer. */
  readonly answer: ContentfulStatusCode | 'cut';
}

/** The values of the fields of a connection. */
export type AuthData = Readonly<Record<string, string>>;

interface ZapRunnerOptions {
  readonly authData: AuthData;
  /** The environment variables of the app. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The module to run instead of the built app. */
  readonly appPath?: string | undefined;
  /** Decides about each delivery for a Zap that is on. By default all deliveries are accepted. */
  readonly receive?: (delivery: number) => Reception;
  /** Called for each accepted delivery before it runs. */
  readonly onDelivery?: () => void;
  /** Called for each run. The runner then keeps no runs. */
  readonly onRun?: (run: Run) => void;
}

export type ZapRunner = Awaited<ReturnType<typeof startZapRunner>>;

/**
 * Starts a stand-in for Zapier on this computer. It turns Zaps on and off, receives deliveries at
 * hooks, and runs the built app as production does. When a step fails, the function that runs it
 * rejects with the message that the owner of the Zap reads. The error has the app's `code`, if any.
 */
export async function startZapRunner(options: ZapRunnerOptions) {
  const { environment = {}, appPath = BUILT_APP, receive = acceptAll } = options;
  let { authData } = options;
  const app = createAppProcess(appPath, environment);
  // Each Zap is here before the site knows its hook: the site may deliver before it answers.
  const zaps = new Map<string, Promise<Zap>>();
  const runs: Run[] = [];
  const onRun = options.onRun ?? ((run: Run) => runs.push(run));
  const pending = new Set<Promise<void>>();
  let deliveries = 0;

  const execute = (method: string, bundle: Record<string, unknown>) =>
    app.handle({
      command: 'execute',
      method,
      bundle: { authData, inputData: {}, meta: {}, ...bundle },
    });
  const operation = (trigger: string, method: string, bundle: Record<string, unknown>) =>
    execute(`triggers.${trigger}.operation.${method}`, bundle);
  const perform = (
    { kind, key }: Pick<Step, 'kind' | 'key'>,
    inputData: Zap['inputData'],
    meta: Record<string, unknown> = {},
  ) => execute(`${kind}.${key}.operation.perform`, { inputData, meta });

  async function run(zap: Zap, request: HookRequest): Promise<void> {
    const { body, contentType } = request;
    const result = await operation(zap.trigger, 'perform', {
      inputData: zap.inputData,
      subscribeData: zap.subscribeData,
      cleanedRequest: cleaned(body, contentType),
      rawRequest: {
        method: 'POST',
        querystring: '',
        headers: { 'Content-Type': contentType },
        content: body,
      },
    }).then(stepResult, failure);
    const stepRuns: StepRun[][] = [];
    for (const record of result.records) stepRuns.push(await runSteps(zap.steps, record));
    onRun({ zap, ...request, ...result, stepRuns });
  }

  /** Runs one step after the other, until one fails, stops the run or finds nothing. */
  async function runSteps(steps: readonly ZapStep[], record: AppRecord): Promise<StepRun[]> {
    const stepRuns: StepRun[] = [];
    const records = [record];
    for (const { step, inputData: values } of steps) {
      const inputData = withMappedValues(values, records);
      const result = await perform(step, inputData).then(stepResult, failure);
      stepRuns.push({ inputData, ...result });
      const [first] = result.records;
      if (first === undefined || result.error !== null) break;
      // As in Zapier, the later steps get the first of several records.
      records.push(first);
    }
    return stepRuns;
  }

  const server = new Hono<{ Bindings: HttpBindings }>();
  server.post('/hooks/:id', async (context) => {
    const zap = zaps.get(context.req.param('id'));
    if (!zap) return context.json({ status: 'gone' }, 410);
    const contentType = context.req.header('content-type') ?? '';
    const body = await context.req.text();
    deliveries += 1;
    const { isAccepted, answer } = receive(deliveries);
    if (isAccepted) {
      const request = { delivery: deliveries, body, contentType, isReplay: false };
      const done: Promise<void> = zap
        .then(
          (turnedOn) => run(turnedOn, request),
          // The Zap could not be turned on, and `turnOn` has reported why.
          () => undefined,
        )
        .finally(() => pending.delete(done));
      pending.add(done);
      options.onDelivery?.();
    }
    if (answer === 'cut') {
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    // As at Zapier, the answer does not tell how the run ends.
    return context.json({ status: answer === 200 ? 'success' : 'error' }, answer);
  });
  const loopback = await serveOnLoopback(server);

  return {
    url: loopback.url,

    /** The deliveries that ran, in order. Empty when `onRun` gets them. */
    runs,

    /** How many accepted deliveries have not run yet. */
    get waiting() {
      return pending.size;
    },

    /** How often the app's process was started. The platform ends it when it has grown too large. */
    get starts() {
      return app.starts;
    },

    async definition() {
      return readAppDefinition(resultsOf(await app.handle({ command: 'definition', bundle: {} })));
    },

    /**
     * Tests a connection, by default the current one. Resolves with what the test returned. A
     * connection that passes becomes the current one.
     */
    async connect(candidate = authData) {
      const results = resultsOf(await execute('authentication.test', { authData: candidate }));
      authData = candidate;
      return results;
    },

    /** The input fields of a step, including those that the app makes, and what the app logged. */
    async inputFields(kind: StepKind, key: string, inputData: Zap['inputData']) {
      const answer = await execute(`${kind}.${key}.operation.inputFields`, { inputData });
      return { fields: readInputFields(resultsOf(answer)), logs: logLines(answer) };
    },

    /** The output fields of a step, including those that the app makes. */
    async outputFields(kind: StepKind, key: string, inputData: Zap['inputData']) {
      const answer = await execute(`${kind}.${key}.operation.outputFields`, { inputData });
      return readOutputFields(resultsOf(answer));
    },

    /** The records of the hidden trigger that fills a dropdown. */
    async dropdown(trigger: string, inputData: Zap['inputData'] = {}) {
      return resultsOf(await operation(trigger, 'perform', { inputData }));
    },

    /** The records that the Zap editor shows for "Test trigger". */
    async testTrigger(trigger: string, inputData: Zap['inputData'] = {}) {
      return resultsOf(await operation(trigger, 'performList', { inputData, meta: IN_TEST }));
    },

    /** Runs a search or an action, as a Zap that is on does. */
    async step(kind: Exclude<StepKind, 'triggers'>, key: string, inputData: Zap['inputData']) {
      return resultsOf(await perform({ kind, key }, inputData));
    },

    /** Runs a search or an action, as the test of a step in the Zap editor does. */
    async testStep(kind: Exclude<StepKind, 'triggers'>, key: string, inputData: Zap['inputData']) {
      return resultsOf(await perform({ kind, key }, inputData, IN_TEST));
    },

    async turnOn(
      trigger: string,
      inputData: Zap['inputData'] = {},
      steps: readonly ZapStep[] = [],
    ): Promise<Zap> {
      const id = randomUUID();
      const targetUrl = `${loopback.url}/hooks/${id}`;
      const zap = operation(trigger, 'performSubscribe', { inputData, targetUrl })
        .then(resultsOf)
        .then((subscribeData) => ({ id, trigger, inputData, steps, subscribeData }));
      zaps.set(id, zap);
      zap.catch(() => zaps.delete(id));
      return zap;
    },

    /** Turns a Zap off. From then on, its hook answers with 410. */
    async turnOff(zap: Zap): Promise<void> {
      zaps.delete(zap.id);
      const { inputData, subscribeData } = zap;
      resultsOf(await operation(zap.trigger, 'performUnsubscribe', { inputData, subscribeData }));
    },

    /** Runs a delivery again, even when its Zap is off. */
    replay({ zap, delivery, body, contentType }: Run): Promise<void> {
      return run(zap, { delivery, body, contentType, isReplay: true });
    },

    /** Resolves when every accepted delivery has run. */
    async idle(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending);
    },

    async stop(): Promise<void> {
      await loopback.close();
      await app.stop();
    },
  };
}

/** What Zapier tells an app about a run that its editor started. */
const IN_TEST = { isLoadingSample: true };

function acceptAll(): Reception {
  return { isAccepted: true, answer: 200 };
}

function stepResult(answer: AppAnswer): StepResult {
  const logs = logLines(answer);
  // In production, the platform only logs a result that breaks one of its rules.
  const broken = logs.find((message) => message.startsWith('Zapier check '));
  const { milliseconds, memory } = answer;
  const words = ownersWords(answer) ?? broken ?? null;
  const isStopped = answer.error?.name === 'HaltedError';
  return {
    records: recordsIn(answer.results),
    error: isStopped ? null : words,
    stopped: isStopped ? words : null,
    logs,
    milliseconds,
    memory,
  };
}

/** The result of a step whose process failed. */
function failure({ message }: Error): StepResult {
  return { records: [], error: message, stopped: null, logs: [], milliseconds: 0, memory: 0 };
}

/** The records of a result: triggers and searches return a list of records, actions return one. */
export const recordsIn = (results: unknown): AppRecord[] => [results].flat().filter(isObject);

/** What the app logged, without the platform's own lines about requests and errors. */
export const logLines = ({ logs }: AppAnswer): string[] =>
  logs
    .filter(({ type, message }) => type !== 'http' && !message.startsWith('Unhandled error: '))
    .map(({ message }) => message);

/** Zapier parses a JSON body. A body of another type arrives as text. */
function cleaned(body: string, contentType: string): unknown {
  if (!contentType.includes('json')) return body;
  const json = parseJson(body);
  return json === undefined ? body : json;
}

function resultsOf({ error, results }: AppAnswer): unknown {
  if (error === null) return results;
  const { code, message } = unpackedError(error);
  throw Object.assign(new Error(message), { code });
}

/** The message that the owner of a Zap reads; null when nothing failed. */
export const ownersWords = ({ error }: AppAnswer): string | null =>
  error === null ? null : unpackedError(error).message;
