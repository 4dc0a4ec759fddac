import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, subscribe } from './client.ts';

const hook = 'http://127.0.0.1:9/hook';
let site: DeskDirector;

beforeEach(async () => {
  site = await startDeskDirector();
});

afterEach(() => site.stop());

test.each(['DdApi another-key', 'Bearer sandbox-key', ''])('the key %p is refused', async (key) => {
  const answer = await call(site, 'GET', 'connections/test', { authorization: key });

  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ message: expect.any(String) });
});

describe('a subscription', () => {
  test.each([
    ['of an unknown event', 'chat-session-deleted', { url: hook, parameters: {} }],
    ['without url', newSession, { parameters: {} }],
    ['whose url is no web address', newSession, { url: 'ftp://a.example', parameters: {} }],
    ['without parameters', newSession, { url: hook }],
    ['without body', newSession, undefined],
  ])('%s is refused', async (_, eventId, body) => {
    const answer = await call(site, 'POST', `chat-workflows?type=${eventId}`, { body });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.any(String) });
    expect(site.subscriptions).toEqual([]);
  });

  test('does not end by a wrong token', async () => {
    await subscribe(site, newSession, hook);

    const path = `chat-workflows/${site.subscriptions[0]?.id}?token=wrong`;
    const answer = await call(site, 'DELETE', path);

    expect(answer.status).toBe(404);
    expect(site.subscriptions).toHaveLength(1);
  });
});

describe('for tests', () => {
  test('of the bodies, also of requests without a key, at most 20 MB are kept', async () => {
    const body = 'x'.repeat(8_000_000);
    for (let n = 0; n < 3; n += 1) {
      await call(site, 'POST', 'chat-workflows', { body, authorization: '' });
    }
    expect(site.requests.map((request) => request.body.length)).toEqual([0, 8_000_002, 8_000_002]);
  });

  test('stopping closes the port, and can be asked for twice', async () => {
    await Promise.all([site.stop(), site.stop()]);

    await expect(fetch(site.url)).rejects.toThrow();
  });
});
