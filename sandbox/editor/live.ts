import { EventEmitter, on } from 'node:events';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Html } from './views/html.ts';

/** So many changes within this time are sent at one go. */
const GATHERED_MS = 30;

/** Keeps all open pages as they should be. */
export interface Live {
  /** Something changed. */
  push(): void;
  /** Connects a page, until it leaves. */
  connect(context: Context): Response;
}

/** @param current what changes by itself on a page, as it is now */
export function createLive(current: () => Html): Live {
  const pages = new EventEmitter().setMaxListeners(0);
  let isGathering = false;
  return {
    push() {
      if (isGathering) return;
      isGathering = true;
      setTimeout(() => {
        isGathering = false;
        pages.emit('change');
      }, GATHERED_MS);
    },

    connect: (context) =>
      streamSSE(context, async (stream) => {
        const left = new AbortController();
        stream.onAbort(() => left.abort());
        const changes = on(pages, 'change', { signal: left.signal });
        const send = async () => stream.writeSSE({ data: String(await current()) });
        try {
          // A page that comes back missed what happened meanwhile.
          await send();
          for await (const _ of changes) await send();
        } catch (error) {
          if (!left.signal.aborted) throw error;
        }
      }),
  };
}
