import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../in-turn.ts';
import type { AppAnswer, AppEvent } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const ATTEMPTS = 3;

/** The built app in a process of its own, which the platform may end: then it is started again. */
export interface AppProcess {
  /**
   * Hands an event to the app and resolves with what came of it. Events are run one at a time, in
   * the order they came. Rejects when the process ended three times over the same event.
   */
  handle(event: AppEvent): Promise<AppAnswer>;
  /** How often the process was started. */
  readonly starts: number;
  stop(): Promise<void>;
}

/**
 * @param appPath the module to run: a built app, or the `zapierwrapper.js` of a packaged one
 * @param environment the environment variables that the app sees beside PATH
 */
export function createAppProcess(
  appPath: string,
  environment: Readonly<Record<string, string>>,
): AppProcess {
  let child: ChildProcess | undefined;
  let starts = 0;
  let isStopped = false;
  const inTurn = createQueue();

  async function running(): Promise<ChildProcess> {
    if (child?.connected) return child;
    starts += 1;
    child = fork(WORKER, [appPath], {
      // Without NODE_ENV=test and the like: the platform behaves otherwise under a test runner.
      env: { PATH: process.env.PATH ?? '', ...environment },
      execArgv: [],
      // Standard output is the platform's own chatter, a line for every event.
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
        // The end of the process is what tells of a failure here.
        app.send(event, () => undefined);
        return await answer;
      } catch (error) {
        failure = String(error);
      }
    }
    throw new Error(`The app could not handle ${event.method ?? event.command}: ${failure}`);
  }

  return {
    handle: (event) => inTurn(() => run(event)),
    get starts() {
      return starts;
    },
    async stop() {
      isStopped = true;
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      // An app that is busy, or that waits for something, gets to no gentler signal.
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** The next message of a process. Rejects with its last words when it ends before. */
async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const words: string[] = [];
  const listen = (chunk: Buffer) => words.push(chunk.toString());
  child.stderr?.on('data', listen);
  const done = new AbortController();
  try {
    const message = once(child, 'message', done).then(([first]) => first);
    const exit = once(child, 'exit', done).then(([code, signal]) => {
      throw new Error(
        `The app's process ended (${signal ?? code}). ${words.join('').slice(-2000)}`,
      );
    });
    return await Promise.race([message, exit]);
  } finally {
    done.abort();
    child.stderr?.off('data', listen);
  }
}
