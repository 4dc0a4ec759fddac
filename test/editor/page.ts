import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type Editor, startEditor } from '../../sandbox/editor/editor.ts';
import { launchBrowser } from '../../scripts/browser.ts';

/** An editor with a page on it, in a real browser. */
export interface OpenEditor {
  readonly editor: Editor;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
}

/** Opens editors in one browser, and closes all of it. */
export async function editors() {
  const browser: Browser = await launchBrowser();
  const open: Editor[] = [];
  return {
    async open(options: BrowserContextOptions = {}, appPath?: string): Promise<OpenEditor> {
      const editor = await startEditor(appPath === undefined ? {} : { appPath });
      open.push(editor);
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
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
    },

    /** Closes all that was opened. */
    async closeAll(): Promise<void> {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await Promise.all(open.splice(0).map((editor) => editor.close()));
    },

    stop: () => browser.close(),
  };
}

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** Chooses a step by its label. */
export const choose = (page: Page, label: string): Promise<void> =>
  page.locator('.steps').getByRole('button', { name: label }).click();

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

/** Posts a text as a delivery, and waits until it stands in the history as the run of a number. */
export async function post(page: Page, body: string, number: number): Promise<void> {
  await page.getByLabel('Body', { exact: true }).fill(body);
  await button(page, 'Post the delivery').click();
  await page.locator(`#run-${number}`).waitFor();
}

/** The words of each run in the history, the latest first. */
export const runs = (page: Page): Promise<string[]> => page.locator('.run-counts').allInnerTexts();

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

/** What axe finds serious or worse, and attributes that it can't make sense of, in words. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations, incomplete } = await page.evaluate<axe.AxeResults>('axe.run()');
  return [
    ...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    ...incomplete.filter(({ id }) => id.startsWith('aria-')),
  ].flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The words of what has the focus. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const { activeElement: focused } = document;
    return focused.getAttribute('aria-label') ?? focused.labels?.[0]?.innerText ?? focused.innerText;
  })()`);

/** Waits until it is so. Rejects after 15 seconds. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${isSo}`);
    await sleep(20);
  }
}
