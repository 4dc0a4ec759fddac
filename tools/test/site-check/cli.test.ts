import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import type { DeskDirector } from '../../desk-director/server.ts';
import { readFlags } from '../../site-check/flags.ts';
import { inProject, startProgram } from '../program.ts';
import { SITE, startSite, startTunnel } from './checked-site.ts';

const CLI = inProject('tools/site-check/cli.ts');
const KEY = 'a-key-that-nobody-should-see';

/** Where the commands run: there is no `.env` of a developer. */
let folder: string;
let site: DeskDirector;
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-check-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  site = await startSite({ apiKey: KEY });
  tunnel = await startTunnel();
});

const { PATH = '' } = process.env;
const connection = () => ({
  DESKDIRECTOR_BASE_URL: site.url,
  authData_site: SITE,
  authData_apiKey: KEY,
});

const inPipe = (args: readonly string[], env: Record<string, string>) =>
  startProgram(process.execPath, [CLI, ...args], { cwd: folder, env: { PATH, ...env } });

/** In a terminal of 80 columns, which `script` makes, without a connection. */
function inTerminal(args: readonly string[]) {
  const command = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
  const shell = `stty cols 80 rows 24; exec ${command}`;
  return startProgram('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    cwd: folder,
    env: { PATH, DESKDIRECTOR_BASE_URL: site.url, SHELL: '/bin/sh', TERM: 'xterm' },
  });
}

/** By the script of package.json, without the build. */
function throughNpm(args: readonly string[]) {
  const script = packageJson.scripts['check-site'].split(' && ').at(-1) ?? '';
  const command = [script.replace(/\S+$/, `'${CLI}'`), ...args].join(' ');
  return startProgram('npm', ['exec', '--call', command], {
    cwd: folder,
    env: { ...connection(), PATH: `${inProject('node_modules/.bin')}:${PATH}` },
  });
}

const listen = () => ['--listen', '--url', tunnel.url, '--port', '0'];
const plain = (text: string) => stripVTControlCharacters(text).replaceAll('\r', '');
const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

test('in a pipe it prints plain text of 80 columns, a signal ends its wait, and it writes what the sandbox replays', async () => {
  // As for the tool of Zapier, a file .env counts more than the environment.
  const file = join(folder, '.env');
  await writeFile(file, `authData_apiKey=${KEY}\n`);
  const args = [...listen(), '--save', 'site.json', '--yes'];
  const check = inPipe(args, { ...connection(), authData_apiKey: 'old' });
  await check.printed('Waiting for a chat.');
  // To the process of the app, too.
  process.kill(-check.pid, 'SIGQUIT');
  expect(await check.ended).toBe(0);
  await rm(file);
  expect(site.subscriptions).toEqual([]);
  const output = check.output();
  expect(output).toBe(plain(output));
  expect(widest(output)).toBeLessThanOrEqual(80);
  expect(output).toMatch(/\nAs believed\n {2}- the ids of the two events\. The app believes:/);
  const words = output.replace(/\s+/g, ' ').trim();
  expect(words).toMatch(
    /^Checks http:\S+, from DESKDIRECTOR_BASE_URL\. This is not a real site\. This subscribes to the chats/,
  );
  expect(words).toMatch(
    / 5 as believed, 0 handled, 0 to fix, 17 not seen\. The check sees more with --session ID and --find TEXT\. .*It leaves out the key.* Written: site\.json$/,
  );
  expect(output).not.toContain(KEY);

  const saved = join(folder, 'site.json');
  const sandbox = ['tools/desk-director/cli.ts', '--port', '0', '--replay', saved];
  const { printed, output: told, kill, ended } = startProgram(process.execPath, sandbox);
  await printed('Ctrl+C stops it.');
  expect(told()).toMatch(/\n\S+ +Chat Session Status Changed \(chat_session_status_changed\)\n/);
  expect(told()).toContain('\n/companies  3\n');
  expect(told()).not.toContain('contact_id');
  kill('SIGTERM');
  expect(await ended).toBe(0);
  await expect(readFlags(['--save', saved, '--yes'])).rejects.toThrow(
    'site.json exists already. Choose another file for --save.',
  );
});

test('without a connection it says in one line what to set', async () => {
  const { output, ended } = inPipe([], {});
  expect(await ended).toBe(1);
  expect(output()).toMatch(/^Set authData_site and authData_apiKey.*\n$/);
});

test('in a terminal it asks, shows no key, unsubscribes at Ctrl+C, and ends with 1 when something is different', async () => {
  const refused = { times: Number.POSITIVE_INFINITY, path: /companies$/ };
  site.fail({ kind: 'status', status: 403, ...refused });
  const { output, type, printed, ended } = inTerminal([...listen(), '--save', 'agreed.json']);
  await printed('Site Host: ');
  type(`${SITE}\r`);
  await printed('API Key (not shown): ');
  type(`${KEY}\r`);
  await printed('Type yes to go on: ');
  expect(site.subscriptions).toEqual([]);
  type('yes\r');
  await printed('Waiting for a chat.');
  expect(site.subscriptions).toHaveLength(1);
  type('\u0003');
  await printed('before you send it.\r\nType yes to go on: ');
  expect(site.subscriptions).toEqual([]);
  await expect(readFile(join(folder, 'agreed.json'))).rejects.toThrow('ENOENT');
  type('yes\r');
  expect(await ended).toBe(1);
  await expect(readFile(join(folder, 'agreed.json'), 'utf8')).resolves.toContain('"events"');
  expect(output()).not.toContain(KEY);
  expect(output()).toContain('\u001b[32mAs believed');
  const text = plain(output());
  expect(text).toContain('  Unsubscribed.');
  expect(text).toContain('Nothing was delivered.');
  expect(text).toMatch(/Connection test +the site accepts the key/);
  expect(widest(text)).toBeLessThanOrEqual(80);
});

test('it shows no key that is pasted with the site, and goes on only with a yes', async () => {
  const { output, type, printed, ended } = inTerminal(listen());
  await printed('Site Host: ');
  type(`${SITE}\r${KEY}\r`);
  await printed('Type yes to go on: ');
  type('no\r');
  expect(await ended).toBe(1);
  expect(output()).toContain('Stopped: the answer was not yes.');
  expect(output()).not.toContain(KEY);
  expect(site.requests).toEqual([]);
});

test('Ctrl+C at the prompt ends it with words', async () => {
  const { output, type, printed, ended } = inTerminal([]);
  await printed('Site Host: ');
  type('\u0003');
  expect(await ended).toBe(1);
  expect(output()).toContain('Stopped: nothing was answered.');
});

// npm ends by a SIGHUP without a word.
test('when its npm ends during --listen, it unsubscribes', async () => {
  const { pid, printed, ended } = throughNpm([...listen(), '--yes']);
  await printed('Waiting for a chat.');
  process.kill(pid, 'SIGHUP');
  await printed('  Unsubscribed.');
  await ended;
  expect(site.subscriptions).toEqual([]);
});

test.each([
  [['--save', 'x.json'], 'Add --yes: --listen and --save ask a question'],
  [['--listen', '--url', 'https://tunnel.example'], 'Add --yes'],
  [['--listen'], '--listen needs --url https://'],
  [['--listen', '--url', 'http://tunnel.example'], '--listen needs --url https://'],
  [['--url', 'https://tunnel.example'], '--url goes with --listen.'],
  [['--port', 'x'], '--port must be a number'],
  [['--sessions', 'x'], "Unknown option '--sessions'"],
  [['--save', 'no/such/x.json', '--yes'], 'There is no folder no/such'],
  [['--save', 'folder/', '--yes'], 'folder/ is no file. Give --save the name of a file.'],
  [['--session', ' '], '--session needs the ID of a chat session.'],
])('%j is refused with words', async (args, words) => {
  await expect(readFlags(args)).rejects.toThrow(words);
});
