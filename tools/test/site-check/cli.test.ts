import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { checkAndSave, OTHER_EVENTS, SITE, startTunnel } from './checked-site.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const CLI = path('tools/site-check/cli.ts');
const KEY = 'a-key-that-nobody-should-see';

/** Where the commands run: there is no `.env` of a developer. */
let folder: string;
let site: DeskDirector;
const started: ChildProcessWithoutNullStreams[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  site = await startDeskDirector({ apiKey: KEY });
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await site.stop();
});

const connection = () => ({
  DESKDIRECTOR_BASE_URL: site.url,
  authData_site: SITE,
  authData_apiKey: KEY,
});

interface Command {
  readonly child: ChildProcessWithoutNullStreams;
  /** All that was printed so far. */
  readonly output: () => string;
  /** Resolves when something was printed. */
  readonly printed: (words: string) => Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

function run(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  detached = false,
): Command {
  const { PATH = '' } = process.env;
  const child = spawn(file, args, { cwd: folder, env: { PATH, ...env }, detached });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      child.emit('printed');
    });
  }
  return {
    child,
    output: () => output,
    async printed(words) {
      while (!output.includes(words)) await once(child, 'printed');
    },
    ended: once(child, 'close').then(([code]) => code),
  };
}

const inPipe = (args: readonly string[], env: Record<string, string> = connection()) =>
  run(process.execPath, [CLI, ...args], env);

/** In a terminal of 80 columns, which `script` makes. */
const inTerminal = (args: readonly string[], env: Record<string, string> = connection()) => {
  const command = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
  const shell = `stty cols 80 rows 24; exec ${command}`;
  return run('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    ...env,
    SHELL: '/bin/sh',
    TERM: 'xterm',
  });
};

/** By the script of package.json, without the build, in a process group of its own. */
async function throughNpm(args: readonly string[]) {
  const script = packageJson.scripts['check-site']
    .replace('npm run -s build && ', '')
    .replace(/\S+$/, `'${CLI}'`);
  const scripts = { 'check-site': script };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
  const bin = path('node_modules/.bin');
  const PATH = `${bin}:${process.env.PATH}`;
  return run('npm', ['run', 'check-site', '--', ...args], { ...connection(), PATH }, true);
}

const plain = (text: string) => stripVTControlCharacters(text).replaceAll('\r', '');
const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

test('in a pipe it prints plain text of 80 columns, and ends with 0', async () => {
  const { output, ended } = inPipe([]);
  expect(await ended).toBe(0);
  expect(output()).toBe(plain(output()));
  expect(widest(output())).toBeLessThanOrEqual(80);
  expect(output()).toContain('Not published');
  const words = output().replace(/\s+/g, ' ').trim();
  expect(words).toMatch(
    /^Checks http:\S+, from DESKDIRECTOR_BASE_URL\. This is not a real site\. What the site/,
  );
  expect(words).toMatch(
    / 3 as believed, 0 handled, 0 to fix, 11 not seen\. The check sees more with --session ID and --listen\.$/,
  );
  expect(output()).not.toContain(KEY);
});

test('without another address it names no site that the app refuses', async () => {
  const { output, ended } = inPipe([], { authData_site: '192.168.0.7', authData_apiKey: KEY });
  expect(await ended).toBe(1);
  expect(output()).toMatch(/^Checks the site\.\n/);
});

test('in a terminal it asks for what is missing, and shows no key', async () => {
  const { child, output, printed, ended } = inTerminal([], { DESKDIRECTOR_BASE_URL: site.url });
  await printed('Site Host: ');
  child.stdin.write(`${SITE}\r`);
  await printed('API Key (not shown): ');
  child.stdin.write(`${KEY}\r`);
  expect(await ended).toBe(0);
  expect(output()).not.toContain(KEY);
  expect(plain(output())).toMatch(/Connection test +the site accepts the key/);
  expect(output()).toContain('\u001b[32mas believed');
  expect(widest(plain(output()))).toBeLessThanOrEqual(80);
});

test('a key that is pasted with the site is used, and not shown', async () => {
  const { child, output, printed, ended } = inTerminal([], { DESKDIRECTOR_BASE_URL: site.url });
  await printed('Site Host: ');
  child.stdin.write(`${SITE}\r${KEY}\r`);
  expect(await ended).toBe(0);
  expect(output()).not.toContain(KEY);
  expect(plain(output())).toMatch(/Connection test +the site accepts the key/);
});

test('Ctrl+C at the prompt ends it with words', async () => {
  const { child, output, printed, ended } = inTerminal([], {});
  await printed('Site Host: ');
  child.stdin.write('\u0003');
  expect(await ended).toBe(1);
  expect(output()).toContain('Stopped: nothing was answered.');
});

test('a file .env counts more than the environment, as for the tool of Zapier', async () => {
  const other = join(folder, '.env');
  await writeFile(other, `authData_apiKey=${KEY}\n`);
  const { ended } = inPipe([], { ...connection(), authData_apiKey: 'old' });
  expect(await ended).toBe(0);
  await rm(other);
});

test('a site that is different ends with 1', async () => {
  site.fail({ kind: 'status', status: 403, path: /ContactDetails/, times: 9 });
  expect(await inPipe([]).ended).toBe(1);
});

test.each<[string[], string]>([
  [[], 'Set authData_site and authData_apiKey'],
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
])('in a pipe without a connection, %j is refused with words', async (args, words) => {
  const { output, ended } = inPipe(args, {});
  expect(await ended).toBe(1);
  expect(output()).toContain(words);
  expect(output().trim().split('\n')).toHaveLength(1);
});

test('--save writes a new file with --yes, and never over another one', async () => {
  const { output, ended } = inPipe(['--save', 'site.json', '--yes']);
  expect(await ended).toBe(0);
  expect(output()).toMatch(/It leaves out the key[\s\S]*Written: site.json\n$/);
  const text = await readFile(join(folder, 'site.json'), 'utf8');
  const again = inPipe(['--save', 'site.json', '--yes']);
  expect(await again.ended).toBe(1);
  expect(again.output()).toBe('site.json exists already. Choose another file for --save.\n');
  expect(await readFile(join(folder, 'site.json'), 'utf8')).toBe(text);
});

test('--save asks in a terminal, and writes nothing without a yes', async () => {
  const { child, output, printed, ended } = inTerminal(['--save', 'refused.json']);
  await printed('Type yes to go on: ');
  child.stdin.write('no\r');
  expect(await ended).toBe(1);
  expect(output()).toContain('Stopped: the answer was not yes.');
  await expect(readFile(join(folder, 'refused.json'))).rejects.toThrow('ENOENT');
});

test('Ctrl+C during --listen unsubscribes', async () => {
  const tunnel = await startTunnel();
  const args = ['--listen', '--url', tunnel.url, '--port', '0'];
  const { child, output, printed, ended } = inTerminal(args);
  await printed('Type yes to go on: ');
  expect(site.subscriptions).toEqual([]);
  child.stdin.write('yes\r');
  await printed('Waiting for a chat.');
  expect(site.subscriptions).toHaveLength(1);
  child.stdin.write('\u0003');
  expect(await ended).toBe(0);
  expect(site.subscriptions).toEqual([]);
  expect(plain(output())).toContain('  Unsubscribed.');
  expect(plain(output())).toContain('Nothing was delivered.');
  await tunnel.stop();
});

test.each([
  ['SIGTERM', 'npm'],
  ['SIGHUP', 'npm'],
  ['SIGHUP', 'all its processes'],
  ['SIGQUIT', 'all its processes'],
] as const)('%s to %s during --listen unsubscribes', async (signal, receivers) => {
  const tunnel = await startTunnel();
  const args = ['--listen', '--url', tunnel.url, '--port', '0', '--yes'];
  const { child, printed, ended } = await throughNpm(args);
  await printed('Waiting for a chat.');
  const { pid = 0 } = child;
  process.kill(receivers === 'npm' ? pid : -pid, signal);
  await printed('  Unsubscribed.');
  await ended;
  expect(site.subscriptions).toEqual([]);
  await tunnel.stop();
});

test('a port that is taken is told, and nothing is subscribed', async () => {
  const { port } = new URL(site.url);
  const { output, ended } = inPipe(['--listen', '--url', site.url, '--port', port, '--yes']);
  expect(await ended).toBe(1);
  expect(output()).toContain(`Port ${port} is in use.`);
  expect(site.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the sandbox replays a saved site, and says what it serves', async () => {
  const other = await startDeskDirector({ events: OTHER_EVENTS });
  const file = join(folder, 'replayed.json');
  await checkAndSave(file, other);
  await other.stop();
  const args = [path('tools/desk-director/cli.ts'), '--port', '0', '--replay', file];
  const { child, printed, ended, output } = run(process.execPath, args, {});
  await printed('Ctrl+C stops it.');
  expect(output()).toContain('\nconversation.created  Conversation created (new_chat_session)\n');
  expect(output()).toContain('\n/companies  3\n');
  expect(output()).not.toContain('contact_id');
  const url = /DESKDIRECTOR_BASE_URL=(\S+)/.exec(output())?.[1];
  const events = await fetch(`${url}/api/v2/automate/connector/chat-webhook-events`, {
    headers: { authorization: 'DdApi sandbox-key' },
  });
  expect(await events.text()).toContain('conversation.created');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});
