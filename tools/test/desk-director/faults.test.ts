import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, subscribe } from './client.ts';

const base = '/api/v2/automate/connector';
const companies = `${base}/companies`;
const hook = 'http://127.0.0.1:9/hook';
let site: DeskDirector;

beforeEach(async () => {
  site = await startDeskDirector();
});

afterEach(() => site.stop());

const read = () => call(site, 'GET', 'companies');
const statuses = () => site.requests.map(({ status }) => status);

describe('an answer', () => {
  test('can be of any status, with headers and a body', async () => {
    const headers = { 'retry-after': '7' };
    site.fail({ path: companies, kind: 'status', status: 429, headers, body: 'Slow down' });

    const answer = await read();

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await answer.text()).toBe('Slow down');
    expect(site.requests).toMatchObject([{ method: 'GET', path: companies, status: 429 }]);
  });

  test('that is late comes at once when the fault is cleared', async () => {
    site.fail({ path: companies, kind: 'delay', ms: 3_600_000 });

    const answer = read();
    while (site.faults.hits === 0) await sleep(1);
    site.faults.clear();

    expect(await (await answer).json()).toMatchObject({ totalResults: 3 });
  });

  test('can point elsewhere', async () => {
    site.fail({ path: companies, kind: 'redirect', status: 307, to: 'https://elsewhere.example/' });

    const answer = await fetch(site.url + companies, { redirect: 'manual' });

    expect([answer.status, answer.headers.get('location')]).toEqual([
      307,
      'https://elsewhere.example/',
    ]);
  });

  test('can be a page', async () => {
    site.fail({ path: companies, kind: 'html' });

    const answer = await read();

    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>/);
  });

  test('can be JSON that is cut, though whole by its length', async () => {
    site.fail({ path: companies, kind: 'truncated' });

    const answer = await read();
    const text = await answer.text();

    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, `${text.length}`]);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  test('can be other JSON', async () => {
    site.fail({ path: companies, kind: 'json', value: { results: 'none' } });

    const answer = await read();

    expect([answer.status, await answer.json()]).toEqual([200, { results: 'none' }]);
  });

  test('can be nothing', async () => {
    site.fail({ path: companies, kind: 'empty' });

    const answer = await read();

    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  test('can be JSON of many bytes', async () => {
    site.fail({ path: companies, kind: 'huge', bytes: 6_000_000 });

    const text = await (await read()).text();

    expect(text.length).toBe(6_000_000);
    expect(JSON.parse(text)).toMatchObject({ totalResults: 1 });
  });

  test('can drip', async () => {
    site.fail({ path: companies, kind: 'drip', bytesPerSecond: 1000, bytes: 300 });
    const started = performance.now();

    const pieces: Uint8Array[] = [];
    for await (const piece of (await read()).body ?? []) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();

    expect(performance.now() - started).toBeGreaterThan(200);
    expect(pieces.length).toBeGreaterThan(1);
    expect([text.length, JSON.parse(text)]).toMatchObject([300, { totalResults: 1 }]);
  });
});

describe('a connection', () => {
  test('can end before any answer', async () => {
    site.fail({ path: companies, kind: 'reset', when: 'before' });

    await expect(read()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(statuses()).toEqual([0]);
  });

  test('can end in the middle of the body', async () => {
    site.fail({ path: companies, kind: 'reset', when: 'amid' });

    const answer = await read();

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(statuses()).toEqual([0]);
  });
});

describe('a fault hits', () => {
  test('one request, unless told otherwise', async () => {
    site.fail({ path: companies, kind: 'status', status: 500 });
    site.fail({ path: companies, kind: 'status', status: 503, times: 2 });

    for (let n = 0; n < 4; n += 1) await read();

    expect(statuses()).toEqual([500, 503, 503, 200]);
    expect([site.faults.hits, site.faults.waiting]).toEqual([3, []]);
  });

  test('until it is cleared, when it is to hit all', async () => {
    site.fail({ path: /./, kind: 'empty', times: Number.POSITIVE_INFINITY });

    await Promise.all([read(), read(), call(site, 'GET', 'members')]);
    expect(site.faults.waiting).toEqual([
      { path: /./, kind: 'empty', times: Number.POSITIVE_INFINITY },
    ]);
    site.faults.clear();

    expect(await (await read()).json()).toMatchObject({ totalResults: 3 });
    expect(site.faults.hits).toBe(3);
  });

  test('only its path and its method', async () => {
    site.fail({ path: '/companies', kind: 'status', status: 500 });
    site.fail({ path: /members$/, method: 'DELETE', kind: 'status', status: 500 });

    await read();
    await call(site, 'GET', 'members');
    await call(site, 'DELETE', 'members?force=1');

    expect(statuses()).toEqual([200, 200, 500]);
  });

  test('the first of two requests when it is older than a prepared answer', async () => {
    site.fail({ path: companies, kind: 'status', status: 500 });
    site.answerNext(companies, { status: 418 });

    await read();
    await read();

    expect(statuses()).toEqual([500, 418]);
  });
});

describe('what is asked for', () => {
  const reset = { path: /chat-workflows/, kind: 'reset', when: 'before' } as const;

  test('is not done', async () => {
    site.fail(reset);

    await expect(subscribe(site, newSession, hook)).rejects.toThrow('fetch failed');
    expect(site.subscriptions).toEqual([]);
  });

  test('is done all the same when the fault says so', async () => {
    site.fail({ ...reset, processed: true });

    await expect(subscribe(site, newSession, hook)).rejects.toThrow('fetch failed');
    expect(site.subscriptions).toHaveLength(1);
    expect(site.requests).toMatchObject([{ method: 'POST', status: 0 }]);
  });

  test('leaves no trace in the answer', async () => {
    site.fail({ path: /chat-workflows/, kind: 'status', status: 502, processed: true });

    const answer = await subscribe(site, newSession, hook);

    expect([answer.status, answer.headers.get('location')]).toEqual([502, null]);
    expect(site.subscriptions).toHaveLength(1);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('when the client does not wait (%p)', async (processed, subscriptions) => {
    site.fail({ path: /chat-workflows/, kind: 'delay', ms: 3_600_000, processed });
    const client = new AbortController();

    const answer = fetch(`${site.url}${base}/chat-workflows?type=${newSession}`, {
      method: 'POST',
      headers: { authorization: `DdApi ${site.apiKey}` },
      body: JSON.stringify({ url: hook, parameters: {} }),
      signal: client.signal,
    });
    while (site.faults.hits === 0) await sleep(1);
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    while (site.requests.length === 0) await sleep(1);

    expect([statuses(), site.subscriptions.length]).toEqual([[0], subscriptions]);
  });
});

test('stopping ends what is late, drips or is long', async () => {
  site.fail({ path: companies, kind: 'delay', ms: 3_600_000 });
  site.fail({ path: companies, kind: 'drip', bytesPerSecond: 0.1, bytes: 1000 });
  site.fail({ path: companies, kind: 'huge', bytes: 1e12 });
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  const before = timers().length;
  const answers = [1, 2, 3].map(async () => (await read()).text());
  const ended = Promise.allSettled(answers);
  while (site.faults.hits < 3) await sleep(1);

  await site.stop();

  expect((await ended).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  // If a timer went on, the test would wait until its time is over.
  while (timers().length > before) await sleep(1);
});
