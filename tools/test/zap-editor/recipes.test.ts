import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { RECIPES } from '../../zap-runner/recipes.ts';
import {
  barriers,
  button,
  editorInBrowser,
  focusedName,
  newZap,
  opens,
  panel,
  startOver,
  until,
} from './page.ts';

/*
 * Plays the recipes of the user guide by what stands on the page. After each action, what it opened is on
 * the screen and has the focus.
 */

const opened = editorInBrowser();
beforeEach(() => newZap(opened.editor));

const article = (page: Page) => page.getByRole('article', { name: /^Run / });
const chat = (page: Page) =>
  page.getByRole('list', { name: 'Chats' }).getByRole('listitem').first();
const ticket = (page: Page) =>
  page.getByRole('list', { name: 'Tickets' }).getByRole('listitem').first();
const form = (page: Page, submit: string) =>
  page.locator('form').filter({ has: button(page, submit) });

/** Fills in the first time window of a callback. */
async function fillInWindow(page: Page, submit: string): Promise<void> {
  const first = form(page, submit).getByRole('group', { name: 'Time window 1' });
  await first.getByLabel('from').fill('2026-03-10T13:00');
  await first.getByLabel('to').fill('2026-03-10T14:00');
}

async function askForChat(page: Page): Promise<void> {
  await opens(form(page, 'Ask for a chat'), () => button(page, 'Now be the customer').click());
  await opens(chat(page), () => button(page, 'Ask for a chat').click());
}

/** Goes to the form of what is next, fills it in and sends it. What it opens has the words. */
async function start(
  page: Page,
  submit: string,
  opened: (page: Page) => Locator,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  const next = form(page, submit);
  await opens(next, () => button(page, 'Now be the customer').click());
  for (const [label, value] of Object.entries(values)) await next.getByLabel(label).fill(value);
  await opens(opened(page), () => button(next, submit).click());
}

const change = (page: Page, name: string) =>
  opens(chat(page), () => button(chat(page), name).click());

type Choice = readonly [field: string, choice: string];

interface Play {
  readonly name: string;
  /** The choices of the trigger, if any, and then those of each step that waits for some. */
  readonly choices?: readonly (readonly Choice[])[];
  /** What the customer does. */
  readonly customer: (page: Page) => Promise<void>;
  /** Where the page tells that a run ended. */
  readonly news?: (page: Page) => Locator;
  /** What came of it, in the words of the page. */
  readonly result: string | RegExp;
  readonly outcome?: string;
}

const PLAYS: readonly Play[] = [
  {
    name: 'Follow up an abandoned chat',
    choices: [
      [],
      [['Request Type (required)', 'Report a Problem']],
      [['Member (required)', 'Pixel Debugsworth']],
    ],
    async customer(page) {
      await askForChat(page);
      await change(page, 'Customer leaves');
    },
    result: /Please call Quilla Fernwhistle of Fernwhistle Florists\. The ticket is \d+\./,
  },
  {
    name: 'Follow up a customer whom only the name tells',
    choices: [
      [],
      [['Request Type (required)', 'Report a Problem']],
      [['Member (required)', 'Pixel Debugsworth']],
    ],
    async customer(page) {
      const next = form(page, 'Ask for a chat');
      await opens(next, () => button(page, 'Now be the customer').click());
      await next.getByLabel('Customer').selectOption('Quilla Fernwhistle (without an ID)');
      await opens(chat(page), () => button(next, 'Ask for a chat').click());
      await change(page, 'Customer leaves');
    },
    result: /Please check who Quilla Fernwhistle of Fernwhistle Florists is, and call\./,
  },
  {
    name: 'A mail from a customer becomes a ticket',
    choices: [[], [['Request Type (required)', 'Something Else']]],
    customer: (page) =>
      start(page, 'Send the mail', (at) => form(at, 'Send the mail'), {
        'From Name': 'Juniper van der Reed',
        // Nobody has this address, so the contact is created.
        'From Email': `${randomUUID()}@example.com`,
        Subject: 'The lighthouse blinks',
      }),
    news: (page) => form(page, 'Send the mail'),
    result: /^Created$/,
  },
  {
    name: 'Tell a team about new tickets on a board',
    choices: [[['Board (required)', 'Service Desk']]],
    customer: (page) => start(page, 'Make the ticket', ticket),
    news: ticket,
    result: /New ticket \d+ on Service Desk: The printer hums, from Quilla Fernwhistle/,
  },
  {
    name: 'When a ticket gets a status, tell the customer',
    choices: [
      [
        ['Event (required)', 'Ticket Status Changed'],
        ['Board (required)', 'Service Desk'],
        ['Status (required)', 'Waiting for the Customer'],
      ],
    ],
    async customer(page) {
      await start(page, 'Make the ticket', ticket);
      await ticket(page).getByLabel('New status').selectOption('Waiting for the Customer');
      await opens(ticket(page), () => button(ticket(page), 'Change the ticket').click());
    },
    news: ticket,
    result: 'Your ticket The printer hums now has the status Waiting for the Customer.',
  },
  {
    name: 'Onboarding: a form result becomes tasks and a welcome mail',
    choices: [
      [
        ['Workflow Type (required)', 'Form'],
        ['Workflow (required)', 'Onboard a New Employee'],
      ],
      [['Form (required)', 'New Employee']],
      [['Request Type (required)', 'Something Else']],
      [['Template (required)', 'New employee']],
      [['Email Template (required)', 'Welcome']],
    ],
    customer: (page) => start(page, 'Run the workflow', (at) => form(at, 'Run the workflow')),
    news: (page) => form(page, 'Run the workflow'),
    result: /To merle\.foghorn@example\.com: Welcome to Fernwhistle Florists, Merle Foghorn/,
  },
  {
    name: 'Tell a manager about an abandoned chat',
    async customer(page) {
      await askForChat(page);
      await change(page, 'Customer leaves');
    },
    result: /Quilla Fernwhistle of Fernwhistle Florists left at .* before anybody joined/,
  },
  {
    name: 'Call back whoever left a callback',
    async customer(page) {
      await opens(form(page, 'Leave the callback'), () =>
        button(page, 'Now be the customer').click(),
      );
      await fillInWindow(page, 'Leave the callback');
      await opens(chat(page), () => button(page, 'Leave the callback').click());
    },
    result: /Call Quilla Fernwhistle from .* at \+1 202-555-0143/,
  },
  {
    name: 'Call back whoever asked for it during a chat',
    async customer(page) {
      await askForChat(page);
      await fillInWindow(page, 'Ask for the callback');
      await change(page, 'Ask for the callback');
    },
    result: /Call Quilla Fernwhistle from .* at \+1 202-555-0143/,
  },
  {
    name: 'Post new chats to a channel',
    customer: askForChat,
    result: /Quilla Fernwhistle \(Fernwhistle Florists\) has been waiting since/,
  },
  {
    name: 'Remind the technicians of a chat that takes more than an hour',
    async customer(page) {
      await askForChat(page);
      await change(page, 'Technician joins');
    },
    result: 'This chat has been open for an hour. Does somebody need help?',
  },
  {
    name: 'Tell the team that a customer waits for an answer',
    async customer(page) {
      await askForChat(page);
      await change(page, 'Technician joins');
    },
    // The technician wrote last.
    result: 'This condition does not hold: "member" exactly matches "contact".',
    outcome: 'Stopped at 5. Filter',
  },
];

async function expectNoBarriers(page: Page): Promise<void> {
  // On a narrow page the colours are those of a wide one, and axe takes most of its time for them.
  const isWide = (page.viewportSize()?.width ?? 0) > 1000;
  expect(await barriers(page, isWide)).toEqual([]);
}

/** Plays a recipe up to the panel that turns the Zap on. */
async function upToPublish(page: Page, { name, choices = [] }: Play): Promise<void> {
  const configure = panel(page, 'Configure');
  const isConnected = opened.editor.workbench.account.label !== null;
  await opens(isConnected ? configure : panel(page, 'Account'), () =>
    button(page, new RegExp(`^${name}`)).click(),
  );
  if (!isConnected) await opens(configure, () => button(page, 'Connect').click());
  const goOn = async () => {
    await opens(panel(page, 'Test'), () => button(page, 'Continue').click());
    return button(page, 'Skip the test').click();
  };
  for (const [index, ofStep] of choices.entries()) {
    if (index > 0) await opens(configure, goOn);
    for (const [field, choice] of ofStep) {
      await configure.getByLabel(field, { exact: true }).selectOption(choice);
      await configure.locator('.htmx-request').waitFor({ state: 'detached' });
    }
  }
  await expectNoBarriers(page);
  await opens(panel(page, 'Publish'), goOn);
}

test('the editor has the recipes of the guide, and each is played here', () => {
  const [, recipes = ''] =
    /^## Recipes$(.*?)^## /ms.exec(readFileSync('docs/user-guide.md', 'utf8')) ?? [];
  const headings = [...recipes.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
  expect(new Set(RECIPES.map(({ name, heading }) => heading ?? name))).toEqual(new Set(headings));
  expect(RECIPES.map(({ name }) => name)).toEqual(PLAYS.map(({ name }) => name));
});

describe.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('at $width pixels, in one page', (viewport) => {
  let page: Page;
  beforeAll(async () => {
    await startOver(opened.editor);
    page = await opened.open({ viewport });
  });
  afterAll(() => page.close());

  test.each(PLAYS)('$name', async (play) => {
    const results = page.getByText(play.result);
    const before = await results.count();
    await upToPublish(page, play);
    await opens(button(page, 'Now be the customer'), () => button(page, 'Turn on').click());
    await play.customer(page);
    const { news = chat, outcome = 'All steps ran' } = play;
    await opens(article(page), () => button(news(page), 'See the run').click());
    await article(page).getByText(outcome, { exact: true }).waitFor();
    await results.first().waitFor();
    // Another recipe that was played in this page may have the same result.
    expect(await results.count()).toBeGreaterThan(before);
    await expectNoBarriers(page);
    expect(opened.complaints).toEqual([]);
  });
});

test('a recipe is played with the keyboard alone, and one solid button leads the way', async () => {
  const page = await opened.open();
  /** The words of the solid buttons. */
  const solid = () =>
    page.evaluate<string[]>(`[...document.querySelectorAll('button')]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).fontWeight === '600'
        && getComputedStyle(one).backgroundColor === 'rgb(74, 55, 184)')
      .map((one) => one.innerText)`);
  const nextIs = (name: string) => until(async () => (await solid()).join() === name);
  /** Goes on with Tab until something has the focus, then presses a key. */
  const press = async (name: RegExp, key = 'Enter') => {
    for (let tabs = 0; tabs < 150; tabs += 1) {
      if (name.test(await focusedName(page))) return page.keyboard.press(key);
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not lead to ${name}.`);
  };
  const configure = panel(page, 'Configure');
  await opens(configure, () => press(/^Follow up/));
  await nextIs('Continue');
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  await nextIs('Test trigger');
  await opens(panel(page, 'Test').getByRole('group'), () => press(/^Test trigger$/));
  await nextIs('Continue');
  await opens(configure, () => press(/^Continue$/));
  await press(/^Request Type/, 'ArrowDown');
  await configure.getByRole('textbox', { name: 'Summary (required)' }).waitFor();
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  await opens(configure, () => press(/^Skip the test$/));
  await press(/^Member/, 'ArrowDown');
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  await opens(panel(page, 'Publish'), () => press(/^Skip the test$/));
  await nextIs('Turn on');
  await opens(button(page, 'Now be the customer'), () => press(/^Turn on$/));
  await nextIs('Now be the customer');
  await opens(form(page, 'Ask for a chat'), () => press(/^Now be the customer$/));
  await nextIs('Ask for a chat');
  await opens(chat(page), () => press(/^Ask for a chat$/));
  await button(chat(page), 'Customer leaves').waitFor();
  await nextIs('Customer leaves');
  await opens(chat(page), () => press(/^Customer leaves$/));
  await button(chat(page), 'See the run').waitFor();
  await nextIs('See the run');
  await opens(article(page), () => press(/^See the run$/));
  await article(page).getByText('All steps ran').waitFor();
});

test('a recipe runs after eight clicks, connecting included', async () => {
  const page = await opened.open();
  await button(page, 'Start over…').click();
  await button(page.getByRole('dialog', { name: 'Start over?' }), 'Start over').click();
  await page.getByText('No tickets yet.').waitFor();
  let clicks = 0;
  const click = async (name: string | RegExp) => {
    await button(page, name).click();
    clicks += 1;
  };
  await click(/^Tell a team about new tickets on a board/);
  await click('Connect');
  await page.getByLabel('Board (required)').selectOption('Service Desk');
  clicks += 1;
  await click('Continue');
  await click('Skip the test');
  await click('Turn on');
  await click('Now be the customer');
  await click('Make the ticket');
  await ticket(page).getByText('All steps ran').waitFor();
  await page.getByRole('article', { name: /: The printer hums · Service Desk \(\d+\)/ }).waitFor();
  expect(clicks).toBeLessThanOrEqual(8);
});
