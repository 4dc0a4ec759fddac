import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
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

/**
 * Serves an app on this computer only; port 0 takes any free one. Rejects when it is taken. A
 * request for a host other than `127.0.0.1:PORT` and `localhost:PORT` is answered with 421: a page
 * that a browser has open could otherwise reach the server by a name of its own that it lets point
 * here (DNS rebinding).
 */
export async function serveOnLoopback(app: App, port = 0): Promise<LoopbackServer> {
  // Hono would otherwise put its own Request and Response in the place of the whole process's.
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    const hosts = hostsOf(incoming);
    if (hosts.includes(incoming.headers.host ?? '')) return answer(incoming, outgoing);
    return outgoing
      .writeHead(421, { 'content-type': 'text/plain; charset=utf-8' })
      .end(`This server answers at ${hosts.map((host) => `http://${host}`).join(' and ')} only.`);
  });
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

/** The `Host` headers by which the server of a request may be asked for. */
export function hostsOf({ socket }: IncomingMessage): string[] {
  // Browsers leave the usual port out.
  const port = socket.localPort === 80 ? '' : `:${socket.localPort}`;
  return ['127.0.0.1', 'localhost'].map((name) => `${name}${port}`);
}
