import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One workflow: where the deliveries of an event go. */
export interface SiteSubscription {
  readonly id: string;
  readonly token: string;
  readonly eventId: string;
  readonly url: string;
  readonly parameters: Record<string, unknown>;
}

/** What happens when a receiver fails; all times in milliseconds. */
export interface RetryPolicy {
  /** Failures in a row until the webhook is paused. */
  attempts: number;
  /** The wait after the first failure; it doubles with each further one. */
  firstDelayMs: number;
  pauseMs: number;
  /** How long a receiver may take to answer. */
  timeoutMs: number;
}

/** The half hour is DeskDirector's; how often it tries before, it does not publish. */
const realLife: RetryPolicy = {
  attempts: 5,
  firstDelayMs: 1_000,
  pauseMs: 30 * 60_000,
  timeoutMs: 10_000,
};

/** A subscription with the bodies that it still has to get, the oldest first. */
interface Webhook {
  subscription: SiteSubscription;
  queue: string[];
  ended: AbortController;
}

export interface Webhooks {
  readonly subscriptions: SiteSubscription[];
  readonly counts: DeliveryCounts;
  subscribe(wanted: Pick<SiteSubscription, 'eventId' | 'url' | 'parameters'>): SiteSubscription;
  /** Ends a subscription and drops what it was still to get; false when there is none. */
  unsubscribe(id: string): boolean;
  /**
   * Hands the sessions, as they are now, to every subscription of an event that wants any of them.
   */
  enqueue(eventId: string, sessions: unknown[]): void;
  /** Resolves when nothing is left to deliver. */
  settled(): Promise<void>;
  /** Ends all subscriptions, cutting off the requests under way. */
  stop(): void;
}

export interface DeliveryCounts {
  /** Deliveries handed to the queue, one per subscription. */
  sent: number;
  /** Chat sessions in these. */
  sessions: number;
  delivered: number;
  attempts: number;
  /** Failed attempts. */
  failed: number;
  dropped: number;
}

/** Whether a subscription gets a session; it may look at anything, as any array is delivered. */
export type IsWanted = (subscription: SiteSubscription, session: unknown) => boolean;

/**
 * The webhooks of a site. Each gets its deliveries one after the other, at least once, in order;
 * one that keeps failing is paused, not deleted, and goes on where it was; only a 410 ends it.
 */
export function createWebhooks(isWanted: IsWanted, retry: Partial<RetryPolicy> = {}): Webhooks {
  const policy = { ...realLife, ...retry };
  const counts = { sent: 0, sessions: 0, delivered: 0, attempts: 0, failed: 0, dropped: 0 };
  const webhooks = new Map<string, Webhook>();
  const underWay = new Set<AbortController>();
  let waiting: (() => void)[] = [];

  function isSettled(): boolean {
    return counts.sent === counts.delivered + counts.dropped;
  }

  function tellWaiting(): void {
    if (!isSettled()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  async function work(webhook: Webhook): Promise<void> {
    const { subscription, queue, ended } = webhook;
    let failures = 0;
    for (let body = queue[0]; body !== undefined; body = queue[0]) {
      const status = await attempt(subscription.url, body);
      if (status >= 200 && status < 300) {
        failures = 0;
        counts.delivered += 1;
        queue.shift();
        tellWaiting();
      } else {
        failures += 1;
        counts.failed += 1;
        const isPause = failures === policy.attempts;
        const delay = isPause ? policy.pauseMs : policy.firstDelayMs * 2 ** (failures - 1);
        if (isPause) failures = 0;
        if (status === 410) end(webhook);
        else await rest(delay, ended.signal);
      }
      if (ended.signal.aborted) return drop(queue);
    }
  }

  /** The receiver's status, or 0 when it gave no answer in time. */
  async function attempt(url: string, body: string): Promise<number> {
    counts.attempts += 1;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), policy.timeoutMs);
    underWay.add(controller);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal: controller.signal,
      });
      // Read to its end, so that the connection can be used again.
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  function drop(queue: string[]): void {
    counts.dropped += queue.splice(0).length;
    tellWaiting();
  }

  /** The worker drops the queue, once it has the answer to the request under way. */
  function end(webhook: Webhook): void {
    webhooks.delete(webhook.subscription.id);
    webhook.ended.abort();
  }

  return {
    get subscriptions() {
      return [...webhooks.values()].map((webhook) => webhook.subscription);
    },

    get counts() {
      return { ...counts };
    },

    subscribe(wanted) {
      const subscription = { id: randomUUID(), token: randomBytes(12).toString('hex'), ...wanted };
      webhooks.set(subscription.id, { subscription, queue: [], ended: new AbortController() });
      return subscription;
    },

    unsubscribe(id) {
      const webhook = webhooks.get(id);
      if (webhook) end(webhook);
      return webhook !== undefined;
    },

    enqueue(eventId, sessions) {
      for (const webhook of webhooks.values()) {
        const { subscription, queue } = webhook;
        if (subscription.eventId !== eventId) continue;
        const wanted = sessions.filter((session) => isWanted(subscription, session));
        // An array that was empty from the start is delivered as it is.
        if (wanted.length === 0 && sessions.length > 0) continue;
        counts.sent += 1;
        counts.sessions += wanted.length;
        queue.push(JSON.stringify(wanted));
        // A queue that was not empty has its worker already.
        if (queue.length === 1) void work(webhook);
      }
    },

    settled() {
      if (isSettled()) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },

    stop() {
      for (const webhook of webhooks.values()) end(webhook);
      for (const controller of underWay) controller.abort();
    },
  };
}

async function rest(ms: number, ended: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: ended });
  } catch {
    // The subscription ended; whoever waits looks at the signal.
  }
}
