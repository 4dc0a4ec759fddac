import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { demo } from '../../demo/demo.ts';
import { inProject, startProgram } from '../program.ts';

const fixture = (name: string) => inProject(`tools/test/fixtures/${name}`);

let output: string;
beforeAll(async () => {
  const { ended, output: printed, gone } = startProgram(process.execPath, ['tools/demo/demo.ts']);
  expect(await ended).toBe(0);
  output = printed();
  // It leaves no process behind.
  await gone();
});

test('in a pipe it ends by itself, in plain lines of 80 characters, with nothing lost', () => {
  expect(output).toContain('Nothing was lost, nothing ran twice.');
  expect(output).toContain('0 subscriptions are left.');
  expect(output).toContain('Events sent: 14, in 14 deliveries.');
  expect(stripVTControlCharacters(output)).toBe(output);
  expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('it shows the documented example as the fields of a Zap', () => {
  const example = output.slice(output.indexOf("DeskDirector's documented example"));
  for (const [label, key, value] of [
    ['Contact Name', 'contact_name', 'Liam Tait'],
    ['Member Name', 'member_name', 'Andrew Lahikainen'],
    ['Closed By Name', 'closed_by_name', 'Andrew Lahikainen'],
    ['Previous Status', 'previous_status', 'handled'],
    ['Status Name', 'status_name', 'Completed'],
    ['Seconds From Created', 'seconds_to_closed', '161'],
    ['Closed At', 'closed_at', '2018-06-28T05:18:26.947Z'],
  ] as const) {
    expect(example).toMatch(new RegExp(`^ {2}${label} +${key} +${value}$`, 'm'));
  }
});

test('it follows the abandoned chat up, in three lines', () => {
  expect(output).toContain(`
Three steps follow the abandoned chat up
  Contact found: Tansy Oddsworth, +1 202-555-0103
  Ticket created: 48301, Abandoned chat of Tansy Oddsworth
  Sprocket Wrenchley notified: Please call +1 202-555-0103. The ticket is 48301.

`);
});

test('it runs Zaps for the ticket and for a workflow', () => {
  expect(output).toContain(`
  Zap run: New Ticket
  Abandoned chat of Tansy Oddsworth: New

A technician works on the ticket, and a workflow for a form runs

  Zap run: Ticket Event
  Abandoned chat of Tansy Oddsworth: In Progress

  Zap run: Workflow Triggered
  New Employee: 9007199254740993
`);
});

test('it looks a chat up, writes into it, and invites a technician', () => {
  expect(output).toContain('  Chat with Bramble Oddsworth: handled\n');
  expect(output).toContain('  Message: Dear {{customer}}, a colleague joins you in a minute.\n');
  expect(output).toContain('  Invited: Modema Patchpanel\n');
});

test('it tells each other run in a line, and all in full when asked to', async () => {
  expect(output).toContain(`
  Zap run: Chat Session Status Changed
  Quilla Fernwhistle: completed at 2026-03-10T09:12:15.000Z, after 735 s
`);
  expect(output.split('\n').length).toBeLessThan(200);
  expect(output.match(/^ {2}Label +Key +Value$/gm)).toHaveLength(1);

  const lines: string[] = [];
  expect(await demo((text) => lines.push(text), { isAll: true })).toBe(true);
  const all = stripVTControlCharacters(lines.join('\n'));
  expect(all.match(/^ {2}Label +Key +Value$/gm)).toHaveLength(14);
});

test('an event that is not run is told, and no success', async () => {
  const lines: string[] = [];
  expect(await demo((text) => lines.push(text), { appPath: fixture('forgetful-app.js') })).toBe(
    false,
  );
  expect(lines.at(-1)).toContain('Some events were lost or ran twice.');
});

test('a step that fails ends it', async () => {
  await expect(demo(() => undefined, { appPath: fixture('missing-app.js') })).rejects.toThrow(
    'Cannot find module',
  );
});
