import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { openStep } from '../../zap-editor/zap-draft.ts';
import { GATED_APP, type Gate, startGate } from './gate.ts';
import { newZap, until } from './page.ts';

/*
 * What several pages want of one editor at the same time. The app waits at a gate wherever a test
 * holds it, so that something else can come meanwhile.
 */

let gate: Gate;
let editor: Editor;
beforeAll(async () => {
  gate = await startGate();
  editor = await startEditor({ appPath: GATED_APP });
});
beforeEach(async () => {
  gate.open();
  await newZap(editor);
  gate.open();
});
afterAll(async () => {
  gate.open();
  await editor.close();
  await gate.close();
});

const open = () => openStep(editor.workbench.draft);

type Fields = Readonly<Record<string, string>>;

async function post(path: string, fields: Fields = {}): Promise<string> {
  const headers = { origin: editor.url };
  const body = new URLSearchParams(fields);
  return (await fetch(`${editor.url}${path}`, { method: 'POST', headers, body })).text();
}

/** Posts a form of a step, by default of the one that is open. */
const postStep = (path: string, fields?: Fields, id = editor.workbench.draft.openId) =>
  post(`/zap/steps/${id}/${path}`, fields);

/** Opens a panel of the step that is open. */
const openPanel = (panel: string) => postStep(`open/${open().id}/${panel}`);

/** Chooses a step, connects it, and fills in a word. An action becomes the second step. */
async function setUp(step: string, word: string): Promise<void> {
  if (step.startsWith('creates/')) await postStep(`add/${open().id}`);
  await postStep(`choose/${step}`);
  await postStep('account', { gate: gate.url });
  await postStep('configure', { word, loud: '' });
}

/** Turns a Zap on, with a step that sends what arrives. Its trigger is open. */
async function setUpZap(): Promise<void> {
  await setUp('triggers/first', 'one');
  const { id } = open();
  await post('/zap/stand-in');
  await postStep('configure', { text: 'x' });
  await postStep(`open/${id}/configure`);
}

const deliver = () => post('/deliveries', { zap: '', body: '{}' });
const timesPassed = (name: string) => gate.passed.filter((one) => one.startsWith(name)).length;
const wordsThatAreOn = () => editor.workbench.activeZaps.map(({ zap }) => zap.inputData.word);

test("the page shows the app's own descriptions and help texts", async () => {
  await setUp('triggers/first', 'one');
  expect(await openPanel('account')).toContain('Ask <strong>whoever</strong> keeps it.');
  expect(await postStep(`add/${open().id}`)).toContain('Say passes.');
});

test('two pages that turn a Zap on or publish its changes at once, and again, do so once', async () => {
  await setUpZap();
  const publish = () => post('/zap/on');
  await Promise.all([publish(), publish()]);
  expect(await publish()).toContain('Zaps that are on');
  expect(wordsThatAreOn()).toEqual(['one']);
  await postStep('configure', { word: 'two' });
  const [former] = editor.workbench.activeZaps;
  await Promise.all([publish(), publish(), post(`/zap/off/${former?.zap.id}`)]);
  expect(wordsThatAreOn()).toEqual(['two']);
  expect(gate.passed.filter((name) => /subscribe/.test(name))).toEqual([
    'subscribe one',
    'subscribe two',
    'unsubscribe one',
  ]);
});

test.each([
  ['a form', () => postStep('fields', { word: 'two' })],
  ['a connection', () => postStep('account', { gate: gate.url })],
])('%s that comes while a test runs waits, and the test counts no more', async (_, come) => {
  await setUp('triggers/first', 'one');
  const testing = gate.hold('test');
  const tested = postStep('test');
  await testing.arrived;
  const came = come();
  testing.release();
  await Promise.all([tested, came]);
  expect(timesPassed('test')).toBe(1);
  expect(open().tested).toBeNull();
});

test('a delivery to a Zap that is being turned off is refused, and one from before is run', async () => {
  await setUpZap();
  await post('/zap/on');
  const [active] = editor.workbench.activeZaps;
  expect(await deliver()).toContain('The answer is 200');
  const unsubscribing = gate.hold('unsubscribe');
  const turnedOff = [1, 2].map(() => post(`/zap/off/${active?.zap.id}`));
  await unsubscribing.arrived;
  expect(await deliver()).toContain('The answer is 410');
  unsubscribing.release();

  await Promise.all(turnedOff);
  expect(timesPassed('run')).toBe(1);
  expect(timesPassed('unsubscribe')).toBe(1);
});

test('two pages that add or remove a step at once do so once', async () => {
  await setUp('triggers/first', 'one');
  const { id } = open();
  const ids = () => editor.workbench.draft.steps.map((one) => one.id);
  await Promise.all([postStep(`add/${id}`), postStep(`add/${id}`)]);
  const added = open().id;
  expect(ids()).toEqual([id, added]);
  await Promise.all([postStep(`remove/${added}`), postStep(`remove/${added}`)]);
  expect(ids()).toEqual([id]);
  // The trigger stays.
  await postStep(`remove/${id}`);
  expect(open().id).toBe(id);
});

test.each([
  ['configure', { word: 'late' }],
  ['fields', { word: 'late' }],
  ['account', { gate: 'late' }],
  ['test', {}],
  ['open/FIRST/publish', { word: 'late' }],
  ['open/FIRST', { word: 'late' }],
  ['field/FIRST/word', {}],
  ['add/FIRST', { word: 'late' }],
  ['remove/SECOND', { word: 'late' }],
  ['choose/triggers/second', {}],
])('a late form of a step that is no longer open does nothing: %s', async (path, fields) => {
  await setUp('triggers/first', 'one');
  await setUp('creates/say', 'two');
  const [first, second] = editor.workbench.draft.steps;
  const { draft, account } = editor.workbench;
  const passed = [...gate.passed];
  const late = path.replace('FIRST', first?.id ?? '').replace('SECOND', second?.id ?? '');
  for (const id of [first?.id, 'none']) {
    expect(await postStep(late, fields, id)).toContain('2. Say');
  }
  expect(editor.workbench.draft).toBe(draft);
  expect(editor.workbench.account).toBe(account);
  expect(gate.passed).toEqual(passed);
});

test.each(['configure', 'fields', 'account', 'test', 'open/FIRST/test', 'choose/x/y'])(
  'a step without an event cannot go on: %s',
  async (path) => {
    const { draft } = editor.workbench;
    await postStep(path.replace('FIRST', draft.openId));
    expect(editor.workbench.draft).toEqual(draft);
  },
);

test('what people do, faults, and deliveries wait for nothing that runs', async () => {
  await setUpZap();
  await post('/zap/on');
  const testing = gate.hold('test');
  const tested = postStep('test');
  await testing.arrived;

  await post('/changes/request');
  expect(editor.workbench.deskDirector.chats.list()).toHaveLength(1);
  expect(await post('/faults', { fault: 'down' })).toContain('Is down (503)');
  expect(editor.workbench.deskDirector.faults.waiting).toHaveLength(1);
  expect(await deliver()).toContain('The answer is 200');

  testing.release();
  expect(await tested).toContain('1 record');
});

test('no page shows a change before it is finished', async () => {
  await setUp('triggers/first', 'one');
  const { draft } = editor.workbench;
  const making = gate.hold('fields');
  const chosen = postStep('choose/triggers/second');
  await making.arrived;
  expect(editor.workbench.draft).toBe(draft);
  making.release();
  await chosen;
  expect(open()).toMatchObject({ panel: 'configure', form: { found: null } });
});

test('two resets at once leave one workbench, and wait for nothing that runs', async () => {
  await setUp('triggers/first', 'one');
  const former = editor.workbench;
  const testing = gate.hold('test');
  const answers = [postStep('test')];
  await testing.arrived;
  answers.push(postStep('test'));

  await Promise.all([post('/reset'), post('/reset')]);
  expect(editor.workbench).not.toBe(former);
  await expect(fetch(former.deskDirector.url)).rejects.toThrow();
  // Whoever waited for the former workbench sees the new one.
  for (const html of await Promise.all(answers)) expect(html).toContain('1. Trigger');
  await setUpZap();
  await post('/zap/on');
  await deliver();
  await until(async () => editor.workbench.history.length === 1);
});

test('a page that does not show the form empties nothing in it', async () => {
  await setUp('triggers/first', 'one');
  await openPanel('configure');
  await openPanel('event');
  expect(open()).toMatchObject({ panel: 'event', input: { word: 'one' } });

  await openPanel('account');
  await openPanel('event');
  expect(editor.workbench.account.input).toEqual({ gate: gate.url });
});

test('what is filled in stays while the app cannot make the fields', async () => {
  await setUp('triggers/first', 'one');
  await openPanel('configure');
  gate.refuse('fields');
  expect(await postStep('fields', { word: 'two' })).toContain('The gate lets nobody in.');
  await openPanel('configure');
  gate.open();
  expect(await openPanel('configure')).toContain('value="two"');
});

test('nobody goes on past fields that a page has not shown', async () => {
  await setUp('creates/say', 'one');
  await openPanel('configure');
  // The page sends what was changed last, without having asked for the fields that come of it.
  expect(await postStep('configure', { word: 'two', loud: 'outdoors' })).toContain(
    'Volume when outdoors',
  );
  expect(open().panel).toBe('configure');
  const input = { word: 'two', loud: 'outdoors', volume: '11' };
  await postStep('configure', input);
  expect(open()).toMatchObject({ panel: 'test', input });

  // Where fields are gone, there is nothing that has not been seen.
  await postStep('configure', { word: 'two', loud: '', volume: '11' });
  expect(open().panel).toBe('test');
  expect(open().input).toEqual({ word: 'two' });
});
