import { entriesOf } from './json.ts';

/**
 * Whether something passes each filter, by the names of the filters. The schema of the filters
 * guarantees the type of `chosen`.
 */
export type Filters<Filtered> = Readonly<
  Record<string, (filtered: Filtered, chosen: unknown) => boolean>
>;

/** Whether something passes what was chosen. A name without a filter is passed over, and so is null. */
export function passes<Filtered>(
  filters: Filters<Filtered>,
  chosen: Readonly<Record<string, unknown>>,
  filtered: Filtered,
): boolean {
  return Object.entries(chosen).every(([name, value]) => {
    const filter = value !== null && Object.hasOwn(filters, name) ? filters[name] : undefined;
    return filter === undefined || filter(filtered, value);
  });
}

/** An empty list lets everything through. */
export function isUnset(chosen: unknown): boolean {
  return entriesOf(chosen).length === 0;
}

export function isAmong(chosen: unknown, value: unknown): boolean {
  return isUnset(chosen) || entriesOf(chosen).includes(value);
}

/** Whether a text contains another one. Ignores case. */
export function contains(text: unknown, part: unknown): boolean {
  if (typeof part !== 'string') return true;
  return typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase());
}
