import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';

/**
 * How long a browser waits for anything, in milliseconds: many times what it takes while something
 * else keeps all cores busy, and less than a test may take.
 */
const PATIENCE = 60_000;

/** An editor with a page on it, in a real browser. */
export interface OpenEditor {
  readonly editor: Editor;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
}

/** Opens an editor in the browser; `appPath` is an app to show in place of the built one. */
type EditorOpener = (options?: BrowserContextOptions, appPath?: string) => Promise<OpenEditor>;

/** Starts one browser for all tests of a file. What a test opens is closed behind it. */
export function editorsInBrowser(): EditorOpener {
  let browser: Browser;
  const open: Editor[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await Promise.all(open.splice(0).map((editor) => editor.close()));
  });
  afterAll(() => browser.close());

  return async (options = {}, appPath) => {
    const editor = await startEditor(appPath === undefined ? {} : { appPath });
    open.push(editor);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(editor.url)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(editor.url);
    return { editor, page, complaints };
  };
}

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** Chooses an event by its label. Adds a step when the open one can't have the event. */
export async function choose(page: Page, label: string): Promise<void> {
  await page.locator('#open-event[aria-expanded=true]').waitFor();
  const event = page.locator('.events').getByRole('button', { name: label });
  if ((await event.count()) === 0) await button(page, 'Add a step').click();
  await event.click();
}

/** Chooses a trigger, connects, and turns the Zap on with what `fill` fills in. */
export async function turnOn(
  page: Page,
  label: string,
  fill: (zap: Locator) => Promise<void> = async () => {},
): Promise<void> {
  const zap = page.locator('#zap');
  await choose(page, label);
  const connect = button(zap, 'Connect');
  const refresh = button(zap, 'Refresh fields');
  await connect.or(refresh).waitFor();
  if (await connect.isVisible()) await connect.click();
  await refresh.waitFor();
  await fill(zap);
  await button(zap, 'Continue').click();
  await button(zap, 'Test trigger').waitFor();
  await button(zap, 'Continue').click();
  await button(zap, 'Turn on').click();
  await page.getByText('The Zap is on').waitFor();
}

/** Switches on a fault of the site by its label. */
export async function switchFault(page: Page, label: string): Promise<void> {
  const faults = page.locator('#faults');
  const choice = faults.getByLabel(label, { exact: true });
  if (!(await choice.isVisible())) await faults.getByText('Fault', { exact: true }).click();
  await choice.check();
  await faults.locator('summary .hint').getByText(label, { exact: true }).waitFor();
}

/** Posts a text as a delivery, and waits until it stands in the history as the run of a number. */
export async function post(page: Page, body: string, number: number): Promise<void> {
  await page.getByLabel('Body', { exact: true }).fill(body);
  await button(page, 'Post the delivery').click();
  await page.locator(`#run-${number}`).waitFor();
}

/** The words of each run in the history, the latest first. */
export const runs = (page: Page): Promise<string[]> => page.locator('.run-counts').allInnerTexts();

/** Where what is shown of a run stands. */
export const shownRun = (page: Page): Locator => page.locator('#run');

/** What a field of the record that is shown holds. */
export const fieldValue = (records: Locator, label: string): Promise<string> =>
  records
    .locator('[data-field]')
    .filter({
      has: records
        .page()
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${label}$`) }),
    })
    .first()
    .locator('.value')
    .first()
    .innerText();

/**
 * What axe finds serious or worse, and attributes that it can't make sense of, in words. In the dark
 * the colours are others, and nothing else.
 */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const light = await findings(page, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findings(page, { runOnly: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((finding) => `in the dark: ${finding}`)];
}

function findings(page: Page, options: axe.RunOptions): Promise<string[]> {
  // Only the words leave the page: all results would be megabytes.
  return page.evaluate<
    string[]
  >(`axe.run(${JSON.stringify(options)}).then(({ violations, incomplete, passes }) => {
    if (passes.length === 0) throw new Error('axe looked at nothing.');
    return [
      ...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
      ...incomplete.filter(({ id }) => id.startsWith('aria-')),
    ].flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html));
  })`);
}

/** The words of what has the focus. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const { activeElement: focused } = document;
    return focused.getAttribute('aria-label') ?? focused.labels?.[0]?.innerText ?? focused.innerText;
  })()`);

/** Waits until it is so. Rejects when the patience is at its end. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${isSo}`);
    await sleep(20);
  }
}
