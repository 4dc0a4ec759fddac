import type { ZObject } from 'zapier-platform-core';
import { LEAST_TRY_MS, type Outcome } from './exchange.ts';
import { TEMPORARY_FAILURES } from './failures.ts';

const TRIES = 3;
const FIRST_DELAY_MS = 1_000;

/** Zapier ends a run of a step after 30 s. The app stops earlier, so that its own error arrives. */
const RUN_MS = 25_000;

/** The requests that a run can do without take at most this long together, from the first of them on. */
const OPTIONAL_MS = 3_000;

/** The time by which the run must end, in milliseconds since 1970. */
export const deadlineOf = deadlineAfter(RUN_MS);

/** The time by which the optional requests of the run must end, in milliseconds since 1970. */
export const optionalDeadlineOf = deadlineAfter(OPTIONAL_MS);

/** The platform makes one `z` for each run. A run may send several requests. */
function deadlineAfter(milliseconds: number): (z: ZObject) => number {
  const deadlines = new WeakMap<ZObject, number>();
  return (z) => {
    const deadline = deadlines.get(z) ?? Date.now() + milliseconds;
    deadlines.set(z, deadline);
    return deadline;
  };
}

/**
 * Makes up to three attempts, as long as the failure is temporary and the deadline allows it. The
 * delays grow exponentially with full jitter, and are never shorter than the site's `Retry-After`.
 */
export async function withRetries(
  deadline: number,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if (tries === TRIES || !isTemporary(outcome)) return outcome;

    const jitter = Math.random() * FIRST_DELAY_MS * 2 ** (tries - 1);
    const delay = Math.max(jitter, 1000 * (retryAfterSeconds(outcome) ?? 0));
    if (leavesNoTry(deadline, delay)) return outcome;
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
}

/** Whether too little time is left for another attempt after a delay in milliseconds. */
export const leavesNoTry = (deadline: number, delay: number): boolean =>
  Date.now() + delay + LEAST_TRY_MS > deadline;

function isTemporary(outcome: Outcome): boolean {
  return 'lost' in outcome
    ? outcome.lost.kind === 'network'
    : TEMPORARY_FAILURES.includes(outcome.response.status);
}

/**
 * The seconds to wait by the `Retry-After` header, which holds seconds or a date; null without one.
 */
export function retryAfterSeconds(outcome: Outcome): number | null {
  const header = 'lost' in outcome ? null : outcome.response.headers.get('retry-after');
  if (header === null) return null;
  // A date begins with the day of the week. Date.parse alone would also read `1.5` as a date.
  const date = /^[A-Z][a-z]{2,8},? /.test(header) ? Date.parse(header) : Number.NaN;
  const seconds = /^\d+$/.test(header) ? Number(header) : (date - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds));
}
