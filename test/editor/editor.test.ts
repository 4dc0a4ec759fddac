import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  barriers,
  button,
  choose,
  editors,
  fieldValue,
  focusedName,
  post,
  runs,
  turnOn,
  until,
} from './page.ts';

jest.setTimeout(120_000);

const STATUS_CHANGED = 'Chat Session Status Changed';
const example = readFileSync('sandbox/documented-example.json', 'utf8');

let browser: Awaited<ReturnType<typeof editors>>;
beforeAll(async () => {
  browser = await editors();
});
afterEach(() => browser.closeAll());
afterAll(() => browser.stop());

/** Where what is shown of a run stands. */
const run = (page: Page) => page.locator('#run');

test('a wrong key is told in the words of the app, and the right one names the connection', async () => {
  const { page } = await browser.open();
  await choose(page, STATUS_CHANGED);
  const key = page.getByLabel('API Key');
  await key.fill('wrong-key');
  await button(page, 'Connect').click();
  await page.getByRole('alert').getByText('did not accept the API key (401)').waitFor();
  expect(await page.content()).not.toContain('wrong-key');

  // Left empty, it is the sandbox's, which nobody has to know.
  await key.fill('');
  await button(page, 'Connect').click();
  await button(page, 'Refresh fields').waitFor();
  expect(await page.locator('#open-account').innerText()).toContain('support.deskdirector.com');
});

test.each(['localhost', 'someone@evil.example.com', '127.0.0.1'])(
  '%s is refused as a site',
  async (host) => {
    const { page, editor } = await browser.open();
    await choose(page, STATUS_CHANGED);
    await page.getByLabel('Site Host').fill(host);
    await button(page, 'Connect').click();
    await page.getByRole('alert').getByText('The Site Host').waitFor();
    expect(await page.getByLabel('Site Host').inputValue()).toBe(host);
    expect(editor.workbench.deskDirector.requests).toEqual([]);
  },
);

test('a chat that is played through runs the Zap for what its filters want', async () => {
  const { page, editor, complaints } = await browser.open();
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

  expect(await runs(page)).toEqual([
    '1 session, 1 run',
    '1 session, skipped: not what the Zap wants',
  ]);
  expect(await fieldValue(run(page), 'Close Note')).toBe('Printer restarted.');
  expect(await fieldValue(run(page), 'Member Name')).toBe('Sprocket Wrenchley');
  expect(complaints).toEqual([]);
});

test('all that people do with chats has its buttons', async () => {
  const { page, editor } = await browser.open();
  const statuses = () => editor.workbench.deskDirector.chats.list().map(({ status }) => status);
  await page.getByLabel('Customer', { exact: true }).selectOption('Tansy Oddsworth');
  await page.getByLabel('Chat name').fill('The clock is late');
  await button(page, 'Ask for a chat').click();
  await button(page, 'Customer leaves').click();
  await page.getByText('missed', { exact: true }).waitFor();

  await page.getByText('Leave a callback').click();
  await page.getByLabel('Phone').fill('+1 202-555-0199');
  await page.getByLabel('from').first().fill('2026-03-10T13:00');
  await page.getByLabel('to', { exact: true }).first().fill('2026-03-10T14:00');
  await button(page, 'Ask for the callback').click();
  await page.getByText('callback', { exact: true }).waitFor();
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
  await page.getByText('handled', { exact: true }).waitFor();
  expect(statuses()).toEqual(['handled', 'callback']);
  expect(await page.locator('.chat').first().innerText()).toContain('48213');
});

test('the records of a test are searched, and tell their keys', async () => {
  const { page } = await browser.open({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await choose(page, STATUS_CHANGED);
  await button(page, 'Connect').click();
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').click();
  const zap = page.locator('#zap');
  await zap.getByText('Chat Session A').waitFor();
  expect(await zap.locator('details.record').count()).toBe(3);
  await zap.getByText('Load more (3)').click();
  await zap.getByText('Chat Session F').click();
  await zap.locator('details.record').nth(5).getByText('Session ID').first().waitFor();

  await zap.getByLabel('Search fields').fill('close note');
  expect(
    await zap.locator('details.record').first().locator('[data-field]:visible dt').allInnerTexts(),
  ).toEqual(['Close Note']);
  await zap.getByLabel('Show keys').check();
  await zap.getByRole('button', { name: 'Copy the key of Close Note: close_note' }).first().click();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('close_note');
  // Line items are rows within rows.
  await zap.getByLabel('Search fields').fill('participants[]name');
  expect(
    await zap
      .locator('details.record')
      .first()
      .locator('.items li [data-field]:visible dt')
      .allInnerTexts(),
  ).toEqual(['Participant Name', 'Participant Name', 'Participant Name']);
});

test('the documented example arrives, and its fields are mapped into a later step', async () => {
  const { page } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await button(page, 'Post the delivery').click();
  await page.locator('#run-1').waitFor();
  expect(await fieldValue(run(page), 'Contact Name')).toBe('Liam Tait');
  expect(await fieldValue(run(page), 'Closed At')).toBe('2018-06-28T05:18:26.947Z');

  await run(page).getByRole('button', { name: 'Map Closed By Name' }).click();
  await run(page)
    .getByRole('button', { name: 'Map Participant Name', exact: true })
    .first()
    .click();
  await page.locator('#mapping-preview mark').nth(1).waitFor();
  expect(await page.getByLabel('Text, such as').inputValue()).toBe(
    '{{closed_by_name}} {{participants[]name}}',
  );
  expect(await page.locator('#mapping-preview mark').allInnerTexts()).toEqual([
    'Andrew Lahikainen',
    'Liam Tait,Andrew Lahikainen,Warwick Eade',
  ]);
});

test('rubbish is accepted, and its run says what arrived', async () => {
  const { page } = await browser.open();
  await turnOn(page, 'New Chat Session');
  await post(page, 'not JSON', 1);
  await run(page).getByText('but got text of 8 characters').waitFor();
  await post(page, '[{"id":"a"},null]', 2);
  await run(page).getByText('What the app logged').click();
  await run(page).getByText('entry 2 is null').waitFor();
  expect(await runs(page)).toEqual(['2 sessions, 1 run', '1 session, failed']);
  await page.locator('#run-1 button').click();
  await run(page).getByText('Raw body').click();
  expect(await run(page).locator('pre').innerText()).toBe('not JSON');
});

test('a run is played again; turned off, nothing runs', async () => {
  const { page, editor } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await button(page, 'Post the delivery').click();
  await page.locator('#run-1').waitFor();
  await button(page, 'Play again').click();
  await page.locator('#run-2').waitFor();
  expect(await page.locator('.run-trigger').allInnerTexts()).toEqual([
    `${STATUS_CHANGED} (played again)`,
    STATUS_CHANGED,
  ]);
  expect(await fieldValue(run(page), 'Contact Name')).toBe('Liam Tait');

  await button(page, 'Turn off').click();
  await page.getByText('The Zap is off.').waitFor();
  expect(editor.workbench.deskDirector.subscriptions).toEqual([]);
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('.chat').getByText('handled').waitFor();
  await button(page, 'Post the delivery').click();
  await page.getByText('No Zap is on that could take it').waitFor();
  expect(await runs(page)).toHaveLength(2);
});

test('a Zap that is on gets its new filters when the changes are published', async () => {
  const { page, editor } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-configure').click();
  await page.getByLabel('Missed: the customer left before anybody joined').check();
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').waitFor();
  await button(page, 'Continue').click();
  await page.getByText('with its earlier settings').waitFor();
  await button(page, 'Publish the changes').click();
  await page.getByText('waits for chats').waitFor();
  expect(editor.workbench.activeZaps).toMatchObject([
    { zap: { inputData: { statuses: ['missed'] } } },
  ]);
  expect(editor.workbench.deskDirector.subscriptions).toHaveLength(1);
});

test('a search finds a chat, and an action writes into it', async () => {
  const { page, editor } = await browser.open();
  const { chats } = editor.workbench.deskDirector;
  const { id } = chats.request();
  await choose(page, 'Find Chat Session');
  await button(page, 'Connect').click();
  await button(page, 'Continue').click();
  await page.getByText('Fill in Session ID.').waitFor();
  await page.getByLabel('Session ID (required)').fill(id);
  await button(page, 'Continue').click();
  await button(page, 'Test search').click();
  await page.getByText('Chat Session A').waitFor();
  expect(await fieldValue(page.locator('#zap'), 'Session ID')).toBe(id);

  await page.locator('#open-event').click();
  await choose(page, 'Send System Message in Chat');
  await page.getByLabel('Session ID (required)').fill(id);
  await page.locator('[name=message]').fill('Dear {{customer}}');
  await button(page, 'Continue').click();
  await button(page, 'Test action').click();
  await page.locator('.chat').getByText('Dear {{customer}}').waitFor();
  expect(chats.messages(id)).toMatchObject([{ body: { message: 'Dear {{customer}}' } }]);
});

test('a fault of the site reaches the page in the words of the app', async () => {
  const { page } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await page.getByText('What goes wrong').click();
  await page.getByLabel('Internal error (500)').check();
  await page.locator('#faults .hint').getByText('Internal error (500)').waitFor();
  await page.locator('#open-account').click();
  await button(page, 'Connect again').click();
  await page.getByRole('alert').getByText('internal error (500)').waitFor();

  await page.getByLabel('Answers 3 s late').check();
  await page.locator('#faults .hint').getByText('3 s late').waitFor();
  await button(page, 'Connect').click();
  // What takes its time is seen to do so.
  await page.getByRole('progressbar').waitFor({ state: 'visible' });
  await button(page, 'Refresh fields').waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'hidden' });
});

test('a hostile name is nothing but text', async () => {
  const { page, complaints } = await browser.open();
  const name = '<img src=x onerror="document.title=\'hacked\'">{{constructor}}';
  await turnOn(page, STATUS_CHANGED);
  await page.getByLabel('Chat name').fill(name);
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('#run-1').waitFor();
  expect(await fieldValue(run(page), 'Session Name')).toBe(name);
  await run(page).getByRole('button', { name: 'Map Session Name' }).click();
  await page.locator('#mapping-preview mark').waitFor();
  expect(await page.locator('#mapping-preview mark').innerText()).toBe(name);
  expect(await page.locator('.chat strong').innerText()).toBe(name);
  expect(await page.locator('main img').count()).toBe(0);
  expect(await page.title()).toBe('DeskDirector in the Zap editor');
  expect(complaints).toEqual([]);
});

test('the key stands in nothing that the page gets, whatever goes wrong', async () => {
  const { page, editor } = await browser.open();
  const { apiKey } = editor.workbench.deskDirector;
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    // This one ends with the page.
    if (!response.url().includes('/live?')) answers.push(response.text().catch(() => ''));
  });
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-account').click();
  await page.getByText('What goes wrong').click();
  // Those that are not tried again; `test/secrets.test.ts` has all of them.
  for (const label of ['(401)', '(500)', 'Points elsewhere', 'with a page', 'with cut JSON']) {
    await page.getByLabel(label).check();
    await page.locator('#faults .hint').getByText(label).first().waitFor();
    const answered = page.waitForResponse((response) => response.url().endsWith('/zap/account'));
    await page
      .locator('#panel-account')
      .getByRole('button', { name: /^Connect/ })
      .click();
    await answered;
    answers.push(page.content());
  }
  const live = await fetch(`${editor.url}/live?workbench=${editor.workbench.id}`);
  const chunk = await live.body?.getReader().read();
  answers.push(Promise.resolve(Buffer.from(chunk?.value ?? []).toString()));
  const texts = await Promise.all(answers);
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.filter((text) => text.includes(apiKey))).toEqual([]);
});

test('Reset begins anew', async () => {
  const { page, editor } = await browser.open();
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
  const { page, editor } = await browser.open();
  const other = await page.context().newPage();
  await other.goto(editor.url);
  await choose(page, STATUS_CHANGED);
  editor.workbench.deskDirector.fail({ kind: 'delay', ms: 1000, path: /connections/ });
  await button(page, 'Connect').click();
  await Promise.all([button(other, 'Reset').click(), button(page, 'Reset').click()]);
  for (const reloaded of [page, other]) await reloaded.locator('#open-account:disabled').waitFor();
  await choose(other, STATUS_CHANGED);
  await page.getByLabel('API Key').waitFor();
});

test('two pages show the same, and neither acts on what the other one changed', async () => {
  const { page, editor } = await browser.open();
  const other = await page.context().newPage();
  await other.goto(editor.url);
  await turnOn(page, STATUS_CHANGED);
  await other.getByText('The Zap is on').waitFor();
  await other.getByText('What goes wrong').click();
  await other.getByLabel('Is down (503)').check();
  await page.locator('#faults .hint').getByText('Is down (503)').first().waitFor();
  await other.getByLabel('Nothing', { exact: true }).check();

  // A form from before another step was chosen.
  const body = new URLSearchParams({ draft: 'former', statuses: 'missed' });
  const headers = { origin: editor.url };
  const answer = await fetch(`${editor.url}/zap/on`, { method: 'POST', headers, body });
  expect(await answer.text()).toContain('Nothing was done');
  expect(editor.workbench.activeZaps).toHaveLength(1);
});

test('what is typed stays, whatever arrives and whichever part is opened', async () => {
  const { page } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-configure').click();
  await page.getByLabel('Name Contains', { exact: true }).fill('Printer');
  await page.getByLabel('Company identifiers').first().fill('One');
  await button(page, 'Add another').click();
  await page.getByLabel('Company identifiers').last().fill('Two');
  await page.getByLabel('Chat name').fill('half a na');
  await post(page, example, 1);
  await page.getByText('Chat Session A').waitFor();
  expect(await page.getByLabel('Company identifiers').last().inputValue()).toBe('Two');

  await page.locator('#open-account').click();
  await page.getByLabel('Site Host').fill('elsewhere');
  await page.locator('#open-event').click();
  await page.locator('#open-account').click();
  expect(await page.getByLabel('Site Host').inputValue()).toBe('elsewhere');
  await page.locator('#open-event').click();
  // The same one again is no new Zap.
  await choose(page, STATUS_CHANGED);
  await button(page, 'Refresh fields').waitFor();
  expect(await page.getByLabel('Name Contains', { exact: true }).inputValue()).toBe('Printer');
  expect(await page.getByLabel('Company identifiers').first().inputValue()).toBe('One');
  expect(await page.getByLabel('Company identifiers').nth(1).inputValue()).toBe('Two');
  expect(await page.getByLabel('Chat name').inputValue()).toBe('half a na');
});

test('rows have dropdowns and defaults of their own, and more can be added', async () => {
  const { page, editor } = await browser.open();
  const { id } = editor.workbench.deskDirector.chats.request();
  await choose(page, 'Send System Message in Chat');
  await button(page, 'Connect').click();
  await page.getByLabel('Session ID (required)').fill(id);
  await page.locator('[name=message]').fill('Look here');
  const technicians = page.locator('[name="mentions[]mentions__memberId"]');
  await technicians.first().selectOption('Pixel Debugsworth');
  expect(await page.locator('[name="mentions[]mentions__loud"]').first().inputValue()).toBe(
    'false',
  );
  await page.locator('.form-field', { has: technicians }).getByText('Add another').first().click();
  await technicians.nth(1).selectOption('Modema Patchpanel');
  await button(page, 'Continue').click();
  await button(page, 'Test action').click();
  await page.getByText('1 record').waitFor();
  expect(editor.workbench.deskDirector.chats.messages(id)).toMatchObject([
    { body: { message: 'Look here', mentions: [{ memberId: 72 }, { memberId: 73 }] } },
  ]);
});

test('a large delivery and a long name leave the page usable', async () => {
  const { page } = await browser.open({ viewport: { width: 360, height: 800 } });
  await turnOn(page, 'New Chat Session');
  const sessions = Array.from({ length: 500 }, (_, n) => ({
    id: `chat-${n}`,
    name: 'x'.repeat(n ? 9 : 1e6),
  }));
  await post(page, JSON.stringify(sessions), 1);
  expect(await runs(page)).toEqual(['500 sessions, 500 runs']);
  await run(page).getByText('Load more (475)').click();
  await run(page).getByText('Chat Session AB').click();
  await run(page).locator('dd').getByText('chat-27').waitFor();
  await run(page).getByRole('button', { name: 'Map Session Name' }).first().click();
  await page.locator('#mapping-preview mark').waitFor();
  const height = await page.evaluate<number>("document.querySelector('#mapping').offsetHeight");
  expect(height).toBeLessThan(500);
});

test('what one looks at stays in sight until one wants the latest', async () => {
  const { page } = await browser.open();
  await turnOn(page, STATUS_CHANGED);
  await post(page, example, 1);
  await page.locator('#run-1 button').click();
  await run(page).getByText('Raw body').click();
  await run(page).getByLabel('Search fields').fill('status');
  // Posting by hand shows what comes of it.
  await button(page, 'Ask for a chat').click();
  await button(page, 'Technician joins').click();
  await page.locator('#run-2').waitFor();
  expect(await run(page).getByLabel('Search fields').inputValue()).toBe('status');
  expect(await run(page).locator('pre').isVisible()).toBe(true);
  await button(page, 'Show the latest').click();
  await run(page).getByText('Quilla Fernwhistle').first().waitFor();
});

test('a lost editor is told of', async () => {
  const { page, editor } = await browser.open();
  await editor.close();
  await page.getByText('The editor does not answer.').waitFor();
});

test("what is shown is the app's own definition: changed words are changed here", async () => {
  const relabelled = fileURLToPath(new URL('../fixtures/relabelled-app.js', import.meta.url));
  const { page } = await browser.open({}, relabelled);
  await page.getByText('Finds what was lost.').waitFor();
  await choose(page, 'Chat by Another Name');
  await page.getByLabel('Where It Is').waitFor();
  expect(await page.locator('strong', { hasText: 'whoever' }).count()).toBe(1);
  await button(page, 'Connect').click();
  await page.getByText('Ways to Begin').waitFor();
  await page.locator('#open-event').click();
  await turnOn(page, 'Chat by Another Name');
  await post(page, '[{"id":"chat-1"}]', 1);
  expect(await fieldValue(run(page), 'Number of the Chat')).toBe('chat-1');
});

test('the keyboard is enough, and never loses its place', async () => {
  const { page, editor } = await browser.open();
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
  expect(await runs(page)).toEqual([
    '1 session, skipped: not what the Zap wants',
    '1 session, 1 run',
  ]);
});

test.each([360, 390, 768, 1280, 1920])('%s pixels are wide enough', async (width) => {
  const { page } = await browser.open({ viewport: { width, height: 800 } });
  const overflow = () =>
    page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  expect(await overflow()).toBe(0);
  await turnOn(page, STATUS_CHANGED);
  await post(page, example.replace('Liam Tait', 'x'.repeat(500)), 1);
  await page.getByLabel('Show keys').check();
  await button(page, 'Ask for a chat').click();
  await page.getByText('Leave a callback').click();
  await page.getByText('What goes wrong').click();
  expect(await overflow()).toBe(0);
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing serious in the %s',
  async (colorScheme) => {
    const { page } = await browser.open({ colorScheme, reducedMotion: 'reduce' });
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
    await page.getByText('Leave a callback').click();
    await page.getByText('What goes wrong').click();
    expect(await barriers(page)).toEqual([]);

    await page.locator('#open-event').click();
    await choose(page, 'Send System Message in Chat');
    await button(page, 'Continue').click();
    await page.getByText('Fill in Session ID.').waitFor();
    await until(async () => (await focusedName(page)).startsWith('Session ID'));
    expect(await barriers(page)).toEqual([]);
  },
);
