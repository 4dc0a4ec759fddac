import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { parseJson } from '../../src/values.ts';
import { serveOnLoopback } from '../loopback.ts';
import {
  type AppDefinition,
  type InputField,
  readAppDefinition,
  readInputFields,
  type StepKind,
} from './app-definition.ts';
import { createAppProcess } from './app-process.ts';
import type { AppAnswer } from './worker.ts';

const BUILT_APP = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** What a person set up in the Zap editor. */
export interface Zap {
  readonly id: string;
  /** The key of the trigger. */
  readonly trigger: string;
  readonly inputData: Readonly<Record<string, unknown>>;
  readonly subscribeData: unknown;
}

/** What was posted to a hook. */
interface HookRequest {
  /** Which one it was of those that arrived; the first is 1. */
  readonly delivery: number;
  /** As it was posted. */
  readonly body: string;
  readonly contentType: string;
  /** Whether it was run before. */
  readonly isReplay: boolean;
}

/** A delivery that was accepted and then run: one run of the Zap for each record. */
export interface Run extends HookRequest {
  readonly zap: Zap;
  readonly records: Record<string, unknown>[];
  /** What the owner of the Zap reads when it failed. */
  readonly error: string | null;
  /** What the app logged. */
  readonly logs: string[];
  /** How long the app took. */
  readonly milliseconds: number;
  /** Of the app's process afterwards, in bytes; 0 when it could not handle the delivery. */
  readonly memory: number;
}

/** What becomes of a delivery that arrived: it may be run, whatever whoever posted it learns. */
export interface Reception {
  readonly isAccepted: boolean;
  /** A status, or the end of the connection in place of an answer. */
  readonly answer: ContentfulStatusCode | 'cut';
}

/** What the fields of a connection were filled in with. */
export type AuthData = Readonly<Record<string, string>>;

export interface ZapRunnerOptions {
  readonly authData: AuthData;
  /** The environment variables that the app sees. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A module to run in place of the built app. */
  readonly appPath?: string;
  /** Decides on each delivery for a Zap that is on; all are accepted otherwise. */
  readonly receive?: (delivery: number) => Reception;
  /** Is told of each delivery that was accepted, before it is run. */
  readonly onDelivery?: () => void;
  /** Gets the runs, which are not kept then. */
  readonly onRun?: (run: Run) => void;
}

/**
 * Plays Zapier's part on this computer: it turns Zaps on and off, takes hooks, and runs the built
 * app for them as production does.
 */
export interface ZapRunner {
  /** Where it takes hooks. */
  readonly url: string;
  /** The deliveries that were run so far, in order, unless `onRun` gets them. */
  readonly runs: readonly Run[];
  /** How many accepted deliveries are still to be run. */
  readonly waiting: number;
  /** How often the app's process was started: the platform ends it when it has grown too large. */
  readonly starts: number;
  /** What the app says of itself. */
  definition(): Promise<AppDefinition>;
  /**
   * Tests the connection; resolves with what the test returned. Rejects with the owner's words. A
   * connection other than the one at hand takes its place when it passes.
   */
  connect(authData?: AuthData): Promise<unknown>;
  /** The fields of a step's form, those included that the app makes for it, and what it logged. */
  inputFields(
    kind: StepKind,
    key: string,
    inputData: Zap['inputData'],
  ): Promise<{ fields: InputField[]; logs: string[] }>;
  /**
   * What a dropdown offers: the records of the hidden trigger that fills it, which is given what is
   * filled in so far.
   */
  dropdown(trigger: string, inputData?: Zap['inputData']): Promise<unknown>;
  /** The records that the Zap editor shows for "Test trigger". */
  testTrigger(trigger: string, inputData?: Zap['inputData']): Promise<unknown>;
  /** Runs a search or an action. Rejects with the owner's words when that fails. */
  step(
    kind: Exclude<StepKind, 'triggers'>,
    key: string,
    inputData: Zap['inputData'],
  ): Promise<unknown>;
  /** Subscribes. Rejects with the owner's words when that fails. */
  turnOn(trigger: string, inputData?: Zap['inputData']): Promise<Zap>;
  /** Unsubscribes; whatever still comes for the Zap is answered with 410. */
  turnOff(zap: Zap): Promise<void>;
  /** Runs a delivery again, whether its Zap is still on or not. */
  replay(run: Run): Promise<void>;
  /** Resolves once every accepted delivery was run. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startZapRunner(options: ZapRunnerOptions): Promise<ZapRunner> {
  const { environment = {}, appPath = BUILT_APP, receive = acceptAll } = options;
  let { authData } = options;
  const app = createAppProcess(appPath, environment);
  /** By the id in their hooks; there from before they are subscribed, since a site may be quick. */
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

  async function run(zap: Zap, delivery: HookRequest): Promise<void> {
    const { body, contentType } = delivery;
    const outcome = await operation(zap.trigger, 'perform', {
      inputData: zap.inputData,
      subscribeData: zap.subscribeData,
      cleanedRequest: cleaned(body, contentType),
      rawRequest: {
        method: 'POST',
        querystring: '',
        headers: { 'Content-Type': contentType },
        content: body,
      },
    }).then(runResult, (error: Error) => ({
      records: [],
      error: error.message,
      logs: [],
      milliseconds: 0,
      memory: 0,
    }));
    onRun({ zap, ...delivery, ...outcome });
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
      const delivery = { delivery: deliveries, body, contentType, isReplay: false };
      const done: Promise<void> = zap
        .then(
          (turnedOn) => run(turnedOn, delivery),
          // It was never turned on, and whoever tried knows.
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
    // As Zapier does: whoever posts learns nothing of what becomes of it.
    return context.json({ status: answer === 200 ? 'success' : 'error' }, answer);
  });
  const loopback = await serveOnLoopback(server);

  return {
    url: loopback.url,
    runs,
    get waiting() {
      return pending.size;
    },
    get starts() {
      return app.starts;
    },

    async definition() {
      return readAppDefinition(resultsOf(await app.handle({ command: 'definition', bundle: {} })));
    },

    async connect(candidate = authData) {
      const results = resultsOf(await execute('authentication.test', { authData: candidate }));
      authData = candidate;
      return results;
    },

    async inputFields(kind, key, inputData) {
      const answer = await execute(`${kind}.${key}.operation.inputFields`, { inputData });
      return { fields: readInputFields(resultsOf(answer)), logs: logLines(answer) };
    },

    async dropdown(trigger, inputData = {}) {
      return resultsOf(await operation(trigger, 'perform', { inputData }));
    },

    async testTrigger(trigger, inputData = {}) {
      return resultsOf(await operation(trigger, 'performList', { inputData }));
    },

    async step(kind, key, inputData) {
      return resultsOf(await execute(`${kind}.${key}.operation.perform`, { inputData }));
    },

    async turnOn(trigger, inputData = {}) {
      const id = randomUUID();
      const targetUrl = `${loopback.url}/hooks/${id}`;
      const zap = operation(trigger, 'performSubscribe', { inputData, targetUrl })
        .then(resultsOf)
        .then((subscribeData) => ({ id, trigger, inputData, subscribeData }));
      zaps.set(id, zap);
      zap.catch(() => zaps.delete(id));
      return zap;
    },

    async turnOff(zap) {
      zaps.delete(zap.id);
      const { inputData, subscribeData } = zap;
      resultsOf(await operation(zap.trigger, 'performUnsubscribe', { inputData, subscribeData }));
    },

    replay(again) {
      const { zap, delivery, body, contentType } = again;
      return run(zap, { delivery, body, contentType, isReplay: true });
    },

    async idle() {
      while (pending.size > 0) await Promise.all(pending);
    },

    async stop() {
      await loopback.close();
      await app.stop();
    },
  };
}

function acceptAll(): Reception {
  return { isAccepted: true, answer: 200 };
}

function runResult(answer: AppAnswer): Omit<Run, keyof HookRequest | 'zap'> {
  const logs = logLines(answer);
  // In production a result that breaks a rule of the platform is only logged.
  const broken = logs.find((message) => message.startsWith('Zapier check '));
  const records = Array.isArray(answer.results) ? answer.results : [];
  const { milliseconds, memory } = answer;
  return { records, error: ownersWords(answer) ?? broken ?? null, logs, milliseconds, memory };
}

/** What was logged, without the platform's own lines for each request and for the error it threw. */
const logLines = ({ logs }: AppAnswer): string[] =>
  logs
    .filter(({ type, message }) => type !== 'http' && !message.startsWith('Unhandled error: '))
    .map(({ message }) => message);

/** A JSON body is parsed by Zapier; one of another type may arrive as the text it is. */
function cleaned(body: string, contentType: string): unknown {
  if (!contentType.includes('json')) return body;
  const json = parseJson(body);
  return json === undefined ? body : json;
}

function resultsOf(answer: AppAnswer): unknown {
  const words = ownersWords(answer);
  if (words !== null) throw new Error(words);
  return answer.results;
}

/** The platform packs an error's message into JSON, and unpacks it for the owner of the Zap. */
function ownersWords({ error }: AppAnswer): string | null {
  if (error === null) return null;
  try {
    const { message } = JSON.parse(error.message);
    return String(message);
  } catch {
    return error.message;
  }
}
