import { Worker } from 'node:worker_threads';

const CHECK_EVERY_MS = 500;

/**
 * Ends this process soon after its parent has ended. A separate thread watches the parent, because
 * the event loop of a busy app handles no event, not even `disconnect`. The thread does not keep
 * the process alive.
 */
export function endWithParent(): void {
  const code = `(${watch})(${process.ppid}, ${CHECK_EVERY_MS})`;
  new Worker(code, { eval: true, execArgv: [], env: {} }).unref();
}

/** The code of the thread. It is passed as text, so it can't use anything outside this function. */
function watch(parent: number, everyMs: number): void {
  const isThere = () => {
    try {
      // A process whose parent has ended gets another parent, except on Windows.
      return process.ppid === parent && process.kill(parent, 0);
    } catch {
      return false;
    }
  };
  // In a thread, `process.exit` ends only the thread.
  setInterval(() => isThere() || process.kill(process.pid, 'SIGKILL'), everyMs);
}
