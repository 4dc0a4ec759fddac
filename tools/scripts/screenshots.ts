import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startEditor } from '../zap-editor/editor.ts';
import { launchBrowser } from './browser.ts';

/* Takes the pictures of the Zap editor for the documents. */

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const STATES = ['event', 'configure', 'test', 'mapping', 'zap', 'history'] as const;
type State = (typeof STATES)[number];
const VIEWPORT = { width: 1280, height: 900 };

const browser = await launchBrowser();
try {
  for (const state of STATES) await take(state);
} finally {
  await browser.close();
}

async function take(state: State): Promise<void> {
  const editor = await startEditor();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce' });
    await page.goto(editor.url);
    await bring(page, state);
    const name = `zap-editor-${state}-${VIEWPORT.width}.png`;
    // A row under the mouse shows its key.
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${FOLDER}${name}` });
    await page.close();
    console.log(name);
  } finally {
    await editor.close();
  }
}

/** Brings the editor into a state with clicks. */
async function bring(page: Page, state: State): Promise<void> {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const choose = async (field: string, choice: string) => {
    await page.getByLabel(field, { exact: true }).selectOption(choice);
    await page.locator('#zap .htmx-request').waitFor({ state: 'detached' });
  };
  await button(/^Follow up an abandoned chat/).click();
  await button('Connect').click();
  await button('Refresh fields').waitFor();
  if (state === 'configure') return;
  await button('Continue').click();
  await button('Test trigger').click();
  await page.getByText('Chat Session A').waitFor();
  if (state === 'test') return;
  if (state === 'event') {
    await button('Add a step').click();
    return page.getByText('Searches', { exact: true }).waitFor();
  }
  await button('Continue').click();
  await choose('Request Type (required)', 'Report a Problem');
  if (state === 'mapping') {
    await button('Map a field into Description').click();
    return page.getByRole('button', { name: /^1\. Contact Name / }).waitFor();
  }
  await button('Continue').click();
  await button('Skip the test').click();
  await choose('Member (required)', 'Pixel Debugsworth');
  await button('Continue').click();
  await button('Skip the test').click();
  await button('Turn on').click();
  await button('Now be the customer').click();
  await button('Ask for a chat').click();
  await button('Customer leaves').click();
  await page.locator('#chats').getByText('All steps ran').waitFor();
  if (state === 'zap') return page.evaluate('scrollTo(0, 0)');
  await button('See the run').first().click();
  await page.locator('.step-runs summary').last().click();
  await page.evaluate("document.querySelector('#history').scrollIntoView()");
}
