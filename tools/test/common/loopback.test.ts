import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { type Editor, startEditor } from '../../zap-editor/editor.ts';
import { startZapRunner, type ZapRunner } from '../../zap-runner/zap-runner.ts';

let deskDirector: DeskDirector;
let zapier: ZapRunner;
let editor: Editor;
beforeAll(async () => {
  deskDirector = await startDeskDirector();
  zapier = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
  });
  editor = await startEditor();
  await zapier.turnOn('new_chat_session');
});
afterAll(async () => {
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

describe.each([
  ["the sandbox's API", askSite],
  ["a Zap's hook", askHook],
  ['the editor', askEditor],
])('%s', (_, asked) => {
  test.each(['127.0.0.1:PORT', 'localhost:PORT'])('answers as %s', async (host) => {
    expect((await asked(host)).status).toBe(200);
  });

  test.each([
    'evil.example.com',
    'evil.example.com:PORT',
    '127.0.0.1.evil.example.com:PORT',
    '127.0.0.1',
    'localhost:1',
    '[::1]:PORT',
    '0.0.0.0:PORT',
  ])('asked for as %s, it says where it answers', async (host) => {
    const { status, body } = await asked(host);
    expect(status).toBe(421);
    expect(body).toMatch(
      /^This server answers at http:\/\/127\.0\.0\.1:\d+ and http:\/\/localhost:\d+ only\.$/,
    );
  });
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

test('the app reaches a site by either name of this computer', async () => {
  const { port } = new URL(deskDirector.url);
  const runner = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: `http://localhost:${port}` },
  });
  try {
    expect(await runner.connect()).toEqual({ site: 'support.deskdirector.com' });
  } finally {
    await runner.stop();
  }
});
