import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import tls from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { listenOnLoopback } from '../../tools/common/loopback.ts';
import type { FaultKind } from '../../tools/desk-director/server.ts';
import { hurried } from '../helpers/clock.ts';
import { FAULT_KINDS, FAULTS, MAY_BE_DONE } from '../helpers/faults.ts';
import { Answer, startPreparedSite } from '../helpers/prepared-site.ts';
import {
  call,
  connectedDeskDirector,
  failure,
  outcomeOf,
  STATUS_CHANGED,
  withBaseUrl,
} from '../helpers/zapier.ts';

let site: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeEach(async () => {
  site = await connectedDeskDirector();
  // The back-off multiplies its delay with this number.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await site.stop();
});

const operation = (method: string, path: RegExp, bundle: object = {}) => ({
  path,
  run: () => call<unknown>(method, bundle),
});
const step = (key: string, path: RegExp, inputData: object = {}) =>
  operation(`${key}.operation.perform`, path, { inputData });
const hook = (method: string, path: RegExp, bundle: object) =>
  operation(`triggers.${STATUS_CHANGED}.operation.${method}`, path, bundle);

/** Some operations, each with the path of its request. */
const OPERATIONS = {
  test: operation('authentication.test', /connections\/test$/),
  list: step('triggers.company_list', /companies$/),
  statuses: step('triggers.status_list', /statuses$/, { boardId: '2' }),
  find: step('searches.find_contact', /contacts\/501$/, { contact_id: '501' }),
  form: step('creates.create_ticket', /create-request$/, { request_type_id: '9' }),
  action: step('creates.update_ticket', /tickets\/7$/, { ticket_id: '7', summary: 'x' }),
  subscribe: hook('performSubscribe', /chat-workflows$/, {
    targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
  }),
  unsubscribe: hook('performUnsubscribe', /chat-workflows\/abc$/, {
    subscribeData: { id: 'abc', token: 'secret-token' },
  }),
};
type Operation = keyof typeof OPERATIONS;
const { list, find, action, subscribe, unsubscribe } = OPERATIONS;

/** The error of an operation whose requests meet a fault, and how many of them met it. */
async function meeting(name: Operation, kind: FaultKind & { processed?: boolean }) {
  const { path, run } = OPERATIONS[name];
  const before = site.faults.hits;
  site.fail({ ...kind, path, times: Number.POSITIVE_INFINITY });
  const { error } = await outcomeOf(run());
  site.faults.clear();
  return { error, hits: site.faults.hits - before };
}

/** The same where there must be an error. */
async function failing(...[name, kind]: Parameters<typeof meeting>) {
  const { error, hits } = await meeting(name, kind);
  if (error === null) throw new Error('Expected a failure.');
  return { ...error, hits };
}
const answered = (
  name: Operation,
  status: number,
  answer: { body?: string; headers?: Record<string, string> } = {},
) => failing(name, { kind: 'status', status, ...answer });

describe.each([
  ['list', FAULTS],
  ['unsubscribe', FAULT_KINDS],
  ['action', FAULT_KINDS],
] as const)('%s meets', (operation, faults) => {
  test.each(faults)('$name: $kind', async (fault) => {
    const { error, hits } = await meeting(operation, fault.kind);
    expect(hits).toBe(fault.isPassing && operation !== 'action' ? 3 : 1);
    const isDone = { list: false, unsubscribe: fault.isEnded, action: fault.action === 'done' };
    if (isDone[operation]) {
      expect(error).toBeNull();
      return;
    }
    expect([error?.code, error?.name]).toContain(fault.error);
    expect(error?.message).toMatch(fault.words);
    const mayBeDone = operation === 'action' && fault.action === 'may be done';
    expect(error?.message.includes(MAY_BE_DONE)).toBe(mayBeDone);
  });
});

describe('what to do next', () => {
  const FIELDS = 'Check the fields of this step and try again.';
  const HOST =
    "Check the Site Host of your account and try again. If the error comes again, tell DeskDirector's support.";

  test.each<[Operation, number, string]>([
    ['list', 400, HOST],
    ['unsubscribe', 400, HOST],
    ['subscribe', 400, FIELDS],
    ['find', 400, FIELDS],
    ['statuses', 400, FIELDS],
    ['action', 409, FIELDS],
    ['action', 413, FIELDS],
    ['action', 422, FIELDS],
    ['action', 423, FIELDS],
    ['action', 405, HOST],
  ])(
    'names fields only where an owner fills some in: %s with %s',
    async (operation, status, next) => {
      expect((await answered(operation, status)).message).toBe(
        `support.deskdirector.com refused the request (${status}). ${next}`,
      );
    },
  );

  test.each<[Operation, boolean]>([
    ['list', false],
    ['action', true],
    ['unsubscribe', true],
  ])('names the right to do more than read where it may be missing: %s', async (name, mayNeed) => {
    const { message } = await answered(name, 403);
    expect(message.includes('whether the key may do more than read')).toBe(mayNeed);
  });

  test.each<[Operation, string]>([
    ['form', 'request type 9'],
    ['statuses', 'board 2'],
  ])('names what an owner chose and is gone: %s', async (operation, thing) => {
    expect(await answered(operation, 404, { body: '{"message":"Gone."}' })).toMatchObject({
      code: 'NotFound',
      status: 404,
      message:
        `support.deskdirector.com has no ${thing} (404). It says: "Gone." Choose another ` +
        'one, or check the Site Host of your account.',
    });
  });
});

describe('a site that can not be reached for the moment', () => {
  test.each([list, unsubscribe])(
    'a request that works the third time works: $path',
    async (one) => {
      site.fail({ kind: 'status', status: 503, path: one.path, times: 2 });
      await one.run();
      expect(site.faults.hits).toBe(2);
    },
  );

  test('a workflow that was made is not made again', async () => {
    const kind = { kind: 'status', status: 503, processed: true } as const;
    expect((await failing('subscribe', kind)).message).toContain(MAY_BE_DONE);
    expect(site.subscriptions).toHaveLength(1);
  });

  test('an answer that is no HTTP', async () => {
    const server = createServer().on('connection', (socket) => socket.end('220 ready\r\n'));
    const { url, close } = await listenOnLoopback(server);
    const { code } = await withBaseUrl(url, () => failure(list.run()));
    expect(code).toBe('DeskDirectorUnreachable');
    await close();
  });
});

describe('time', () => {
  const slowly = ({ run }: typeof list) => hurried(() => failure(run()));

  test.each<[string, FaultKind]>([
    ['gets no answer', { kind: 'delay', ms: 60_000 }],
    ['gets an answer that breaks off', { kind: 'reset', when: 'amid' }],
    ['gets an answer byte by byte', { kind: 'drip', bytesPerSecond: 10, bytes: 10_000 }],
  ])('a read that %s ends within 25 seconds, with all its attempts', async (_, kind) => {
    site.fail({ ...kind, path: list.path, times: 9 });
    const { message, seconds } = await slowly(list);
    // The seconds of all attempts together, not those of the last one.
    expect(message).toMatch(/can't be reached now \(no answer in 2[1-5] seconds\)\. Check/);
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(25);
    expect(site.faults.hits).toBe(3);
  });

  test('a connection that nobody takes, so that nothing was sent', async () => {
    for (const { run } of [find, action]) {
      const { code, message } = await withBaseUrl('http://127.0.0.1:1', () => failure(run()));
      expect(code).toBe('DeskDirectorUnreachable');
      expect(message).toContain("can't be reached now (ECONNREFUSED). ");
      expect(message).not.toContain(MAY_BE_DONE);
    }
  });

  test('all requests of an operation share its time', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: /chat-webhook-events$/ });
    site.fail({ kind: 'delay', ms: 60_000, path: subscribe.path, processed: true });
    const { message, seconds } = await slowly(subscribe);
    expect(message).toContain(`can't be reached now (no answer in 15 seconds). ${MAY_BE_DONE}`);
    expect(seconds).toBeLessThanOrEqual(25);
  });

  test('what an operation can do without takes 3 seconds of it at most', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: /parameters$/, times: 9 });
    site.fail({ kind: 'status', status: 400, path: subscribe.path });
    const { message, seconds } = await slowly(subscribe);
    expect(message).toContain('(400)');
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThan(5);
  });

  /** Lets this many seconds pass after the first request. */
  const slow = (seconds: number) => {
    const now = Date.now();
    jest
      .spyOn(Date, 'now')
      .mockImplementation(() => now + (site.requests.length > 0 ? 1000 * seconds : 0));
  };

  test('what an operation can do without is not asked for when its time is short', async () => {
    slow(15);
    expect((await answered('subscribe', 400)).message).toContain('(400)');
    expect(site.requests.filter(({ path }) => path.includes('parameters'))).toEqual([]);
  });

  test('a POST has all the time of its operation, since it is sent only once', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: subscribe.path, processed: true });
    const { message, seconds } = await slowly(subscribe);
    expect(message).toContain(`(no answer in 25 seconds). ${MAY_BE_DONE}`);
    expect(seconds).toBeGreaterThan(24);
  });

  const SLOW = 'support.deskdirector.com was so slow that too little time was left to ';

  test('after 18 seconds, a Zap is not turned on any more', async () => {
    slow(18);
    expect(await failure(subscribe.run())).toEqual({
      name: 'AppError',
      code: 'DeskDirectorUnreachable',
      message: `${SLOW}make a workflow for chats. Nothing was sent. Turn the Zap on again.`,
    });
    expect(site.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('after 18 seconds, an action is left to a later run', async () => {
    slow(18);
    expect(await failure(action.run())).toEqual({
      name: 'ThrottledError',
      delay: 60,
      message: `${SLOW}update a ticket. Nothing was sent. Try again in 60 s; a Zap that is on does so by itself.`,
    });
    expect(site.requests.map(({ method }) => method)).not.toContain('PATCH');
  });

  test('after 16 seconds, an action is sent', async () => {
    slow(16);
    expect((await failure(action.run())).message).toContain('has no ticket 7 (404)');
  });

  test('a request that may be sent again is sent while 2 seconds are left', async () => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 11_500 * site.requests.length);
    expect((await answered('list', 503)).hits).toBe(3);
  });

  test('Retry-After is kept to, in seconds or as a date', async () => {
    for (const after of [() => '7', () => new Date(Date.now() + 7_000).toUTCString()]) {
      const headers = { 'retry-after': after() };
      site.fail({ kind: 'status', status: 503, headers, path: list.path });
      site.fail({ kind: 'status', status: 400, path: list.path });
      const { message, seconds } = await slowly(list);
      expect(message).toContain('(400)');
      expect(seconds).toBeGreaterThanOrEqual(6);
      expect(seconds).toBeLessThan(9);
    }
  });

  test.each<[Operation, number, string, number]>([
    ['list', 503, '26', 26],
    ['unsubscribe', 503, '120', 120],
    ['list', 502, '86400', 3600],
    ['list', 522, '600', 600],
  ])(
    'a %s that meets %s with a wait beyond the time of the operation (%s s) runs again later',
    async (operation, status, after, delay) => {
      expect(await answered(operation, status, { headers: { 'retry-after': after } })).toEqual({
        name: 'ThrottledError',
        message: `support.deskdirector.com can't be reached now (${status}). Try again in ${delay} s; a Zap that is on does so by itself.`,
        delay,
        hits: 1,
      });
    },
  );

  test.each<[Operation, string, number, string]>([
    ['action', '7', 1, MAY_BE_DONE],
    ['action', '120', 1, MAY_BE_DONE],
    ['list', '0', 3, 'Check the Site Host'],
  ])('the error of a %s names the wait (%s s)', async (operation, after, tries, next) => {
    const { message, hits } = await answered(operation, 503, { headers: { 'retry-after': after } });
    expect(message).toContain(`can't be reached now (503). It asks to wait ${after} s. ${next}`);
    expect(hits).toBe(tries);
  });

  test('the delay of a try grows, by a random share of it', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999);
    site.fail({ kind: 'status', status: 503, path: list.path, times: 9 });
    const { seconds } = await slowly(list);
    expect(seconds).toBeGreaterThanOrEqual(2.9);
    expect(seconds).toBeLessThan(4);
  });

  test.each([
    ['seconds', '120', 120],
    ['none', undefined, 60],
    ['nonsense', 'soon', 60],
    ['a fraction', '1.5', 60],
    ['zero', '0', 1],
    ['a day', '86400', 3600],
    ['a date that is over', new Date(0).toUTCString(), 1],
    ['such a date in the format of C', 'Thu Jan  1 00:00:00 1970', 1],
    ['a date behind words', `not ${new Date(0).toUTCString()}`, 60],
  ])('429 means again later: %s', async (_, after, delay) => {
    const headers = after === undefined ? {} : { 'retry-after': after };
    expect(await answered('list', 429, { headers })).toMatchObject({
      delay,
      message: `support.deskdirector.com gets too many requests (429). Try again in ${delay} s; a Zap that is on does so by itself.`,
    });
  });
});

describe('a redirect is not followed, but told', () => {
  test.each([
    ['http://127.0.0.1:8080/', ' to 127.0.0.1:8080, which'],
    ['https://support.deskdirector.com/login', ' to another of its pages, which'],
    ['mailto:somebody', ', which'],
    ['http://[', ', which'],
  ])('%s', async (to, words) => {
    const before = site.requests.length;
    const { message, status } = await failing('list', { kind: 'redirect', status: 307, to });
    expect(message).toContain(`answered with a redirect (307)${words} is not followed.`);
    expect(status).toBe(307);
    expect(site.requests).toHaveLength(before + 1);
  });

  test.each([300, 302])('without a Location (%s)', async (status) => {
    const { message } = await answered('list', status);
    expect(message).toContain(`a redirect (${status}), which is not followed`);
  });

  test('with a page', async () => {
    const headers = { location: 'https://new.example.com/' };
    const { message } = await answered('list', 302, { body: '<html></html>', headers });
    expect(message).toContain('answered with a redirect (302) to new.example.com');
    expect(message).not.toContain('page');
  });
});

describe('what stands before the API is not the API', () => {
  test.each([
    ['a challenge', '<!DOCTYPE html><title>Just a moment...</title>', 'text/html; charset=UTF-8'],
    ['a part of a page', '<center><h1>403 Forbidden</h1></center>', 'text/plain'],
    ['the words of IIS', 'You do not have permission to view this directory.', 'text/html'],
    ['XML of a storage', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', ''],
  ])('%s is a page', async (_, body, type) => {
    const answer = { body, headers: { 'content-type': type } };
    const { code, message } = await answered('find', 403, answer);
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('The answer is a page, so something may stand in front of the site');
    expect(message).toMatch(/A revoked API key can look the same: test the connection\.$/);
    expect((await answered('test', 401, answer)).message).toMatch(
      /A wrong API key can look the same\.$/,
    );
  });

  test.each([
    ['<!-- wait --><p>Checking your browser', ''],
    ['<noscript>Enable JavaScript and cookies to continue</noscript>', ''],
    ['<meta http-equiv="refresh" content="0; url=/login">', ''],
    ['<META NAME="ROBOTS" CONTENT="NOINDEX"><iframe src="/_Incapsula_Resource"></iframe>', ''],
    ['<img src="/pixel.gif">', ''],
    ['<main>Sign in</main>', ''],
    ['Please <a href="/login">sign in</a>', 'text/html; charset=utf-8'],
  ])('a part of a page is no success of an action: %s', async (body, type) => {
    const { code, message } = await answered('action', 200, {
      body,
      headers: { 'content-type': type },
    });
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain(MAY_BE_DONE);
  });

  test.each(['{}', '"No right"', 'null'])('the key works where 403 has JSON: %s', async (body) => {
    expect((await answered('find', 403, { body })).message).toMatch(/^The API key works, but may/);
  });

  test.each([
    ['another status', 206, {}],
    ['a mark', 200, { 'cf-mitigated': 'challenge' }],
  ])('the content of a success is no reason: %s', async (_, status, headers) => {
    const body = '{"firstName":"Casey"}';
    expect((await answered('find', status, { body, headers })).message).not.toMatch(/says|Casey/);
  });

  test('a reason in JSON with 401 and 403 is the reason of the API', async () => {
    const answer = { body: '{"message":"<b>No</b>."}', headers: { 'content-type': 'text/html' } };
    expect((await answered('find', 401, answer)).name).toBe('ExpiredAuthError');
    expect((await answered('find', 403, answer)).message).toContain('The API key works');
  });

  test.each([
    { 'x-amzn-waf-action': 'challenge' },
    { 'X-Vercel-Mitigated': 'deny' },
    { 'X-Sucuri-Block': 'FBP007' },
  ])('%j marks the answer of a firewall', async (headers) => {
    const { message } = await answered('find', 200, { headers, body: '{"id":7}' });
    expect(message).toContain('A firewall in front of the site answered');
  });
});

describe('a packed answer that can not be unpacked broke off', () => {
  const text = JSON.stringify({ id: 501, name: 'Casey', results: [], note: 'A long story.' });
  const gzip = gzipSync(text);
  const deflate = deflateSync(text);
  const brotli = brotliCompressSync(text);

  /** Runs a step at a site that answers with these bytes, and to all other requests with a form. */
  async function answering<T>(coding: string, bytes: Buffer, run: () => Promise<T>) {
    const packed = new Answer(bytes, 200, { 'content-encoding': coding });
    const form = { properties: { summary: { type: 'string' } } };
    const prepared = await startPreparedSite(
      { '/contacts/501': packed, '/tickets/7': packed },
      form,
    );
    const outcome = await run();
    await prepared.stop();
    const hits = prepared.requests.filter(({ path }) =>
      /^\/(?:contacts|tickets)/.test(path),
    ).length;
    return { outcome, hits };
  }

  test.each<[string, string, Buffer]>([
    ['gzip without a byte', 'gzip', gzip.subarray(0, 0)],
    ['gzip cut behind its head', 'gzip', gzip.subarray(0, 11)],
    ['gzip cut amid', 'x-gzip', gzip.subarray(0, gzip.length / 2)],
    ['gzip that is none', 'gzip', Buffer.from(text)],
    ['deflate cut amid', 'deflate', deflate.subarray(0, deflate.length / 2)],
    ['Brotli cut amid', 'br', brotli.subarray(0, brotli.length / 2)],
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzip)],
    ['a coding that nobody asked for', 'zstd', Buffer.from('28b52ffd20042100', 'hex')],
  ])('%s', async (_, coding, bytes) => {
    const read = await answering(coding, bytes, () => failure(find.run()));
    expect(read.outcome.code).toBe('DeskDirectorUnreachable');
    expect(read.outcome.message).toContain(
      "can't be reached now (the answer broke off). Check the Site Host",
    );
    expect(read.hits).toBe(3);

    const changed = await answering(coding, bytes, () => failure(action.run()));
    expect(changed.outcome.message).toContain(`(the answer broke off). ${MAY_BE_DONE}`);
    expect(changed.hits).toBe(1);
  });

  test.each<[string, Buffer]>([
    ['gzip', gzip],
    // The check sum at the end is missing, but nothing else.
    ['gzip', gzip.subarray(0, -8)],
    ['deflate', deflate],
    ['br', brotli],
    // This is no coding, but some servers write it.
    ['utf-8', Buffer.from(text)],
  ])('a whole answer is read (%s)', async (coding, bytes) => {
    const { outcome } = await answering(coding, bytes, find.run);
    expect(outcome.results).toMatchObject([{ id: '501', name: 'Casey' }]);
  });

  test('a word that is packed is an answer to an action', async () => {
    const { outcome } = await answering('gzip', gzipSync('OK'), action.run);
    expect(outcome.results).toMatchObject({ id: '7' });
  });

  test.each([
    [200, { 'content-length': '0' }],
    [204, {}],
  ])('an answer of no bytes is empty where its head says so (%s)', async (status, length) => {
    const headers = { 'content-encoding': 'gzip', ...length };
    site.fail({ kind: 'status', status, headers, path: find.path });
    expect((await find.run()).results).toEqual([]);
  });
});

describe('what is no answer of the API', () => {
  const TYPE_THE_ID = 'Where you choose from this list, type the ID instead.';
  test.each([
    ['null', null],
    ['an object without a list', { items: { id: 1 } }],
    ['results that are no list', { results: {} }],
    ['two lists', { Results: [{ id: 1 }], RESULTS: [{ id: 2 }] }],
    ['a list without IDs', { results: [{ key: 1 }, { id: null }, { ID: 1, Id: 2 }] }],
  ])('JSON that is no list of entries: %s', async (_, value) => {
    expect(await failing('list', { kind: 'json', value })).toEqual({
      name: 'AppError',
      code: 'NotDeskDirector',
      message: `support.deskdirector.com answered (200), but that is no answer of DeskDirector's API. It should be a list of entries with IDs. ${TYPE_THE_ID} If the error comes again, tell DeskDirector's support.`,
      hits: 1,
    });
  });

  test.each<[Operation, string]>([
    ['list', `a list, which is too long to offer. ${TYPE_THE_ID}`],
    [
      'find',
      "no answer of DeskDirector's API that this step can read. Tell DeskDirector's support.",
    ],
  ])('more than 5 MB for a %s', async (operation, words) => {
    const { message } = await failing(operation, { kind: 'huge', bytes: 5 * 1024 * 1024 + 1 });
    expect(message).toBe(`support.deskdirector.com answered with more than 5 MB. That is ${words}`);
  });

  test('the rest of an answer that is too much is not waited for', async () => {
    let closed: Promise<unknown> | undefined;
    const server = createServer((_, response) => {
      closed = once(response, 'close');
      response.write('x'.repeat(6 * 1024 * 1024));
    });
    const { url, close } = await listenOnLoopback(server);
    const { message } = await withBaseUrl(url, () => failure(list.run()));
    expect(message).toContain('with more than 5 MB');
    await closed;
    await close();
  });

  test.each([
    ['a byte-order mark before it', '\uFEFF{"results":[]}', ''],
    ['the header of a page', '{"results":[]}', 'text/html'],
    ['almost 5 MB', JSON.stringify({ results: [], x: 'x'.repeat(5_000_000) }), ''],
  ])('but JSON is, with %s', async (_, body, type) => {
    const headers = { 'content-type': type };
    site.fail({ kind: 'status', status: 200, body, headers, path: list.path });
    expect((await list.run()).results).toEqual([]);
  });
});

describe('a certificate that is not valid is told, and not tried again', () => {
  const name = (value: string) => ({
    name: 'subjectAltName' as const,
    altNames: [{ type: 2 as const, value }],
  });
  const day = (days: number) => new Date(Date.now() + days * 86_400_000);

  test.each([
    ['self-signed', false, {}, 'it is self-signed'],
    ['expired', true, { notBeforeDate: day(-20), notAfterDate: day(-10) }, 'it has expired'],
    ['too new', true, { notBeforeDate: day(10), notAfterDate: day(20) }, 'it is not valid yet'],
    [
      'for another name',
      true,
      { extensions: [name('other.example.com')] },
      'it is for another name',
    ],
  ])('%s', async (_, isTrusted, options, words) => {
    const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [name('localhost')],
      ...options,
    });
    const trusted = tls.getCACertificates('default');
    if (isTrusted) tls.setDefaultCACertificates([...trusted, pems.cert]);
    const server = createTlsServer({ key: pems.private, cert: pems.cert });
    const { url, close } = await listenOnLoopback(server);
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    try {
      const address = url.replace('http://127.0.0.1', 'https://localhost');
      const { code, message } = await withBaseUrl(address, () => failure(list.run()));
      expect(code).toBe('InvalidCertificate');
      expect(message).toContain(
        `The certificate of support.deskdirector.com is not valid: ${words}.`,
      );
      expect(connections).toBe(1);
    } finally {
      tls.setDefaultCACertificates(trusted);
      await close();
    }
  });

  test('no certificate at all: plain HTTP where TLS was expected', async () => {
    const url = site.url.replace('http:', 'https:');
    const { code, message } = await withBaseUrl(url, () => failure(list.run()));
    expect(code).toBe('InvalidCertificate');
    expect(message).toMatch(
      /^No secure connection to support\.deskdirector\.com can be made \(\w+\)\./,
    );
  });
});
