import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { faultSwitches, forAllAnswers } from '../../zap-editor/fault-switches.ts';
import {
  button,
  choose,
  editorsInBrowser,
  fieldValue,
  post,
  shownRun,
  switchFault,
  turnOn,
} from './page.ts';

const STATUS_CHANGED = 'Chat Session Status Changed';
const example = readFileSync('tools/desk-director/documented-example.json', 'utf8');
const openEditor = editorsInBrowser();

test('a wrong key is told in the words of the app, and the right one names the connection', async () => {
  const { page } = await openEditor();
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

test('a site that is no public host is refused, and stays in the form', async () => {
  const { page, editor } = await openEditor();
  await choose(page, STATUS_CHANGED);
  for (const [host, words] of [
    ['localhost', 'is a name for a private network'],
    ['someone@evil.example.com', 'holds a user name'],
    ['127.0.0.1', 'is an IP address'],
  ] as const) {
    await page.getByLabel('Site Host').fill(host);
    await button(page, 'Connect').click();
    await page.getByRole('alert').getByText(`The Site Host ${words}`).waitFor();
    expect(await page.getByLabel('Site Host').inputValue()).toBe(host);
  }
  expect(editor.workbench.deskDirector.requests).toEqual([]);
});

test('the records of a test are searched, and tell their keys', async () => {
  const { page } = await openEditor({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await choose(page, STATUS_CHANGED);
  await button(page, 'Connect').click();
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').click();
  const zap = page.locator('#zap');
  await zap.getByText('Chat Session A').waitFor();
  expect(await zap.locator('details.record').count()).toBe(3);
  await zap.getByText('Load more (2)').click();
  await zap.getByText('Chat Session E').click();
  await zap.locator('details.record').nth(4).getByText('Session ID').first().waitFor();

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

test('a Zap that is on gets its new filters when the changes are published', async () => {
  const { page, editor } = await openEditor();
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-configure').click();
  await page.getByLabel('Abandoned: the customer left before anybody joined').check();
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').waitFor();
  await button(page, 'Continue').click();
  await page.getByText('The Zap is on with its earlier settings.').waitFor();
  await button(page, 'Publish the changes').click();
  await page.getByText('waits for chats').waitFor();
  expect(editor.workbench.activeZaps).toMatchObject([
    { zap: { inputData: { statuses: ['missed'] } } },
  ]);
  expect(editor.workbench.deskDirector.subscriptions).toHaveLength(1);
});

test('a search finds a chat, and an action writes into it', async () => {
  const { page, editor } = await openEditor();
  const { chats } = editor.workbench.deskDirector;
  const { id } = chats.request();
  await choose(page, 'Find Chat Session');
  await button(page, 'Connect').click();
  await button(page, 'Continue').click();
  await page.getByText('Fill in Chat Session.').waitFor();
  await page.getByLabel('Chat Session (required)').fill(id);
  await button(page, 'Continue').click();
  await button(page, 'Test search').click();
  await page.getByText('Chat Session A').waitFor();
  expect(await fieldValue(page.locator('#zap'), 'Session ID')).toBe(id);

  await page.locator('#open-event').click();
  await choose(page, 'Send System Message in Chat');
  await page.getByLabel('Chat Session (required)').fill(id);
  await page.locator('[name=message]').fill('Dear {{customer}}');
  await button(page, 'Continue').click();
  await button(page, 'Test action').click();
  await page.locator('.chat').getByText('Dear {{customer}}').waitFor();
  expect(chats.messages(id)).toMatchObject([{ body: { message: 'Dear {{customer}}' } }]);
});

test('rows have dropdowns and defaults of their own, and more can be added', async () => {
  const { page, editor } = await openEditor();
  const { id } = editor.workbench.deskDirector.chats.request();
  await choose(page, 'Send System Message in Chat');
  await button(page, 'Connect').click();
  await page.getByLabel('Chat Session (required)').fill(id);
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

test('what is typed stays, whatever arrives and whichever part is opened', async () => {
  const { page } = await openEditor();
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-configure').click();
  await page.getByLabel('Name Contains', { exact: true }).fill('Printer');
  await page.getByText('Advanced Filters of Your DeskDirector Site').click();
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

test('a fault of the site reaches the page in the words of the app', async () => {
  const { page } = await openEditor();
  await turnOn(page, STATUS_CHANGED);
  await switchFault(page, 'Internal error (500)');
  await page.locator('#open-account').click();
  await button(page, 'Connect again').click();
  await page.getByRole('alert').getByText('internal error (500)').waitFor();
});

test('what takes its time is seen to do so', async () => {
  const { page } = await openEditor();
  await choose(page, STATUS_CHANGED);
  await switchFault(page, 'Answers 3 s late');
  await button(page, 'Connect').click();
  await page.getByRole('progressbar').waitFor({ state: 'visible' });
  await switchFault(page, 'None');
  await button(page, 'Refresh fields').waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'hidden' });
});

test('whatever can be switched on to go wrong does so at the site', async () => {
  const { page, editor } = await openEditor();
  for (const { label, fault } of faultSwitches) {
    await switchFault(page, label);
    expect(editor.workbench.deskDirector.faults.waiting).toEqual([forAllAnswers(fault)]);
  }
  await switchFault(page, 'None');
  expect(editor.workbench.deskDirector.faults.waiting).toEqual([]);
});

test("what is shown is the app's own definition: changed words are changed here", async () => {
  const relabelled = fileURLToPath(new URL('../fixtures/relabelled-app.js', import.meta.url));
  const { page } = await openEditor({}, relabelled);
  await button(page, 'Add a step').click();
  await page.getByText('Finds what was lost.').waitFor();
  await button(page, 'Remove step 2. Action').click();
  await page.getByText('Triggers', { exact: true }).waitFor();
  await choose(page, 'Chat by Another Name');
  await page.getByLabel('Where It Is').waitFor();
  expect(await page.locator('strong', { hasText: 'whoever' }).count()).toBe(1);
  await button(page, 'Connect').click();
  await page.getByText('Ways to Begin').waitFor();
  await page.locator('#open-event').click();
  await turnOn(page, 'Chat by Another Name');
  await post(page, '[{"id":"chat-1"}]', 1);
  expect(await fieldValue(shownRun(page), 'Number of the Chat')).toBe('chat-1');
});

test('the key stands in nothing that the page gets, whatever goes wrong', async () => {
  const { page, editor } = await openEditor();
  const { apiKey } = editor.workbench.deskDirector;
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    // This one ends with the page.
    if (!response.url().includes('/live')) answers.push(response.text());
  });
  await turnOn(page, STATUS_CHANGED);
  await page.locator('#open-account').click();
  // Those that are not tried again; `test/secrets.test.ts` has all of them.
  for (const label of [
    'Refuses the key (401)',
    'Internal error (500)',
    'Redirects to another site',
    'Answers with a page',
    'Answers with incomplete JSON',
  ]) {
    await switchFault(page, label);
    const answered = page.waitForResponse((response) => response.url().endsWith('/account'));
    await page
      .locator('#panel-account')
      .getByRole('button', { name: /^Connect/ })
      .click();
    await answered;
    answers.push(page.content());
  }
  const live = await fetch(`${editor.url}/live`);
  const chunk = await live.body?.getReader().read();
  answers.push(Promise.resolve(Buffer.from(chunk?.value ?? []).toString()));
  const texts = await Promise.all(answers);
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.filter((text) => text.includes(apiKey))).toEqual([]);
});
