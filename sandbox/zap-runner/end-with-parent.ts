import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 500;

/**
 * Ends this process soon after its parent has ended, whatever the process does meanwhile. A thread
 * of its own looks after the parent: the event loop of an app that is busy gets to no event, not
 * even to `disconnect`. The thread does not keep the process alive.
 */
export function endWithParent(): void {
  const code = `(${watch})(${process.ppid}, ${LOOK_EVERY_MS})`;
  new Worker(code, { eval: true, execArgv: [], env: {} }).unref();
}

/** The code of the thread. It is handed over as text, so it can use nothing from around it. */
function watch(parent: number, everyMs: number): void {
  const isThere = () => {
    try {
      // An orphan gets another parent at once, except on Windows.
      return process.ppid === parent && process.kill(parent, 0);
    } catch {
      return false;
    }
  };
  // `process.exit` ends no more than the thread here.
  setInterval(() => isThere() || process.kill(process.pid, 'SIGKILL'), everyMs);
}
