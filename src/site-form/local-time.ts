import { datetime } from '../values.ts';

/** A day, or a time without its offset. .NET's smallest time stands for no time. */
export const LOCAL_TIME = /^(?!0001-01-01)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}[\d:.]*)?$/;

const DAY = 86_400_000;

/**
 * The instants that a local time can mean in a time zone, as `datetime` writes them. A day is its
 * midnight. Two instants when clocks are set back over the local time, none when they are set forward
 * over it. Null for a value that is no local time, and without a known time zone.
 *
 * @param timeZone a name such as `Europe/Vienna`
 */
export function instantsOf(value: unknown, timeZone: string | null): string[] | null {
  if (typeof value !== 'string' || !LOCAL_TIME.test(value)) return null;
  const local = value.includes('T') ? value : `${value}T00:00`;
  const asUtc = datetime(`${local}Z`);
  const format = timeZone === null ? null : offsetFormat(timeZone);
  if (asUtc === null || format === null) return null;
  const offsetAt = (time: number) => format.format(time).replace(/.*GMT/, '');
  // An offset is less than a day. So these are the offsets before and after a change of clocks.
  const offsets = new Set([-DAY, DAY].map((shift) => offsetAt(Date.parse(asUtc) + shift)));
  const instants: string[] = [];
  for (const offset of offsets) {
    const instant = datetime(`${local}${offset}`);
    if (instant === null) return null;
    if (offsetAt(Date.parse(instant)) === offset) instants.push(instant);
  }
  return instants;
}

/**
 * Formats an instant with its offset, such as `GMT+01:00`; null for an unknown time zone. It takes
 * milliseconds to make, and a delivery needs none, so no module makes one while it loads.
 */
function offsetFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}
