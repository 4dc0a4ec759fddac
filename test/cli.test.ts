import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { companies, contacts } from '../tools/desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../tools/desk-director/server.ts';
import {
  type CliOutcome,
  type ProjectCopy,
  projectCopy,
  runCli,
} from '../tools/scripts/zapier-cli.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

let deskDirector: DeskDirector;
let project: ProjectCopy;
let validation: CliOutcome;
beforeAll(async () => {
  [deskDirector, project] = await Promise.all([startDeskDirector(), projectCopy()]);
  // `validate` also builds the app. The other commands use this build.
  validation = await runCli(project.path, ['validate', '--without-style']);
});
afterAll(async () => {
  await Promise.all([project.remove(), deskDirector.stop()]);
});

/** Runs `invoke` with the connection that a developer keeps in the file `.env`. */
async function invoke(args: string[], apiKey = deskDirector.apiKey): Promise<CliOutcome> {
  const connection = [
    `DESKDIRECTOR_BASE_URL=${deskDirector.url}`,
    'authData_site=https://Support.DeskDirector.com/',
    `authData_apiKey=${apiKey}`,
  ];
  await writeFile(join(project.path, '.env'), connection.join('\n'));
  return runCli(project.path, ['invoke', ...args]);
}

test('validate finds nothing wrong with the structure', () => {
  expect(validation.output).toContain('No structural errors found during validation routine.');
  expect(validation.output).toContain('This project is structurally sound!');
  expect(validation.exitCode).toBe(0);
});

test('invoke auth test prints the normalised host', async () => {
  const { exitCode, results } = await invoke(['auth', 'test']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(results)).toEqual({ site: 'support.deskdirector.com' });
});

test('a wrong key is told in the words an owner reads, and not shown even with --debug', async () => {
  const { exitCode, results, output } = await invoke(['auth', 'test', '--debug'], 'not-the-key');
  expect(exitCode).toBe(2);
  expect(results).toBe('');
  expect(output).toContain(
    'support.deskdirector.com did not accept the API key (401). It says: \\"The API key is ' +
      'missing or not valid.\\" Make a new key in the Developer Corner of the DeskDirector admin ' +
      'portal, then connect your account again.',
  );
  expect(output).not.toContain('not-the-key');
});

test('invoke trigger company_list prints the companies', async () => {
  const { exitCode, results } = await invoke(['trigger', 'company_list']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(results)).toEqual(
    Object.values(companies)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ entityId, name }) => ({ id: String(entityId), name })),
  );
});

test('invoke search find_chat_session finds a chat by its id', async () => {
  const { id, name } = deskDirector.chats.request();
  const { exitCode, results } = await invoke([
    'search',
    'find_chat_session',
    '-i',
    JSON.stringify({ session_id: id }),
  ]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(results)).toMatchObject([{ id, name, status: 'created' }]);
});

test.each([
  ['find_contact', [{ id: '501', name: contacts.quilla.name }]],
  ['create_ticket', { summary: 'No sound', contact: { id: 501 } }],
])('the command of the README for %s works as it is written', async (step, expected) => {
  const [, kind = '', input = ''] =
    new RegExp(`^npx zapier-platform invoke (\\w+) ${step} -i '(.+)'$`, 'm').exec(readme) ?? [];
  const { exitCode, results } = await invoke([kind, step, '-i', input]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(results)).toMatchObject(expected);
});

test('invoke trigger performs a hook without a delivery, and is told so', async () => {
  const before = deskDirector.requests.length;
  const { exitCode, results, output } = await invoke(['trigger', 'chat_session_status_changed']);
  expect(exitCode).toBe(2);
  expect(results).toBe('');
  // The CLI calls `perform` of a hook, not `performList`.
  expect(output).toContain('Invoking triggers.chat_session_status_changed.operation.perform');
  expect(output).toContain('there was no delivery. To see it work on your machine');
  expect(output).toContain('"code":"NoDelivery"');
  // Both requests are for the fields of the form.
  const paths = deskDirector.requests.slice(before).map(({ path }) => path);
  expect(paths).toEqual([
    expect.stringContaining('chat-webhook-events'),
    expect.stringContaining('$parameters'),
  ]);
});
