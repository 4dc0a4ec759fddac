import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { serveOnLoopback } from '../../common/loopback.ts';

/** An app that asks at a gate before whatever it does. */
export const GATED_APP = fileURLToPath(new URL('../fixtures/gated-app.js', import.meta.url));

export interface Gate {
  /** Fill this in as the gate of the app's connection. */
  readonly url: string;
  /** What the app did so far, with the word that was filled in for it, such as `test one`. */
  readonly passed: readonly string[];
  /** Holds the app before what it does under a name, until that is released. */
  hold(name: string): Held;
  /** Lets everything that the app does under a name fail. */
  refuse(name: string): void;
  /** Lets everybody through again, and forgets what the app did so far. */
  open(): void;
  close(): Promise<void>;
}

export interface Held {
  /** Resolves once the app stands at the gate. */
  readonly arrived: Promise<void>;
  release(): void;
}

/** Starts a gate at which nobody is held. */
export async function startGate(): Promise<Gate> {
  const passed: string[] = [];
  const held = new Map<string, { arrive(): void; released: Promise<void>; release(): void }>();
  const refused = new Set<string>();

  const server = new Hono();
  server.get('/:name', async (context) => {
    const name = context.req.param('name');
    const holding = held.get(name);
    holding?.arrive();
    await holding?.released;
    if (refused.has(name)) return context.body(null, 403);
    passed.push(`${name} ${context.req.query('word')}`.trim());
    return context.json({});
  });
  const { url, close } = await serveOnLoopback(server);

  function open(): void {
    for (const { release } of held.values()) release();
    held.clear();
    refused.clear();
    passed.length = 0;
  }

  return {
    url,
    passed,
    hold(name) {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      held.set(name, { arrive, released, release });
      return {
        arrived,
        release() {
          held.delete(name);
          release();
        },
      };
    },
    refuse(name) {
      refused.add(name);
    },
    open,
    async close() {
      open();
      await close();
    },
  };
}
