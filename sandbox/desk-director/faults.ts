import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { type FaultKind, faultAnswer, halfAnswer, waited } from './fault-answers.ts';
import { isAt } from './recorder.ts';

/** What goes wrong with which requests, whatever their key. */
export type Fault = FaultKind & {
  /** Its query aside. A text has to be the whole path, a pattern may match any part of it. */
  path: RegExp | string;
  /** Any, when left out. */
  method?: string;
  /** How many requests it hits before it is gone: 1 when left out; it may be Infinity. */
  times?: number;
  /** Whether the site does what the request asks for all the same, before the answer goes wrong. */
  processed?: boolean;
};

export interface Faults {
  /** How many requests were hit so far. */
  readonly hits: number;
  /** Those that still hit requests, the oldest first; `times` says how many. */
  readonly waiting: readonly Fault[];
  /** Ends all of them; an answer that is still late is sent at once. */
  clear(): void;
}

/** Lets requests go wrong. */
export function createFaults(): {
  readonly faults: Faults;
  fail(fault: Fault): void;
  /** To be put before all routes. */
  readonly middleware: MiddlewareHandler<{ Bindings: HttpBindings }>;
} {
  let waiting: { fault: Fault; left: number }[] = [];
  let hits = 0;
  let cleared = new AbortController();

  function take(method: string, pathname: string): Fault | undefined {
    const entry = waiting.find(
      ({ fault }) =>
        isAt(fault.path, pathname) && (fault.method?.toUpperCase() ?? method) === method,
    );
    if (!entry) return undefined;
    hits += 1;
    entry.left -= 1;
    waiting = waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }

  return {
    faults: {
      get hits() {
        return hits;
      },
      get waiting() {
        return waiting.map(({ fault, left }) => ({ ...fault, times: left }));
      },
      clear() {
        waiting = [];
        cleared.abort();
        cleared = new AbortController();
      },
    },

    fail(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },

    middleware: async (context, next) => {
      const fault = take(context.req.method, new URL(context.req.url).pathname);
      if (!fault) return next();
      const left = context.req.raw.signal;
      const leftOrCleared = AbortSignal.any([left, cleared.signal]);
      if (fault.processed) await next();
      if (fault.kind === 'delay') {
        await waited(fault.ms, leftOrCleared);
        const isThere = !left.aborted;
        if (isThere && !fault.processed) await next();
        if (isThere) return;
      }
      // Without this the headers of the site's own answer would be added to the other one.
      context.res = undefined;
      context.res = answer(fault, context.env, left);
    },
  };
}

/** The answer to be sent; that of a connection that has ended already counts as sent. */
function answer(fault: Fault, env: HttpBindings, left: AbortSignal): Response {
  if (fault.kind !== 'delay' && fault.kind !== 'reset') return faultAnswer(fault, left);
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
  // A reset could overtake the half that was written, so this is an end.
  outgoing.write(halfAnswer.text, () => incoming.socket.destroy());
}
