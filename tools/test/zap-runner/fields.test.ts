import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startZapRunner, type ZapRunner } from '../../zap-runner/zap-runner.ts';

let zapier: ZapRunner;
beforeAll(async () => {
  zapier = await startZapRunner({
    authData: {},
    appPath: fileURLToPath(new URL('../fixtures/boards-app.js', import.meta.url)),
  });
});
afterAll(() => zapier.stop());

test('the groups of a form are those of its operation, in their order', async () => {
  const { steps } = await zapier.definition();
  expect(steps.map(({ key, inputFieldGroups }) => [key, inputFieldGroups])).toEqual([
    ['moved_card', []],
    [
      'add_card',
      [
        { key: 'details', label: 'Details of the card', isCollapsed: false },
        { key: 'empty', label: 'Without fields', isCollapsed: true },
        { key: 'extra', label: 'Extra', isCollapsed: true },
        { key: 'rest', label: '', isCollapsed: true },
        { key: 'links', label: '', isCollapsed: false },
      ],
    ],
  ]);
});

test('a field tells its group and whether others depend on it, be it made by a function', async () => {
  const { fields } = await zapier.inputFields('creates', 'add_card', { board: 'sales' });
  const told = fields.map(({ key, group, isDependedOn }) => [key, group, isDependedOn]);
  expect(told).toEqual([
    ['colour', 'rest', false],
    ['title', null, false],
    ['note', null, false],
    ['board', null, true],
    ['status', null, false],
    ['owner', null, false],
    ['watch', null, false],
    ['body', 'details', false],
    ['tags', 'details', false],
    ['amount', 'details', false],
    ['links', 'links', false],
    ['draft', 'nowhere', false],
  ]);
});
