import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, editorsInBrowser, fieldValue, runs, turnOn } from './page.ts';

/* What somebody sets up who knows DeskDirector's portal, but not its API. */

const openEditor = editorsInBrowser();

/** Lets a customer do something at the site. */
async function customer(page: Page, name: string, does: string): Promise<void> {
  await page.getByLabel('Customer', { exact: true }).selectOption(name);
  await button(page, does).click();
}

test('tell me about abandoned chats of these two companies', async () => {
  const { page } = await openEditor();
  await turnOn(page, 'Chat Session Status Changed', async (zap) => {
    await zap.getByText('are made up').waitFor();
    await zap.getByLabel('Abandoned').check();
    const companies = zap.getByRole('group', { name: 'Companies', exact: true });
    // Sorted by name.
    expect(await companies.locator('.choice').allInnerTexts()).toEqual([
      'Fernwhistle Florists',
      'Marzipan Lighthouse Tours',
      'Oddsworth & Oddsworth Clockmakers',
    ]);
    await companies.getByLabel('Fernwhistle Florists').check();
    await companies.getByLabel('Marzipan Lighthouse Tours').check();
  });

  for (const [n, name] of [
    'Quilla Fernwhistle',
    'Tansy Oddsworth',
    'Zephyrine Lanternjaw',
  ].entries()) {
    await customer(page, name, 'Ask for a chat');
    await button(page, 'Customer leaves').click();
    await page.locator(`#run-${n + 1}`).waitFor();
  }
  expect(await runs(page)).toEqual([
    '1 session, 1 run',
    '1 session, skipped by the filters',
    '1 session, 1 run',
  ]);
  expect(await fieldValue(page.locator('#run'), 'Contact Name')).toBe('Zephyrine Lanternjaw');
});

test('call back whoever left a callback', async () => {
  const { page } = await openEditor();
  await turnOn(page, 'New Chat Session', async (zap) => {
    await zap.getByLabel('Callback: the customer asked to be called back').check();
  });
  await customer(page, 'Bramble Oddsworth', 'Ask for a chat');
  await page.locator('#run-1').waitFor();
  await customer(page, 'Zephyrine Lanternjaw', 'Leave a callback instead');
  await page.locator('#run-2').waitFor();

  expect(await runs(page)).toEqual(['1 session, 1 run', '1 session, skipped by the filters']);
  const run = page.locator('#run');
  expect(await fieldValue(run, 'Status')).toBe('callback');
  expect(await fieldValue(run, 'Callback Phone')).toBe('+1 202-555-0143');
});
