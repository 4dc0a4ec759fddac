import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { companies, contacts } from '../tools/desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../tools/desk-director/server.ts';
import {
  type CliOutcome,
  type ProjectCopy,
  projectCopy,
  runCli,
} from '../tools/scripts/zapier-cli.ts';
import { startZapRunner, type ZapRunner } from '../tools/zap-runner/zap-runner.ts';

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

describe('a command that the sandbox prints works as it is printed', () => {
  let sandbox: ChildProcess;
  let connection: string[];
  let commands: string[];
  let zapier: ZapRunner;
  beforeAll(async () => {
    const program = spawn(process.execPath, ['tools/desk-director/cli.ts', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    sandbox = program;
    const lines: string[] = [];
    for await (const line of createInterface(program.stdout)) {
      lines.push(line);
      if (line.startsWith('Ctrl+C')) break;
    }
    connection = lines.filter((line) => /^\w+=/.test(line));
    commands = lines.filter((line) => line.startsWith('npx zapier-platform '));
    const {
      authData_site = '',
      authData_apiKey = '',
      ...environment
    } = Object.fromEntries(connection.map((line) => line.split('=')));
    const authData = { site: authData_site, apiKey: authData_apiKey };
    zapier = await startZapRunner({ authData, environment });
  });
  afterAll(async () => {
    const ended = once(sandbox, 'close');
    sandbox.kill();
    await ended;
    await zapier.stop();
  });

  const RESULTS: Readonly<Record<string, object>> = {
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

  /** The words of a printed command, as a shell reads them. */
  function wordsOf(step: string): string[] {
    const command = commands.find((line) => `${line} `.includes(` invoke ${step} `)) ?? '';
    return Array.from(command.match(/'[^']*'|\S+/g) ?? [], (word) => word.replaceAll("'", ''));
  }

  test("an action, with Zapier's tool", async () => {
    await writeFile(join(project.path, '.env'), connection.join('\n'));
    const { exitCode, results } = await runCli(
      project.path,
      wordsOf('create create_ticket').slice(2),
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(results)).toMatchObject({ summary: 'No sound', contact: { id: 504 } });
  });

  // The tool starts slowly, so the app gets the input data of the others without it.
  test.each(Object.entries(RESULTS))('%s', async (step, expected) => {
    const [, , , kind, key = '', , json = '{}'] = wordsOf(step);
    const inputData = JSON.parse(json);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      auth: () => zapier.connect(),
      trigger: () => zapier.dropdown(key, inputData),
      search: () => zapier.step('searches', key, inputData),
      create: () => zapier.step('creates', key, inputData),
    };
    expect(await calls[String(kind)]?.()).toMatchObject(expected);
  });

  test('there is no other command, and docs/development.md shows some of these', () => {
    expect(commands).toHaveLength(Object.keys(RESULTS).length);
    const shown = readFileSync('docs/development.md', 'utf8').match(/^npx .+ invoke .+$/gm);
    expect(commands).toEqual(expect.arrayContaining(shown ?? ['']));
  });
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
