import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tryInputs } from './property.ts';

/** The message of a property that does not hold. */
const failureOf = (check: (input: number) => unknown): Promise<string> =>
  tryInputs(20, fc.nat(), check).then(
    () => 'It holds.',
    (error: Error) => error.message,
  );

test('a failure says which input it was, and how to try the same ones again', async () => {
  const words = await failureOf((input) => expect(input).toBeLessThan(0));
  expect(words).toContain('Counterexample: [0]');
  expect(words).toMatch(
    /^To try these inputs again: (?:PROPERTY_RUNS=\S+ )?PROPERTY_SEED=\d+ npm run jest -- --coverage=false test\/properties\/property\.test\.ts$/m,
  );
});

test('the same seed gives the same inputs', async () => {
  const inputs: number[][] = [[], []];
  for (const tried of inputs) await tryInputs(20, fc.nat(), (input) => tried.push(input));
  expect(inputs[0]?.length).toBeGreaterThanOrEqual(20);
  expect(inputs[0]).toEqual(inputs[1]);
});

test('a property that no input comes as far as does not hold', async () => {
  expect(await failureOf(() => false)).toMatch(/^None of \d+ inputs came as far as what/);
  expect(await failureOf((input) => input % 2 === 0)).toBe('It holds.');
});
