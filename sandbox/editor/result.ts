/** What came of something that can fail: the words are those that an owner of a Zap reads. */
export type Result<T> = { readonly found: T } | { readonly error: string };

/** Never rejects. */
export async function resultOf<T>(running: Promise<T>): Promise<Result<T>> {
  try {
    return { found: await running };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Null when all went well. */
export const errorIn = (result: Result<unknown>): string | null =>
  'error' in result ? result.error : null;

/** The words of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
