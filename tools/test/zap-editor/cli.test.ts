import { expect, test } from '@jest/globals';
import { startEditor } from '../../zap-editor/editor.ts';
import { startProgram } from '../program.ts';

const start = (...args: string[]) =>
  startProgram(process.execPath, ['tools/zap-editor/cli.ts', ...args]);

test('it prints one address, serves the page there, and leaves no process behind', async () => {
  const program = start('--port', '0');
  await program.printed('Ctrl+C');
  const [url, ...others] = program.output().match(/http:\S+/g) ?? [];
  expect(others).toEqual([]);
  expect(await (await fetch(url ?? '')).text()).toContain(
    '<h1>DeskDirector in the Zap editor</h1>',
  );
  program.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  await program.gone();
});

/** Expects that the editor does not start, with these words in one line. */
async function refuses(args: readonly string[], words: string): Promise<void> {
  const program = start(...args);
  expect([await program.ended, program.output()]).toEqual([1, `${words}\n`]);
}

test.each([
  [['--port', 'x'], '--port must be a number from 0 to 65535.'],
  [['--prot'], "Unknown option '--prot'"],
  [
    ['--replay', 'none.json'],
    "none.json can't be read. Give the file that check-site --save wrote.",
  ],
])('%s is refused in one line', refuses);

test('a port that is taken is told', async () => {
  const editor = await startEditor();
  const { port } = new URL(editor.url);
  const words = `Port ${port} is in use. Add another port to the command, such as "-- --port 4050".`;
  await refuses(['--port', port], words).finally(editor.close);
});
