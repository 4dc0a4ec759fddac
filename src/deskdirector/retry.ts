import type { ZObject } from 'zapier-platform-core';
import { LEAST_TRY_MS, type Outcome } from './exchange.ts';
import { PASSING_STATUSES } from './failures.ts';

const TRIES = 3;
const FIRST_DELAY_MS = 1_000;

/** Zapier ends an operation after 30 seconds: what is to be told has to be told before. */
const OPERATION_MS = 25_000;

/** The platform makes a `z` for each operation, which may take several requests. */
const deadlines = new WeakMap<ZObject, number>();

/** When the operation has to come to its end, in milliseconds since 1970. */
export function deadlineOf(z: ZObject): number {
  const deadline = deadlines.get(z) ?? Date.now() + OPERATION_MS;
  deadlines.set(z, deadline);
  return deadline;
}

/**
 * Tries a request up to three times, while its failure is one that may pass and the deadline allows:
 * with exponential back-off and full jitter, and not before the site's `Retry-After`.
 */
export async function withRetries(
  deadline: number,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if (tries === TRIES || !mayPass(outcome)) return outcome;

    const jitter = Math.random() * FIRST_DELAY_MS * 2 ** (tries - 1);
    const delay = Math.max(jitter, 1000 * (retryAfterSeconds(outcome) ?? 0));
    // What is known is worth more than a try that has no time.
    if (Date.now() + delay + LEAST_TRY_MS > deadline) return outcome;
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
}

function mayPass(outcome: Outcome): boolean {
  return 'lost' in outcome
    ? outcome.lost.kind === 'network'
    : PASSING_STATUSES.includes(outcome.response.status);
}

/** What the header says, as seconds from now: it holds seconds or a date. Null when it is absent. */
export function retryAfterSeconds(outcome: Outcome): number | null {
  const header = 'lost' in outcome ? null : outcome.response.headers.get('retry-after');
  if (header === null) return null;
  // The date of a header begins with the day of the week. Date.parse takes `1.5` for one, too.
  const date = /^[A-Z][a-z]{2,8},? /.test(header) ? Date.parse(header) : Number.NaN;
  const seconds = /^\d+$/.test(header) ? Number(header) : (date - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds));
}
