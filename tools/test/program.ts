import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

/** The path of a file of the project. */
export const inProject = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The processes and the process groups that a test leaves behind. */
export const leftBehind: number[] = [];
afterEach(() => {
  for (const pid of leftBehind.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has ended, as it should.
    }
  }
});

/** Resolves when a process has ended, or for a negative id, when no process of that group is left. */
export async function gone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0);
      await sleep(20);
    }
  } catch (error) {
    // Jest runs a test in a context of its own, where errors of Node are no instances of its `Error`.
    if (!String(error).includes('ESRCH')) throw error;
  }
}

export type Program = ReturnType<typeof startProgram>;

/**
 * Starts a program in its own process group, by default in the project's folder. All processes that
 * it starts belong to the group.
 */
export function startProgram(
  file: string,
  args: readonly string[],
  { cwd = inProject('.'), env }: { cwd?: string; env?: Record<string, string> } = {},
) {
  const { NODE_ENV, FORCE_COLOR, NO_COLOR, ...own } = process.env;
  const child = spawn(file, args, { cwd, env: env ?? own, detached: true });
  const { pid = 0 } = child;
  leftBehind.push(-pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      child.emit('printed');
    });
  }
  return {
    pid,
    type: (text: string) => child.stdin.write(text),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** All that was printed so far. */
    output: () => output,
    /** Resolves when something was printed. */
    async printed(words: string): Promise<void> {
      while (!output.includes(words)) await once(child, 'printed');
    },
    /** Resolves with the exit code; null after a signal. */
    ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null),
    /** Resolves when no process of the group is left. */
    gone: () => gone(-pid),
  };
}
