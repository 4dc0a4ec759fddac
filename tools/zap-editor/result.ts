import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { unpackedError } from '../../src/values.ts';

/**
 * The result of something that can fail: a value, or the message that the owner of a Zap reads.
 * Nothing failed when it only waits for a choice of the owner.
 */
export type Result<T> =
  | { readonly found: T }
  | { readonly error: string; readonly waitsForChoice: boolean };

/** Waits for a promise and never rejects. */
export async function resultOf<T>(running: Promise<T>): Promise<Result<T>> {
  try {
    return { found: await running };
  } catch (error) {
    const waitsForChoice = unpackedError(error).code === WAITS_FOR_CHOICE;
    return { error: messageOf(error), waitsForChoice };
  }
}

export const errorIn = (result: Result<unknown>): string | null =>
  'error' in result ? result.error : null;

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
