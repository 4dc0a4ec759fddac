import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { GATED_APP, type Gate, startGate } from './gate.ts';
import { until } from './page.ts';

/*
 * What several pages want of one editor at the same time. The app waits at a gate wherever a test
 * holds it, so that something else can come meanwhile.
 */

jest.setTimeout(30_000);

const TOO_LATE = 'Nothing was done';

let gate: Gate;
let editor: Editor;
beforeEach(async () => {
  gate = await startGate();
  editor = await startEditor({ appPath: GATED_APP });
});
afterEach(async () => {
  gate.open();
  await editor.close();
  await gate.close();
});

/** A page as it is now: what it posts tells the editor what it showed. */
async function openPage() {
  const html = await (await fetch(editor.url)).text();
  const shownIn = (element: string): Record<string, string> => {
    const [, json = ''] = html.match(`${element}[^>]*hx-headers:inherited='(.*?)'`) ?? [];
    return JSON.parse(json);
  };
  const [page, zap] = [shownIn('<body'), shownIn('<section id="zap"')];
  const send = (path: string, fields: Record<string, string> = {}) =>
    fetch(`${editor.url}${path}`, {
      method: 'POST',
      headers: { ...(path.startsWith('/zap/') ? zap : page), origin: editor.url },
      body: new URLSearchParams(fields),
    });
  return {
    html,
    send,
    /** The words of the answer. */
    post: async (path: string, fields?: Record<string, string>) =>
      (await send(path, fields)).text(),
  };
}

/** Does one thing after the other, each in a page that shows what the one before it came to. */
async function inNewPages(...steps: [path: string, fields?: Record<string, string>][]) {
  for (const step of steps) expect(await (await openPage()).post(...step)).not.toContain(TOO_LATE);
}

/** Chooses a step, connects it, and fills a word in for it. An action is the second step. */
async function setUp(step: string, word: string): Promise<void> {
  if (step.startsWith('creates/')) {
    await inNewPages([`/zap/steps/${editor.workbench.draft.open.id}/add`]);
  }
  await inNewPages(
    [`/zap/event/${step}`],
    ['/zap/account', { gate: gate.url }],
    ['/zap/configure', { word, loud: '' }],
  );
}

const timesPassed = (name: string) => gate.passed.filter((one) => one.startsWith(name)).length;
const wordsThatAreOn = () => editor.workbench.activeZaps.map(({ zap }) => zap.inputData.word);

test('two pages that press Turn on at once make one Zap, and one of them is told', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/panel/publish']);
  const [page, other] = [await openPage(), await openPage()];
  const subscribing = gate.hold('subscribe');
  const answers = [page.post('/zap/on'), other.post('/zap/on')];
  await subscribing.arrived;
  subscribing.release();

  const told = await Promise.all(answers);
  expect(told.filter((words) => words.includes(TOO_LATE))).toHaveLength(1);
  expect(told.filter((words) => words.includes('waits for chats'))).toHaveLength(2);
  expect(wordsThatAreOn()).toEqual(['one']);
  expect(timesPassed('subscribe')).toBe(1);
});

test('a Zap that is on is not turned on again as long as nothing has changed', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on']);
  expect(await (await openPage()).post('/zap/on')).toContain(TOO_LATE);
  expect(wordsThatAreOn()).toEqual(['one']);
  expect(gate.passed.filter((name) => /subscribe/.test(name))).toEqual(['subscribe one']);
});

test('two pages that publish the same changes at once put one Zap in the place of the former', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on'], ['/zap/panel/configure'], ['/zap/configure', { word: 'two' }]);
  const [page, other] = [await openPage(), await openPage()];
  const subscribing = gate.hold('subscribe');
  const answers = [page.post('/zap/on'), other.post('/zap/on')];
  await subscribing.arrived;
  subscribing.release();

  await Promise.all(answers);
  expect(wordsThatAreOn()).toEqual(['two']);
  expect(timesPassed('subscribe')).toBe(2);
  expect(timesPassed('unsubscribe')).toBe(1);
});

test.each(['/zap/on', '/zap/test'])(
  'what a page asks for by %s is not done with what it did not show',
  async (path) => {
    await setUp('triggers/first', 'one');
    const page = await openPage();
    await inNewPages(['/zap/panel/configure'], ['/zap/configure', { word: 'two' }]);
    expect(await page.post(path)).toContain(TOO_LATE);
    expect(gate.passed).toEqual(['connect', 'fields', 'fields one']);
    expect(editor.workbench.activeZaps).toEqual([]);
  },
);

test('the records of a test that runs while the form changes are not those of the new form', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/panel/configure']);
  const [page, other] = [await openPage(), await openPage()];
  const testing = gate.hold('test');
  const answers = [page.post('/zap/test')];
  await testing.arrived;
  answers.push(other.post('/zap/fields', { word: 'two' }));
  testing.release();

  await Promise.all(answers);
  expect(editor.workbench.draft.open).toMatchObject({ input: { word: 'two' }, tested: null });
});

test('an action is not tested with a form that changed while the click was on its way', async () => {
  await setUp('creates/say', 'one');
  await inNewPages(['/zap/panel/configure']);
  const [page, other] = [await openPage(), await openPage()];
  const making = gate.hold('fields');
  const changed = page.post('/zap/fields', { word: 'two' });
  await making.arrived;
  const tested = other.post('/zap/test');
  making.release();

  await changed;
  expect(await tested).toContain(TOO_LATE);
  expect(timesPassed('say')).toBe(0);
});

test('a step that loads its fields is not replaced by one that another page chooses', async () => {
  await setUp('triggers/first', 'one');
  const [page, other] = [await openPage(), await openPage()];
  const making = gate.hold('fields');
  const chosen = page.post('/zap/event/triggers/second');
  await making.arrived;
  const alsoChosen = other.post('/zap/event/triggers/first');
  // Whoever comes meanwhile sees the former step, and no form without its fields.
  expect((await openPage()).html).toContain('Test trigger');
  making.release();

  await chosen;
  expect(await alsoChosen).toContain(TOO_LATE);
  expect(editor.workbench.draft.open).toMatchObject({
    step: { key: 'second' },
    panel: 'configure',
    fields: [{ key: 'word' }],
  });
});

test('a connection that is made while a test runs comes after it, and the test counts no more', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/panel/account']);
  const [page, other, third] = [await openPage(), await openPage(), await openPage()];
  const testing = gate.hold('test');
  const tested = page.post('/zap/test');
  await testing.arrived;
  const connected = [other, third].map((one) => one.post('/zap/account', { gate: gate.url }));
  testing.release();

  await tested;
  expect((await Promise.all(connected)).filter((words) => words.includes(TOO_LATE))).toHaveLength(
    1,
  );
  expect(gate.passed.slice(-3)).toEqual(['test one', 'connect', 'fields one']);
  expect(editor.workbench.draft.open.tested).toBeNull();
});

test('a Zap that is turned off while its changes are published is turned off once', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on'], ['/zap/panel/configure'], ['/zap/configure', { word: 'two' }]);
  const [page, other] = [await openPage(), await openPage()];
  const [former] = editor.workbench.activeZaps;
  const subscribing = gate.hold('subscribe');
  const published = page.post('/zap/on');
  await subscribing.arrived;
  const turnedOff = other.post(`/zap/off/${former?.zap.id}`);
  subscribing.release();

  await published;
  expect(await turnedOff).toContain(TOO_LATE);
  expect(wordsThatAreOn()).toEqual(['two']);
  expect(gate.passed.filter((name) => /subscribe/.test(name))).toEqual([
    'subscribe one',
    'subscribe two',
    'unsubscribe one',
  ]);
});

test('two pages that press Turn off at once turn the Zap off once', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on']);
  const [page, other] = [await openPage(), await openPage()];
  const [active] = editor.workbench.activeZaps;
  const answers = [page, other].map((one) => one.post(`/zap/off/${active?.zap.id}`));

  expect((await Promise.all(answers)).filter((words) => words.includes(TOO_LATE))).toHaveLength(1);
  expect(timesPassed('unsubscribe')).toBe(1);
});

test('a delivery to a Zap that is being turned off is refused, and one from before is run', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on']);
  const [page, other] = [await openPage(), await openPage()];
  const [active] = editor.workbench.activeZaps;
  expect(await other.post('/deliveries', { zap: '', body: '{}' })).toContain('The answer is 200');
  const unsubscribing = gate.hold('unsubscribe');
  const turnedOff = page.post(`/zap/off/${active?.zap.id}`);
  await unsubscribing.arrived;
  expect(await other.post('/deliveries', { zap: '', body: '{}' })).toContain('The answer is 410');
  unsubscribing.release();

  await turnedOff;
  expect(editor.workbench.history).toHaveLength(1);
  expect(timesPassed('run')).toBe(1);
});

test('two pages that add or remove a step at once do so once', async () => {
  await setUp('triggers/first', 'one');
  const { id } = editor.workbench.draft.open;
  const adding = [await openPage(), await openPage()];
  const added = await Promise.all(adding.map((page) => page.post(`/zap/steps/${id}/add`)));
  expect(added.filter((words) => words.includes(TOO_LATE))).toHaveLength(1);
  expect(editor.workbench.draft).toMatchObject({ before: [{ id }], after: [] });

  const other = editor.workbench.draft.open.id;
  const removing = [await openPage(), await openPage()];
  const removed = await Promise.all(
    removing.map((page) => page.post(`/zap/steps/${other}/remove`)),
  );
  expect(removed.filter((words) => words.includes(TOO_LATE))).toHaveLength(1);
  expect(editor.workbench.draft).toMatchObject({ before: [], open: { id }, after: [] });
  // The trigger stays.
  expect(await (await openPage()).post(`/zap/steps/${id}/remove`)).toContain(TOO_LATE);
});

test('a Zap is not turned on with a step that the page did not show', async () => {
  await setUp('triggers/first', 'one');
  const trigger = editor.workbench.draft.open.id;
  const page = await openPage();
  await inNewPages(
    [`/zap/steps/${trigger}/add`],
    ['/zap/event/creates/say'],
    ['/zap/configure', { word: '{{1.word}}', loud: '' }],
    [`/zap/steps/${trigger}/open`],
  );
  expect(await page.post('/zap/on')).toContain(TOO_LATE);
  await inNewPages(['/zap/on'], ['/deliveries', { zap: '', body: '{}' }]);
  await until(async () => editor.workbench.history.length === 1);
  expect(gate.passed.slice(-2)).toEqual(['run one', 'say one']);
});

test('what people do, faults, and deliveries wait for nothing that runs', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on']);
  const page = await openPage();
  const testing = gate.hold('test');
  const tested = page.post('/zap/test');
  await testing.arrived;

  await page.post('/chats/request');
  expect(editor.workbench.deskDirector.chats.list()).toHaveLength(1);
  expect(await page.post('/faults', { fault: 'down' })).toContain('Is down (503)');
  expect(editor.workbench.deskDirector.faults.waiting).toHaveLength(1);
  expect(await page.post('/deliveries', { zap: '', body: '{}' })).toContain('The answer is 200');

  testing.release();
  expect(await tested).toContain('1 record');
});

test('a reset waits for nothing that runs, and whoever waits for that is told', async () => {
  await setUp('triggers/first', 'one');
  const [page, other] = [await openPage(), await openPage()];
  const former = editor.workbench;
  const testing = gate.hold('test');
  const answers = [page.post('/zap/test')];
  await testing.arrived;
  answers.push(other.post('/zap/test'));

  expect((await page.send('/reset')).status).toBe(204);
  expect(editor.workbench).not.toBe(former);
  for (const words of await Promise.all(answers)) expect(words).toContain(TOO_LATE);
  expect(editor.workbench.draft.open.step).toBeNull();
});

test('what a page from before a reset asks for is not done: it loads anew', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/on'], ['/deliveries', { zap: '', body: '{}' }]);
  const page = await openPage();
  await inNewPages(['/reset']);
  await setUp('triggers/first', 'two');
  await inNewPages(['/zap/on'], ['/deliveries', { zap: '', body: '{}' }]);
  await until(async () => editor.workbench.history.length === 1);

  const { workbench } = editor;
  for (const path of ['/reset', '/runs/1/replay', '/faults', '/deliveries', '/chats/request']) {
    const { status, headers } = await page.send(path);
    expect([status, headers.get('hx-refresh')]).toEqual([204, 'true']);
  }
  expect(await page.post('/zap/test')).toContain(TOO_LATE);
  expect(editor.workbench).toBe(workbench);
  expect(workbench.history).toHaveLength(1);
  expect(workbench.fault).toBeNull();
  expect(workbench.deskDirector.chats.list()).toEqual([]);
});

test('two resets at once make one', async () => {
  const [page, other] = [await openPage(), await openPage()];
  const former = editor.workbench;
  await Promise.all([page.send('/reset'), other.send('/reset')]);
  expect(editor.workbench).not.toBe(former);
  await expect(fetch(former.deskDirector.url)).rejects.toThrow();
  await inNewPages(['/zap/event/triggers/first']);
});

test('a page that does not show the form empties nothing in it', async () => {
  await setUp('triggers/first', 'one');
  const page = await openPage();
  await inNewPages(['/zap/panel/configure']);
  await page.post('/zap/panel/event');
  expect(editor.workbench.draft.open).toMatchObject({ panel: 'event', input: { word: 'one' } });

  await inNewPages(['/zap/panel/account']);
  await page.post('/zap/panel/event');
  expect(editor.workbench.account.input).toEqual({ gate: gate.url });
});

test('a form that is sent once another part is open is told to be too late', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/panel/configure']);
  const [page, other] = [await openPage(), await openPage()];
  await page.post('/zap/configure', { word: 'two' });
  expect(await other.post('/zap/configure', { word: 'three' })).toContain(TOO_LATE);
  expect(await other.post('/zap/fields', { word: 'three' })).toContain(TOO_LATE);
  expect(editor.workbench.draft.open.input).toEqual({ word: 'two' });
});

test('what is filled in stays while the app cannot make the fields', async () => {
  await setUp('triggers/first', 'one');
  await inNewPages(['/zap/panel/configure']);
  gate.refuse('fields');
  const page = await openPage();
  expect(await page.post('/zap/fields', { word: 'two' })).toContain('The gate lets nobody in.');
  await inNewPages(['/zap/panel/configure']);
  gate.open();
  await inNewPages(['/zap/panel/configure']);
  expect((await openPage()).html).toContain('value="two"');
});

test('nobody goes on past fields that a page has not shown', async () => {
  await setUp('creates/say', 'one');
  await inNewPages(['/zap/panel/configure']);
  const page = await openPage();
  // The page sends what was changed last, without having asked for the fields that come of it.
  expect(await page.post('/zap/configure', { word: 'two', loud: 'outdoors' })).toContain(
    'Volume when outdoors',
  );
  expect(editor.workbench.draft.open).toMatchObject({ panel: 'configure', isConfigured: true });
  await inNewPages(['/zap/configure', { word: 'two', loud: 'outdoors', volume: '11' }]);
  expect(editor.workbench.draft.open).toMatchObject({
    panel: 'test',
    input: { word: 'two', loud: 'outdoors', volume: '11' },
  });

  // Where fields are gone, there is nothing that has not been seen.
  await inNewPages(
    ['/zap/panel/configure'],
    ['/zap/configure', { word: 'two', loud: '', volume: '11' }],
  );
  expect(editor.workbench.draft.open).toMatchObject({ panel: 'test', input: { word: 'two' } });
  expect(editor.workbench.draft.open.input).toEqual({ word: 'two' });
});
