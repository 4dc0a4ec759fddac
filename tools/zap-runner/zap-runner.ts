import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { serveOnLoopback } from '../common/loopback.ts';
import { type AuthData, createAppCalls } from './app-calls.ts';
import { type AppProcess, createAppProcess } from './app-process.ts';
import { type Run, runZap, type Zap, type ZapStep } from './zap-run.ts';

/** The app that `npm run build` made. */
export const BUILT_APP = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** How large a delivery may be, in bytes. Zapier: 10 MB for a webhook. */
const MOST_BYTES = 10 * 1024 * 1024;

interface ZapRunnerOptions {
  readonly authData: AuthData;
  /** The environment variables of the app. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The module to run instead of the built app. */
  readonly appPath?: string | undefined;
  /** A process of the app, which the runner does not stop. By default, the runner has its own. */
  readonly app?: AppProcess;
  /** Called for each delivery before it runs. */
  readonly onDelivery?: () => void;
  /** Called for each run. The runner then keeps no runs. */
  readonly onRun?: (run: Run) => void;
}

/**
 * What Zapier may do with a subscription when it subscribes again by itself, after the `expiration_date` of
 * the subscription: end it first, hand it over to the app, or neither. Zapier does not document it.
 */
export type Renewal = 'ends first' | 'hands over' | 'neither';

export type ZapRunner = Awaited<ReturnType<typeof startZapRunner>>;

/**
 * Starts a stand-in for Zapier on this computer. It turns Zaps on and off, receives deliveries at
 * hooks, and runs the built app as production does.
 */
export async function startZapRunner(options: ZapRunnerOptions) {
  const { authData, environment = {}, appPath = BUILT_APP } = options;
  const own = createAppProcess(appPath, {});
  const { handle } = options.app ?? own;
  const { execute, subscribe, unsubscribe, ...calls } = createAppCalls(
    { handle: (event) => handle({ ...event, environment }) },
    authData,
  );
  // Each Zap is here before the site knows its hook: the site may deliver before it answers.
  const zaps = new Map<string, Promise<Zap>>();
  const runs: Run[] = [];
  const onRun = options.onRun ?? ((run: Run) => runs.push(run));
  const pending = new Set<Promise<void>>();
  let deliveries = 0;

  async function receive(context: Context) {
    const zap = zaps.get(context.req.param('id') ?? '');
    if (!zap) return context.json({ status: 'gone' }, 410);
    const contentType = context.req.header('content-type') ?? '';
    const body = await context.req.text();
    deliveries += 1;
    const request = { delivery: deliveries, body, contentType, isReplay: false };
    const done: Promise<void> = zap
      .then(
        async (turnedOn) => void onRun(await runZap(execute, turnedOn, request)),
        // The Zap could not be turned on, and `turnOn` has reported why.
        () => undefined,
      )
      .finally(() => pending.delete(done));
    pending.add(done);
    options.onDelivery?.();
    // As at Zapier, the answer does not tell how the run ends.
    return context.json({ status: 'success' });
  }
  const server = new Hono();
  server.post('/hooks/:id', bodyLimit({ maxSize: MOST_BYTES }), receive);
  const loopback = await serveOnLoopback(server);

  return {
    ...calls,

    url: loopback.url,

    /** The deliveries that ran, in order. Empty when `onRun` gets them. */
    runs,

    /** How many deliveries have not run yet. */
    get waiting() {
      return pending.size;
    },

    /** How often the app's process was started. The platform ends it when it has grown too large. */
    get starts() {
      return own.starts;
    },

    async turnOn(
      trigger: string,
      inputData: Zap['inputData'] = {},
      steps: readonly ZapStep[] = [],
    ): Promise<Zap> {
      const id = randomUUID();
      const zap = subscribe(trigger, inputData, `${loopback.url}/hooks/${id}`).then(
        (subscribeData) => ({ id, trigger, inputData, steps, subscribeData }),
      );
      zaps.set(id, zap);
      zap.catch(() => zaps.delete(id));
      return zap;
    },

    /**
     * Subscribes again for a Zap that is on, at the same hook.
     *
     * @param between called while the Zap has no subscription, when the former one is ended first
     */
    async renew(zap: Zap, renewal: Renewal, between?: () => void): Promise<Zap> {
      const { id, trigger, inputData, subscribeData } = zap;
      if (renewal === 'ends first') {
        await unsubscribe(trigger, inputData, subscribeData);
        between?.();
      }
      const former = renewal === 'hands over' ? subscribeData : undefined;
      const made = await subscribe(trigger, inputData, `${loopback.url}/hooks/${id}`, former);
      const renewed = { ...zap, subscribeData: made };
      zaps.set(id, Promise.resolve(renewed));
      return renewed;
    },

    /** Turns a Zap off. From then on, its hook answers with 410. */
    async turnOff({ id, trigger, inputData, subscribeData }: Zap): Promise<void> {
      zaps.delete(id);
      await unsubscribe(trigger, inputData, subscribeData);
    },

    /** Runs a delivery again, even when its Zap is off. */
    async replay({ zap, delivery, body, contentType }: Run): Promise<void> {
      onRun(await runZap(execute, zap, { delivery, body, contentType, isReplay: true }));
    },

    /** Resolves when every delivery has run. */
    async idle(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending);
    },

    async stop(): Promise<void> {
      await loopback.close();
      await own.stop();
    },
  };
}
