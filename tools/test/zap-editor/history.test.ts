import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { button, editorsInBrowser, fieldValue, post, runs, shownRun, turnOn } from './page.ts';

const STATUS_CHANGED = 'Chat Session Status Changed';
const example = readFileSync('tools/desk-director/documented-example.json', 'utf8');
const openEditor = editorsInBrowser();

test('a chat that is played through runs the Zap for what its filters want', async () => {
  const { page, editor, complaints } = await openEditor();
  await turnOn(page, STATUS_CHANGED, async (zap) => {
    await zap.getByLabel('Completed: a technician closed the chat').check();
    await zap.getByLabel('Fernwhistle Florists').first().check();
  });
  expect(editor.workbench.activeZaps).toMatchObject([
    { zap: { inputData: { statuses: ['completed'], company_ids: ['3101'] } } },
  ]);

  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('#run-1').waitFor();
  await page.getByLabel('Note on closing').fill('Printer restarted.');
  await button(page, 'Complete').click();
  await page.locator('#run-2').waitFor();

  expect(await runs(page)).toEqual(['1 session, 1 run', '1 session, skipped by the filters']);
  expect(await fieldValue(shownRun(page), 'Close Note')).toBe('Printer restarted.');
  expect(await fieldValue(shownRun(page), 'Member Name')).toBe('Sprocket Wrenchley');
  expect(complaints).toEqual([]);
});

test('all that people do with chats has its buttons', async () => {
  const { page, editor } = await openEditor();
  const statuses = () => editor.workbench.deskDirector.chats.list().map(({ status }) => status);
  await page.getByLabel('Customer', { exact: true }).selectOption('Tansy Oddsworth');
  await page.getByLabel('Chat name').fill('The clock is late');
  await button(page, 'Ask for a chat').click();
  await button(page, 'Customer leaves').click();
  await page.getByText('Abandoned', { exact: true }).waitFor();

  await page.getByText('Leave a callback', { exact: true }).click();
  await page.getByLabel('Phone').fill('+1 202-555-0199');
  await page.getByLabel('from').first().fill('2026-03-10T13:00');
  await page.getByLabel('to', { exact: true }).first().fill('2026-03-10T14:00');
  await button(page, 'Ask for the callback').click();
  await page.locator('.chat .status').getByText('Callback', { exact: true }).waitFor();
  expect(editor.workbench.deskDirector.chats.list()).toMatchObject([
    {
      name: 'The clock is late',
      creator: { name: 'Tansy Oddsworth' },
      callback: {
        type: 'phone',
        phone: '+1 202-555-0199',
        preferredTime: [
          {
            start: new Date('2026-03-10T13:00').toISOString().replace('Z', '0000Z'),
            end: new Date('2026-03-10T14:00').toISOString().replace('Z', '0000Z'),
          },
        ],
      },
    },
  ]);

  await page.getByLabel('Ticket ID').fill('48213');
  await button(page, 'Start a chat').click();
  await button(page, 'Customer joins').click();
  await page.getByText('Handled', { exact: true }).waitFor();
  expect(await page.locator('.chat').first().innerText()).toContain('48213');

  await button(page, 'Leave a callback instead').click();
  await page.locator('.chat').nth(2).waitFor();
  expect(statuses()).toEqual(['callback', 'handled', 'callback']);
});

test('rubbish is accepted, and its run says what arrived', async () => {
  const { page } = await openEditor();
  await turnOn(page, 'New Chat Session');
  await post(page, 'not JSON', 1);
  await shownRun(page).getByText('but got text of 8 characters').waitFor();
  await post(page, '[{"id":"a"},null]', 2);
  await shownRun(page).getByText('What the app logged').click();
  await shownRun(page).getByText('entry 2 is null').waitFor();
  expect(await runs(page)).toEqual(['2 sessions, 1 run', '1 session, failed']);
  await page.locator('#run-1 button').click();
  await shownRun(page).getByText('Raw body').click();
  expect(await shownRun(page).locator('pre').innerText()).toBe('not JSON');
});

test('the documented example arrives, and is played again; turned off, nothing runs', async () => {
  const { page, editor } = await openEditor();
  await turnOn(page, STATUS_CHANGED);
  await button(page, 'Post the delivery').click();
  await page.locator('#run-1').waitFor();
  await button(page, 'Replay').click();
  await page.locator('#run-2').waitFor();
  expect(await page.locator('.run-trigger').allInnerTexts()).toEqual([
    `${STATUS_CHANGED} (replay)`,
    STATUS_CHANGED,
  ]);
  expect(await fieldValue(shownRun(page), 'Contact Name')).toBe('Liam Tait');
  expect(await fieldValue(shownRun(page), 'Closed At')).toBe('2018-06-28T05:18:26.947Z');

  await button(page, 'Turn off').click();
  await page.getByText('The Zap is off.').waitFor();
  expect(editor.workbench.deskDirector.subscriptions).toEqual([]);
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('.chat').getByText('Handled').waitFor();
  await button(page, 'Post the delivery').click();
  await page.getByText('No Zap is on.').waitFor();
  expect(await runs(page)).toHaveLength(2);
});

test('a hostile name is nothing but text', async () => {
  const { page, complaints } = await openEditor();
  const name = '<img src=x onerror="document.title=\'hacked\'">{{constructor}}';
  await turnOn(page, STATUS_CHANGED);
  await page.getByLabel('Chat name').fill(name);
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('#run-1').waitFor();
  expect(await fieldValue(shownRun(page), 'Session Name')).toBe(name);
  expect(await page.locator('.chat strong').innerText()).toBe(name);
  expect(await page.locator('main img').count()).toBe(0);
  expect(await page.title()).toBe('DeskDirector in the Zap editor');
  expect(complaints).toEqual([]);
});

test('a large delivery and a long name leave the page usable', async () => {
  const { page } = await openEditor({ viewport: { width: 360, height: 800 } });
  await turnOn(page, 'New Chat Session');
  const sessions = Array.from({ length: 500 }, (_, n) => ({
    id: `chat-${n}`,
    name: 'x'.repeat(n ? 9 : 1e6),
  }));
  await post(page, JSON.stringify(sessions), 1);
  expect(await runs(page)).toEqual(['500 sessions, 500 runs']);
  await shownRun(page).getByText('Load more (475)').click();
  await shownRun(page).getByText('Chat Session AB').click();
  await shownRun(page).locator('dd').getByText('chat-27').waitFor();
});

test('what one looks at stays in sight until one wants the latest', async () => {
  const { page } = await openEditor();
  await turnOn(page, STATUS_CHANGED);
  await post(page, example, 1);
  await page.locator('#run-1 button').click();
  await shownRun(page).getByText('Raw body').click();
  await shownRun(page).getByLabel('Search fields').fill('status');
  // Posting by hand shows what comes of it.
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('#run-2').waitFor();
  expect(await shownRun(page).getByLabel('Search fields').inputValue()).toBe('status');
  expect(await shownRun(page).locator('pre').isVisible()).toBe(true);
  await button(page, 'Show the latest').click();
  await shownRun(page).getByText('Quilla Fernwhistle').first().waitFor();
});
