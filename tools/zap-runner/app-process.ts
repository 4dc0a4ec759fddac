import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../common/queue.ts';
import type { AppAnswer, AppEvent } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const ATTEMPTS = 3;

export type AppProcess = Pick<ReturnType<typeof createAppProcess>, 'handle'>;

/**
 * Runs an app in its own process. The platform may end the process; the next event starts it again.
 *
 * @param appPath the module to run: a built app, or the `zapierwrapper.js` of a packaged app
 * @param environment the environment variables of the app, besides PATH
 */
export function createAppProcess(appPath: string, environment: Readonly<Record<string, string>>) {
  let child: ChildProcess | undefined;
  let starts = 0;
  let isStopped = false;
  const queue = createQueue();

  async function running(): Promise<ChildProcess> {
    if (child?.connected && !hasEnded(child)) return child;
    starts += 1;
    child = fork(WORKER, [appPath], {
      // Without NODE_ENV=test and the like: the platform behaves differently under a test runner.
      env: { PATH: process.env.PATH ?? '', ...environment },
      execArgv: [],
      // The platform prints a line for every event on standard output.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    await firstMessage(child);
    return child;
  }

  async function run(event: AppEvent): Promise<AppAnswer> {
    let failure = 'it is stopped';
    for (let attempt = 1; attempt <= ATTEMPTS && !isStopped; attempt += 1) {
      try {
        const app = await running();
        const answer = firstMessage<AppAnswer>(app);
        // Ignores a failure to send: the process has then ended, and `firstMessage` rejects.
        app.send(event, () => undefined);
        return await answer;
      } catch (error) {
        failure = String(error);
      }
    }
    throw new Error(`The app could not handle ${event.method ?? event.command}: ${failure}`);
  }

  return {
    /**
     * Sends an event to the app and resolves with the app's answer. Events run one at a time, in the
     * order of the calls. Rejects when the process ends at each of three attempts.
     */
    handle: (event: AppEvent) => queue(() => run(event)),

    /** How often the process was started. */
    get starts() {
      return starts;
    },

    async stop(): Promise<void> {
      isStopped = true;
      if (child === undefined || hasEnded(child)) return;
      const exit = once(child, 'exit');
      // A busy app would not handle a gentler signal.
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Whether a process has ended. It may still count as connected for a moment, and emits no further `exit`. */
const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** The next message of a process. Rejects with the process's error output if the process ends. */
async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const errorOutput: string[] = [];
  const listen = (chunk: Buffer) => errorOutput.push(chunk.toString());
  child.stderr?.on('data', listen);
  const done = new AbortController();
  try {
    const message = once(child, 'message', done).then(([first]) => first);
    const exit = once(child, 'exit', done).then(([code, signal]) => {
      throw new Error(
        `The app's process ended (${signal ?? code}). ${errorOutput.join('').slice(-2000)}`,
      );
    });
    return await Promise.race([message, exit]);
  } finally {
    done.abort();
    child.stderr?.off('data', listen);
  }
}
