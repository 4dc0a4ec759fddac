import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import axe from 'axe-core';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';

/**
 * How long a browser waits for anything, in milliseconds: many times what it takes while something
 * else keeps all cores busy, and less than a test may take.
 */
const PATIENCE = 60_000;

/** An editor in a real browser, for all tests of a file. */
export interface OpenEditor {
  readonly editor: Editor;
  /** Opens a page of the editor. It is closed when the test ends that has opened it. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** What the pages of this test complained of. */
  readonly complaints: string[];
}

/** @param appPath the app to show instead of the built one */
export function editorInBrowser(appPath?: string): OpenEditor {
  let browser: Browser;
  let editor: Editor;
  const complaints: string[] = [];
  let ofTheTest: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    editor = await startEditor(appPath === undefined ? {} : { appPath });
  });
  beforeEach(() => {
    ofTheTest = [];
  });
  afterEach(async () => {
    await Promise.all(ofTheTest.map((context) => context.close()));
    complaints.length = 0;
  });
  afterAll(async () => {
    await browser.close();
    await editor.close();
  });

  return {
    complaints,
    get editor() {
      return editor;
    },
    async open(options) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      ofTheTest.push(context);
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(editor.url)) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(editor.url);
      return page;
    },
  };
}

export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });

/** A panel of the open step, or the panel of the Zap. */
export const panel = (page: Page, name: string): Locator =>
  page.getByRole('group', { name, exact: true });

const post = (editor: Editor, path: string) =>
  fetch(`${editor.url}${path}`, { method: 'POST', headers: { origin: editor.url } });

/** Throws the Zap away, and turns the Zaps off that are on. The account stays connected. */
export async function newZap(editor: Editor): Promise<void> {
  for (const { zap } of editor.workbench.activeZaps) await post(editor, `/zap/off/${zap.id}`);
  await post(editor, '/zap/new');
}

/** Throws everything away. */
export const startOver = (editor: Editor) => post(editor, '/reset');

/** Chooses the event of the first step, or of a step that it adds. Connects when that is due. */
export async function choose(page: Page, label: string): Promise<void> {
  const title = page.getByText(label, { exact: true });
  const event = panel(page, 'App & event').getByRole('button').filter({ has: title });
  const add = button(page, 'Add a step');
  if (!(await event.isVisible())) await add.click();
  await event.click();
  const connect = button(page, 'Connect');
  const refresh = button(page, 'Refresh fields');
  await connect.or(refresh).waitFor();
  if (await connect.isVisible()) await connect.click();
  await refresh.waitFor();
}

/** Maps a field of an earlier step, such as `1. Session ID`, into a field of the form. */
export async function map(page: Page, into: string, field: string): Promise<void> {
  await button(page, `Map a field into ${into}`).first().click();
  const dialog = page.getByRole('dialog', { name: `Map a field into ${into}` });
  await dialog
    .getByRole('button', { name: new RegExp(`^${field} `) })
    .first()
    .click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Turns the Zap on, as its last step is done. */
export async function turnOn(page: Page): Promise<void> {
  await button(page, /^Publish/).click();
  await button(page, 'Turn on').click();
  await button(page, 'Now be the customer').waitFor();
}

/**
 * Does something that opens a part of the page. Then the part must have the focus, and both must be on
 * the screen. A part may be taller than the screen.
 */
export async function opens(part: Locator, action: () => Promise<unknown>): Promise<void> {
  await action();
  const seen = () =>
    part.first().evaluate((element) => {
      const { activeElement: focused, defaultView } = element.ownerDocument;
      const { top } = element.getBoundingClientRect();
      const place = focused.getBoundingClientRect();
      const height: number = defaultView.innerHeight;
      if (!element.contains(focused)) return `The focus is on ${focused.outerHTML.slice(0, 200)}`;
      if (top < 0 || top >= height) return `It begins at ${top}`;
      const isIn = place.top >= 0 && (place.bottom <= height || place.height > height);
      return isIn ? '' : `The focus is at ${place.top} to ${place.bottom}`;
    });
  await part
    .first()
    .waitFor()
    .catch(async (error: unknown) => {
      const shown = await part.page().evaluate<string>('document.body.innerText');
      throw new Error(`${error}\nThe page shows: ${shown}`);
    });
  const end = Date.now() + 10_000;
  let wrong = await seen();
  while (wrong !== '' && Date.now() < end) {
    await sleep(20);
    wrong = await seen();
  }
  expect(wrong).toBe('');
}

/** The value of a field of the first record that is shown. */
export const fieldValue = (records: Locator, label: string): Promise<string> =>
  records
    .locator('.field')
    .filter({ has: records.page().getByText(label, { exact: true }) })
    .first()
    .locator('.value')
    .first()
    .innerText();

/**
 * What axe finds serious or worse, and attributes that it can't make sense of, in words; and by how many
 * pixels the page is too wide. In the dark the colours are others, and nothing else.
 *
 * @param colors whether to look for text that is hard to read on its background
 */
export async function barriers(page: Page, colors = true): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const light = await findings(page, { rules: { 'color-contrast': { enabled: colors } } });
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = colors ? await findings(page, { runOnly: ['color-contrast'] }) : [];
  await page.emulateMedia({ colorScheme: 'light' });
  const tooWide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return [
    ...light,
    ...dark.map((finding) => `in the dark: ${finding}`),
    ...(tooWide > 0 ? [`too wide by ${tooWide} pixels`] : []),
  ];
}

/** An earlier chat or ticket looks like the latest. */
const LOOKED_AT: axe.ElementContext = { exclude: ['.chat:not(:first-child)'] };

function findings(page: Page, options: axe.RunOptions): Promise<string[]> {
  // Only the words leave the page: all results would be megabytes.
  return page.evaluate<
    string[]
  >(`axe.run(${JSON.stringify(LOOKED_AT)}, ${JSON.stringify(options)}).then(({ violations, incomplete, passes }) => {
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
    const labelled = document.getElementById(focused.getAttribute('aria-labelledby')?.split(' ')[0]);
    return focused.getAttribute('aria-label') ?? (labelled ?? focused.labels?.[0] ?? focused).innerText;
  })()`);

/** Waits until it is so. Rejects when the patience is at its end. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${isSo}`);
    await sleep(20);
  }
}
