import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  barriers,
  button,
  choose,
  editorsInBrowser,
  fieldValue,
  focusedName,
  runs,
  shownRun,
  until,
} from './page.ts';

/* A Zap with several steps. The first test is the user guide's recipe *Follow up an abandoned chat*. */

const openEditor = editorsInBrowser();
const zap = (page: Page) => page.locator('#zap');
const testPanel = (page: Page) => page.locator('#panel-test');

/** Makes the trigger for abandoned chats, and tests it. */
async function abandonedChats(page: Page): Promise<void> {
  await choose(page, 'Chat Session Status Changed');
  await button(page, 'Connect').click();
  await page.getByLabel('Abandoned: the customer left').check();
  await goOn(page);
  await runTest(page, 'trigger', 'Chat Session A');
}

/** Adds a step after the last one. */
async function addStep(page: Page, label: string): Promise<void> {
  await button(zap(page), 'Add a step').click();
  await choose(page, label);
  await button(zap(page), 'Refresh fields').waitFor();
}

/** Maps a field of an earlier step, such as `1. Session ID`, into a field of the form. */
async function map(page: Page, into: string, field: string): Promise<void> {
  await button(zap(page), `Map a field into ${into}`).click();
  await button(page.locator('#mapping'), `Map ${field}`).click();
}

async function openStep(page: Page, name: string): Promise<void> {
  await zap(page).locator('h3 button', { hasText: name }).click();
  await zap(page).locator('[aria-current=step]', { hasText: name }).waitFor();
}

async function runTest(page: Page, kind: string, result: string): Promise<void> {
  await zap(page)
    .getByRole('button', { name: `Test ${kind}` })
    .click();
  await testPanel(page).getByText(result).first().waitFor();
}

/** Leaves the form for the test. */
async function goOn(page: Page): Promise<void> {
  await button(zap(page), 'Continue').click();
  await page.locator('#open-test[aria-expanded=true]').waitFor();
}

test('an abandoned chat is followed up', async () => {
  const { page, editor, complaints } = await openEditor();
  const { chats, notifications, tickets } = editor.workbench.deskDirector;
  await abandonedChats(page);

  // The chats of the test are made up, and so is their contact.
  await addStep(page, 'Find Contact');
  await map(page, 'Contact', '1. Contact Entity ID');
  expect(await page.getByLabel('Contact (required)').inputValue()).toBe('{{1.contact_entity_id}}');
  await goOn(page);
  await runTest(page, 'search', 'Contact A');
  expect(await fieldValue(testPanel(page), 'ID')).toBe('2000005102');
  expect(await fieldValue(testPanel(page), 'E-mail address')).toBe('Example E-mail address');
  // A member of a member.
  expect(await fieldValue(testPanel(page), 'Company Name')).toBe('Example Company Name');

  await addStep(page, 'Create Ticket');
  await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
  await page.getByLabel('Summary (required)').fill('Abandoned:');
  await map(page, 'Summary', '1. Session Name');
  await map(page, 'Contact', '2. ID');
  // The statuses are those of the board.
  const status = page.locator('select[name=statusId]');
  await page.getByText('Choose a board first').waitFor();
  await page.getByLabel('Board', { exact: true }).selectOption('Projects');
  await status.selectOption('Under Way');
  await page.getByLabel('Board', { exact: true }).selectOption('Service Desk');
  await page.getByText('In Progress').waitFor({ state: 'attached' });
  expect(await status.inputValue()).toBe('');
  await status.selectOption('In Progress');
  await goOn(page);
  // A made-up contact is sent to no site.
  await runTest(page, 'action', '"Contact" holds a made-up ID');
  expect(tickets.list()).toEqual([]);
  await page.locator('#open-configure').click();
  await page.getByLabel('Contact (required)').fill('501');
  await goOn(page);
  await runTest(page, 'action', 'Ticket A');
  const ticketId = await fieldValue(testPanel(page), 'ID');
  expect(tickets.list()).toMatchObject([
    { id: Number(ticketId), contact: { id: 501 }, status: { name: 'In Progress' } },
  ]);

  await addStep(page, 'Send Notification to Member');
  await page.getByLabel('Member (required)').selectOption('Pixel Debugsworth');
  await page.getByLabel('Message (required)').fill('Please call');
  await map(page, 'Message', '1. Contact Name');
  await page.keyboard.type('. The ticket is');
  await map(page, 'Message', '3. ID');
  expect(await page.getByLabel('Message (required)').inputValue()).toBe(
    'Please call {{1.contact_name}}. The ticket is {{3.id}}',
  );
  await goOn(page);
  await runTest(page, 'action', 'Notification A');
  await page.locator('#tech-portal').getByText(`The ticket is ${ticketId}`).waitFor();

  // What was filled in for the test gives way to the field that was mapped.
  await openStep(page, '3. Create Ticket');
  await page.locator('#open-configure').click();
  await page.getByLabel('Contact (required)').fill('');
  await map(page, 'Contact', '2. ID');
  await map(page, 'Chat', '1. Session ID');
  await map(page, 'Company', '1. Contact Company Entity ID');
  expect(
    await page.getByLabel('Company', { exact: true }).locator('option:checked').innerText(),
  ).toBe('1. Contact Company Entity ID');
  await goOn(page);
  await page.locator('#open-publish').click();
  await button(zap(page), 'Turn on').click();
  await page.getByText('The Zap is on').waitFor();

  await page.getByLabel('Customer', { exact: true }).selectOption('Tansy Oddsworth');
  await button(page, 'Ask for a chat').click();
  await button(page, 'Customer leaves').click();
  await page.locator('#run-1').waitFor();

  expect(await runs(page)).toEqual(['1 session, 1 run']);
  const steps = shownRun(page).locator('.step-runs > li');
  expect(await steps.locator('summary strong').allInnerTexts()).toEqual([
    '1. Chat Session Status Changed',
    '2. Find Contact',
    '3. Create Ticket',
    '4. Send Notification to Member',
  ]);
  await shownRun(page).getByText('All steps ran').waitFor();
  await steps.nth(1).locator('summary').click();
  expect(await fieldValue(steps.nth(1), 'Contact')).toBe('503');
  expect(await fieldValue(steps.nth(1), 'E-mail address')).toBe('tansy.oddsworth@example.com');
  const [chat] = chats.list();
  const [ticket] = tickets.list();
  expect(ticket).toMatchObject({
    summary: `Abandoned: ${chat?.name}`,
    contact: { id: 503 },
    company: { name: 'Oddsworth & Oddsworth Clockmakers' },
    chatSessionId: chat?.id,
  });
  expect(notifications.list()[0]).toMatchObject({
    recipient: { name: 'Pixel Debugsworth' },
    body: { message: `Please call Tansy Oddsworth. The ticket is ${ticket?.id}` },
  });
  await page.locator('#tech-portal').getByText(`Please call Tansy Oddsworth`).waitFor();
  await page
    .locator(`#ticket-${ticket?.id}`)
    .getByText('Tansy Oddsworth', { exact: true })
    .waitFor();
  await page.locator('.chat').getByText(String(ticket?.id)).waitFor();
  expect(complaints).toEqual([]);
});

/** Makes a Zap that finds the contact of an abandoned chat, and sends a message into the chat. */
async function messageZap(page: Page, contact: string): Promise<void> {
  await abandonedChats(page);
  await addStep(page, 'Find Contact');
  await map(page, 'Contact', contact);
  await goOn(page);
  await addStep(page, 'Send System Message in Chat');
  await map(page, 'Chat Session', '1. Session ID');
  await page.getByLabel('Message (required)').fill('Sorry,');
  await map(page, 'Message', '2. Name (name)');
  await goOn(page);
  await page.locator('#open-publish').click();
  await button(zap(page), 'Turn on').click();
  await page.getByText('The Zap is on').waitFor();
}

async function abandonChat(page: Page): Promise<void> {
  await button(page, 'Ask for a chat').click();
  await button(page, 'Customer leaves').click();
}

test('a run whose chat lacks what a step needs has stopped, and tells the reason', async () => {
  const { page } = await openEditor({ reducedMotion: 'reduce' });
  // Nobody has joined an abandoned chat.
  await messageZap(page, '1. Member Entity ID');
  await abandonChat(page);
  await page.locator('#run-1').waitFor();
  expect(await runs(page)).toEqual(['1 session, 1 run, 1 stopped']);
  await shownRun(page).getByText('Stopped at 2. Find Contact', { exact: true }).waitFor();
  await shownRun(page).getByText('The run stopped here. The field "Contact" is empty.').waitFor();
  await shownRun(page).getByText('Did not run').waitFor();
  expect(await shownRun(page).getByRole('alert').count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
});

test('the form of a ticket waits calmly for its request type', async () => {
  const { page } = await openEditor();
  await abandonedChats(page);
  await addStep(page, 'Create Ticket');
  const note = page.getByRole('note').filter({ hasText: 'once a request type is chosen' });
  expect(await note.isVisible()).toBe(true);
  expect(await zap(page).getByRole('alert').count()).toBe(0);
  expect(await zap(page).getByText('What the app logged').count()).toBe(0);
  await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
  await page.getByLabel('Summary (required)').waitFor();
  expect(await note.count()).toBe(0);
  // The list of statuses waits for the board.
  await page.getByText('Choose a board first').waitFor();
  expect(await zap(page).getByRole('alert').count()).toBe(0);
});

test('a run tells where it stopped, and at which step it failed', async () => {
  const { page, editor } = await openEditor({ reducedMotion: 'reduce' });
  const { deskDirector } = editor.workbench;
  // The company of a contact is no contact.
  await messageZap(page, '1. Contact Company Entity ID');
  await abandonChat(page);
  await page.locator('#run-1').waitFor();
  expect(await runs(page)).toEqual(['1 session, 1 run, 1 stopped']);
  await shownRun(page).getByText('Stopped at 2. Find Contact: nothing was found').waitFor();
  await shownRun(page).getByText('Nothing was found, so the run stopped here.').waitFor();
  await shownRun(page).getByText('Did not run').waitFor();
  expect(await barriers(page)).toEqual([]);

  await openStep(page, '2. Find Contact');
  await page.locator('#open-configure').click();
  await page.getByLabel('Contact (required)').fill('');
  await map(page, 'Contact', '1. Contact Entity ID');
  await goOn(page);
  await page.locator('#open-publish').click();
  await page.getByText('The Zap is on with its earlier settings.').waitFor();
  await button(zap(page), 'Publish the changes').click();
  await page.getByText('waits for chats').waitFor();
  deskDirector.fail({ kind: 'status', status: 403, path: /system-messages/ });
  await abandonChat(page);
  await page.locator('#run-2').waitFor();
  expect((await runs(page))[0]).toBe('1 session, 1 run, 1 failed');
  await shownRun(page).getByText('Failed at 3. Send System Message in Chat').waitFor();
  const failed = shownRun(page).locator('.step-runs > li').nth(2);
  await failed.getByRole('alert').getByText('(403)').waitFor();
  expect(await fieldValue(failed, 'Message')).toBe('Sorry, Quilla Fernwhistle');

  await button(page, 'Replay').click();
  await page.locator('#run-3').waitFor();
  await shownRun(page).getByText('All steps ran').waitFor();
  const [chat] = deskDirector.chats.list();
  expect(deskDirector.chats.messages(chat?.id ?? '')).toMatchObject([
    { body: { message: 'Sorry, Quilla Fernwhistle' } },
  ]);
});

test('a step is added between others, and fields of a removed step are asked for again', async () => {
  const { page, editor } = await openEditor();
  await abandonedChats(page);
  await addStep(page, 'Find Contact');
  await map(page, 'Contact', '1. Contact Entity ID');
  await goOn(page);
  await addStep(page, 'Find Ticket');
  await map(page, 'Ticket', '2. ID');
  await button(zap(page), 'Add a step after step 1').click();
  await choose(page, 'Find Member');
  await button(zap(page), 'Refresh fields').waitFor();
  await openStep(page, '4. Find Ticket');
  expect(await page.getByLabel('Ticket (required)').inputValue()).toBe('{{3.id}}');
  await goOn(page);
  expect(await page.locator('#open-publish').isDisabled()).toBe(true);
  await button(zap(page), 'Remove step 2. Find Member').click();
  await zap(page).getByText('2. Find Contact').waitFor();
  expect(await page.locator('#open-publish').isDisabled()).toBe(false);

  await button(zap(page), 'Remove step 2. Find Contact').click();
  await openStep(page, '2. Find Ticket');
  await page.locator('#open-configure').click();
  await page.getByText('a field of a removed step (id)').waitFor();
  await button(zap(page), 'Continue').click();
  await page.getByText('Ticket holds a field of a removed step.').waitFor();
  await page.getByLabel('Ticket (required)').fill('48301');
  await goOn(page);
  expect(editor.workbench.draft).toMatchObject({
    before: [{}],
    open: { input: { ticket_id: '48301' } },
  });
});

test('fields are mapped with the keyboard, into a text and into choices', async () => {
  const { page, editor } = await openEditor();
  await abandonedChats(page);
  await button(zap(page), 'Add a step').press('Enter');
  // The new step is in sight, and has the focus.
  await until(async () => (await focusedName(page)).includes('App & event'));
  await choose(page, 'Invite Users to Chat');
  await button(zap(page), 'Refresh fields').waitFor();
  await page.getByLabel('Chat Session (required)').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Map a field of an earlier step' });
  await dialog.getByText('1. Session ID').waitFor();
  await dialog.getByLabel('Search fields').focus();
  await page.keyboard.type('session name');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  // The key, which shows when it has the focus, stands before the button.
  await page.keyboard.press('Tab');
  expect(await focusedName(page)).toBe('Map 1. Session Name');
  await page.keyboard.press('Enter');
  expect(await page.getByLabel('Chat Session (required)').inputValue()).toBe('{{1.name}}');
  expect(await focusedName(page)).toContain('Chat Session');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByText('1. Session ID').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focusedName(page)).toBe('Map a field into Chat Session');

  // In a page that shows the form for the first time, no cursor was placed.
  const refreshed = page.waitForResponse((response) => response.url().endsWith('/fields'));
  await button(zap(page), 'Refresh fields').click();
  await refreshed;
  await page.reload();
  await map(page, 'Chat Session', '1. Session ID');
  expect(await page.getByLabel('Chat Session (required)').inputValue()).toBe('{{1.name}} {{1.id}}');

  await map(page, 'Technicians', '1. Member Entity ID');
  await button(zap(page), 'Refresh fields').click();
  await page.locator('.htmx-request').first().waitFor({ state: 'detached' });
  expect(await page.getByLabel('1. Member Entity ID').isChecked()).toBe(true);
  expect(editor.workbench.draft.open.input).toMatchObject({
    session_id: '{{1.name}} {{1.id}}',
    members: ['{{1.member_entity_id}}'],
  });
});

test.each([390, 1280])(
  'axe finds nothing serious in a Zap of several steps at %s pixels',
  async (width) => {
    const { page } = await openEditor({
      viewport: { width, height: 844 },
      reducedMotion: 'reduce',
    });
    const isWideEnough = async () => {
      expect(
        await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        ),
      ).toBe(0);
      expect(await barriers(page)).toEqual([]);
    };
    await abandonedChats(page);
    await addStep(page, 'Create Ticket');
    await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
    await page.getByText('Choose a board first').waitFor();
    await button(zap(page), 'Map a field into Summary').click();
    await button(page.locator('#mapping'), 'Map 1. Session Name').waitFor();
    await isWideEnough();
    await button(page.locator('#mapping'), 'Map 1. Session Name').click();
    await isWideEnough();
    await page.getByLabel('Contact (required)').fill('501');
    await goOn(page);
    await runTest(page, 'action', 'Ticket A');
    await testPanel(page).getByText('What the step gets').click();
    await page.locator('.entry').getByText('48301').waitFor();
    await addStep(page, 'Send Notification to Contact');
    await page.getByLabel('Contact (required)').fill('501');
    await page.getByLabel('Title (required)').fill('Ticket');
    await map(page, 'Message', '2. ID');
    await goOn(page);
    await runTest(page, 'action', 'Notification A');
    await page.locator('#client-portal').getByText('48301').waitFor();
    await page.locator('#open-publish').click();
    await button(zap(page), 'Turn on').click();
    await page.getByText('The Zap is on').waitFor();
    await abandonChat(page);
    await page.locator('#run-1').waitFor();
    for (const step of await shownRun(page).locator('.step-runs summary').all()) await step.click();
    await isWideEnough();
  },
);
