/** Something that was measured, with the bound that it has to keep. */
export interface Figure {
  readonly name: string;
  /** A ratio, a count or a size. A bound on a ratio or a count holds on any machine. */
  readonly value: number;
  /** The largest value that keeps the bound; without it there is no bound. */
  readonly most?: number;
  /** How this app's measurement, that of what it is compared with, and the value are shown. */
  readonly shown: readonly [own: string, other: string, value: string];
}

/** Two things measured in the same rounds. */
export interface Comparison {
  /** The medians. */
  readonly own: number;
  readonly other: number;
  /** The median of the ratios of own to other in each round. */
  readonly ratio: number;
}

/** Whether a bound is broken. A value that could not be measured breaks its bound. */
export const isBroken = ({ value, most }: Figure): boolean =>
  most !== undefined && !(value <= most);

/** A figure for a comparison. `show` adds the unit to a measurement. */
export function comparisonFigure(
  name: string,
  { own, other, ratio }: Comparison,
  show: (measured: number) => string,
  most?: number,
): Figure {
  const shown = [show(own), show(other), `${ratio.toFixed(2)} ×`] as const;
  return { name, value: ratio, shown, ...(most !== undefined && { most }) };
}

/** A figure for a count that is compared with nothing. */
export const countFigure = (name: string, value: number, most: number): Figure => ({
  name,
  value,
  most,
  shown: [String(value), '', ''],
});

/** The figures as lines of a table with a title. A broken bound is marked. */
export function table(title: string, figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => [
    figure.name,
    ...figure.shown,
    `${figure.most ?? ''}${isBroken(figure) ? '  BROKEN' : ''}`,
  ]);
  return [[title, 'this app', 'compared with', 'ratio', 'at most'], ...rows].map(
    ([name = '', ...cells]) =>
      `${name.padEnd(50)}${cells.map((cell) => cell.padStart(15)).join('')}`.trimEnd(),
  );
}

/**
 * Measures two things alternately, so that both meet the same load of the machine, and so that each
 * is the first one in every second round.
 */
export async function inRounds<Measured>(
  rounds: number,
  own: () => Promise<Measured>,
  other: () => Promise<Measured>,
): Promise<{ own: Measured; other: Measured }[]> {
  const measured: { own: Measured; other: Measured }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      measured.push({ own: await own(), other: await other() });
    } else {
      const first = await other();
      measured.push({ own: await own(), other: first });
    }
  }
  return measured;
}

/** Compares one measurement of each round. */
export function compare<Measured>(
  rounds: readonly { own: Measured; other: Measured }[],
  read: (measured: Measured) => number,
): Comparison {
  return {
    own: median(rounds.map(({ own }) => read(own))),
    other: median(rounds.map(({ other }) => read(other))),
    ratio: median(rounds.map(({ own, other }) => read(own) / read(other))),
  };
}

/** The middle of some numbers; NaN when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
