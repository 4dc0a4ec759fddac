import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { decoded, parseJson } from '../../src/values.ts';
import { serveOnLoopback } from '../common/loopback.ts';

/** A request that the app sent, and the site's answer. */
export interface Exchange {
  readonly method: string;
  /** The path below the connector API, decoded, with the query. */
  readonly path: string;
  readonly status: number;
  /** The `Location` header. */
  readonly location: string | null;
  /** The parsed body; undefined when it is not JSON. */
  readonly data: unknown;
  /** The time until the whole answer was there. */
  readonly milliseconds: number;
}

/** The headers of an answer that the app reads. */
const PASSED_ON = ['content-type', 'location', 'retry-after'];

/** The headers of a request that each connection has of its own. */
const OWN_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding'];
/** The statuses of answers that can't have a body. */
const NO_CONTENT = [204, 205, 304];

/**
 * Passes requests on to a site, and answers to the app. Keeps each answer that came to its end, and
 * cuts the connection for the others. The key is in the header of the request, which is not kept.
 *
 * @param origin the origin of the site
 */
export async function startRecorder(origin: string) {
  const exchanges: Exchange[] = [];

  const passing = new Hono<{ Bindings: HttpBindings }>();
  passing.all('*', async ({ req: { raw: request }, env }) => {
    const started = performance.now();
    const { pathname, search } = new URL(request.url);
    const { method, signal } = request;
    const headers = new Headers(request.headers);
    for (const name of OWN_HEADERS) headers.delete(name);
    const sent = await request.text();
    try {
      const answer = await fetch(`${origin}${pathname}${search}`, {
        ...{ method, headers, signal, redirect: 'manual' },
        body: sent === '' ? null : sent,
      });
      const { status } = answer;
      const content = await answer.text();
      exchanges.push({
        method,
        path: decoded(pathname.replace(/^.*\/automate\/connector/, '') + search),
        status,
        location: answer.headers.get('location'),
        data: parseJson(content),
        milliseconds: performance.now() - started,
      });
      const kept = [...answer.headers].filter(([name]) => PASSED_ON.includes(name));
      const isEmpty = NO_CONTENT.includes(status);
      return new Response(isEmpty ? null : content, { status, headers: kept });
    } catch {
      env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  });

  const { url, close } = await serveOnLoopback(passing);
  return { url, close, exchanges };
}
