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
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Chat Session Status Changed' }).click();
  await press('Connect');
  await page.getByLabel('Abandoned: the customer left').check();
  if (state === 'configure') return;
  await press('Continue');
  await press('Test trigger');
  await page.getByText('Chat Session A').waitFor();
  if (state === 'test') return;
  if (state === 'event') {
    await press('Add a step');
    await page.getByText('Searches', { exact: true }).waitFor();
    return;
  }

  const zap = page.locator('#zap');
  const addStep = async (label: string) => {
    await press('Add a step');
    await zap.getByRole('button', { name: label }).click();
    await zap.getByRole('button', { name: 'Refresh fields' }).waitFor();
  };
  const map = async (into: string, field: string) => {
    await press(`Map a field into ${into}`);
    await press(`Map ${field}`);
  };
  const goOn = async () => {
    await press('Continue');
    await page.locator('#open-test[aria-expanded=true]').waitFor();
  };
  await addStep('Find Contact');
  await map('Contact', '1. Contact Entity ID');
  await goOn();
  await press('Test search');
  await page.getByText('Contact A').waitFor();
  await addStep('Create Ticket');
  await page.getByLabel('Request Type (required)').selectOption('Report a Problem');
  await page.getByLabel('Summary (required)').fill('Abandoned:');
  await map('Summary', '1. Session Name');
  await map('Contact', '2. ID');
  if (state === 'mapping') {
    await press('Map a field into Description');
    await page.getByRole('button', { name: 'Map 1. Contact Name', exact: true }).waitFor();
    return;
  }
  await map('Chat', '1. Session ID');
  await goOn();
  await addStep('Send Notification to Member');
  await page.getByLabel('Member (required)').selectOption('Pixel Debugsworth');
  await page.getByLabel('Message (required)').fill('Please call');
  await map('Message', '1. Contact Name');
  await page.keyboard.type('. The ticket is');
  await map('Message', '3. ID');
  await goOn();
  await press('Continue');
  await press('Turn on');
  await page.getByText('waits for chats').waitFor();
  await press('Ask for a chat');
  await press('Customer leaves');
  await page.locator('#run-1').waitFor();
  await page.locator('#tech-portal').getByText('Please call').waitFor();
  if (state === 'zap') return page.evaluate('scrollTo(0, 0)');
  await page.locator('.step-runs summary').last().click();
  await page.locator('.entry').getByText('Please call').waitFor();
  await page.evaluate("document.querySelector('#history').scrollIntoView()");
}
