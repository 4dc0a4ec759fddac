/** What came of something that can fail: the words are those that an owner of a Zap reads. */
export type Outcome<T> = { readonly found: T } | { readonly error: string };

/** Never rejects. */
export async function outcomeOf<T>(running: Promise<T>): Promise<Outcome<T>> {
  try {
    return { found: await running };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Null when all went well. */
export const errorIn = (outcome: Outcome<unknown>): string | null =>
  'error' in outcome ? outcome.error : null;

/** The words of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
