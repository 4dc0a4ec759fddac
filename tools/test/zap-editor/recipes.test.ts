import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, button, editorInBrowser, focusedName, newZap, opens, panel } from './page.ts';

/*
 * The recipes of the user guide, played by what stands on the page. After each action, what it opened is
 * on the screen and has the focus.
 */

const opened = editorInBrowser();

const article = (page: Page) => page.getByRole('article', { name: /^Run / });
const chat = (page: Page) => page.getByRole('listitem').filter({ hasText: 'Session ID' }).first();
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

const change = (page: Page, name: string) =>
  opens(chat(page), () => button(chat(page), name).click());

interface Play {
  readonly name: string;
  /** The choices of the steps that wait for one, in order, and a field that is there then. */
  readonly choices?: readonly [field: string, choice: string, appears: string][];
  /** What the customer does. */
  readonly customer: (page: Page) => Promise<void>;
  /** What came of it, in the words of the page. */
  readonly result: string | RegExp;
  readonly outcome?: string;
}

const PLAYS: readonly Play[] = [
  {
    name: 'Follow up an abandoned chat',
    choices: [
      ['Request Type (required)', 'Report a Problem', 'Summary'],
      ['Member (required)', 'Pixel Debugsworth', 'Message'],
    ],
    async customer(page) {
      await askForChat(page);
      await change(page, 'Customer leaves');
    },
    result: /Please call Quilla Fernwhistle of Fernwhistle Florists\. The ticket is \d+\./,
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
  for (const [field, choice, appears] of choices) {
    await opens(configure, goOn);
    await configure.getByLabel(field).selectOption(choice);
    await configure.getByRole('textbox', { name: appears }).waitFor();
  }
  await opens(panel(page, 'Publish'), goOn);
}

test.each([1440, 390])('each recipe of the guide can be played at %s pixels', async (width) => {
  await newZap(opened.editor);
  const page = await opened.open({ viewport: { width, height: width > 1000 ? 900 : 844 } });
  for (const play of PLAYS) {
    await upToPublish(page, play);
    await opens(button(page, 'Now be the customer'), () => button(page, 'Turn on').click());
    await play.customer(page);
    await opens(article(page), () => button(chat(page), 'See the run').click());
    const outcome = play.outcome ?? 'All steps ran';
    await article(page).getByText(outcome, { exact: true }).waitFor();
    await page.getByText(play.result).first().waitFor();
    await button(page, 'Turn off').click();
    await newZap(opened.editor);
    await page.getByText('Start from a recipe').waitFor();
  }
  expect(await barriers(page)).toEqual([]);
  expect(opened.complaints).toEqual([]);
});

test('a recipe is played with the keyboard alone, and one solid button leads the way', async () => {
  await newZap(opened.editor);
  const page = await opened.open();
  /** The words of the solid buttons. */
  const solid = () =>
    page.evaluate<string[]>(`[...document.querySelectorAll('button')]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).fontWeight === '600'
        && getComputedStyle(one).backgroundColor === 'rgb(74, 55, 184)')
      .map((one) => one.innerText)`);
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
  expect(await solid()).toEqual(['Continue']);
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  expect(await solid()).toEqual(['Test trigger']);
  await opens(panel(page, 'Test').getByRole('group'), () => press(/^Test trigger$/));
  expect(await solid()).toEqual(['Continue']);
  await opens(configure, () => press(/^Continue$/));
  await press(/^Request Type/, 'ArrowDown');
  await configure.getByRole('textbox', { name: 'Summary (required)' }).waitFor();
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  await opens(configure, () => press(/^Skip the test$/));
  await press(/^Member/, 'ArrowDown');
  await opens(panel(page, 'Test'), () => press(/^Continue$/));
  await opens(panel(page, 'Publish'), () => press(/^Skip the test$/));
  expect(await solid()).toEqual(['Turn on']);
  await opens(button(page, 'Now be the customer'), () => press(/^Turn on$/));
  expect(await solid()).toEqual(['Now be the customer']);
  await opens(form(page, 'Ask for a chat'), () => press(/^Now be the customer$/));
  expect(await solid()).toEqual(['Ask for a chat']);
  await opens(chat(page), () => press(/^Ask for a chat$/));
  await button(chat(page), 'Customer leaves').waitFor();
  expect(await solid()).toEqual(['Customer leaves']);
  await opens(chat(page), () => press(/^Customer leaves$/));
  await button(chat(page), 'See the run').waitFor();
  expect(await solid()).toEqual(['See the run']);
  await opens(article(page), () => press(/^See the run$/));
  await article(page).getByText('All steps ran').waitFor();
});

test('a recipe without a choice runs after seven clicks, connecting included', async () => {
  const page = await opened.open();
  await button(page, 'Start over…').click();
  await button(page.getByRole('dialog', { name: 'Start over?' }), 'Start over').click();
  await page.getByText('No chats yet.').waitFor();
  for (const name of [
    /^Post new chats to a channel/,
    'Connect',
    'Continue',
    'Skip the test',
    'Turn on',
    'Now be the customer',
    'Ask for a chat',
  ]) {
    await button(page, name).click();
  }
  await chat(page).getByText('All steps ran').waitFor();
});
