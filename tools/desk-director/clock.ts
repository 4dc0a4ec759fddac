const TICKS_PER_MILLISECOND = 10_000;

/**
 * A clock that returns .NET round-trip times such as `2018-06-28T05:18:26.9468948Z`.
 *
 * Each time is later than the one before, even within a millisecond, so that times show the order of
 * changes.
 */
export function createClock(now: () => number): () => string {
  let millisecond = Number.NEGATIVE_INFINITY;
  let tick = 0;

  return () => {
    const current = Math.floor(now());
    tick += 1;
    if (current > millisecond) {
      millisecond = current;
      tick = 1;
    } else if (tick === TICKS_PER_MILLISECOND) {
      millisecond += 1;
      tick = 0;
    }
    return dotNetTime(millisecond, tick);
  };
}

/** A time in .NET's round-trip format. A tick is a ten-thousandth of a millisecond. */
export function dotNetTime(millisecond: number, tick = 0): string {
  const iso = new Date(millisecond).toISOString();
  return `${iso.slice(0, -1)}${String(tick).padStart(4, '0')}Z`;
}
