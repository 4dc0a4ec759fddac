import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';

export interface LoopbackServer {
  /** Such as `http://127.0.0.1:41235`. */
  readonly url: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Such as an app of Hono. */
interface App {
  fetch: Parameters<typeof getRequestListener>[0];
}

/** Serves an app on this computer only; port 0 takes any free one. Rejects when it is taken. */
export async function serveOnLoopback(app: App, port = 0): Promise<LoopbackServer> {
  // Hono would otherwise put its own Request and Response in the place of the whole process's.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The port is not known.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
