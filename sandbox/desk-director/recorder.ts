import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

export interface RecordedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Of the answer; 0 when the connection ended without a whole one. */
  status: number;
}

export interface PreparedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface Recorder {
  readonly requests: readonly RecordedRequest[];
  /** Prepares the answer to the next request for a path (without its query), once. */
  answerNext(path: RegExp | string, answer: PreparedAnswer): void;
  /** To be put before all routes. */
  readonly middleware: MiddlewareHandler;
}

/** Whether a path is the one that a text names in full, or has a part that a pattern matches. */
export function isAt(path: RegExp | string, pathname: string): boolean {
  return typeof path === 'string' ? path === pathname : pathname.search(path) !== -1;
}

/** Keeps every request with the status it got, and gives the answers that a test prepared. */
export function createRecorder(): Recorder {
  const requests: RecordedRequest[] = [];
  const prepared: { path: RegExp | string; answer: PreparedAnswer }[] = [];

  function takePrepared(pathname: string): PreparedAnswer | undefined {
    const index = prepared.findIndex(({ path }) => isAt(path, pathname));
    return index === -1 ? undefined : prepared.splice(index, 1)[0]?.answer;
  }

  return {
    requests,

    answerNext(path, answer) {
      prepared.push({ path, answer });
    },

    middleware: async (context, next) => {
      const { pathname, search } = new URL(context.req.url);
      const body = await context.req.text();
      const answer = takePrepared(pathname);
      if (answer) {
        const { status, headers = {} } = answer;
        context.res = new Response(answer.body ?? null, { status, headers });
      } else {
        await next();
      }
      requests.push({
        method: context.req.method,
        path: pathname + search,
        headers: context.req.header(),
        body,
        status: context.res === RESPONSE_ALREADY_SENT ? 0 : context.res.status,
      });
    },
  };
}
