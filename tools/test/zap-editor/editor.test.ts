import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { startEditor } from '../../zap-editor/editor.ts';
import { openStep } from '../../zap-editor/zap-draft.ts';
import {
  barriers,
  button,
  choose,
  editorInBrowser,
  fieldValue,
  focusedName,
  map,
  newZap,
  opens,
  panel,
  turnOn,
  until,
} from './page.ts';

const STATUS_CHANGED = 'Chat Session Status Changed';
const example = readFileSync('tools/desk-director/documented-example.json', 'utf8');
const opened = editorInBrowser();
beforeEach(() => newZap(opened.editor));

const configure = (page: Page) => panel(page, 'Configure');
const testPanel = (page: Page) => panel(page, 'Test');
const box = (page: Page, name: string) => configure(page).getByRole('textbox', { name });
const chat = (page: Page) => page.getByRole('listitem').filter({ hasText: 'Session ID' }).first();
const run = (page: Page) => page.getByRole('article', { name: /^Run / });
const lastRun = (page: Page) => page.locator('.runs button').first();
const step = (page: Page, name: string) => page.locator('h3').getByRole('button', { name });
const draft = () => openStep(opened.editor.workbench.draft);

/** Adds a step after the trigger, and opens its form. */
async function withStep(page: Page, label: string, trigger = STATUS_CHANGED): Promise<void> {
  await choose(page, trigger);
  await choose(page, label);
}

/** Goes from the form to the test, and tests the step. */
async function runTest(page: Page): Promise<void> {
  await opens(testPanel(page), () => button(page, 'Continue').click());
  await opens(page.getByRole('group', { name: 'Result of the test' }), () =>
    button(testPanel(page), /^Test (trigger|search|action|step)/).click(),
  );
}

/** Adds a step that sends what the trigger gives, and turns the Zap on. */
async function sendWhatArrives(page: Page, text: string): Promise<void> {
  await opens(panel(page, 'Publish'), () => button(page, /^Publish/).click());
  await opens(configure(page), () => button(page, 'Add “Send Me What Arrives”').click());
  await map(page, 'Text', text);
  await turnOn(page);
}

const askForChat = (page: Page) => opens(chat(page), () => button(page, 'Ask for a chat').click());

/** The sign beside something, by its class. */
const sign = async (beside: Locator) =>
  (await beside.locator('.sign').first().getAttribute('class'))?.replace('sign is-', '');

/** Posts a text by hand, and waits until it stands in the history. */
async function post(page: Page, body: string): Promise<void> {
  const number = opened.editor.workbench.history.length + 1;
  const body_ = page.getByLabel('Body', { exact: true });
  if (!(await body_.isVisible())) await page.getByText('For developers').click();
  await body_.fill(body);
  await button(page, 'Post the delivery').click();
  await page.locator(`#run-${number}`).waitFor();
}

test('what is typed is kept on reload, on Back, and when another page opens a step', async () => {
  const page = await opened.open();
  await withStep(page, 'Find Contact');
  await step(page, '1. Chat Session').click();
  await page.getByLabel('Name Contains', { exact: true }).fill('Printer');
  await page.getByLabel('Chat name').fill('half a na');
  await page.reload();
  const name = page.getByLabel('Name Contains', { exact: true });
  await until(async () => (await name.inputValue()) === 'Printer');
  expect(await page.getByLabel('Chat name').inputValue()).toBe('half a na');

  // The browser's Back leads to the panel before.
  await opens(panel(page, 'Account'), () => button(page, /^Account/).click());
  await page.getByLabel('Site Host').pressSequentially('x');
  await opens(configure(page), () => page.goBack());
  await opens(panel(page, 'Account'), () => page.goForward());
  expect(await page.getByLabel('Site Host').inputValue()).toContain('x');
  await button(page, /^Configure/).click();
  await page.getByLabel('Name Contains', { exact: true }).fill('Scanner');

  const other = await opened.open();
  const second = step(page, '2. Find Contact').and(page.locator('[aria-current=step]'));
  await step(other, '2. Find Contact').click();
  await second.waitFor();
  await step(page, '1. Chat Session').click();
  await until(async () => (await name.inputValue()) === 'Scanner');

  // A page that still shows what was there before another page changed it takes nothing back.
  await other.route('**/live', () => undefined);
  await other.reload();
  await step(other, '1. Chat Session').click();
  await other.getByLabel('Name Contains', { exact: true }).waitFor();
  await name.fill('Plotter');
  await until(async () => draft().input.nameContains === 'Plotter');
  await step(other, '2. Find Contact').click();
  await second.waitFor();
  await step(page, '1. Chat Session').click();
  await until(async () => (await name.inputValue()) === 'Plotter');
  expect(opened.complaints).toEqual([]);
});

test('a late answer is not overtaken, and then shows what another page did meanwhile', async () => {
  const [late, other] = [await opened.open(), await opened.open()];
  await choose(late, STATUS_CHANGED);
  const answer = Promise.withResolvers<void>();
  await late.route(/configure$/, async (route) => {
    const response = await route.fetch();
    await answer.promise;
    await route.fulfill({ response });
  });
  await button(late, 'Continue').click();
  await button(other, 'Skip the test').click();
  const next = 'Add “Send Me What Arrives”';
  await button(other, next).waitFor();
  // A page gets its news in order, so with the chat the later states of the Zap have come, too.
  await button(other, 'Ask for a chat').click();
  await chat(late).waitFor();
  expect(await button(late, 'Continue').isVisible()).toBe(true);
  answer.resolve();
  await button(late, next).waitFor();
});

test('an answer to one request does not end the wait for another', async () => {
  const page = await opened.open();
  await choose(page, STATUS_CHANGED);
  const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  let continued = 0;
  await page.route(/steps.*(fields|configure)$/, async (route) => {
    const isOfFields = route.request().url().endsWith('fields');
    continued += isOfFields ? 0 : 1;
    const response = await route.fetch();
    await answers[isOfFields ? 0 : 1].promise;
    await route.fulfill({ response });
  });
  await configure(page).getByLabel('Handled: a technician joined').check();
  await button(page, 'Continue').click();
  answers[0].resolve();
  await page.locator('[data-alters].htmx-request').waitFor({ state: 'detached' });
  await button(page, 'Continue').click();
  answers[1].resolve();
  await opens(panel(page, 'Publish'), () => button(page, 'Skip the test').click());
  expect(continued).toBe(1);
});

test('Remove can be undone, with all that was mapped', async () => {
  const page = await opened.open();
  await withStep(page, 'Find Contact');
  await map(page, 'Contact', '1. Contact Entity ID');
  await choose(page, 'Find Ticket');
  await map(page, 'Ticket', '2. ID');
  await opens(button(page, 'Undo'), () => button(page, 'Remove step 2. Find Contact').click());
  await step(page, '2. Find Ticket').getByText('Not complete').waitFor();
  await step(page, '2. Find Ticket').click();
  await button(page, 'Remove A field of a removed step').waitFor();
  await opens(box(page, 'Ticket'), () => button(page, 'Continue').click());
  await page.getByText('Ticket holds a field of a removed step.').waitFor();

  await opens(configure(page), () => button(page, 'Undo').click());
  expect(await button(page, 'Undo').count()).toBe(0);
  await step(page, '3. Find Ticket').click();
  await button(page, 'Remove 2. ID').waitFor();
  await opens(panel(page, 'App & event'), () => button(page, 'Add a step after step 1').click());
  await step(page, '4. Find Ticket').click();
  await button(page, 'Remove 3. ID').waitFor();
});

test('Start over asks first, and empties every page', async () => {
  const page = await opened.open();
  const other = await opened.open();
  await choose(page, STATUS_CHANGED);
  const { url } = opened.editor.workbench.deskDirector;
  const dialog = page.getByRole('dialog', { name: 'Start over?' });
  await button(page, 'Start over…').click();
  await dialog.getByText('all chats, tickets and notifications').waitFor();
  await button(page, 'Keep everything').click();
  await dialog.waitFor({ state: 'hidden' });
  await button(page, 'Start over…').click();
  await button(dialog, 'Start over').click();
  for (const one of [page, other]) await one.getByText('Start from a recipe').waitFor();
  await expect(fetch(url)).rejects.toThrow();
});

test('a lost editor is told, and a page whose editor was started anew says so', async () => {
  const editor = await startEditor();
  const page = await opened.open();
  await page.goto(editor.url);
  await button(page, /^Tell a manager/).click();
  await button(page, 'Connect').waitFor();
  await editor.close();
  await page.getByText('The editor does not answer.').waitFor();
  const other = await startEditor({ port: Number(new URL(editor.url).port) });
  await page.getByText('Your former Zap, its chats and its history are gone.').waitFor();
  await page.getByText('Start from a recipe').waitFor();
  await page.reload();
  await page.getByText('Your former Zap').waitFor({ state: 'hidden' });
  await other.close();
});

test('a field is mapped as a pill, with the keyboard, into a text', async () => {
  const page = await opened.open();
  await withStep(page, 'Find Contact');
  await map(page, 'Contact', '1. Contact Entity ID');
  await choose(page, 'Send Me What Arrives');
  const text = box(page, 'Text');
  await button(page, 'Continue').click();
  await page.getByText('Fill in Text.').waitFor();
  await until(async () => (await focusedName(page)).startsWith('Text'));
  await page.keyboard.type('Call ');
  await page.getByText('Fill in Text.').waitFor({ state: 'detached' });

  const dialog = page.getByRole('dialog', { name: 'Map a field into Text' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByText('2. Find Contact').waitFor();
  expect(await dialog.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
    '2. Find Contact',
    `1. ${STATUS_CHANGED}`,
  ]);
  const size = await dialog.boundingBox();
  expect(await focusedName(page)).toBe('Search fields');
  // A space is a part of the search. More than one hit takes nothing.
  await page.keyboard.type('contact na');
  await page.getByText('2 found').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('session na');
  await page.getByText('1 found').waitFor();
  expect(await dialog.boundingBox()).toEqual(size);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await until(async () => (await focusedName(page)).startsWith('Text'));
  await page.keyboard.type(' now');
  expect((await text.innerText()).replace(/\s+/g, ' ')).toMatch(
    /^Call 1\. Session Name · Chat Request from .*× now$/,
  );
  await until(async () => draft().input.text === 'Call {{1.name}} now');

  // Backspace takes a pill out as a whole, and so does its button.
  for (let count = 0; count < 5; count += 1) await page.keyboard.press('Backspace');
  await until(async () => draft().input.text === 'Call ');
  await map(page, 'Text', '1. Session ID');
  await until(async () => draft().input.text === 'Call {{1.id}}');
  await page.reload();
  expect(await text.getByRole('button').getAttribute('aria-label')).toBe('Remove 1. Session ID');
  await button(page, 'Remove 1. Session ID').press('Enter');
  await until(async () => draft().input.text === 'Call ');
  expect(await page.locator('main').innerText()).not.toContain('{{');
});

test('a field is mapped into a dropdown and into choices, and taken out again', async () => {
  const page = await opened.open();
  await withStep(page, 'Invite Users to Chat');
  await map(page, 'Chat Session', '1. Session ID');
  await map(page, 'Technicians', '1. Member Entity ID');
  await until(async () => String(draft().input.members) === '{{1.member_entity_id}}');
  await page.reload();
  expect(await barriers(page)).toEqual([]);
  await button(page, 'Remove 1. Member Entity ID').press('Enter');
  await until(async () => draft().input.members === undefined);

  await choose(page, 'Find Company');
  await map(page, 'Company', '1. Contact Company Entity ID');
  expect(await page.getByLabel('Company', { exact: true }).isVisible()).toBe(false);
  await until(async () => draft().input.company_id === '{{1.contact_company_entity_id}}');
  await button(page, /^Remove 1\. Contact Company/).press('Enter');
  await page.getByLabel('Company', { exact: true }).selectOption('Marzipan Lighthouse Tours');
  await until(async () => draft().input.company_id === '3103');
});

test('each sign says how a test or a value stands', async () => {
  const page = await opened.open();
  await choose(page, STATUS_CHANGED);
  expect(await sign(step(page, '1. Chat Session'))).toBe('untested');
  // A value that can't be right is told in its field.
  const waited = page.getByLabel('Waited at least');
  await waited.fill('abc');
  await opens(waited, () => button(page, 'Continue').click());
  await page.getByText('“abc” is not a whole number.').waitFor();
  expect(await sign(step(page, '1. Chat Session'))).toBe('todo');
  await waited.fill('5');
  await page.getByText('“abc” is not a whole number.').waitFor({ state: 'detached' });
  await waited.fill('');
  await page.getByLabel('Fernwhistle Florists').first().check();
  await runTest(page);
  expect(await sign(step(page, '1. Chat Session'))).toBe('done');
  await testPanel(page).getByText('These chats are made up').waitFor();
  await testPanel(page).getByText('the filter Companies counts from the first').waitFor();
  expect(await testPanel(page).getByText('Made up', { exact: true }).count()).toBe(5);
  await testPanel(page).getByLabel('Search fields').fill('close note');
  expect(await testPanel(page).locator('.field:visible dt').allInnerTexts()).toEqual([
    'Close Note',
  ]);

  await choose(page, 'Find Contact');
  await box(page, 'Contact').fill('999');
  await runTest(page);
  expect(await sign(step(page, '2. Find Contact'))).toBe('nothing');
  await testPanel(page).getByText('Nothing was found.').waitFor();
  await button(page, /^Configure/).click();
  await box(page, 'Contact').fill('Casey');
  await runTest(page);
  expect(await sign(step(page, '2. Find Contact'))).toBe('failed');
  // An error leads to the field that it names.
  await opens(box(page, 'Contact'), () => button(page, 'Go to Contact').click());
  await page.getByText('"Contact" does not hold an ID').waitFor();
  await box(page, 'Contact').fill('501');
  await page.getByText('"Contact" does not hold an ID').waitFor({ state: 'detached' });
  await runTest(page);
  expect(await fieldValue(testPanel(page), 'E-mail address')).toBe(
    'quilla.fernwhistle@example.com',
  );

  await choose(page, 'Filter');
  await map(page, 'Value', '1. Status');
  await page.getByLabel('Condition').first().selectOption('Does not exist');
  await runTest(page);
  expect(await sign(step(page, '3. Filter'))).toBe('stopped');
  expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);

  // Waiting for a choice is no error.
  await choose(page, 'Create Ticket');
  await page.getByText('once a request type is chosen').waitFor();
  await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
  await page.getByText('Choose a board first').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
});

test('the account says that it is a practice site, and refuses what is no public host', async () => {
  const page = await opened.open();
  await choose(page, STATUS_CHANGED);
  await button(page, /^Account/).click();
  const account = panel(page, 'Account');
  const connect = async (host: string, key = '') => {
    await page.getByLabel('Site Host').fill(host);
    await page.getByLabel('API Key').fill(key);
    await account.getByRole('button', { name: /^Connect/ }).click();
  };
  await connect('localhost');
  await account.getByRole('alert').getByText('is a name for a private network').waitFor();
  expect(await sign(account)).toBe('failed');
  await connect('evil.com');
  await configure(page).getByText('New Statuses', { exact: true }).waitFor();
  expect(await sign(account)).toBe('attention');
  await button(page, /^Account/).click();
  await account.getByText('Nothing was sent to evil.com').waitFor();
  await connect('support.deskdirector.com', 'wrong-key');
  await account.getByRole('alert').getByText('did not accept the API key (401)').waitFor();
  expect(await page.content()).not.toContain('wrong-key');
  await connect('support.deskdirector.com');
  await configure(page).getByText('New Statuses', { exact: true }).waitFor();
  expect(await sign(account)).toBe('done');
  expect(await account.innerText()).toContain('Practice site');
});

test('a chat says what came of it, in the words of the portals', async () => {
  const page = await opened.open();
  await choose(page, STATUS_CHANGED);
  await page.getByLabel('Abandoned: the customer left').check();
  await page.getByLabel('Marzipan Lighthouse Tours').first().check();
  await sendWhatArrives(page, '1. Status Name');
  await button(page, 'Build another Zap').click();

  await page.getByLabel('Customer', { exact: true }).first().selectOption('Tansy Oddsworth (503)');
  await askForChat(page);
  await chat(page).getByText('No run yet: the Zap waits for a change of status').waitFor();
  await opens(chat(page), () => button(chat(page), 'Customer leaves').click());
  const reason = 'Skipped: Oddsworth & Oddsworth Clockmakers is not in Companies';
  await chat(page).getByText(reason).waitFor();
  expect(await lastRun(page).innerText()).toContain('Tansy Oddsworth · Abandoned');
  expect(await lastRun(page).innerText()).toContain(reason);
  expect(await sign(lastRun(page))).toBe('skipped');

  // A site keeps back what its own filters reject.
  await newZap(opened.editor);
  await page.reload();
  await choose(page, 'New Chat Session');
  await page.getByLabel('Name Contains', { exact: true }).fill('lighthouse');
  await sendWhatArrives(page, '1. Session Name');
  await askForChat(page);
  await chat(page).getByText('Not sent: the filters of the site kept it back').waitFor();
  await page.getByLabel('Chat name').fill('A lighthouse <b>{{constructor}}</b>');
  await askForChat(page);
  await opens(run(page), () => button(chat(page), 'See the run').click());
  await run(page).getByText('All steps ran', { exact: true }).waitFor();
  expect(await chat(page).innerText()).toContain('A lighthouse <b>{{constructor}}</b>');
  expect(opened.complaints).toEqual([]);
});

test('a Zap of only a trigger is not turned on, and changes are published', async () => {
  const page = await opened.open();
  await choose(page, STATUS_CHANGED);
  await opens(panel(page, 'Publish'), () => button(page, /^Publish/).click());
  await page.getByText('a Zap needs at least two').waitFor();
  expect(await button(page, 'Turn on').count()).toBe(0);
  await sendWhatArrives(page, '1. Session ID');
  await step(page, '1. Chat Session').click();
  await button(page, /^Configure/).click();
  await page.getByLabel('Handled: a technician joined').check();
  await button(page, /^Publish/).click();
  await page.getByText('The Zap is on with its earlier settings.').waitFor();
  await button(page, 'Publish the changes').click();
  await page.getByText('The Zap is on and waits.').waitFor();
  expect(opened.editor.workbench.activeZaps).toMatchObject([
    { zap: { inputData: { statuses: ['handled'] } } },
  ]);
  expect(opened.editor.workbench.deskDirector.subscriptions).toHaveLength(1);

  // An error leads to the field that it names.
  await button(page, 'Turn off').click();
  opened.editor.workbench.deskDirector.answerNext(/chat-workflows$/, {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"The filter \\"Chat types\\" is not allowed."}',
  });
  await button(page, 'Turn on').click();
  await panel(page, 'Publish').getByRole('alert').getByText('is not allowed').waitFor();
  expect(await sign(panel(page, 'Publish'))).toBe('failed');
  await opens(page.getByRole('group', { name: 'Chat types' }), () =>
    button(page, 'Go to Chat types').click(),
  );
  await page.getByRole('group', { name: 'Chat types' }).getByText('is not allowed').waitFor();
});

test('a run tells where it failed, and is played again', async () => {
  const page = await opened.open();
  const { deskDirector } = opened.editor.workbench;
  await withStep(page, 'Send System Message in Chat');
  await map(page, 'Chat Session', '1. Session ID');
  await box(page, 'Message (required)').fill('Sorry');
  await turnOn(page);
  deskDirector.fail({ kind: 'status', status: 403, path: /system-messages/ });
  await askForChat(page);
  await opens(chat(page), () => button(chat(page), 'Customer leaves').click());
  await chat(page).getByText('Failed at 2. Send System Message in Chat').waitFor();
  await opens(run(page), () => button(chat(page), 'See the run').click());
  await run(page).getByRole('alert').getByText('(403)').waitFor();
  expect(await sign(lastRun(page))).toBe('failed');
  expect(await fieldValue(run(page).locator('.step-runs'), 'Message')).toBe('Sorry');
  expect(await barriers(page)).toEqual([]);
  await opens(run(page), () => button(run(page), 'Replay').click());
  await run(page).getByText('All steps ran', { exact: true }).waitFor();
  await chat(page).getByText('Sorry', { exact: true }).waitFor();
});

test('what developers need is under one heading', async () => {
  const page = await opened.open({ viewport: { width: 360, height: 800 } });
  await choose(page, 'New Chat Session');
  await sendWhatArrives(page, '1. Session Name');
  expect(await page.getByLabel('Body', { exact: true }).isVisible()).toBe(false);
  await post(page, 'not JSON');
  await run(page).getByText('but got text of 8 characters').waitFor();
  const developers = page.locator('#developers');
  await developers.locator('pre', { hasText: 'not JSON' }).waitFor();
  await post(page, example);
  await developers.locator('pre', { hasText: '"contact_name": "Liam Tait"' }).waitFor();
  const sessions = Array.from({ length: 500 }, (_, n) => ({
    id: `chat-${n}`,
    name: 'x'.repeat(n ? 9 : 1e6),
  }));
  await post(page, JSON.stringify([null, ...sessions]));
  await developers.getByText('entry 1 is null').waitFor();
  expect(await lastRun(page).innerText()).toContain('500 runs');
  await run(page).getByText('These are 25 of 500.').waitFor();
  await run(page).getByText('Chat Session Y').click();
  await run(page).getByText('2. Send Me What Arrives').last().waitFor();
  // Shorter runs show that all colours can be read.
  expect(await barriers(page, false)).toEqual([]);

  // What one looks at stays until one wants the latest.
  await page.locator('.runs button', { hasText: 'The trigger failed' }).first().click();
  await run(page).getByText('but got text').waitFor();
  await post(page, example);
  await run(page).getByText('Liam Tait').first().waitFor();

  // Turned off, nothing runs.
  await button(page, 'Turn off').click();
  await page.getByText('The Zap is off.').waitFor();
  await button(page, 'Post the delivery').click();
  await page.getByText('No Zap is on.').waitFor();

  await developers.getByLabel('Is down (503)').check();
  await until(async () => opened.editor.workbench.deskDirector.faults.waiting.length === 1);
  await developers.getByLabel('None', { exact: true }).check();
  await until(async () => opened.editor.workbench.deskDirector.faults.waiting.length === 0);
});

test('a technician starts a chat from a ticket, and the customer joins and is called back', async () => {
  const page = await opened.open();
  const { chats } = opened.editor.workbench.deskDirector;
  await page.getByText('A technician starts a chat', { exact: true }).click();
  await page.getByLabel('Ticket', { exact: true }).fill('48213');
  await opens(chat(page), () => button(page, 'Start a chat').click());
  await chat(page).getByText('48213').waitFor();
  await opens(chat(page), () => button(chat(page), 'Customer joins').click());
  await chat(page).getByLabel('Note on closing').fill('Printer restarted.');
  await opens(chat(page), () => button(chat(page), 'Complete').click());
  await chat(page).getByText('Completed', { exact: true }).waitFor();
  expect(chats.list()[0]).toMatchObject({
    status: 'completed',
    closeRecord: { note: 'Printer restarted.' },
  });
});
