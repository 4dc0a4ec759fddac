import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LoopbackServer, serveOnLoopback } from '../../common/loopback.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { startZapRunner, type ZapRunner } from '../../zap-runner/zap-runner.ts';

let deskDirector: DeskDirector;
let zapier: ZapRunner;
let editor: Editor;
let server: LoopbackServer;
beforeAll(async () => {
  server = await serveOnLoopback({ fetch: () => new Response() });
  deskDirector = await startDeskDirector();
  zapier = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    // The app reaches a site by either name of this computer.
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url.replace('127.0.0.1', 'localhost') },
  });
  editor = await startEditor();
  await zapier.turnOn('new_chat_session');
});
afterAll(async () => {
  await server.close();
  await editor.close();
  await zapier.stop();
  await deskDirector.stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request with a `Host` header, in which `PORT` stands for the port of the server. */
function ask(
  method: 'GET' | 'POST',
  url: string,
  host: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const named = { ...headers, host: host.replace('PORT', new URL(url).port) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: named }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '[{"id":"chat-1"}]' : undefined);
  });
}

const askSite = (host: string) =>
  ask('GET', `${deskDirector.url}/api/v2/automate/connector/companies`, host, {
    authorization: `DdApi ${deskDirector.apiKey}`,
  });
const askHook = (host: string) =>
  ask('POST', deskDirector.subscriptions[0]?.url ?? '', host, {
    'content-type': 'application/json',
  });
const askEditor = (host: string) => ask('GET', editor.url, host);

test.each(['127.0.0.1:PORT', 'localhost:PORT'])('a server answers as %s', async (host) => {
  expect((await ask('GET', server.url, host)).status).toBe(200);
});

test.each([
  'evil.example.com',
  'evil.example.com:PORT',
  '127.0.0.1.evil.example.com:PORT',
  '127.0.0.1',
  'localhost:1',
  '[::1]:PORT',
  '0.0.0.0:PORT',
])('a server that is asked for as %s says where it answers', async (host) => {
  const { status, body } = await ask('GET', server.url, host);
  expect(status).toBe(421);
  expect(body).toMatch(
    /^This server answers at http:\/\/127\.0\.0\.1:\d+ and http:\/\/localhost:\d+ only\.$/,
  );
});

test.each([
  ["the sandbox's API", askSite],
  ["a Zap's hook", askHook],
  ['the editor', askEditor],
])('%s is such a server', async (_, asked) => {
  expect((await asked('localhost:PORT')).status).toBe(200);
  expect((await asked('evil.example.com:PORT')).status).toBe(421);
});

test('a request for a foreign host reaches neither the site nor a Zap', async () => {
  await zapier.idle();
  const [requests, runs] = [deskDirector.requests.length, zapier.runs.length];
  await askSite('evil.example.com');
  await askHook('evil.example.com');
  await zapier.idle();
  expect(deskDirector.requests).toHaveLength(requests);
  expect(zapier.runs).toHaveLength(runs);
});
