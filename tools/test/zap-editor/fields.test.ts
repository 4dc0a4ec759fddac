import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { GATED_APP, type Gate, type Held, startGate } from './gate.ts';
import {
  barriers,
  button,
  choose,
  editorsInBrowser,
  fieldValue,
  focusedName,
  type OpenEditor,
  until,
} from './page.ts';

/*
 * Forms with notes, groups, and fields that depend on others, in a real browser. The app is one that
 * has all of these.
 */

const BOARDS_APP = fileURLToPath(new URL('../fixtures/boards-app.js', import.meta.url));

const openEditor = editorsInBrowser();
const gates: Gate[] = [];
afterEach(async () => {
  for (const gate of gates.splice(0)) await gate.close();
});

/** Opens the form of a step, with an account connected. */
async function openForm(
  step: string,
  options: Parameters<typeof openEditor>[0] = {},
): Promise<OpenEditor> {
  const opened = await openEditor(options, BOARDS_APP);
  const { page } = opened;
  await choose(page, step);
  await page.getByLabel('Name (required)').fill('Quilla');
  await button(page, 'Connect').click();
  await button(page, 'Refresh fields').waitFor();
  return opened;
}

const board = (page: Page) => page.getByLabel('Board (required)');

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

/** What the app was given when the action was tested. */
async function given(page: Page): Promise<unknown> {
  await button(page, 'Continue').click();
  await button(page, 'Test action').click();
  await page.getByText('1 record').waitFor();
  return JSON.parse(await fieldValue(page.locator('#zap'), 'given'));
}

test('a note is text at its place among the fields, and nothing is filled in for it', async () => {
  const { page, complaints } = await openForm('Add Card');
  const note = page.getByRole('note', { name: 'Before you begin' });
  expect(await note.innerText()).toBe(
    'Before you begin\n\nAsk the owner of the board first. See the guide.\n\none card for each chat\n<b>no HTML</b>\n\n# No heading',
  );
  expect(await note.locator('strong').innerText()).toBe('the owner');
  expect(await note.locator('li').count()).toBe(2);
  expect(await note.locator('input, select, textarea, h1').count()).toBe(0);
  expect((await inForm(page)).slice(0, 3)).toEqual([
    'Title (required)',
    'Before you begin',
    'Board (required)',
  ]);

  // It is never missing, whatever the app says of it, and it is never sent.
  await button(page, 'Continue').click();
  await page.getByText('Fill in Title.').waitFor();
  expect(await page.locator('.form-error').allInnerTexts()).toEqual([
    'Fill in Title.',
    'Fill in Board.',
  ]);
  await page.getByLabel('Title (required)').fill('Printer');
  await chooseBoard(page, 'Sales');
  await page.getByLabel('Address', { exact: true }).fill('https://example.com/');
  await page.getByLabel('Stray', { exact: true }).fill('cat');
  expect(await given(page)).toEqual({
    title: 'Printer',
    board: 'sales',
    draft: 'cat',
    colour: 'blue',
    links: [{ url: 'https://example.com/' }],
  });
  expect(complaints).toEqual([]);
});

test('a note may stand alone, and in the form of a connection', async () => {
  const { page, editor } = await openForm('Card Moved');
  const zap = page.locator('#panel-configure');
  expect(await zap.getByRole('note').innerText()).toBe('It runs for every board.');
  expect(await zap.getByRole('note').locator('em').innerText()).toBe('every');
  expect(await zap.locator('input, select, textarea').count()).toBe(0);
  await button(page, 'Continue').click();
  await button(page, 'Test trigger').waitFor();
  expect(editor.workbench.draft.open.input).toEqual({});

  await page.locator('#open-account').click();
  expect(await page.locator('#panel-account').getByRole('note').innerText()).toBe(
    'Any name will do.',
  );
  expect(editor.workbench.account.input).toEqual({ name: 'Quilla' });
});

test('a field that alters others has them made anew, and all else stays', async () => {
  const { page } = await openForm('Add Card');
  await page.getByLabel('Title (required)').fill('Printer');
  await page.getByLabel('Text', { exact: true }).fill('It smokes.');
  await page.getByLabel('Address', { exact: true }).fill('https://example.com/');
  await board(page).focus();
  // By the keyboard alone: the first board, then the second one.
  await page.keyboard.press('ArrowDown');
  await page.getByLabel('Amount', { exact: true }).waitFor();
  expect(await focusedName(page)).toContain('Board');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('textbox', { name: 'Parts' }).waitFor();
  expect(await focusedName(page)).toContain('Board');
  expect(await board(page).inputValue()).toBe('support');
  expect(await page.getByLabel('Amount', { exact: true }).count()).toBe(0);
  expect(await page.getByLabel('Title (required)').inputValue()).toBe('Printer');
  expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('It smokes.');
  expect(await page.getByLabel('Address', { exact: true }).first().inputValue()).toBe(
    'https://example.com/',
  );
});

test('what was filled in for a field that is gone is neither sent nor shown in another one', async () => {
  const { page } = await openForm('Add Card');
  await page.getByLabel('Title (required)').fill('Printer');
  await chooseBoard(page, 'Sales');
  await page.getByLabel('Tags', { exact: true }).fill('urgent');
  await page.getByLabel('Amount', { exact: true }).fill('12');
  await chooseBoard(page, 'Support');
  expect(await page.getByRole('textbox', { name: 'Parts' }).inputValue()).toBe('');
  await page.getByText('Extra').click();
  // A field begins with its default, whenever it comes.
  expect(await page.getByLabel('Urgency', { exact: true }).inputValue()).toBe('normal');
  await page.getByLabel('Service Level (required)').fill('Gold');
  expect(await given(page)).toEqual({
    title: 'Printer',
    board: 'support',
    colour: 'blue',
    sla: 'Gold',
    urgency: 'normal',
  });
});

test('a dropdown offers what is right for what is filled in, and what was chosen stays', async () => {
  const { page } = await openForm('Add Card');
  const status = page.getByLabel('Status', { exact: true });
  const offered = () => status.locator('option').allInnerTexts();
  /** The statuses to choose from, and whether they are checked. */
  const watched = async () => {
    const choices = await page.locator('.choice:has([name=watch])').all();
    const told = choices.map(async (choice) => [
      (await choice.innerText()).trim(),
      await choice.locator('input').isChecked(),
    ]);
    return Promise.all(told);
  };
  expect(await offered()).toEqual(['Choose…']);
  await chooseBoard(page, 'Support');
  expect(await offered()).toEqual(['Choose…', 'New ticket', 'Waiting for the customer', 'Done']);
  await status.selectOption('Waiting for the customer');
  await page.getByLabel('New ticket').check();
  await page.getByLabel('Waiting for the customer').check();

  // The other board has no such status as the one, but the other one by another name.
  await chooseBoard(page, 'Sales');
  expect(await offered()).toEqual(['Choose…', 'New lead', 'Won', 'waiting']);
  expect(await status.inputValue()).toBe('waiting');
  expect(await watched()).toEqual([
    ['New lead', true],
    ['Won', false],
    ['waiting', true],
  ]);
  await chooseBoard(page, 'Support');
  expect(await status.inputValue()).toBe('waiting');
  expect(await watched()).toEqual([
    ['New ticket', true],
    ['Waiting for the customer', true],
    ['Done', false],
  ]);
  await chooseBoard(page, 'Sales');
  await page.getByLabel('waiting', { exact: true }).uncheck();
  await page.getByLabel('Title (required)').fill('Printer');
  expect(await given(page)).toMatchObject({ status: 'waiting', watch: ['new'] });
});

test('a dropdown that waits for a choice says so calmly, and fills up after the choice', async () => {
  const { page } = await openForm('Add Card');
  const words = page.getByText('The owners depend on the board.');
  await words.waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await chooseBoard(page, 'Sales');
  const owner = page.getByLabel('Owner', { exact: true });
  expect(await owner.locator('option').allInnerTexts()).toEqual(['Choose…', 'Kim']);
  expect(await words.count()).toBe(0);
});

test('groups stand behind the other fields, in their order', async () => {
  const { page } = await openForm('Add Card');
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
});

test('a collapsed group opens for the keyboard, and where something in it is missing or filled in', async () => {
  const { page } = await openForm('Add Card');
  await chooseBoard(page, 'Support');
  const level = page.getByLabel('Service Level (required)');
  const colour = page.getByLabel('Colour', { exact: true });
  // What a field begins with is not filled in by anybody.
  expect(await level.isVisible()).toBe(false);
  expect(await colour.isVisible()).toBe(false);

  await page.getByLabel('Title (required)').fill('Printer');
  await button(page, 'Continue').click();
  await page.getByText('Fill in Service Level.').waitFor();
  await until(async () => (await focusedName(page)).startsWith('Service Level'));
  expect(await level.isVisible()).toBe(true);
  expect(await colour.isVisible()).toBe(false);

  await page.keyboard.type('Gold');
  // Behind each field, there is a button that maps a field into it.
  for (let tabs = 0; tabs < 4; tabs += 1) await page.keyboard.press('Tab');
  expect(await focusedName(page)).toMatch(/^more fields$/i);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focusedName(page)).toBe('Colour');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('red');
  expect(await given(page)).toMatchObject({ sla: 'Gold', colour: 'red' });

  // Opened anew, what is filled in is in sight.
  await page.locator('#open-configure').click();
  expect(await level.inputValue()).toBe('Gold');
  expect(await level.isVisible()).toBe(true);
  expect(await colour.isVisible()).toBe(true);
});

test('360 pixels are wide enough for notes and groups, and axe finds nothing serious', async () => {
  const viewport = { width: 360, height: 800 };
  const { page } = await openForm('Add Card', { viewport, reducedMotion: 'reduce' });
  await chooseBoard(page, 'Support');
  expect(await barriers(page)).toEqual([]);
  await button(page, 'Continue').click();
  await page.getByText('Fill in Service Level.').waitFor();
  await page.getByText('More fields').click();
  await button(page, 'Add another').last().click();
  expect(await barriers(page)).toEqual([]);
  expect(
    await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    ),
  ).toBe(0);
  await page.locator('#open-account').click();
  expect(await barriers(page)).toEqual([]);
});

/** A form whose app waits at a gate while it makes the fields that a change asks for. */
async function heldForm(): Promise<{ page: Page; gate: Gate; making: Held }> {
  const gate = await startGate();
  gates.push(gate);
  const { page } = await openEditor({}, GATED_APP);
  await choose(page, 'Say');
  await page.getByLabel('Gate (required)').fill(gate.url);
  await button(page, 'Connect').click();
  await page.getByLabel('Word', { exact: true }).fill('one');
  const making = gate.hold('fields');
  await page.getByLabel('Loud', { exact: true }).selectOption('Outdoors');
  await making.arrived;
  return { page, gate, making };
}

test('what is typed while the fields are made stays', async () => {
  const { page, making } = await heldForm();
  await page.getByLabel('Word', { exact: true }).fill('two');
  await page.getByLabel('Loud', { exact: true }).focus();
  making.release();
  await page.getByLabel('Volume when outdoors', { exact: true }).waitFor();
  expect(await page.getByLabel('Word', { exact: true }).inputValue()).toBe('two');
});

test('of several changes the last one counts, and a click on Continue waits for the fields', async () => {
  const { page, gate, making } = await heldForm();
  await page.getByLabel('Loud', { exact: true }).selectOption('Indoors');
  await button(page, 'Continue').click();
  making.release();
  await page.getByLabel('Volume when indoors', { exact: true }).waitFor();
  await page.getByLabel('Volume when indoors', { exact: true }).fill('11');
  await page.locator('.htmx-request').first().waitFor({ state: 'detached' });
  await button(page, 'Continue').click();
  await button(page, 'Test action').click();
  await page.getByText('1 record').waitFor();
  expect(gate.passed.at(-1)).toBe('say one');
});
