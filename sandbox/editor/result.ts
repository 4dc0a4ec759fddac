/** The result of something that can fail: a value, or the message that the owner of a Zap reads. */
export type Result<T> = { readonly found: T } | { readonly error: string };

/** Waits for a promise and never rejects. */
export async function resultOf<T>(running: Promise<T>): Promise<Result<T>> {
  try {
    return { found: await running };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

export const errorIn = (result: Result<unknown>): string | null =>
  'error' in result ? result.error : null;

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
