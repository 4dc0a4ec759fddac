import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { faultSwitches, forAllAnswers } from '../../zap-editor/fault-switches.ts';

const FORM = 'application/x-www-form-urlencoded';

let editor: Editor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor.close());

/** The status of an answer; headers such as `Host` are sent as they are. */
function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${editor.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

test.each([
  ['evil.example.com', 421],
  ['127.0.0.1', 421],
  ['localhost:1', 421],
  ['[::1]:PORT', 421],
  ['127.0.0.1.evil.example.com:PORT', 421],
  ['localhost:PORT', 200],
  ['127.0.0.1:PORT', 200],
])('asked for as %s it answers %s', async (host, status) => {
  const { port } = new URL(editor.url);
  expect(await statusOf('GET', '/', { host: host.replace('PORT', port) })).toBe(status);
});

test('another page can neither choose a run nor reset', async () => {
  const foreign = { origin: 'https://evil.example.com' };
  expect(await statusOf('POST', '/runs/latest/show', foreign)).toBe(403);
  expect(await statusOf('POST', '/reset', foreign)).toBe(403);
  expect(await statusOf('GET', '/runs/1/show', {})).toBe(404);
});

test.each([
  ['another page', { origin: 'https://evil.example.com' }, 403],
  ['another server of this computer', { origin: 'http://127.0.0.1:1' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['something that is no browser', {}, 403],
  ['the page itself', { origin: 'SELF' }, 200],
])('what %s posts is answered with its due', async (_, headers, status) => {
  const { origin = '' } = { origin: undefined, ...headers };
  const sent = origin === '' ? {} : { origin: origin.replace('SELF', editor.url) };
  expect(await statusOf('POST', '/runs/latest/show', sent)).toBe(status);
  // Nor may another page read along.
  expect(await statusOf('GET', '/', sent)).toBe(origin === '' ? 200 : status);
});

test('nothing but what this server gives the page may run or be asked for', async () => {
  const { headers } = await fetch(editor.url);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
});

/** Whether the editor listens at an address of this computer. */
function isReached(host: string): Promise<boolean> {
  const { port } = new URL(editor.url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
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

test.each(['/assets/nothing.js', '/runs/1', '/zap/steps/none', '/nothing'])(
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

test('every fault that can be switched on is met by every request', async () => {
  for (const { key, fault } of faultSwitches) {
    await send('/faults', `fault=${key}`, FORM);
    expect(editor.workbench.deskDirector.faults.waiting).toEqual([forAllAnswers(fault)]);
  }
  await send('/faults', 'fault=none', FORM);
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

test("what is shown is the app's own definition: changed words are changed here", async () => {
  const appPath = fileURLToPath(new URL('../fixtures/relabelled-app.js', import.meta.url));
  const other = await startEditor({ appPath });
  const post = async (path: string, body = '') => {
    const url = `${other.url}/zap/steps/${other.workbench.draft.openId}/${path}`;
    const headers = { origin: other.url, 'content-type': FORM };
    return (await fetch(url, { method: 'POST', headers, body })).text();
  };
  expect(await (await fetch(other.url)).text()).toContain('Chat by Another Name');
  const account = await post('choose/triggers/new_chat_session');
  expect(account).toContain('Where It Is');
  expect(account).toContain('<strong>whoever</strong>');
  expect(await post('account', 'site=support.deskdirector.com')).toContain('Ways to Begin');
  await post('panel/test');
  expect(await post('test')).toContain('Number of the Chat');
  expect(await post(`add/${other.workbench.draft.openId}`)).toContain('Finds what was lost.');
  await other.close();
});

test('an unknown fault is refused, and the one that is on stays', async () => {
  await send('/faults', 'fault=down', FORM);
  expect((await send('/faults', 'fault=gone', FORM)).status).toBe(400);
  expect(editor.workbench.fault?.key).toBe('down');
  await send('/faults', 'fault=none', FORM);
  expect(editor.workbench.fault).toBeNull();
});

test('a page that reads nothing gets the newest state later, and not all states', async () => {
  const { port } = new URL(editor.url);
  const { chats } = editor.workbench.deskDirector;
  const page = connect({ host: '127.0.0.1', port: Number(port) });
  page.write(`GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await once(page, 'readable');
  // Each state has more than 2 MB, all of them together 100 MB.
  for (let count = 0; count < 1000; count += 1) chats.request({ name: 'x'.repeat(200) });
  for (let count = 0; count < 40; count += 1) {
    const { id } = chats.request({ name: `State ${count}.` });
    await send(`/changes/miss/${id}`, '', FORM);
    // Longer than changes are gathered.
    await sleep(40);
  }
  let received = '';
  for await (const chunk of page) {
    received += chunk;
    if (received.includes('State 39.')) break;
  }
  expect(received.length).toBeLessThan(50e6);
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
