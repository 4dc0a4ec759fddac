import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs a script of this folder in a process of its own; resolves with the one message it sends. */
export async function inOwnProcess<Answer>(
  script: string,
  args: readonly (string | number)[],
): Promise<Answer> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args.map(String), {
    // Nothing else of this environment: a test runner's variables change what the platform does.
    env: { PATH: process.env.PATH ?? '' },
    execArgv: [],
    // Standard output is the platform's own chatter, a line for every event.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer: Answer | undefined = await Promise.race([
    once(child, 'message').then(([message]) => message),
    ended.then(() => undefined),
  ]);
  await ended;
  if (answer === undefined) throw new Error(`${script} ended without an answer.`);
  return answer;
}
