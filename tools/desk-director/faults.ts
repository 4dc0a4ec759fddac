import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { type FaultKind, faultAnswer, halfAnswer } from './fault-answers.ts';
import { wait } from './wait.ts';

/** A fault that the site injects, and the requests that meet it, whatever their API key. */
export type Fault = FaultKind & {
  /** The path without its query: a text is the whole path, a pattern matches any part of it. */
  path: RegExp | string;
  /** Any method by default. */
  method?: string;
  /** How many requests meet the fault: 1 by default, Infinity for all of them. */
  times?: number;
  /** Whether the site carries out the request before the answer goes wrong. */
  processed?: boolean;
};

/** The faults of a site. A request meets the oldest fault for it. The middleware goes first. */
export function createFaults() {
  let waiting: { fault: Fault; left: number }[] = [];
  let hits = 0;
  let cleared = new AbortController();

  function take(method: string, pathname: string): Fault | undefined {
    const entry = waiting.find(
      ({ fault }) => isAt(fault.path, pathname) && (fault.method ?? method) === method,
    );
    if (!entry) return undefined;
    hits += 1;
    entry.left -= 1;
    waiting = waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }

  const faults = {
    /** How many requests have met a fault. */
    get hits() {
      return hits;
    },

    /** The faults that requests still meet, the oldest first. `times` is what is left of each. */
    get waiting(): Fault[] {
      return waiting.map(({ fault, left }) => ({ ...fault, times: left }));
    },

    /** Removes all faults, and sends delayed answers at once. */
    clear() {
      waiting = [];
      cleared.abort();
      cleared = new AbortController();
    },
  };

  const fail = (fault: Fault) => {
    waiting.push({ fault, left: fault.times ?? 1 });
  };

  const middleware: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
    const fault = take(context.req.method, new URL(context.req.url).pathname);
    if (!fault) return next();
    const clientLeft = context.req.raw.signal;
    if (fault.processed) await next();
    if (fault.kind === 'delay') {
      await wait(fault.ms, AbortSignal.any([clientLeft, cleared.signal]));
      if (!clientLeft.aborted) return fault.processed ? undefined : next();
    }
    // Without this line, Hono adds the headers of the site's own answer to the new answer.
    context.res = undefined;
    context.res = answer(fault, context.env, clientLeft);
  };

  return { faults, fail, middleware };
}

/** Whether a path is the one that a text names, or has a part that a pattern matches. */
function isAt(path: RegExp | string, pathname: string): boolean {
  return typeof path === 'string' ? path === pathname : pathname.search(path) !== -1;
}

/** The answer to send. A closed connection counts as an answer that was sent. */
function answer(fault: Fault, env: HttpBindings, clientLeft: AbortSignal): Response {
  if (fault.kind !== 'delay' && fault.kind !== 'reset') return faultAnswer(fault, clientLeft);
  if (fault.kind === 'reset') reset(fault.when, env);
  return RESPONSE_ALREADY_SENT;
}

function reset(when: 'before' | 'amid', { incoming, outgoing }: HttpBindings): void {
  if (when === 'before') {
    incoming.socket.resetAndDestroy();
    return;
  }
  outgoing.writeHead(200, {
    'content-type': 'application/json',
    'content-length': halfAnswer.length,
  });
  // Not a reset: a reset can overtake the half that was written.
  outgoing.write(halfAnswer.text, () => incoming.socket.destroy());
}
