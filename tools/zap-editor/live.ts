import { EventEmitter, on } from 'node:events';
import type { Context } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';

/** Changes within this time are sent together. */
const GATHERED_MS = 30;

const RELOAD: SSEMessage = { event: 'reload', data: 'now' };

export type Live<Part> = ReturnType<typeof createLive<Part>>;

/**
 * Updates all open pages.
 *
 * @param parts the parts of a page that change
 * @param render renders some of the parts
 */
export function createLive<Part>(
  parts: readonly Part[],
  render: (parts: readonly Part[]) => string | Promise<string>,
) {
  const pages = new EventEmitter().setMaxListeners(0);
  const changed = new Set<Part>();

  async function sendChanges(): Promise<void> {
    const gathered = [...changed];
    changed.clear();
    pages.emit('message', { data: await render(gathered) });
  }

  return {
    /** Sends parts that have changed. */
    push(...more: Part[]): void {
      if (changed.size === 0) setTimeout(sendChanges, GATHERED_MS);
      for (const part of more) changed.add(part);
    },

    /** Makes all pages reload. */
    reload: () => pages.emit('message', RELOAD),

    /** Connects a page until it closes. An outdated page reloads. */
    connect: (context: Context, isOutdated: boolean): Response =>
      streamSSE(context, async (stream) => {
        const left = new AbortController();
        stream.onAbort(() => left.abort());
        const messages: AsyncIterable<SSEMessage[]> = on(pages, 'message', { signal: left.signal });
        try {
          // A page that reconnects has missed changes.
          await stream.writeSSE(isOutdated ? RELOAD : { data: await render(parts) });
          for await (const [message] of messages) if (message) await stream.writeSSE(message);
        } catch (error) {
          if (!left.signal.aborted) throw error;
        }
      }),
  };
}
