import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { serveOnLoopback } from '../../common/loopback.ts';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { faultSwitches, forAllAnswers } from '../../zap-editor/fault-switches.ts';
import { createLive } from '../../zap-editor/live.ts';

const FORM = 'application/x-www-form-urlencoded';

let editor: Editor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor.close());

test.each([
  ['another page', 'https://evil.example.com', 403, 403],
  ['another server of this computer', 'http://127.0.0.1:1', 403, 403],
  ['a page without an origin', 'null', 403, 403],
  ['something that is no browser', undefined, 403, 200],
  ['the page itself', 'SELF', 200, 200],
])(
  'what %s posts is answered with its due, and so is what it reads',
  async (_, from, posted, read) => {
    const headers = from === undefined ? {} : { origin: from.replace('SELF', editor.url) };
    const post = await fetch(`${editor.url}/runs/latest/show`, { method: 'POST', headers });
    expect([post.status, (await fetch(editor.url, { headers })).status]).toEqual([posted, read]);
  },
);

test('nothing but what this server gives the page may run or be asked for', async () => {
  const { headers } = await fetch(editor.url);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
});

/** Whether the editor listens at an address of this computer. */
async function isReached(host: string): Promise<boolean> {
  const socket = connect({ host, port: Number(new URL(editor.url).port) });
  const is = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return is;
}

test('other computers do not reach it', async () => {
  const interfaces = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  // A server that listens for other computers also answers at the first two of these.
  const others = new Set(['127.0.0.2', '::1', ...interfaces.map(({ address }) => address)]);
  others.delete('127.0.0.1');
  for (const address of others)
    expect([address, await isReached(address)]).toEqual([address, false]);
  expect(await isReached('127.0.0.1')).toBe(true);
});

test.each(['/assets/nothing.js', '/runs/1', '/runs/1/show', '/zap/steps/none', '/nothing'])(
  'there is nothing at %s',
  async (path) => {
    expect((await fetch(`${editor.url}${path}`)).status).toBe(404);
  },
);

const send = (path: string, body: RequestInit['body'], type?: string) =>
  fetch(`${editor.url}${path}`, {
    method: 'POST',
    headers: { origin: editor.url, ...(type === undefined ? {} : { 'content-type': type }) },
    body: body ?? null,
  });

const withFile = new FormData();
withFile.set('zap', '');
withFile.set('body', new File(['[]'], 'body.json'));

test.each([
  ['multipart without a boundary', 'x', 'multipart/form-data', 'could not read the form'],
  ['multipart that ends too early', '--x', 'multipart/form-data; boundary=x', 'could not read'],
  ['JSON', '{"zap":""}', 'application/json', 'could not read the form'],
  ['no form', undefined, undefined, 'could not read the form'],
  ['no body', new URLSearchParams({ zap: '' }), undefined, 'lacks the field "body"'],
  ['a file', withFile, undefined, 'lacks the field "body"'],
] as const)('a delivery with %s is a 400 in words', async (_, body, type, message) => {
  const answer = await send('/deliveries', body, type);
  expect([answer.status, answer.headers.get('hx-retarget')]).toEqual([400, '#oops']);
  expect(await answer.text()).toContain(message);
});

test.each(['/faults', '/changes/request', '/zap/steps/none/configure', '/zap/steps/none/open/x'])(
  'a form that cannot be read is a 400 at %s, too',
  async (path) => {
    expect((await send(path, 'x', 'multipart/form-data')).status).toBe(400);
  },
);

test('a form that is too large is refused in words', async () => {
  const answer = await send('/deliveries', `zap=&body=${'x'.repeat(30 * 1024 * 1024)}`, FORM);
  expect([answer.status, await answer.text()]).toEqual([413, 'A form may have at most 30 MB.']);
});

test('every fault that can be switched on is met by every request, and an unknown one is refused', async () => {
  for (const { key, fault } of faultSwitches) {
    await send('/faults', `fault=${key}`, FORM);
    expect(editor.workbench.deskDirector.faults.waiting).toEqual([forAllAnswers(fault)]);
  }
  expect((await send('/faults', 'fault=gone', FORM)).status).toBe(400);
  expect(editor.workbench.fault).toBe(faultSwitches.at(-1));
  await send('/faults', 'fault=none', FORM);
  expect(editor.workbench.fault).toBeNull();
  expect(editor.workbench.deskDirector.faults.waiting).toEqual([]);
});

test('the key stands in nothing that a page gets, whatever goes wrong', async () => {
  const { apiKey } = editor.workbench.deskDirector;
  const texts: string[] = [];
  const postStep = async (path: string, body = '') => {
    const answer = await send(`/zap/steps/${editor.workbench.draft.openId}/${path}`, body, FORM);
    texts.push(await answer.text());
  };
  await postStep('choose/triggers/chat_session_status_changed');
  // Those that are not tried again; `test/secrets.test.ts` has all of them.
  for (const fault of ['unauthorized', 'broken', 'redirect', 'page', 'truncated', 'none']) {
    await send('/faults', `fault=${fault}`, FORM);
    await postStep('account', 'site=support.deskdirector.com&apiKey=');
  }
  expect(editor.workbench.account.label).not.toBeNull();
  await postStep('configure', 'statuses=');
  await postStep('test');
  const live = await fetch(`${editor.url}/live`);
  const chunk = await live.body?.getReader().read();
  texts.push(Buffer.from(chunk?.value ?? []).toString(), await (await fetch(editor.url)).text());
  expect(texts.filter((text) => text.length > 1000)).toHaveLength(11);
  expect(texts.filter((text) => text.includes(apiKey))).toEqual([]);
});

test('a page that reads nothing gets the newest state later, and not all states', async () => {
  let state = 0;
  const rendered: number[] = [];
  const live = createLive(['state'], () => {
    rendered.push(state);
    return `${'x'.repeat(10e6)} State ${state}.`;
  });
  const app = new Hono();
  app.get('/', live.connect);
  const { url, close } = await serveOnLoopback(app);
  const { host, hostname, port } = new URL(url);
  const page = connect({ host: hostname, port: Number(port) });
  page.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await once(page, 'readable');
  while (state < 9) {
    state += 1;
    live.push('state');
    // Longer than changes are gathered.
    await sleep(40);
  }
  let end = '';
  for await (const chunk of page) {
    end = `${end}${chunk}`.slice(-100);
    if (end.includes('State 9.')) break;
  }
  await close();
  expect(rendered.length).toBeLessThan(6);
});

test('what a chat does not allow is said in words', async () => {
  const post = async (path: string, fields = {}) =>
    (await send(path, new URLSearchParams(fields))).text();
  const { id } = editor.workbench.deskDirector.chats.request();
  expect(await post(`/changes/complete/${id}`)).toContain('its status is created, not handled');
  expect(await post('/changes/push', { member: 'none' })).toContain(
    'There is no person &quot;none',
  );
  expect(await post('/changes/new_email')).toContain('No Zap that is on begins with a mail.');
  expect(await post('/changes/update/1', { note: 'x' })).toContain('There is no ticket');
  expect(await post('/changes/miss/none')).toContain('There is no chat none.');
  expect(await post(`/changes/explode/${id}`)).toContain('There is no change &quot;explode&quot;.');
});
