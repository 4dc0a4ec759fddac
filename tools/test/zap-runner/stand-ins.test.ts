import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FormValues } from '../../zap-runner/mapping.ts';
import { standIns } from '../../zap-runner/stand-ins.ts';
import type { ZapStep } from '../../zap-runner/zap-run.ts';
import { startZapRunner, type ZapRunner } from '../../zap-runner/zap-runner.ts';

/* Steps that stand in for those of other apps, and a search that creates what it does not find. */

let zapier: ZapRunner;
beforeAll(async () => {
  const appPath = fileURLToPath(new URL('../fixtures/boards-app.js', import.meta.url));
  zapier = await startZapRunner({ authData: {}, appPath });
});
afterAll(() => zapier.stop());

/** Runs a Zap once, and resolves with the runs of the steps after its trigger. */
async function run(...steps: ZapStep[]) {
  const zap = await zapier.turnOn('moved_card', {}, steps);
  await fetch(`${zapier.url}/hooks/${zap.id}`, { method: 'POST', body: '{}' });
  await zapier.idle();
  await zapier.turnOff(zap);
  return zapier.runs.at(-1)?.stepRuns[0];
}

const standIn = (wanted: string, inputData: FormValues): ZapStep[] =>
  standIns.flatMap((step) => (step.key === wanted ? { step, fields: [], inputData } : []));

test.each([
  ['known', { records: [{ id: 7 }], isCreated: false, error: null }],
  ['new', { records: [{ id: 8, given: '{"name":"new","owner":"Kim"}' }], isCreated: true }],
  [
    'halted',
    { records: [], isCreated: false, stopped: expect.stringMatching(/^There is nothing/) },
  ],
  ['refused', { records: [], isCreated: true, error: 'No such card.' }],
])('a search for what is %s creates it only when it finds nothing', async (name, result) => {
  const { steps } = await zapier.definition();
  const search = steps.find(({ kind }) => kind === 'searches');
  if (search?.creator === undefined) throw new Error('The app has no such search.');
  const creator = { step: search.creator, inputData: { name, owner: '{{1.mover}}' } };
  const step = { step: search, fields: [], inputData: { name, owner: '{{1.mover}}' }, creator };
  expect(await run(step, ...standIn('delay', { time: '1 hour' }))).toMatchObject(
    result.records.length > 0 ? [result, { records: [{}] }] : [result],
  );
  // A search alone finds nothing, and the run ends.
  const { creator: _, ...alone } = step;
  expect((await run(alone))?.[0]?.isCreated).toBe(false);
});

const condition = (value: string, is: string, other?: string) => ({
  value,
  condition: is,
  ...(other !== undefined && { other }),
});

test.each([
  [[condition('{{1.mover}}', 'is', 'Kim'), condition('{{1.mover}}', 'exists')], null],
  [[condition('{{1.mover}}', 'isNot', 'Kim')], '"Kim" does not exactly match "Kim".'],
  [[condition('', 'missing')], null],
  [[condition('{{1.nothing}}', 'exists')], '(empty) exists.'],
  [[condition('2026-03-10T08:00:00Z', 'before', '2026-03-10T09:30:00+01:00')], null],
  [[condition('soon', 'after', '2026-03-10T08:00:00Z')], '"soon" is after "2026-03'],
])('a filter stops the run when a condition does not hold: %j', async (conditions, why) => {
  const runs = await run(
    ...standIn('filter', { conditions }),
    ...standIn('message', { text: 'Moved by {{1.mover}}' }),
  );
  expect(runs?.[0]?.stopped).toEqual(why && expect.stringContaining(why));
  expect(runs?.[1]?.records).toEqual(why === null ? [{ text: 'Moved by Kim' }] : undefined);
});

test('a time is moved, and what is no time or expression is an error', async () => {
  const moved = async (input: string, expression: string) =>
    (await run(...standIn('formatter', { input, expression })))?.[0];
  expect(await moved('2026-03-10T08:00:00Z', '-5 minutes')).toMatchObject({
    records: [{ output: '2026-03-10T07:55:00.000Z' }],
  });
  expect(await moved('', '+1 day')).toMatchObject({ error: null });
  expect(await moved('soon', '+1 day')).toMatchObject({ error: expect.stringContaining('a time') });
  expect(await moved('2026-03-10T08:00:00Z', 'later')).toMatchObject({ records: [] });
});

test('a text is split at its last space', async () => {
  const split = async (input: string) => (await run(...standIn('split', { input })))?.[0]?.records;
  expect(await split(' Juniper van der  Reed ')).toEqual([
    { first: 'Juniper van der', last: 'Reed' },
  ]);
  expect(await split('Juniper')).toEqual([{ first: '', last: 'Juniper' }]);
});

test('the test of a trigger of another app shows an example', async () => {
  expect(await zapier.testTrigger('new_email')).toMatchObject([{ from_name: 'Bramble Oddsworth' }]);
});
