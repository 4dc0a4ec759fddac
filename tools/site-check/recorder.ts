import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
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

/**
 * Passes requests on to a site, and answers to the app. Keeps each answer that came to its end, and
 * cuts the connection for the others. The key is in the header of the request, which is not kept.
 *
 * @param origin the origin of the site
 */
export async function startRecorder(origin: string) {
  const exchanges: Exchange[] = [];

  const passing = new Hono<{ Bindings: HttpBindings }>();
  passing.all('*', async ({ req, env }) => {
    const started = performance.now();
    const { pathname, search } = new URL(req.url);
    try {
      const answer = await proxy(`${origin}${pathname}${search}`, {
        raw: req.raw,
        headers: { ...req.header(), host: undefined },
        redirect: 'manual',
      });
      const content = await answer.clone().text();
      exchanges.push({
        method: req.method,
        path: decoded(pathname.replace(/^.*\/automate\/connector/, '') + search),
        status: answer.status,
        location: answer.headers.get('location'),
        data: parseJson(content),
        milliseconds: performance.now() - started,
      });
      return answer;
    } catch {
      env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  });

  const { url, close } = await serveOnLoopback(passing);
  return { url, close, exchanges };
}
