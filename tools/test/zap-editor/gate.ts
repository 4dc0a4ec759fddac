import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { serveOnLoopback } from '../../common/loopback.ts';

/** An app that asks at a gate before whatever it does. */
export const GATED_APP = fileURLToPath(new URL('../fixtures/gated-app.js', import.meta.url));

export type Gate = Awaited<ReturnType<typeof startGate>>;

/** Starts a gate at which nobody is held. */
export async function startGate() {
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

  /** Lets everybody through again, and forgets what the app did so far. */
  function open(): void {
    for (const { release } of held.values()) release();
    held.clear();
    refused.clear();
    passed.length = 0;
  }

  return {
    /** Fill this in as the gate of the app's connection. */
    url,

    /** What the app did so far, with the word that was filled in for it, such as `test one`. */
    passed,

    /**
     * Holds the app before what it does under a name, until that is released. `arrived` resolves once the
     * app stands at the gate.
     */
    hold(name: string) {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
      const { promise: released, resolve: pass } = Promise.withResolvers<void>();
      const release = () => {
        held.delete(name);
        pass();
      };
      held.set(name, { arrive, released, release });
      return { arrived, release };
    },

    /** Lets everything that the app does under a name fail. */
    refuse: (name: string) => refused.add(name),

    open,

    async close() {
      open();
      await close();
    },
  };
}
