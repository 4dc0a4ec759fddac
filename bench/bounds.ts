import type { ColdStart } from './cold-start.ts';
import type { Comparison } from './comparison.ts';
import { type Delivered, perSession } from './deliveries.ts';
import type { PackageSize } from './package-size.ts';
import type { Requests } from './requests.ts';

/** All that is measured. */
export interface Results {
  readonly coldStart: ColdStart;
  readonly deliveries: readonly Delivered[];
  /** Of 1,000 sessions, in milliseconds, against `JSON.parse` of their text. */
  readonly transformation: Comparison;
  readonly requests: readonly Requests[];
  readonly package: PackageSize;
}

/** Something that has to be kept: ratios and counts only, so that it holds on any machine. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  /** What breaks it, up to how much: known, and not to be mended here. */
  readonly known?: { readonly cause: string; readonly most: number };
}

/** All bounds, kept or not. */
export function boundsOf({
  coldStart,
  deliveries,
  transformation,
  requests,
  ...results
}: Results): Bound[] {
  const thousand = deliveries.find(({ sessions }) => sessions === 1000);
  return [
    { name: 'cold start, time', value: coldStart.time.ratio.median, most: 1.1 },
    { name: 'cold start, memory', value: coldStart.memory.ratio.median, most: 1.05 },
    { name: 'delivery of 1,000', value: thousand?.ratio.median ?? Number.NaN, most: 2.5 },
    {
      name: 'steepness, 100 to 10,000',
      value: steepness(deliveries),
      most: 1.2,
      known: {
        cause: 'what the platform does with large results, see docs/performance.md',
        most: 1.6,
      },
    },
    { name: 'transformation of 1,000', value: transformation.ratio.median, most: 2 },
    ...requests.map(({ operation, requests: value, most }) => {
      return { name: `requests: ${operation}`, value, most };
    }),
    {
      name: "dependencies beyond the platform's",
      value: results.package.dependencies.length,
      most: 0,
    },
  ];
}

/** What can't be measured is not kept either. */
export function isKept({ value, most }: Bound): boolean {
  return value <= most;
}

/** Whether it is kept, or broken by no more than what is known to break it. */
export function isAccepted({ value, most, known }: Bound): boolean {
  return value <= (known?.most ?? most);
}

/**
 * How much more a session costs at the size where it costs most than at the size where it costs
 * least, from 100 sessions on: 1 when large deliveries cost as much for each session as small ones.
 * What the platform spends on any delivery, whatever it holds, is taken off: the delivery of one.
 */
export function steepness(deliveries: readonly Delivered[]): number {
  const one = deliveries.find(({ sessions }) => sessions === 1)?.own.mean ?? Number.NaN;
  const costs = deliveries
    .filter(({ sessions }) => sessions >= 100)
    .map(({ sessions, own }) => (own.mean - one) / (sessions - 1));
  return Math.max(...costs) / Math.min(...costs);
}

/** The same, of all that a delivery costs. */
export function rawSteepness(deliveries: readonly Delivered[]): number {
  const costs = deliveries
    .filter(({ sessions }) => sessions >= 100)
    .map(({ own, sessions }) => perSession(own, sessions));
  return Math.max(...costs) / Math.min(...costs);
}
