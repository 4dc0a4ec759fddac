import { expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, choose, editorsInBrowser, fieldValue, runs, shownRun } from './page.ts';

/* A Zap with several steps. The first test is the README's recipe *Follow up an abandoned chat*. */

jest.setTimeout(240_000);

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

/** Adds a step behind the last one. */
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

  // The chats of the test are made up, so the site does not know their contact.
  await addStep(page, 'Find Contact');
  await map(page, 'Contact', '1. Contact Entity ID');
  expect(await page.getByLabel('Contact (required)').inputValue()).toBe('{{1.contact_entity_id}}');
  await goOn(page);
  await runTest(page, 'search', 'Nothing was found. A run of the Zap would stop here.');
  await page.locator('#open-configure').click();
  await page.getByText('1. Contact Entity ID', { exact: true }).waitFor();
  await page.getByLabel('Contact (required)').fill('501');
  await goOn(page);
  await runTest(page, 'search', 'Contact A');
  expect(await fieldValue(testPanel(page), 'E-mail address')).toBe(
    'quilla.fernwhistle@example.com',
  );
  // A member of a member.
  expect(await fieldValue(testPanel(page), 'Company Name')).toBe('Fernwhistle Florists');

  await addStep(page, 'Create Ticket');
  await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
  await page.getByLabel('Summary (required)').fill('Abandoned:');
  await map(page, 'Summary', '1. Session Name');
  await map(page, 'Contact', '2. ID');
  await map(page, 'Company', '1. Contact Company Entity ID');
  expect(
    await page.getByLabel('Company', { exact: true }).locator('option:checked').innerText(),
  ).toBe('1. Contact Company Entity ID');
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

  // What was filled in for the test gives way to the fields of the trigger.
  await openStep(page, '2. Find Contact');
  await page.locator('#open-configure').click();
  await page.getByLabel('Contact (required)').fill('');
  await map(page, 'Contact', '1. Contact Entity ID');
  await goOn(page);
  await openStep(page, '3. Create Ticket');
  await page.locator('#open-configure').click();
  await map(page, 'Chat', '1. Session ID');
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
