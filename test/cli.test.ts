import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { companies, contacts } from '../tools/desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../tools/desk-director/server.ts';
import {
  type CliOutcome,
  type ProjectCopy,
  projectCopy,
  runCli,
} from '../tools/scripts/zapier-cli.ts';
import { startProgram } from '../tools/test/program.ts';
import { startZapRunner } from '../tools/zap-runner/zap-runner.ts';

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

/** What the commands give that the sandbox prints. */
const RESULTS = {
  'auth test': { site: 'support.deskdirector.com' },
  'trigger company_list': Object.values(companies)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ entityId, name }) => ({ id: String(entityId), name })),
  'search find_chat_session': [{ status: 'missed', contact_name: contacts.zephyrine.name }],
  'search find_contact': [{ id: '504', name: contacts.zephyrine.name }],
  'create create_ticket': { summary: 'No sound', contact: { id: 504 } },
  'create send_member_notification': { recipient: { id: 72 } },
  'create send_chat_system_message': {},
};

test('each command that the sandbox prints works as it is printed', async () => {
  const args = ['tools/desk-director/cli.ts', '--port', '0', '--api-key', 'chosen'];
  const sandbox = startProgram(process.execPath, args);
  await sandbox.printed('Ctrl+C');
  const lines = sandbox.output().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'authData_apiKey=chosen',
      expect.stringMatching(/^\d+-\d+ {2}handled$/),
      expect.stringMatching(/^contact_id +501 +Quilla Fernwhistle$/),
      expect.stringMatching(/^member_id +71 +Sprocket Wrenchley$/),
      expect.stringMatching(/^company_id +3101 +Fernwhistle Florists$/),
      expect.stringMatching(/^request_type_id +11 +Report a Problem$/),
    ]),
  );
  // A command is one line, so that it can be pasted anywhere.
  expect(lines.filter((line) => line.length > 80 && !line.startsWith('npx '))).toEqual([]);
  const connection = lines.filter((line) => /^\w+=/.test(line));
  const commands = lines.filter((line) => line.startsWith('npx zapier-platform '));
  const shown = readFileSync('docs/development.md', 'utf8').match(/^npx .+ invoke .+$/gm);
  expect(commands).toEqual(expect.arrayContaining(shown ?? ['']));

  const settings = connection.join('\n');
  const { authData_site: site = '', authData_apiKey: apiKey = '', ...others } = parseEnv(settings);
  const { DESKDIRECTOR_BASE_URL = '' } = others;
  const environment = { DESKDIRECTOR_BASE_URL };
  const zapier = await startZapRunner({ authData: { site, apiKey }, environment });
  await writeFile(join(project.path, '.env'), settings);
  const results: Record<string, unknown> = {};
  for (const command of commands) {
    // The words as a shell reads them.
    const words = Array.from(command.match(/'[^']*'|\S+/g) ?? [], (word) =>
      word.replaceAll("'", ''),
    );
    const [, , , kind = '', key = '', , json = '{}'] = words;
    const inputData = JSON.parse(json);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      auth: () => zapier.connect(),
      trigger: () => zapier.dropdown(key, inputData),
      search: () => zapier.step('searches', key, inputData),
      create: () => zapier.step('creates', key, inputData),
    };
    // Zapier's tool starts slowly, so the app gets the input data of the others without it.
    results[`${kind} ${key}`] =
      key === 'create_ticket'
        ? JSON.parse((await runCli(project.path, words.slice(2))).results)
        : await calls[kind]?.();
  }
  await zapier.stop();
  expect(Object.keys(results)).toEqual(Object.keys(RESULTS));
  expect(results).toMatchObject(RESULTS);
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
