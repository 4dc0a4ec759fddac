import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import { endSignals } from '../../common/command-line.ts';
import { startEditor } from '../../zap-editor/editor.ts';
import { createAppProcess } from '../../zap-runner/app-process.ts';
import type { AppEvent } from '../../zap-runner/worker.ts';
import { gone, inProject, leftBehind, startProgram } from '../program.ts';

const WORKER = inProject('tools/zap-runner/worker.ts');
const ENDLESS_APP = inProject('tools/test/fixtures/endless-app.js');

/** The endless app connects to this server. The connection ends when the app's process ends. */
const watcher = createServer();
let site: string;
beforeAll(async () => {
  await once(watcher.listen(0, '127.0.0.1'), 'listening');
  const address = watcher.address();
  site = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  watcher.close();
});

/** Resolves when an endless app loops, with a promise that resolves when its process has ended. */
async function endlessApp(): Promise<{ ended: Promise<unknown> }> {
  const [socket] = await once(watcher, 'connection');
  const ended = once(socket, 'close');
  const [pid] = await once(socket, 'data');
  leftBehind.push(Number(pid));
  return { ended };
}

test("the app's process ends when its parent is killed, even amid a loop without an end", async () => {
  const code = `
    import { startZapRunner } from './tools/zap-runner/zap-runner.ts';
    const [, site, appPath] = process.argv;
    const runner = await startZapRunner({ authData: { site }, appPath });
    await runner.connect();`;
  const args = ['--input-type=module', '--eval', code, site, ENDLESS_APP];
  const parent = spawn(process.execPath, args, { cwd: inProject('.'), stdio: 'ignore' });
  const app = await endlessApp();
  parent.kill('SIGKILL');
  await app.ended;
});

test("no signal to all processes of a terminal ends the app's, and without a parent it ends silently", async () => {
  const app = fork(WORKER, [ENDLESS_APP], {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  leftBehind.push(app.pid ?? 0);
  const printed = Promise.all([app.stdout, app.stderr].map((stream) => stream && text(stream)));
  await once(app, 'message');
  for (const signal of endSignals) app.kill(signal);
  const ended = once(app, 'exit');
  app.send({ command: 'validate', bundle: {} } satisfies AppEvent);
  expect(await Promise.race([once(app, 'message'), ended])).toMatchObject([{ error: null }]);
  app.disconnect();
  expect(await ended).toEqual([0, null]);
  expect(await printed).toEqual(['', '']);
});

test('an app is started again whose process ended before its connection did', async () => {
  const app = createAppProcess(inProject('tools/test/fixtures/outlived-app.js'), {});
  for (const starts of [1, 2]) {
    const { results } = await app.handle({ command: 'validate', bundle: {} });
    expect(results).toEqual([expect.any(Number), expect.any(Number)]);
    const [pid = Number.NaN, heir = Number.NaN] = [results].flat().map(Number);
    leftBehind.push(heir);
    await gone(pid);
    expect(app.starts).toBe(starts);
  }
});

test('an editor that is closed ends an app that loops', async () => {
  const editor = await startEditor({ appPath: ENDLESS_APP });
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${editor.url}/zap/steps/${editor.workbench.draft.openId}/${path}`, {
      method: 'POST',
      headers: { origin: editor.url },
      body: new URLSearchParams(fields),
    });
  await post('choose/triggers/new_email', {});
  const cut = expect(post('account', { site })).rejects.toThrow();
  const app = await endlessApp();
  await editor.close();
  await app.ended;
  await cut;
});

// npm ends by a SIGHUP without a word. The shell of a script waits for its last command, unless the script
// says `exec`.
test('the editor leaves no process behind when its npm gets a SIGHUP', async () => {
  const command = packageJson.scripts.start.split(' && ').at(-1);
  const program = startProgram('npm', ['exec', '--call', `${command} --port 0`]);
  await program.printed('Ctrl+C');
  program.kill('SIGHUP');
  await program.gone();
});
