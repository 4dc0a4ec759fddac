import { randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../src/values.ts';
import { wait } from './wait.ts';

/** A subscription as the site keeps it. DeskDirector calls it a workflow. */
interface SiteSubscription {
  readonly id: string;
  readonly token: string;
  readonly eventId: string;
  /** The URL that the deliveries of the event are posted to. */
  readonly url: string;
  /** What the request that subscribed chose. */
  readonly parameters: JsonObject;
}

/**
 * The milliseconds before a delivery that failed is sent again. DeskDirector pauses a webhook that
 * keeps failing for half an hour. The sandbox does not, because nobody waits that long for it.
 */
const RETRY_MS = 1_000;
/** The milliseconds that a receiver may take to answer. DeskDirector does not publish them. */
const TIMEOUT_MS = 10_000;

/** A subscription and the bodies that are still to be delivered to it, the oldest first. */
interface Webhook {
  /** The path at which a request ends the subscription. */
  path: string;
  subscription: SiteSubscription;
  /** Whether the subscription gets an entry, which may be any JSON value. */
  isWanted: (entry: unknown) => boolean;
  queue: string[];
  ended: AbortController;
}

interface DeliveryCounts {
  /** Deliveries that entered a queue, one per subscription. */
  sent: number;
  /** Chat sessions, events of tickets and runs of workflows in these deliveries. */
  events: number;
  delivered: number;
  dropped: number;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/**
 * The webhooks of a site. Each webhook delivers at least once and in order, one delivery at a time. It
 * sends a delivery again until a receiver accepts the delivery. A 410 ends the webhook.
 */
export function createWebhooks() {
  const counts = { sent: 0, events: 0, delivered: 0, dropped: 0 };
  const webhooks = new Map<string, Webhook>();
  /** The work on each queue that is not empty. */
  const working = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function work(webhook: Webhook): Promise<void> {
    const { subscription, queue, ended } = webhook;
    for (let body = queue[0]; body !== undefined; body = queue[0]) {
      const status = await attempt(subscription.url, body);
      if (status >= 200 && status < 300) {
        counts.delivered += 1;
        queue.shift();
      } else if (status === 410) {
        end(webhook);
      } else {
        await wait(RETRY_MS, ended.signal);
      }
      if (ended.signal.aborted) counts.dropped += queue.splice(0).length;
    }
  }

  /** The status of the receiver's answer; 0 when no answer came in time. */
  async function attempt(url: string, body: string): Promise<number> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      // A connection can be reused only after its answer was read.
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** Ends a webhook. Its `work` drops the queue after the current attempt. */
  function end(webhook: Webhook): void {
    webhooks.delete(webhook.path);
    webhook.ended.abort();
  }

  return {
    subscriptions: () => [...webhooks.values()].map(({ subscription }) => subscription),

    counts: (): DeliveryCounts => ({ ...counts }),

    /** @param collection the path of all subscriptions of this kind */
    subscribe(
      collection: string,
      wanted: Pick<SiteSubscription, 'eventId' | 'url' | 'parameters'>,
      isWanted: Webhook['isWanted'],
    ): SiteSubscription {
      const subscription = { id: randomUUID(), token: randomBytes(12).toString('hex'), ...wanted };
      const ended = new AbortController();
      const path = `${collection}/${subscription.id}`;
      webhooks.set(path, { path, subscription, isWanted, queue: [], ended });
      return subscription;
    },

    /**
     * Ends a subscription and drops its queue. False when there is no subscription at this path, or
     * when its token is another one. A request may omit the token.
     */
    unsubscribe(path: string, token: string | undefined): boolean {
      const webhook = webhooks.get(path);
      const known = webhook?.subscription.token;
      if (webhook === undefined || (token ?? known) !== known) return false;
      end(webhook);
      return true;
    },

    /** Queues a delivery for each subscription to an event that wants one of the entries. */
    enqueue(eventId: string, entries: unknown[]): void {
      for (const webhook of webhooks.values()) {
        const { subscription, isWanted, queue } = webhook;
        if (subscription.eventId !== eventId) continue;
        const wanted = entries.filter(isWanted);
        // An array that is empty from the start is delivered, too.
        if (wanted.length === 0 && entries.length > 0) continue;
        counts.sent += 1;
        counts.events += wanted.length;
        queue.push(JSON.stringify(wanted));
        // `work` already runs for a queue that was not empty.
        if (queue.length > 1) continue;
        const done: Promise<void> = work(webhook).finally(() => working.delete(done));
        working.add(done);
      }
    },

    /** Resolves when no delivery is left. */
    async settled(): Promise<void> {
      while (working.size > 0) await Promise.all(working);
    },

    /** Ends all subscriptions and aborts the requests under way. */
    stop(): void {
      for (const webhook of webhooks.values()) end(webhook);
      stopped.abort();
    },
  };
}
