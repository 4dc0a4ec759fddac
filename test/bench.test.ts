import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { markdownTable } from '../bench/bench-table.ts';
import {
  boundsOf,
  isAccepted,
  isKept,
  type Results,
  rawSteepness,
  steepness,
} from '../bench/bounds.ts';
import { chart } from '../bench/chart.ts';
import { measureColdStart } from '../bench/cold-start.ts';
import { type Comparison, compare, inPairs } from '../bench/comparison.ts';
import { measureDeliveries } from '../bench/deliveries.ts';
import { countRequests } from '../bench/requests.ts';
import app from '../index.ts';

const comparison = (own: number, other: number): Comparison =>
  compare([{ own, other }], (figure) => figure);

/** Results that keep all bounds. */
const good: Results = {
  coldStart: {
    time: comparison(320, 300),
    processorTime: comparison(320, 300),
    memory: comparison(101e6, 100e6),
  },
  deliveries: [
    { sessions: 1, ...comparison(1, 0.2) },
    { sessions: 100, ...comparison(2, 0.7) },
    { sessions: 1_000, ...comparison(11, 5.2) },
    { sessions: 10_000, ...comparison(101, 50.2) },
  ],
  transformation: comparison(3, 2.5),
  requests: [{ operation: 'search', requests: 1, most: 1 }],
  package: { ownBytes: 100_000, dependencies: [], dependencyBytes: 0, zipBytes: 900_000 },
};

const broken = (results: Results) =>
  boundsOf(results)
    .filter((bound) => !isKept(bound))
    .map(({ name }) => name);

describe('the bounds', () => {
  test('are kept by good figures', () => {
    expect(broken(good)).toEqual([]);
  });

  test.each<[string, Partial<Results>]>([
    ['cold start, time', { coldStart: { ...good.coldStart, time: comparison(111, 100) } }],
    ['cold start, memory', { coldStart: { ...good.coldStart, memory: comparison(106, 100) } }],
    ['transformation of 1,000', { transformation: comparison(2.1, 1) }],
    ['requests: search', { requests: [{ operation: 'search', requests: 2, most: 1 }] }],
    [
      "dependencies beyond the platform's",
      { package: { ...good.package, dependencies: ['node_modules/left-pad'] } },
    ],
  ])('of the %s can be broken', (name, figures) => {
    expect(broken({ ...good, ...figures })).toEqual([name]);
  });

  test('of deliveries can be broken, also by a size that is missing', () => {
    const thousand = { sessions: 1_000, ...comparison(26, 10) };
    const others = good.deliveries.filter(({ sessions }) => sessions !== 1_000);
    expect(broken({ ...good, deliveries: [...others, thousand] })).toEqual([
      'delivery of 1,000',
      'steepness, 100 to 10,000',
    ]);
    expect(broken({ ...good, deliveries: others })).toEqual(['delivery of 1,000']);
    expect(broken({ ...good, deliveries: [] })).toContain('steepness, 100 to 10,000');
  });
});

test('what is known to break a bound is accepted up to a limit', () => {
  const of = (value: number) => ({
    name: 'steepness',
    value,
    most: 1.2,
    known: { cause: 'x', most: 1.6 },
  });
  expect(
    [1.2, 1.3, 1.6, 1.7, Number.NaN].map((value) => [isKept(of(value)), isAccepted(of(value))]),
  ).toEqual([
    [true, true],
    [false, true],
    [false, true],
    [false, false],
    [false, false],
  ]);
  expect(boundsOf(good).flatMap(({ name, known }) => (known ? [name] : []))).toEqual([
    'steepness, 100 to 10,000',
  ]);
});

test('steepness leaves out what any delivery costs', () => {
  expect(steepness(good.deliveries)).toBeCloseTo(1.01, 1);
  expect(rawSteepness(good.deliveries)).toBeCloseTo(20 / 10.1, 5);
});

test('pairs are measured in turns, and compared pair by pair', async () => {
  const order: string[] = [];
  const figure = (name: string, figures: number[]) => async () => {
    order.push(name);
    return figures.shift() ?? 0;
  };
  const pairs = await inPairs(3, figure('own', [2, 9, 4]), figure('other', [1, 3, 1]));

  expect(order).toEqual(['own', 'other', 'other', 'own', 'own', 'other']);
  expect(compare(pairs, (value) => value)).toMatchObject({
    pairs: 3,
    own: { median: 4 },
    other: { median: 1 },
    ratio: { median: 3 },
  });
});

test('no operation sends more requests than it has to', async () => {
  const counted = await countRequests(app);
  expect(counted).toHaveLength(8);
  expect(counted.map(({ requests }) => requests)).toEqual(counted.map(({ most }) => most));
});

test('the table names a bound that is broken, the chart both apps', () => {
  const table = markdownTable({ ...good, transformation: comparison(5, 2) });
  expect(table).toContain(
    '| transformation of 1,000 | 5.00 ms | 2.00 ms | 2.50 × (2.50 to 2.50) | 2 BROKEN |',
  );
  expect(chart(good.deliveries)).toMatch(/^<svg .*This app.*A bare app.*<\/svg>\n$/s);
});

describe('the built app and the bare one', () => {
  beforeAll(() => {
    if (!existsSync('dist/index.js')) throw new Error('Run "npm run build" first.');
  });

  test('start in processes of their own', async () => {
    const { time, memory } = await measureColdStart(1);
    expect(time.pairs).toBe(1);
    expect(memory.other.median).toBeGreaterThan(20e6);
  });

  test('are delivered to in turns', async () => {
    const [delivered] = await measureDeliveries([2_000], 2);
    expect(delivered).toMatchObject({ sessions: 2_000, pairs: 2 });
    expect(delivered?.own.median).toBeGreaterThan(0);
  });
});
