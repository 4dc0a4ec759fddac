import { test } from '@jest/globals';
import fc from 'fast-check';

/** How many times as many inputs as `npm test` tries. */
const FACTOR = Number(process.env.PROPERTY_RUNS ?? 1);
/** The same inputs in each run, unless another seed is asked for. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20260310);

const LONGEST_MS = 600_000;

/** A test that something holds for all inputs; tries `runs` of them, times PROPERTY_RUNS. */
export function holds<Input>(
  name: string,
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => void | Promise<void>,
): void {
  test(
    name,
    async () => {
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => check(input)),
        {
          numRuns: Math.ceil(runs * FACTOR),
          seed: SEED,
        },
      );
    },
    LONGEST_MS,
  );
}

/** Names that every object has, and templates of the platform. */
export const trickyText = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'length',
  '{{bundle.authData.apiKey}}',
  '\u0000',
  '\ud800',
  '\u202e',
  ' ',
  '0',
  '-1',
  '1e400',
  'null',
  'true',
);

/** An object of any of these keys, `__proto__` included, in any order. */
export function objectOf(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<unknown>,
  maxKeys = 8,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: maxKeys })
    .map((entries) => Object.fromEntries(entries));
}

/** JSON values of any kind, with those that programs stumble over among them. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .oneof(
    { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
    { weight: 1, arbitrary: objectOf(trickyText, fc.constantFrom<unknown>(1, 'x', null, []), 3) },
    { weight: 1, arbitrary: trickyText },
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));
