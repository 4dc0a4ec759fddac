import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { asObject, decoded, list, parseJson } from '../../src/values.ts';
import { serveOnLoopback } from '../common/loopback.ts';
import type { CheckedApp } from './app.ts';
import type { ReadTrigger } from './reading.ts';

/** What a subscription and its first delivery showed. */
export interface Listening {
  /** Where the id of the subscription was; null when there is no subscription. */
  readonly idFoundIn: 'Location header' | 'body' | null;
  /** The app's words when the subscription failed; null when it did not. */
  readonly failure: string | null;
  /** The bodies that arrived, parsed. Text stays text when it is not JSON. */
  readonly deliveries: readonly unknown[];
  /** The app's words about the first delivery when it is not usable; null when it is. */
  readonly deliveryFailure: string | null;
  /** What the app made of the first delivery. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** The app's words when the subscription could not be ended; null when it was. */
  readonly leftBehind: string | null;
}

/** Where the receiver listens, and how the wait ends. */
export interface Receiver {
  /** The public address of a tunnel to the port. */
  readonly url: URL;
  readonly port: number;
  /** Called before the subscription. The signal ends the wait. */
  readonly interrupt: () => { readonly stop: AbortSignal; readonly release: () => void };
}

/**
 * Subscribes a receiver on this computer to the event of a trigger, waits for a delivery, and always
 * unsubscribes. Rejects when the port is taken.
 *
 * @param what what the trigger runs for, such as `chat`
 * @param tell called with what happens, in words
 */
export async function listen(
  app: CheckedApp,
  trigger: Pick<ReadTrigger, 'kind' | 'key' | 'label'>,
  what: string,
  { url, port, interrupt }: Receiver,
  tell: (words: string) => void,
): Promise<Listening> {
  // Nobody else knows this path.
  const path = `/${randomUUID()}`;
  const deliveries: unknown[] = [];
  const arrived = Promise.withResolvers<void>();
  const receiver = new Hono();
  receiver.post('*', async (context) => {
    if (!context.req.path.endsWith(path)) return context.notFound();
    const body = await context.req.text();
    deliveries.push(parseJson(body) ?? body);
    arrived.resolve();
    return context.json({ status: 'success' });
  });
  const server = await serveOnLoopback(receiver, port, url.host);
  tell(`The receiver is ${server.url}. Your tunnel must lead there.`);
  const { stop, release } = interrupt();
  try {
    const targetUrl = `${url.origin}${url.pathname.replace(/\/$/, '')}${path}`;
    const workflow = `the workflow that sends ${what}s to ${targetUrl}`;
    const { results, failure, exchanges } = await app.call(trigger, 'performSubscribe', {
      targetUrl,
    });
    if (failure !== null) {
      tell(`Subscribing failed: ${failure}`);
      tell(`Look in DeskDirector for ${workflow}. If it is there, delete it.`);
      return {
        ...{ idFoundIn: null, failure, deliveries, deliveryFailure: null, leftBehind: null },
        records: [],
      };
    }
    const location = decoded(exchanges.at(-1)?.location ?? '');
    const isLocated = location.includes(String(asObject(results).id));
    const idFoundIn = isLocated ? 'Location header' : 'body';
    let leftBehind: string | null;
    try {
      tell(`Subscribed to “${trigger.label}”. The id of the subscription was in the ${idFoundIn}.`);
      if (!stop.aborted) {
        const stopped = Promise.withResolvers<void>();
        stop.addEventListener('abort', () => stopped.resolve());
        tell(`Waiting for a ${what}. Start one in your client portal. Ctrl+C ends the wait.`);
        await Promise.race([arrived.promise, stopped.promise]);
      }
    } finally {
      ({ failure: leftBehind } = await app.call(trigger, 'performUnsubscribe', {
        subscribeData: results,
      }));
      tell(
        leftBehind === null
          ? 'Unsubscribed.'
          : `The subscription could not be ended: ${leftBehind} Delete ${workflow} in DeskDirector.`,
      );
    }
    const [first] = deliveries;
    const used =
      first === undefined
        ? null
        : await app.call(trigger, 'perform', { cleanedRequest: first, subscribeData: results });
    const deliveryFailure = used?.failure ?? null;
    const records = list(used?.results, asObject);
    return { idFoundIn, failure, deliveries, deliveryFailure, leftBehind, records };
  } finally {
    release();
    await server.close();
  }
}
