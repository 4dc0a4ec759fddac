import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** Changes within this time are sent together. */
const GATHERED_MS = 30;

/** What an open page has not got yet. */
interface Page<Part> {
  readonly changed: Set<Part>;
  /** Ends the wait for a change. */
  wake(): void;
}

/**
 * Updates all open pages. A page that reads slowly misses states in between, and gets the newest one.
 *
 * @param parts the parts of a page that it gets when it connects, since it may have missed changes
 * @param render renders some parts as they are now
 */
export function createLive<Part>(
  parts: readonly Part[],
  render: (parts: readonly Part[]) => string | Promise<string>,
) {
  const pages = new Set<Page<Part>>();

  return {
    /** Sends parts that have changed. */
    push(...more: Part[]): void {
      for (const page of pages) {
        for (const part of more) page.changed.add(part);
        page.wake();
      }
    },

    /** Connects a page until it closes. */
    connect: (context: Context): Response =>
      streamSSE(context, async (stream) => {
        const page: Page<Part> = { changed: new Set(parts), wake: () => undefined };
        stream.onAbort(() => page.wake());
        pages.add(page);
        try {
          while (!stream.aborted) {
            await stream.sleep(GATHERED_MS);
            const gathered = [...page.changed];
            page.changed.clear();
            // Waits until the page has read what was sent before.
            if (gathered.length > 0) await stream.writeSSE({ data: await render(gathered) });
            if (page.changed.size > 0 || stream.aborted) continue;
            await new Promise<void>((resolve) => {
              page.wake = resolve;
            });
          }
        } finally {
          pages.delete(page);
        }
      }),
  };
}
