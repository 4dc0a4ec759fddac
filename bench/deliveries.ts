import type { Comparison, Spread } from './comparison.ts';
import { inOwnProcess } from './own-process.ts';

/** One delivery of so many sessions, warm: in milliseconds, against the bare app's. */
export interface Delivered extends Comparison {
  readonly sessions: number;
}

export async function measureDeliveries(
  sizes: readonly number[],
  pairs: number,
): Promise<Delivered[]> {
  const measured: Delivered[] = [];
  for (const sessions of sizes) {
    const comparison = await inOwnProcess<Comparison>('./deliveries-worker.ts', [sessions, pairs]);
    measured.push({ sessions, ...comparison });
  }
  return measured;
}

/**
 * Microseconds for each session of deliveries that took so many milliseconds. The mean, since garbage
 * is collected in every second delivery or so, and whenever many sessions are delivered.
 */
export function perSession({ mean }: Spread, sessions: number): number {
  return (1000 * mean) / sessions;
}
