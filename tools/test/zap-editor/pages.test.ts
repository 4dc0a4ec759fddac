import { expect, test } from '@jest/globals';
import { startEditor } from '../../zap-editor/editor.ts';
import { button, choose, editorsInBrowser, switchFault, turnOn, until } from './page.ts';

const STATUS_CHANGED = 'Chat Session Status Changed';
const openEditor = editorsInBrowser();

test('Reset begins anew', async () => {
  const { page, editor } = await openEditor();
  const { url } = editor.workbench.deskDirector;
  await turnOn(page, STATUS_CHANGED);
  await button(page, 'Ask for a chat').click();
  await page.locator('.chat').waitFor();
  await button(page, 'Reset').click();
  await page.getByText('No chats yet.').waitFor();
  await page.locator('#open-account:disabled').waitFor();
  expect(editor.workbench.activeZaps).toEqual([]);
  await expect(fetch(url)).rejects.toThrow();
});

test('Reset in two pages at once, amid a connection, leaves one beginning', async () => {
  const { page, editor } = await openEditor();
  const other = await page.context().newPage();
  await other.goto(editor.url);
  await choose(page, STATUS_CHANGED);
  const { deskDirector } = editor.workbench;
  // No answer comes before the reset ends the connection.
  deskDirector.fail({ kind: 'delay', ms: 3_600_000, path: /connections/ });
  await button(page, 'Connect').click();
  await until(async () => deskDirector.faults.hits > 0);
  await Promise.all([button(other, 'Reset').click(), button(page, 'Reset').click()]);
  for (const reloaded of [page, other]) await reloaded.locator('#open-account:disabled').waitFor();
  await choose(other, STATUS_CHANGED);
  await page.getByLabel('API Key').waitFor();
});

test('two pages show the same', async () => {
  const { page, editor } = await openEditor();
  const other = await page.context().newPage();
  await other.goto(editor.url);
  await turnOn(page, STATUS_CHANGED);
  await other.getByText('The Zap is on').waitFor();
  await switchFault(other, 'Is down (503)');
  await page.locator('#faults .hint').getByText('Is down (503)').first().waitFor();
  await button(other, 'Turn off').click();
  await page.getByText('The Zap is off.').waitFor();
});

test('a lost editor is told of, and the page shows the one that answers in its place', async () => {
  const { page, editor } = await openEditor();
  await choose(page, STATUS_CHANGED);
  await editor.close();
  await page.getByText('The editor does not answer.').waitFor();
  const { port } = new URL(editor.url);
  const other = await startEditor({ port: Number(port) });
  await page.locator('#open-account:disabled').waitFor();
  expect(await page.getByText('The editor does not answer.').count()).toBe(0);
  await other.close();
});
