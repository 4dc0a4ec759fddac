import { jest } from '@jest/globals';

/**
 * Runs a call, and moves the clock ahead until it ends. Resolves with what the call resolves with, and
 * with the seconds that passed on the clock.
 */
export async function hurried<T extends object>(run: () => Promise<T>) {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const started = Date.now();
  let isDone = false;
  const outcome = run().finally(() => {
    isDone = true;
  });
  try {
    while (!isDone) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      if (!isDone) await jest.advanceTimersByTimeAsync(250);
    }
    return { ...(await outcome), seconds: (Date.now() - started) / 1000 };
  } finally {
    jest.useRealTimers();
  }
}
