import { randomInt } from 'node:crypto';
import { relative } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
/** How many times as many inputs as `npm test` tries. */
const FACTOR = Number(PROPERTY_RUNS ?? 1);
/** Other inputs in each run, unless those of an earlier run are asked for. */
const SEED = Number(PROPERTY_SEED ?? randomInt(2 ** 31));

const LONGEST_MS = 600_000;

/** Returns false for an input that did not come as far as what the property is about. */
type Check<Input> = (input: Input) => unknown;

/** A test that something holds for all inputs; tries `runs` of them, times PROPERTY_RUNS. */
export function holds<Input>(
  name: string,
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: Check<Input>,
): void {
  test(name, () => tryInputs(runs, inputs, check), LONGEST_MS + 60_000);
}

/**
 * Rejects when a check fails, or when no input came as far as what the property is about. The words
 * say which input it was, and how to try the very same ones again.
 */
export async function tryInputs<Input>(
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: Check<Input>,
): Promise<void> {
  let reached = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    if ((await check(input)) !== false) reached += 1;
  });
  const details = await fc.check(property, {
    numRuns: Math.ceil(runs * FACTOR),
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

/** What tries the inputs of this test file again. */
function commandLine(): string {
  const { testPath = '' } = expect.getState();
  return [
    ...(PROPERTY_RUNS === undefined ? [] : [`PROPERTY_RUNS=${PROPERTY_RUNS}`]),
    `PROPERTY_SEED=${SEED} npm run jest -- --coverage=false ${relative('.', testPath)}`,
  ].join(' ');
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
