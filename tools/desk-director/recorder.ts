import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

interface RecordedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** Empty when it is no longer kept. */
  body: string;
  /** The status of the answer; 0 when the connection closed without a complete answer. */
  status: number;
}

/** The bodies that are kept have at most this many characters. The oldest ones go first. */
const MOST_KEPT = 20_000_000;

/** Records every request with the status of its answer. The middleware goes first. */
export function createRecorder() {
  const requests: RecordedRequest[] = [];
  /** The characters of the bodies that are kept, and the index of the first of these. */
  let kept = 0;
  let first = 0;

  const middleware: MiddlewareHandler = async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const body = await context.req.text();
    await next();
    requests.push({
      method: context.req.method,
      path: pathname + search,
      headers: context.req.header(),
      body,
      status: context.res === RESPONSE_ALREADY_SENT ? 0 : context.res.status,
    });
    kept += body.length;
    for (let oldest = requests[first]; kept > MOST_KEPT && oldest; oldest = requests[first]) {
      kept -= oldest.body.length;
      oldest.body = '';
      first += 1;
    }
  };

  return { requests, middleware };
}
