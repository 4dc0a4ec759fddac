import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { startEditor } from '../../zap-editor/editor.ts';

const started: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

function start(...args: string[]) {
  const child = spawn(process.execPath, ['tools/zap-editor/cli.ts', ...args]);
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  started.push(child);
  return child;
}

test('it prints one address, serves the page there, and stops when it is told to', async () => {
  const child = start('--port', '0');
  const [words] = await once(child.stdout, 'data');
  const [url, ...others] = String(words).match(/http:\S+/g) ?? [];
  expect(others).toEqual([]);
  expect(await (await fetch(url ?? '')).text()).toContain(
    '<h1>DeskDirector in the Zap editor</h1>',
  );
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  [['--port', 'x'], '--port must be a number from 0 to 65535.\n'],
  [['--prot'], "Unknown option '--prot'\n"],
  [
    ['--replay', 'none.json'],
    "none.json can't be read. Give the file that check-site --save wrote.\n",
  ],
])('%s is refused in one line', async (args, words) => {
  const child = start(...args);
  const [told] = await once(child.stderr, 'data');
  expect(told).toBe(words);
  expect(await once(child, 'exit')).toEqual([1, null]);
});

test('a port that is taken is told', async () => {
  const editor = await startEditor();
  const child = start('--port', new URL(editor.url).port);
  const [told] = await once(child.stderr, 'data');
  await editor.close();
  expect(told).toBe(
    `Port ${new URL(editor.url).port} is in use. Add another port to the command, such as "-- --port 4050".\n`,
  );
});
