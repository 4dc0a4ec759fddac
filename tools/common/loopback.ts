import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';

export interface LoopbackServer {
  /** Such as `http://127.0.0.1:41235`. */
  readonly url: string;
  /** Closes all connections. */
  close(): Promise<void>;
}

/**
 * Serves a Hono app to this computer only. Port 0 takes any free port. Rejects when the port is
 * taken.
 *
 * Requests for a host other than `127.0.0.1:PORT` and `localhost:PORT` get a 421. Otherwise any web
 * page could reach the server through a host name that it points at this computer (DNS rebinding).
 *
 * @param publicHost a further host that is accepted, for a tunnel that leads here
 */
export async function serveOnLoopback(
  { fetch }: { fetch: Parameters<typeof getRequestListener>[0] },
  port = 0,
  publicHost?: string,
): Promise<LoopbackServer> {
  // By default, the listener replaces the global Request and Response of the whole process.
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    const hosts = hostsOf(incoming);
    const { host = '' } = incoming.headers;
    if (hosts.includes(host) || host === publicHost) return answer(incoming, outgoing);
    return outgoing
      .writeHead(421, { 'content-type': 'text/plain; charset=utf-8' })
      .end(`This server answers at ${hosts.map((host) => `http://${host}`).join(' and ')} only.`);
  });
  return listenOnLoopback(server, port);
}

/** Lets a server listen on this computer. Port 0 takes any free port. Rejects when it is taken. */
export async function listenOnLoopback(server: Server, port = 0): Promise<LoopbackServer> {
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

/** The `Host` headers that the server of a request accepts. */
export function hostsOf({ socket }: IncomingMessage): string[] {
  // Browsers omit the default port.
  const port = socket.localPort === 80 ? '' : `:${socket.localPort}`;
  return ['127.0.0.1', 'localhost'].map((name) => `${name}${port}`);
}
