import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, subscribe } from './client.ts';

const hook = 'http://127.0.0.1:9/hook';
let site: DeskDirector;

beforeEach(async () => {
  site = await startDeskDirector();
});

afterEach(() => site.stop());

describe('the key', () => {
  test.each(['DdApi another-key', 'Bearer sandbox-key', ''])('%p is refused', async (key) => {
    const answer = await call(site, 'GET', 'connections/test', { authorization: key });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ message: expect.any(String) });
  });

  test('can be chosen', async () => {
    const other = await startDeskDirector({ apiKey: 'chosen' });
    const answers = [
      await call(other, 'GET', 'connections/test', { authorization: 'DdApi chosen' }),
      await call(other, 'GET', 'connections/test', { authorization: 'DdApi sandbox-key' }),
    ];
    await other.stop();

    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  });
});

describe('a subscription', () => {
  test('is answered with its address and an empty body', async () => {
    const answer = await subscribe(site, newSession, hook);

    const [subscription] = site.subscriptions;
    expect(answer.status).toBe(201);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('location')).toBe(
      `${site.url}/api/v2/automate/connector/chat-workflows/` +
        `${subscription?.id}?token=${subscription?.token}`,
    );
    expect(subscription).toMatchObject({ eventId: newSession, url: hook, parameters: {} });
  });

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

  test('ends by its id and token, once', async () => {
    const location = (await subscribe(site, newSession, hook)).headers.get('location');
    const path = location?.split('/connector/')[1] ?? '';

    const answers = [await call(site, 'DELETE', path), await call(site, 'DELETE', path)];

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    expect(await answers[0]?.json()).toEqual({});
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
  test('every request is recorded with the status it got', async () => {
    await call(site, 'GET', 'connections/test');
    await subscribe(site, 'unknown', hook);

    expect(site.requests).toMatchObject([
      {
        method: 'GET',
        path: '/api/v2/automate/connector/connections/test',
        headers: { authorization: 'DdApi sandbox-key' },
        body: '',
        status: 200,
      },
      {
        method: 'POST',
        path: '/api/v2/automate/connector/chat-workflows?type=unknown',
        body: JSON.stringify({ url: hook, parameters: {} }),
        status: 400,
      },
    ]);
  });

  test('of the bodies, also of requests without a key, at most 20 MB are kept', async () => {
    const body = 'x'.repeat(8_000_000);
    for (let n = 0; n < 3; n += 1) {
      await call(site, 'POST', 'chat-workflows', { body, authorization: '' });
    }
    expect(site.requests.map((request) => request.body.length)).toEqual([0, 8_000_002, 8_000_002]);
  });

  test('an answer can be prepared, once, for a pattern or a whole path', async () => {
    const headers = { 'retry-after': '7' };
    site.answerNext(/connections/, { status: 429, headers, body: 'slow down' });
    site.answerNext('/api/v2/automate/connector/companies', { status: 204 });

    const limited = await call(site, 'GET', 'connections/test', { authorization: '' });
    const empty = await call(site, 'GET', 'companies?page=1');
    const usual = await call(site, 'GET', 'connections/test');

    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await limited.text()).toBe('slow down');
    expect([empty.status, usual.status]).toEqual([204, 200]);
    expect(site.requests.map(({ status }) => status)).toEqual([429, 204, 200]);
  });

  test('an unknown address is answered in JSON', async () => {
    const answers = [await call(site, 'GET', 'nowhere'), await fetch(site.url)];

    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ message: expect.any(String) });
    }
  });

  test('stopping closes the port, and can be asked for twice', async () => {
    await Promise.all([site.stop(), site.stop()]);

    await expect(fetch(site.url)).rejects.toThrow();
  });
});
