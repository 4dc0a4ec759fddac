import fc from 'fast-check';
import { anyJson } from './property.ts';

/** An answer in which some values are missing, null, or any JSON. */
export const spoilt = (
  value: unknown,
  changes: readonly (readonly [number, unknown])[],
): unknown => {
  let n = 0;
  return JSON.parse(JSON.stringify(value), (_, inner) => {
    n += 1;
    const change = changes.find(([at]) => at === n);
    return change === undefined ? inner : change[1];
  });
};

export const anyChanges = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.oneof(fc.constant(undefined), fc.constant(null), anyJson),
  ),
  { maxLength: 4 },
);
