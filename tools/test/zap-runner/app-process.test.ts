import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import { endSignals } from '../../common/command-line.ts';
import { startEditor } from '../../zap-editor/editor.ts';
import type { AppEvent } from '../../zap-runner/worker.ts';
import { startZapRunner } from '../../zap-runner/zap-runner.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const ENDLESS_APP = path('tools/test/fixtures/endless-app.js');

/** The endless app connects to this server. The connection ends when the app's process ends. */
let watcher: Server;
let site: string;
const pids: number[] = [];
beforeAll(async () => {
  watcher = createServer().listen(0, '127.0.0.1');
  await once(watcher, 'listening');
  site = `127.0.0.1:${portOf(watcher.address())}`;
});
afterEach(() => {
  for (const pid of pids.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has ended, as it should.
    }
  }
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
  pids.push(Number(pid));
  return { ended };
}

test("the app's process ends when its parent is killed, even amid a loop without an end", async () => {
  const code = `
    import { startZapRunner } from './tools/zap-runner/zap-runner.ts';
    const [, site, appPath] = process.argv;
    const runner = await startZapRunner({ authData: { site }, appPath });
    await runner.connect();`;
  const args = ['--input-type=module', '--eval', code, site, ENDLESS_APP];
  const parent = spawn(process.execPath, args, { cwd: path('.'), stdio: 'ignore' });
  const app = await endlessApp();
  parent.kill('SIGKILL');
  await app.ended;
});

test("what looks after the parent neither prints nor keeps the app's process alive", async () => {
  const app = fork(path('tools/zap-runner/worker.ts'), [path('dist/index.js')], {
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

test.each(endSignals)(
  "a %s to all processes of a terminal does not end the app's",
  async (signal) => {
    const app = fork(path('tools/zap-runner/worker.ts'), [path('dist/index.js')], {
      env: {},
      execArgv: [],
      stdio: 'ignore',
    });
    pids.push(app.pid ?? 0);
    await once(app, 'message');
    app.kill(signal);
    const ended = once(app, 'exit').then(() => ['ended']);
    app.send({ command: 'validate', bundle: {} } satisfies AppEvent);
    expect(await Promise.race([once(app, 'message'), ended])).toMatchObject([{ error: null }]);
  },
);

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

describe.each([
  ['the editor', 'tools/zap-editor/cli.ts'],
  ['the sandbox', 'tools/desk-director/cli.ts'],
])('%s', (_, cli) => {
  test('leaves no process behind when it is told to stop', async () => {
    const group = startGroup(process.execPath, [cli, '--port', '0']);
    await once(group.process.stdout, 'data');
    group.process.kill('SIGTERM');
    expect(await once(group.process, 'exit')).toEqual([0, null]);
    await group.gone();
  });

  // The shell of a script waits for its last command, unless the script says `exec`.
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves no process behind when its npm gets a %s',
    async (signal) => {
      const script = Object.values(packageJson.scripts).find((one) => one.includes(` ${cli}`));
      const command = `${script?.split(' && ').at(-1)} --port 0`;
      const group = startGroup('npm', ['exec', '--call', command]);
      await once(group.process.stdout, 'data');
      group.process.kill(signal);
      await group.gone();
    },
  );
});

test('the demo leaves no process behind', async () => {
  const group = startGroup(process.execPath, ['tools/demo/demo.ts']);
  group.process.stdout.resume();
  expect(await once(group.process, 'exit')).toEqual([0, null]);
  await group.gone();
});

/** Starts a program in its own process group. All processes that it starts belong to the group. */
function startGroup(file: string, args: readonly string[]) {
  const { NODE_ENV, ...env } = process.env;
  const program = spawn(file, args, { cwd: path('.'), env, detached: true });
  const { pid = 0 } = program;
  pids.push(-pid);
  return {
    process: program,
    /** Resolves when no process of the group is left. */
    async gone() {
      try {
        for (;;) {
          process.kill(-pid, 0);
          await sleep(20);
        }
      } catch {
        // The group has ended.
      }
    },
  };
}
