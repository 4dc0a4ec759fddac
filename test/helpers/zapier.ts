import { createRequire } from 'node:module';
import app from '../../index.ts';
import { unpackedError } from '../../src/values.ts';
import type { startDeskDirector } from '../../tools/desk-director/server.ts';

// The platform's type declarations lack its production handler.
const { createAppHandler } = createRequire(import.meta.url)('zapier-platform-core');
const handlers = new Map<string, ReturnType<typeof createAppHandler>>();

/**
 * The handler of an app that has only the step of a method. The platform copies the definition for each
 * call, and to copy all steps would take most of the time of the tests.
 */
export function handlerFor(method: string) {
  const step = method.split('.', 2).join('.');
  const only = (kind: 'triggers' | 'searches' | 'creates') =>
    Object.fromEntries(Object.entries(app[kind]).filter(([key]) => step === `${kind}.${key}`));
  const known = handlers.get(step);
  if (known !== undefined || method === '') return known ?? createAppHandler(app);
  const steps = {
    triggers: only('triggers'),
    searches: only('searches'),
    creates: only('creates'),
  };
  const handler = createAppHandler({ ...app, ...steps });
  handlers.set(step, handler);
  return handler;
}

/** The connection of the site that runs; none without one. */
let connected: object = {};

/** Lets the app's requests go to a site on this computer. Returns the connection. */
export function connect(url: string, apiKey: string) {
  process.env.DESKDIRECTOR_BASE_URL = url;
  const authData = { site: 'support.deskdirector.com', apiKey };
  connected = authData;
  return authData;
}

/** Ends the connection to the site. */
export function disconnect(): void {
  delete process.env.DESKDIRECTOR_BASE_URL;
  connected = {};
}

export interface Outcome<T> {
  readonly results: T;
  /** The lines that the app itself logged. */
  readonly warnings: string[];
}

/** Calls a method of the app through the handler that production uses, connected to the site that runs. */
export async function call<T = Record<string, unknown>[]>(
  method: string,
  bundle: object = {},
  command = 'execute',
): Promise<Outcome<T>> {
  const warnings: string[] = [];
  const customLogger = (message: string, { log_type }: { log_type: string }) => {
    if (log_type !== 'http') warnings.push(message.trim());
  };
  const { results } = await handlerFor(method)({
    command,
    method,
    bundle: { inputData: {}, authData: connected, meta: {}, ...bundle },
    customLogger,
  });
  return { results, warnings };
}

/** What an owner of a Zap reads of an error. */
type OwnersError = { name?: unknown; message: string; code?: unknown; status?: unknown };

/** The error that an owner of a Zap gets from a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<OwnersError> {
  const { results, error } = await outcomeOf(call);
  if (error === null) throw new Error(`Expected a failure, but got ${JSON.stringify(results)}`);
  return error;
}

/** What a call that may fail resolves with, or the error that an owner of a Zap gets. */
export async function outcomeOf<T>(
  call: Promise<T>,
): Promise<{ results: T; error: null } | { results: null; error: OwnersError }> {
  try {
    return { results: await call, error: null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { results: null, error: unpackedError(error) };
  }
}

type TriggerKey = keyof typeof app.triggers & string;

export const STATUS_CHANGED = 'chat_session_status_changed';
export const NEW_SESSION = 'new_chat_session';

/** Delivers a body to a trigger, as Zapier hands it over. */
export function deliver(
  body: unknown,
  { trigger = STATUS_CHANGED, inputData = {} }: { trigger?: TriggerKey; inputData?: object } = {},
): Promise<Outcome<Record<string, unknown>[]>> {
  return call(`triggers.${trigger}.operation.perform`, { cleanedRequest: body, inputData });
}

/** The record of a delivery with one session. */
export async function recordOf(session: object): Promise<Record<string, unknown>> {
  const { results } = await deliver([{ id: 'session', ...session }]);
  const [record, ...others] = results;
  if (!record || others.length > 0) throw new Error(`Expected one record, got ${results.length}`);
  return record;
}

/** Starts a sandbox DeskDirector. Until it stops, the app's requests go there. */
export async function connectedDeskDirector(...options: Parameters<typeof startDeskDirector>) {
  // Half of the test files need no sandbox, which takes long to load.
  const { startDeskDirector } = await import('../../tools/desk-director/server.ts');
  const deskDirector = await startDeskDirector(...options);
  return {
    ...deskDirector,
    get subscriptions() {
      return deskDirector.subscriptions;
    },
    authData: connect(deskDirector.url, deskDirector.apiKey),
    async stop() {
      disconnect();
      await deskDirector.stop();
    },
  };
}

/** Runs a call with another address in place of the sandbox's. */
export async function withBaseUrl<T>(url: string, run: () => Promise<T>): Promise<T> {
  const { DESKDIRECTOR_BASE_URL } = process.env;
  process.env.DESKDIRECTOR_BASE_URL = url;
  try {
    return await run();
  } finally {
    process.env.DESKDIRECTOR_BASE_URL = DESKDIRECTOR_BASE_URL;
  }
}
