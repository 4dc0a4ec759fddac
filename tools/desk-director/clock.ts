/** A tick of .NET is a ten-thousandth of a millisecond. */
const TICKS = 10_000n;

/** Tells the time, such as `2018-06-28T05:18:26.9468948Z`. */
export type Clock = () => string;

/**
 * A clock that returns .NET round-trip times. Each time is later than the one before, even within a
 * millisecond, so that times show the order of changes.
 *
 * @param now returns milliseconds since 1970
 */
export function createClock(now: () => number): Clock {
  let last = 0n;
  return () => {
    const current = BigInt(Math.floor(now())) * TICKS;
    last = (current > last ? current : last) + 1n;
    return dotNetTime(Number(last / TICKS), Number(last % TICKS));
  };
}

/** A time in .NET's round-trip format. */
export function dotNetTime(millisecond: number, tick = 0): string {
  const iso = new Date(millisecond).toISOString();
  return `${iso.slice(0, -1)}${String(tick).padStart(4, '0')}Z`;
}
