import { setTimeout as sleep } from 'node:timers/promises';

/** Waits. Resolves with true when the time has passed, with false as soon as the signal aborts. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
