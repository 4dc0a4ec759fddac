import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { call, newSession, subscribe } from './client.ts';
import { site } from './sandbox.ts';

/* How the sandbox fails on purpose. The app's tests of faults show what each fault is like. */

const base = '/api/v2/automate/connector';
const companies = `${base}/companies`;
const hook = 'http://127.0.0.1:9/hook';
const read = () => call(site, 'GET', 'companies');
const statuses = () => site.requests.map(({ status }) => status);

test('faults hit as many requests as they say, the oldest fault first, until they are cleared', async () => {
  const always = { path: /./, kind: 'empty', times: Number.POSITIVE_INFINITY } as const;
  site.fail({ path: companies, kind: 'status', status: 500 });
  site.answerNext(companies, { status: 418 });
  site.fail({ path: companies, kind: 'status', status: 503, times: 2 });
  for (let n = 0; n < 5; n += 1) await read();
  site.fail(always);
  await Promise.all([read(), read(), call(site, 'GET', 'members')]);

  expect(statuses()).toEqual([500, 418, 503, 503, 200, 200, 200, 200]);
  expect([site.faults.hits, site.faults.waiting]).toEqual([7, [always]]);
  site.faults.clear();
  expect(await (await read()).json()).toMatchObject({ totalResults: 3 });
  expect(site.faults.hits).toBe(7);
});

test('a fault hits only its path and its method', async () => {
  site.fail({ path: '/companies', kind: 'status', status: 500 });
  site.fail({ path: /members$/, method: 'DELETE', kind: 'status', status: 500 });
  await read();
  await call(site, 'GET', 'members');
  await call(site, 'DELETE', 'members?force=1');
  expect(statuses()).toEqual([200, 200, 500]);
});

test.each([
  [false, 0],
  [true, 1],
])('what is asked for is done only when the fault says so (%p)', async (processed, count) => {
  const headers = { 'retry-after': '7' };
  site.fail({ path: /chat-workflows/, kind: 'status', status: 502, headers, processed });
  const answer = await subscribe(site, newSession, hook);
  const found = ['retry-after', 'location'].map((name) => answer.headers.get(name));
  expect([answer.status, ...found]).toEqual([502, '7', null]);
  expect(site.subscriptions).toHaveLength(count);

  // Also when the client does not wait for the answer.
  site.fail({ path: /chat-workflows/, kind: 'delay', ms: 3_600_000, processed });
  const client = new AbortController();
  const late = fetch(`${site.url}${base}/chat-workflows?type=${newSession}`, {
    method: 'POST',
    headers: { authorization: `DdApi ${site.apiKey}` },
    body: JSON.stringify({ url: hook, parameters: {} }),
    signal: client.signal,
  });
  while (site.faults.hits < 2) await sleep(1);
  client.abort();
  await expect(late).rejects.toThrow('aborted');
  while (site.requests.length < 2) await sleep(1);
  expect([statuses(), site.subscriptions.length]).toEqual([[502, 0], 2 * count]);
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
