import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

interface RecordedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The status of the answer; 0 when the connection closed without a complete answer. */
  status: number;
}

/** Records every request with the status of its answer. The middleware goes first. */
export function createRecorder() {
  const requests: RecordedRequest[] = [];

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
  };

  return { requests, middleware };
}
