import { EventEmitter, on } from 'node:events';
import type { Context } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';

/** So many changes within this time are sent at one go. */
const GATHERED_MS = 30;

/** Keeps all open pages as they should be. */
export interface Live<Part> {
  /** Something changed. */
  push(...parts: Part[]): void;
  /** Has all pages load anew. */
  reload(): void;
  /** Connects a page, until it leaves; one that is outdated loads anew. */
  connect(context: Context, isOutdated: boolean): Response;
}

const RELOAD: SSEMessage = { event: 'reload', data: 'now' };

/**
 * @param parts of a page, all that change
 * @param render some of them, as they are now
 */
export function createLive<Part>(
  parts: readonly Part[],
  render: (parts: readonly Part[]) => string | Promise<string>,
): Live<Part> {
  const pages = new EventEmitter().setMaxListeners(0);
  const changed = new Set<Part>();

  async function sendChanges(): Promise<void> {
    const gathered = [...changed];
    changed.clear();
    pages.emit('message', { data: await render(gathered) });
  }

  return {
    push(...more) {
      if (changed.size === 0) setTimeout(sendChanges, GATHERED_MS);
      for (const part of more) changed.add(part);
    },

    reload() {
      pages.emit('message', RELOAD);
    },

    connect: (context, isOutdated) =>
      streamSSE(context, async (stream) => {
        const left = new AbortController();
        stream.onAbort(() => left.abort());
        const messages: AsyncIterable<SSEMessage[]> = on(pages, 'message', { signal: left.signal });
        try {
          // A page that comes back missed what happened meanwhile.
          await stream.writeSSE(isOutdated ? RELOAD : { data: await render(parts) });
          for await (const [message] of messages) if (message) await stream.writeSSE(message);
        } catch (error) {
          if (!left.signal.aborted) throw error;
        }
      }),
  };
}
