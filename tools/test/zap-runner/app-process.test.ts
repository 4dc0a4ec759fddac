import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import { endSignals } from '../../common/command-line.ts';
import { startEditor } from '../../zap-editor/editor.ts';
import type { AppEvent } from '../../zap-runner/worker.ts';
import { BUILT_APP, startZapRunner } from '../../zap-runner/zap-runner.ts';
import { inProject, leftBehind, startProgram } from '../program.ts';

const WORKER = inProject('tools/zap-runner/worker.ts');
const ENDLESS_APP = inProject('tools/test/fixtures/endless-app.js');

/** The endless app connects to this server. The connection ends when the app's process ends. */
let watcher: Server;
let site: string;
beforeAll(async () => {
  watcher = createServer().listen(0, '127.0.0.1');
  await once(watcher, 'listening');
  site = `127.0.0.1:${portOf(watcher.address())}`;
});
afterAll(() => {
  watcher.close();
});

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' ? (address?.port ?? 0) : 0;

/** Resolves when an endless app loops, with a promise that resolves when its process has ended. */
async function endlessApp(): Promise<{ ended: Promise<unknown> }> {
  const socket = await new Promise<Socket>((resolve) => watcher.once('connection', resolve));
  const ended = once(socket, 'close');
  const [pid] = await once(socket, 'data');
  leftBehind.push(Number(pid));
  return { ended };
}

test("the app's process ends when its parent is killed, even amid a loop without an end", async () => {
  const code = `
    import { BUILT_APP, startZapRunner } from './tools/zap-runner/zap-runner.ts';
    const [, site, appPath] = process.argv;
    const runner = await startZapRunner({ authData: { site }, appPath });
    await runner.connect();`;
  const args = ['--input-type=module', '--eval', code, site, ENDLESS_APP];
  const parent = spawn(process.execPath, args, { cwd: inProject('.'), stdio: 'ignore' });
  const app = await endlessApp();
  parent.kill('SIGKILL');
  await app.ended;
});

test("what looks after the parent neither prints nor keeps the app's process alive", async () => {
  const app = fork(WORKER, [BUILT_APP], {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed = Promise.all([app.stdout, app.stderr].map((stream) => stream && text(stream)));
  await once(app, 'message');
  app.disconnect();
  expect(await once(app, 'exit')).toEqual([0, null]);
  expect(await printed).toEqual(['', '']);
});

test("no signal to all processes of a terminal ends the app's", async () => {
  const app = fork(WORKER, [BUILT_APP], { env: {}, execArgv: [], stdio: 'ignore' });
  leftBehind.push(app.pid ?? 0);
  await once(app, 'message');
  for (const signal of endSignals) app.kill(signal);
  const ended = once(app, 'exit').then(() => ['ended']);
  app.send({ command: 'validate', bundle: {} } satisfies AppEvent);
  expect(await Promise.race([once(app, 'message'), ended])).toMatchObject([{ error: null }]);
});

test('a Zap runner that is stopped ends an app that loops', async () => {
  const runner = await startZapRunner({ authData: { site }, appPath: ENDLESS_APP });
  const connected = runner.connect();
  const failure = expect(connected).rejects.toThrow('authentication.test');
  const app = await endlessApp();
  await runner.stop();
  await app.ended;
  await failure;
});

test('an editor that is closed ends an app that loops', async () => {
  const editor = await startEditor({ appPath: ENDLESS_APP });
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${editor.url}/zap/steps/${editor.workbench.draft.openId}/${path}`, {
      method: 'POST',
      headers: { origin: editor.url },
      body: new URLSearchParams(fields),
    });
  await post('choose/triggers/new_chat_session', {});
  const cut = expect(post('account', { site })).rejects.toThrow();
  const app = await endlessApp();
  await editor.close();
  await app.ended;
  await cut;
});

const EDITOR = 'tools/zap-editor/cli.ts';
const SANDBOX = 'tools/desk-director/cli.ts';

test('the editor leaves no process behind when it is told to stop', async () => {
  const program = startProgram(process.execPath, [EDITOR, '--port', '0']);
  await program.printed('Ctrl+C');
  program.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  await program.gone();
});

// npm passes a SIGTERM on, and ends by a SIGHUP without a word. The shell of a script waits for its
// last command, unless the script says `exec`.
test.each([
  [SANDBOX, 'SIGTERM'],
  [EDITOR, 'SIGHUP'],
] as const)('%s leaves no process behind when its npm gets a %s', async (cli, signal) => {
  const script = Object.values(packageJson.scripts).find((one) => one.includes(` ${cli}`));
  const command = `${script?.split(' && ').at(-1)} --port 0`;
  const program = startProgram('npm', ['exec', '--call', command]);
  await program.printed('Ctrl+C');
  program.kill(signal);
  await program.gone();
});
