import { expect, test } from '@jest/globals';
import { compare, countFigure, inRounds, isBroken, table } from '../../bench/figures.ts';
import { startProgram } from '../program.ts';

/** Runs the bench, and resolves with its exit code and the first column of each broken bound. */
async function bench(...args: string[]) {
  // Nothing else of this environment: a test runner's variables change what the platform does.
  const env = { PATH: process.env.PATH ?? '' };
  const command = startProgram(process.execPath, ['tools/bench/bench.ts', ...args], { env });
  const exitCode = await command.ended;
  const output = command.output();
  const broken = output
    .split('\n')
    .filter((line) => line.endsWith('BROKEN'))
    .map((line) => line.split(/ {2,}/)[0]);
  return { exitCode, broken, output };
}

test('no operation sends more requests than it needs', async () => {
  const { exitCode, broken, output } = await bench('requests');
  expect(output).toMatch(/^find_contact +2 +2$/m);
  expect(output).toMatch(/^find_contact, one found +4 +4$/m);
  expect(output).toMatch(/^create_contact +3 +3$/m);
  expect(output).toMatch(/^new_ticket +0 +0$/m);
  expect(output).toMatch(/^new_ticket, performList +4 +4$/m);
  expect(output).toMatch(/^new_ticket, performSubscribe +4 +4$/m);
  expect(output).toMatch(/All bounds are kept\.\n$/);
  expect(broken).toEqual([]);
  expect(exitCode).toBe(0);
});

test('an app that breaks bounds fails the command, and each of them is named', async () => {
  const app = '--app=tools/test/fixtures/wasteful-app.js';
  const parts = ['cold-start', 'deliveries', 'requests'];
  // Half of a round starts the app once. An app that is so wasteful needs no second start.
  const { exitCode, broken, output } = await bench(...parts, '--rounds=0.5', app);
  expect(broken).toEqual([
    ...['cold start, processor time', 'cold start, memory', 'delivery of 1,000 sessions'],
    ...['reading 1,000 sessions against JSON.parse', 'memory after many deliveries'],
    ...['authentication, test', 'act'],
  ]);
  expect(output).toMatch(/Broken bounds: 7\.\n$/);
  expect(exitCode).toBe(1);
});

test('a count breaks its bound when it is larger, or could not be measured', () => {
  const dependencies = (count: number) => countFigure('dependencies', count, 0);
  expect([0, 1, Number.NaN].map((count) => isBroken(dependencies(count)))).toEqual([
    false,
    true,
    true,
  ]);
  expect(table('package', [dependencies(1)])[1]).toMatch(/^dependencies +1 +0 {2}BROKEN$/);
});

test('two things are measured alternately, and compared round by round', async () => {
  const order: string[] = [];
  const measure = (name: string, figures: number[]) => async () => {
    order.push(name);
    return figures.shift() ?? 0;
  };
  const rounds = await inRounds(3, measure('own', [2, 9, 4]), measure('other', [1, 3, 1]));

  expect(order).toEqual(['own', 'other', 'other', 'own', 'own', 'other']);
  expect(compare(rounds, (figure) => figure)).toEqual({ own: 4, other: 1, ratio: 3 });
});
