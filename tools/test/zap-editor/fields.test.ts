import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startEditor } from '../../zap-editor/editor.ts';
import { openStep } from '../../zap-editor/zap-draft.ts';
import { GATED_APP, startGate } from './gate.ts';
import {
  barriers,
  button,
  choose,
  editorInBrowser,
  fieldValue,
  focusedName,
  newZap,
  opens,
  panel,
  until,
} from './page.ts';

/*
 * Forms with notes, groups, and fields that depend on others, in a real browser. The app is one that
 * has all of these.
 */

const BOARDS_APP = fileURLToPath(new URL('../fixtures/boards-app.js', import.meta.url));
const opened = editorInBrowser(BOARDS_APP);
beforeEach(() => newZap(opened.editor));

/** Opens the form of a step after the trigger, with an account connected. */
async function openForm(page: Page, label: string): Promise<void> {
  const event = panel(page, 'App & event');
  await event.getByRole('button', { name: /^Card Moved/ }).click();
  const connect = button(page, 'Connect');
  const refresh = button(page, 'Refresh fields');
  await connect.or(refresh).waitFor();
  if (await connect.isVisible()) {
    await page.getByLabel('Name (required)').fill('Quilla');
    await connect.click();
  }
  await refresh.waitFor();
  await choose(page, label);
}

const board = (page: Page) => page.getByLabel('Board (required)');
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** Chooses a board, and waits for a field that only this one has. */
async function chooseBoard(page: Page, name: 'Sales' | 'Support'): Promise<void> {
  await board(page).selectOption(name);
  const label = name === 'Sales' ? 'Amount' : 'Service Level (required)';
  await page.getByLabel(label, { exact: true }).waitFor({ state: 'attached' });
}

/** What stands in the form, in the first words of each field, note and group, in its order. */
async function inForm(page: Page): Promise<string[]> {
  const parts = page.locator('#panel-configure').locator('label[for], legend, h5, .form-note');
  const texts = await parts.allTextContents();
  return texts.map((text) => text.trim().split(/\s*\n\s*/)[0] ?? '');
}

/** What the step gave when it was tested. */
async function given(page: Page): Promise<string> {
  await opens(panel(page, 'Test'), () => button(page, 'Continue').click());
  const result = page.getByRole('group', { name: 'Result of the test' });
  await opens(result, () => button(page, /^Test (action|search)/).click());
  return fieldValue(result, 'given');
}

test('notes are text at their places, and groups stand behind the other fields', async () => {
  const page = await opened.open({ viewport: { width: 360, height: 800 } });
  await openForm(page, 'Add Card');
  const note = page.getByRole('note', { name: 'Before you begin' });
  expect(await note.innerText()).toBe(
    'Before you begin\n\nAsk the owner of the board first. See the guide.\n\none card for each chat\n<b>no HTML</b>\n\n# No heading',
  );
  expect(await note.locator('strong').innerText()).toBe('the owner');
  expect(await note.locator('li').count()).toBe(2);
  expect(await note.locator('input, select, textarea, h1').count()).toBe(0);
  await chooseBoard(page, 'Support');
  expect(await inForm(page)).toEqual([
    'Title (required)',
    'Before you begin',
    'Board (required)',
    'Status',
    'Owner',
    'Watched Statuses',
    'Stray',
    'Details of the card',
    'Text',
    'Parts',
    'Support answers within a day.',
    'Extra',
    'Service Level (required)',
    'Urgency',
    'More fields',
    'Colour',
    'Links',
    'Addresses begin with https.',
    'Address',
  ]);
  const details = page.getByRole('group', { name: 'Details of the card' });
  expect(await details.getByLabel('Text', { exact: true }).isVisible()).toBe(true);

  // A collapsed group opens for the keyboard, and where something is wrong or filled in.
  const level = page.getByLabel('Service Level (required)');
  const colour = box(page, 'Colour');
  expect([await level.isVisible(), await colour.isVisible()]).toEqual([false, false]);
  await box(page, 'Title (required)').fill('Printer');
  await opens(level, () => button(page, 'Continue').click());
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.type('Gold');
  // Behind each field, there is a button that maps a field into it.
  for (let tabs = 0; tabs < 4; tabs += 1) await page.keyboard.press('Tab');
  expect(await focusedName(page)).toMatch(/^more fields$/i);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focusedName(page)).toBe('Colour');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('red');
  await box(page, 'Address').fill('https://example.com/');
  // A note is never sent, whatever the app says of it.
  expect(JSON.parse(await given(page))).toEqual({
    title: 'Printer',
    board: 'support',
    sla: 'Gold',
    urgency: 'normal',
    colour: 'red',
    links: [{ url: 'https://example.com/' }],
  });
  await button(page, /^Configure/).click();
  expect([await level.innerText(), await colour.innerText()]).toEqual(['Gold', 'red']);
  await button(page, 'Add another').last().click();
  await button(page, /^Account/).click();
  await panel(page, 'Account').getByRole('note').getByText('Any name will do.').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(opened.complaints).toEqual([]);
});

test('a field that alters others has them made anew, and all else stays', async () => {
  const page = await opened.open();
  await openForm(page, 'Add Card');
  await page.getByText('The owners depend on the board.').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  await box(page, 'Title (required)').fill('Printer');
  await board(page).focus();
  // By the keyboard alone: the first board, then the second one.
  await page.keyboard.press('ArrowDown');
  await page.getByLabel('Amount', { exact: true }).waitFor();
  expect(await page.getByText('The owners depend on the board.').count()).toBe(0);
  await box(page, 'Amount').fill('12');
  await box(page, 'Tags').first().fill('urgent');
  const status = page.getByLabel('Status', { exact: true });
  expect(await status.locator('option').allInnerTexts()).toEqual(['Choose…', 'New lead', 'Won']);
  await status.selectOption('New lead');
  await page.getByLabel('New lead').check();
  await board(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('textbox', { name: 'Parts' }).waitFor();
  expect(await focusedName(page)).toContain('Board');
  expect(await page.getByLabel('Amount', { exact: true }).count()).toBe(0);
  expect(await box(page, 'Title (required)').innerText()).toBe('Printer');
  expect(await box(page, 'Parts').innerText()).toBe('');
  // What was chosen stays, by the name that it has now.
  expect(await status.locator('option:checked').innerText()).toBe('New ticket');
  await page.getByText('Extra').click();
  await box(page, 'Service Level (required)').fill('Gold');
  expect(JSON.parse(await given(page))).toMatchObject({
    title: 'Printer',
    board: 'support',
    status: 'new',
    watch: ['new'],
    urgency: 'normal',
  });
});

test('a search creates what it does not find, with the fields of both forms', async () => {
  const page = await opened.open();
  await openForm(page, 'Find Card');
  const name = box(page, 'Name (required)');
  await name.fill('new');
  await page.getByLabel("Create it if it isn't found").check();
  await box(page, 'Owner (required)').waitFor();
  expect(await name.innerText()).toBe('new');
  await opens(box(page, 'Owner (required)'), () => button(page, 'Continue').click());
  await box(page, 'Owner (required)').fill('Kim');
  expect(await given(page)).toBe('{"name":"new","owner":"Kim"}');
  await button(page, /^Configure/).click();
  await name.fill('known');
  expect(await given(page)).toBe('found');
  await button(page, /^Configure/).click();
  await page.getByLabel("Create it if it isn't found").uncheck();
  await box(page, 'Owner (required)').waitFor({ state: 'detached' });
  expect(openStep(opened.editor.workbench.draft).input).toEqual({ name: 'known' });
  // A function of the trigger made the name of this field.
  await button(page, 'Map a field into Name').click();
  await page.getByRole('dialog').getByText('1. Moved By').waitFor();
});

test('a long list is searched by typing', async () => {
  const page = await opened.open();
  await openForm(page, 'Find Card');
  const city = page.getByLabel('City', { exact: true });
  await page.getByLabel('Search City').fill('city 2');
  expect(await city.locator('option:visible').count()).toBeGreaterThan(9);
  await page.getByLabel('Search City').fill('city 27');
  await page.getByLabel('Search City').press('Enter');
  expect(await city.inputValue()).toBe('c27');
  await until(async () => openStep(opened.editor.workbench.draft).input.city === 'c27');
  await page.getByLabel('Search Other Cities').fill('city 28');
  expect(await page.locator('.choice:visible').filter({ hasText: 'City' }).allInnerTexts()).toEqual(
    ['City 28'],
  );
  await page.getByLabel('Search Other Cities').press('Enter');
  await until(async () => String(openStep(opened.editor.workbench.draft).input.cities) === 'c28');
});

test('while fields are loading one sees it, what is typed stays, and the last change counts', async () => {
  const gate = await startGate();
  const editor = await startEditor({ appPath: GATED_APP });
  const page = await opened.open();
  await page.goto(editor.url);
  await panel(page, 'App & event')
    .getByRole('button', { name: /^First/ })
    .click();
  await page.getByLabel('Gate (required)').fill(gate.url);
  await button(page, 'Connect').click();
  await button(page, 'Refresh fields').waitFor();
  await choose(page, 'Say');
  await box(page, 'Word').fill('one');
  const loud = page.getByLabel('Loud', { exact: true });
  const making = gate.hold('fields');
  await loud.selectOption('Outdoors');
  await making.arrived;
  await page.locator('.form-field.htmx-request').waitFor();
  await page.getByRole('progressbar').waitFor();
  await box(page, 'Word').fill('two');
  await loud.selectOption('Indoors');
  await button(page, 'Continue').click();
  making.release();
  await box(page, 'Volume when indoors').fill('11');
  expect(await box(page, 'Word').innerText()).toBe('two');
  await page.locator('.htmx-request').first().waitFor({ state: 'detached' });
  await opens(panel(page, 'Test'), () => button(page, 'Continue').click());
  await button(page, 'Test action').click();
  await page.getByRole('group', { name: 'Result of the test' }).waitFor();
  expect(gate.passed.at(-1)).toBe('say two');
  await editor.close();
  await gate.close();
});
