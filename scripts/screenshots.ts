import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startEditor } from '../sandbox/editor/editor.ts';
import { launchBrowser } from './browser.ts';

/* Takes the pictures of the Zap editor for the README. */

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));

const PICTURES = [
  { state: 'event', width: 1280, colorScheme: 'light' },
  { state: 'configure', width: 1280, colorScheme: 'light' },
  { state: 'test', width: 1280, colorScheme: 'light' },
  { state: 'history', width: 1280, colorScheme: 'light' },
  { state: 'history', width: 1920, colorScheme: 'dark' },
  { state: 'history', width: 390, colorScheme: 'light' },
] as const;

const HEIGHTS = { 390: 844, 1280: 900, 1920: 1080 } as const;

const browser = await launchBrowser();
try {
  for (const picture of PICTURES) await take(picture);
} finally {
  await browser.close();
}

async function take({ state, width, colorScheme }: (typeof PICTURES)[number]): Promise<void> {
  const editor = await startEditor();
  try {
    const viewport = { width, height: HEIGHTS[width] };
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    await page.goto(editor.url);
    await bring(page, state);
    const name = `zap-editor-${state}-${width}.png`;
    await page.screenshot({ path: `${FOLDER}${name}` });
    await page.close();
    console.log(name);
  } finally {
    await editor.close();
  }
}

/** Brings the editor into a state with clicks. */
async function bring(page: Page, state: (typeof PICTURES)[number]['state']): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  if (state === 'event') return;
  await page.getByRole('button', { name: 'Chat Session Status Changed' }).click();
  await press('Connect');
  await page.getByLabel('Completed: a technician closed the chat').check();
  if (state === 'configure') return;
  await press('Continue');
  await press('Test trigger');
  await page.getByText('Chat Session A').waitFor();
  if (state === 'test') return;
  await press('Continue');
  await press('Turn on');
  await page.getByText('waits for chats').waitFor();
  await press('Ask for a chat');
  await press('Technician joins');
  await page.locator('#run-1').waitFor();
  await press('Post the delivery');
  await page.locator('#run-2').waitFor();
  const run = page.locator('#run');
  for (const label of ['Closed By Name', 'Status', 'Session Name']) {
    await run.getByRole('button', { name: `Map ${label}`, exact: true }).click();
  }
  await page.locator('#mapping-preview mark').nth(2).waitFor();
  await page.locator('#zap').scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelector('#history').scrollIntoView()");
}
