import { randomInt } from 'node:crypto';
import { relative } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
/** Multiplies the number of inputs that `npm test` tries. */
const FACTOR = Number(PROPERTY_RUNS ?? 1);
/** Each run has its own seed, unless PROPERTY_SEED asks for the inputs of an earlier run. */
const SEED = Number(PROPERTY_SEED ?? randomInt(2 ** 31));

/** After this time a property fails in words, before the test runner's patience of 180 s ends. */
const LONGEST_MS = 150_000 * Math.max(1, FACTOR);

/** Returns false for an input that is not what the property is about. */
type Check<Input> = (input: Input) => unknown;

/**
 * A test that something holds for all inputs. It tries `runs` inputs, times PROPERTY_RUNS.
 *
 * @param known inputs that once broke the property: each run tries them first
 */
export function holds<Input>(
  name: string,
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: Check<Input>,
  known: readonly Input[] = [],
): void {
  test(name, () => tryInputs(runs, inputs, check, known), LONGEST_MS + 30_000);
}

/**
 * Rejects when a check fails, or when it returned false for every input. The error has the smallest
 * input that fails, and the command that tries the same inputs again.
 */
export async function tryInputs<Input>(
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: Check<Input>,
  known: readonly Input[] = [],
): Promise<void> {
  let reached = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    if ((await check(input)) !== false) reached += 1;
  });
  const details = await fc.check(property, {
    numRuns: Math.ceil(runs * FACTOR) + known.length,
    examples: known.map((input): [Input] => [input]),
    seed: SEED,
    interruptAfterTimeLimit: LONGEST_MS,
    markInterruptAsFailure: true,
  });
  if (!details.failed && reached > 0) return;
  const words = details.failed
    ? fc.defaultReportMessage(details)
    : `None of ${details.numRuns} inputs came as far as what the property is about.`;
  throw new Error(`${words}\n\nTo try these inputs again: ${commandLine()}`, {
    cause: details.errorInstance,
  });
}

/** The command that tries the inputs of this test file again. */
function commandLine(): string {
  const { testPath = '' } = expect.getState();
  return [
    ...(PROPERTY_RUNS === undefined ? [] : [`PROPERTY_RUNS=${PROPERTY_RUNS}`]),
    `PROPERTY_SEED=${SEED} npm run jest -- --coverage=false ${relative('.', testPath)}`,
  ].join(' ');
}

/** Names that every object has, templates of the platform, and other unusual text. */
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

/** An object with any of these keys, in any order. A key can be `__proto__`. */
export function objectOf(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<unknown>,
  maxKeys = 8,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: maxKeys })
    .map((entries) => Object.fromEntries(entries));
}

/** Any JSON value, often one that programs handle badly. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .oneof(
    { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
    { weight: 1, arbitrary: objectOf(trickyText, fc.constantFrom<unknown>(1, 'x', null, []), 3) },
    { weight: 1, arbitrary: trickyText },
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));
