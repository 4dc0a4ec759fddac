import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { unpackedError } from '../../src/values.ts';

/**
 * Why there is no value: something failed, it waits for a choice of the owner, or the app stopped the
 * run, as Zapier's `HaltedError` does.
 */
type Reason = 'failed' | 'waits' | 'stopped';

/** The result of something that can fail: a value, or the message that the owner of a Zap reads. */
export type Result<T> = { readonly found: T } | { readonly error: string; readonly reason: Reason };

/** Waits for a promise and never rejects. */
export async function resultOf<T>(running: Promise<T>): Promise<Result<T>> {
  try {
    return { found: await running };
  } catch (error) {
    return { error: messageOf(error), reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): Reason {
  if (error instanceof Error && error.name === 'HaltedError') return 'stopped';
  return unpackedError(error).code === WAITS_FOR_CHOICE ? 'waits' : 'failed';
}

export const errorIn = (result: Result<unknown>): string | null =>
  'error' in result ? result.error : null;

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
