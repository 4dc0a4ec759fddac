import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RECIPES } from '../../zap-runner/recipes.ts';
import { button, focusedName, opens, panel, until } from './page.ts';
import { article, chat, form, opened, PLAYS, playRecipes, ticket } from './plays.ts';

test('the editor has the recipes of the guide, and each is played here', () => {
  const [, recipes = ''] =
    /^## Recipes$(.*?)^## /ms.exec(readFileSync('docs/user-guide.md', 'utf8')) ?? [];
  const headings = [...recipes.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
  expect(new Set(RECIPES.map(({ name, heading }) => heading ?? name))).toEqual(new Set(headings));
  expect(RECIPES.map(({ name }) => name)).toEqual(PLAYS.map(({ name }) => name));
});

playRecipes({ width: 1440, height: 900 });

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
  expect(clicks).toBeLessThanOrEqual(8);
});
