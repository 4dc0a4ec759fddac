import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  barriers,
  button,
  choose,
  editorsInBrowser,
  focusedName,
  post,
  runs,
  turnOn,
  until,
} from './page.ts';

const STATUS_CHANGED = 'Chat Session Status Changed';
const example = readFileSync('tools/desk-director/documented-example.json', 'utf8');
const openEditor = editorsInBrowser();

test('the keyboard is enough, and never loses its place', async () => {
  const { page, editor } = await openEditor();
  /** Goes on with Tab until something has the focus, then presses a key. */
  const press = async (name: RegExp, key: string) => {
    for (let tabs = 0; tabs < 150; tabs += 1) {
      await page.keyboard.press('Tab');
      if (name.test(await focusedName(page))) return page.keyboard.press(key);
    }
    throw new Error(`The keyboard does not lead to ${name}.`);
  };
  /** Waits until the focus has come back from what is gone. */
  const hasFocus = (name: string) => until(async () => (await focusedName(page)).includes(name));

  await press(/^Chat Session Status Changed/, 'Enter');
  await page.getByLabel('API Key').waitFor();
  await hasFocus('Account');
  await press(/^Connect$/, 'Enter');
  await button(page, 'Refresh fields').waitFor();
  await hasFocus('Configure');
  await press(/^Handled/, 'Space');
  await press(/^Continue$/, 'Enter');
  await button(page, 'Test trigger').waitFor();
  await hasFocus('Test');
  await press(/^Test trigger$/, 'Enter');
  await page.getByText('Chat Session A').waitFor();
  await press(/^Continue$/, 'Enter');
  await button(page, 'Turn on').waitFor();
  await hasFocus('Publish');
  await press(/^Turn on$/, 'Enter');
  await page.getByText('waits for chats').waitFor();
  await press(/^Ask for a chat$/, 'Enter');
  await press(/^Technician joins$/, 'Enter');
  await page.locator('#run-1').waitFor();
  // The button is gone; the same chat has others.
  await until(() => page.evaluate("document.activeElement.closest('.chat') !== null"));
  await press(/^Post the delivery$/, 'Enter');
  await page.locator('#run-2').waitFor();
  expect(await focusedName(page)).toBe('Post the delivery');
  expect(editor.workbench.activeZaps).toMatchObject([
    { zap: { inputData: { statuses: ['handled'] } } },
  ]);
  expect(await runs(page)).toEqual(['1 session, skipped by the filters', '1 session, 1 run']);
});

test('any width is wide enough', async () => {
  const { page } = await openEditor();
  /** By how many pixels the page is too wide, at each width of a window. */
  const overflow = async () => {
    const found: Record<number, number> = {};
    for (const width of [360, 390, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      found[width] = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
    }
    return found;
  };
  const none = { 360: 0, 390: 0, 768: 0, 1280: 0, 1920: 0 };
  expect(await overflow()).toEqual(none);
  await turnOn(page, STATUS_CHANGED);
  await post(page, example.replace('Liam Tait', 'x'.repeat(500)), 1);
  await page.getByLabel('Show keys').check();
  await button(page, 'Ask for a chat').click();
  await page.getByText('Leave a callback', { exact: true }).click();
  await page.getByText('Fault', { exact: true }).click();
  expect(await overflow()).toEqual(none);
});

test('axe finds nothing serious, in the light and in the dark', async () => {
  const { page } = await openEditor({ reducedMotion: 'reduce' });
  expect(await barriers(page)).toEqual([]);
  await choose(page, STATUS_CHANGED);
  await page.getByLabel('API Key').fill('wrong');
  await button(page, 'Connect').click();
  await page.getByRole('alert').getByText('401').waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.getByLabel('API Key').fill('');
  await button(page, 'Connect').click();
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').click();
  await page.getByText('Chat Session A').waitFor();
  expect(await barriers(page)).toEqual([]);
  await button(page, 'Continue').click();
  await button(page, 'Turn on').click();
  await page.getByText('The Zap is on').waitFor();
  await post(page, 'rubbish', 1);
  await button(page, 'Ask for a chat').click();
  await page.getByText('Leave a callback', { exact: true }).click();
  await page.getByText('Fault', { exact: true }).click();
  expect(await barriers(page)).toEqual([]);

  await page.locator('#open-event').click();
  await choose(page, 'Send System Message in Chat');
  await button(page, 'Continue').click();
  await page.getByText('Fill in Chat Session.').waitFor();
  await until(async () => (await focusedName(page)).startsWith('Chat Session'));
  expect(await barriers(page)).toEqual([]);
});
