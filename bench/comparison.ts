/** What was measured several times: the middle one, the mean, and the range of the middle half. */
export interface Spread {
  readonly median: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Two things measured in pairs, and how many times the other one's figure the first one's is. */
export interface Comparison {
  readonly pairs: number;
  readonly own: Spread;
  readonly other: Spread;
  readonly ratio: Spread;
}

/** One measurement of each of the two. */
export interface Pair<Figures> {
  readonly own: Figures;
  readonly other: Figures;
}

/** Measures two things so many times in pairs, each of them first in every second pair. */
export async function inPairs<Figures>(
  pairs: number,
  own: () => Promise<Figures>,
  other: () => Promise<Figures>,
): Promise<Pair<Figures>[]> {
  const measured: Pair<Figures>[] = [];
  for (let n = 0; n < pairs; n += 1) {
    if (n % 2 === 0) {
      const first = await own();
      measured.push({ own: first, other: await other() });
    } else {
      const first = await other();
      measured.push({ own: await own(), other: first });
    }
  }
  return measured;
}

export function compare<Figures>(
  pairs: readonly Pair<Figures>[],
  figure: (figures: Figures) => number,
): Comparison {
  const own = pairs.map((pair) => figure(pair.own));
  const other = pairs.map((pair) => figure(pair.other));
  return {
    pairs: pairs.length,
    own: spread(own),
    other: spread(other),
    ratio: spread(pairs.map((pair) => figure(pair.own) / figure(pair.other))),
  };
}

function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  return { median: at(0.5), mean, low: at(0.25), high: at(0.75) };
}
