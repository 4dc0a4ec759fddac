import dns from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import tls from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { listenOnLoopback } from '../../tools/common/loopback.ts';
import type { PreparedAnswer } from '../../tools/desk-director/fault-answers.ts';
import type { FaultKind } from '../../tools/desk-director/server.ts';
import { hurried } from '../helpers/clock.ts';
import { Answer, startPreparedSite } from '../helpers/prepared-site.ts';
import {
  call,
  connectedDeskDirector,
  failure,
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

/** A read, a POST and a DELETE, each with the path of its request. */
const OPERATIONS = {
  read: {
    path: /companies$/,
    run: () => call('triggers.company_list.operation.perform', { authData: site.authData }),
  },
  post: {
    path: /chat-workflows$/,
    run: () =>
      call(`triggers.${STATUS_CHANGED}.operation.performSubscribe`, {
        authData: site.authData,
        targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
      }),
  },
  delete: {
    path: /chat-workflows\/abc$/,
    run: () =>
      call(`triggers.${STATUS_CHANGED}.operation.performUnsubscribe`, {
        authData: site.authData,
        subscribeData: { id: 'abc', token: 'secret-token' },
      }),
  },
};
type Operation = keyof typeof OPERATIONS;

/** The error of an operation while its requests meet a fault, and how many of them met it. */
async function failing(
  operation: Operation,
  kind: FaultKind & { processed?: boolean },
  times = Number.POSITIVE_INFINITY,
) {
  const { path, run } = OPERATIONS[operation];
  site.fail({ ...kind, path, times });
  const error = await failure(run());
  return { ...error, hits: site.faults.hits };
}

const NOT_AGAIN =
  'The request may have been done all the same: look in DeskDirector before you try again.';

test.each<Operation>(['read', 'post', 'delete'])(
  '401 marks the connection expired: %s',
  async (operation) => {
    expect(await failing(operation, { kind: 'status', status: 401 })).toEqual({
      name: 'ExpiredAuthError',
      message:
        'support.deskdirector.com did not accept the API key (401). Make a new key in the Developer ' +
        'Corner of the DeskDirector admin portal, then connect your account again.',
      hits: 1,
    });
  },
);

describe('a refusal is told with its status, and not tried again', () => {
  test.each<[number, string]>([
    [403, 'The API key works, but may not do this on support.deskdirector.com (403).'],
    [404, 'support.deskdirector.com does not offer the API that this step needs (404).'],
    [410, 'support.deskdirector.com does not offer the API that this step needs (410).'],
    [400, 'support.deskdirector.com refused the request (400).'],
    [409, 'support.deskdirector.com refused the request (409).'],
    [422, 'support.deskdirector.com refused the request (422).'],
    [418, 'support.deskdirector.com refused the request (418).'],
    [500, 'support.deskdirector.com had an internal error (500).'],
    [501, 'support.deskdirector.com had an internal error (501).'],
    [599, 'support.deskdirector.com had an internal error (599).'],
  ])('%s', async (status, words) => {
    const body = '{"message":"Bad type"}';
    const refused = await failing('read', { kind: 'status', status, body });
    expect(refused).toMatchObject({ name: 'AppError', code: 'DeskDirectorError', status, hits: 1 });
    expect(refused.message).toMatch(`${words} It says: "Bad type".`);
  });

  const FIELDS = 'Check the fields of this step and try again.';
  const HOST =
    "Check the Site Host of your account and try again. If the error comes again, tell DeskDirector's support.";
  const asked = (path: RegExp, method: string, inputData: object = {}) => ({
    path,
    run: () => call(`${method}.operation.perform`, { authData: site.authData, inputData }),
  });
  const form = asked(/create-request$/, 'creates.create_ticket', { request_type_id: '9' });
  const statuses = asked(/statuses$/, 'triggers.status_list', { boardId: '2' });

  test.each([
    ['a list', OPERATIONS.read, HOST],
    ['the end of a subscription', OPERATIONS.delete, HOST],
    [
      'a test of the connection',
      {
        path: /connections\/test$/,
        run: () => call('authentication.test', { authData: site.authData }),
      },
      HOST,
    ],
    ['a subscription', OPERATIONS.post, FIELDS],
    ['a look-up', asked(/contacts\/501$/, 'searches.find_contact', { contact_id: '501' }), FIELDS],
    ['a search', asked(/contacts\/find$/, 'searches.find_contact', { name: 'x' }), FIELDS],
    ['the form of a request type', form, FIELDS],
    ['the statuses of a board', statuses, FIELDS],
  ])('the fields are named only where an owner fills some in: %s', async (_, operation, advice) => {
    for (const status of [400, 409, 413, 422, 423]) {
      site.fail({ kind: 'status', status, path: operation.path });
      const { message } = await failure(operation.run());
      expect(message).toBe(`support.deskdirector.com refused the request (${status}). ${advice}`);
    }
    site.fail({ kind: 'status', status: 405, path: operation.path });
    expect((await failure(operation.run())).message).toContain(`(405). ${HOST}`);
  });

  test.each<[Operation, boolean]>([
    ['read', false],
    ['post', true],
    ['delete', true],
  ])('403: a %s may need a key that may do more than read: %s', async (operation, mayNeed) => {
    const { message } = await failing(operation, { kind: 'status', status: 403 });
    expect(message.includes('whether the key may do more than read')).toBe(mayNeed);
  });

  test.each([404, 410])('%s: what an owner chose is gone', async (status) => {
    for (const [{ path, run }, thing] of [
      [form, 'request type 9'],
      [statuses, 'board 2'],
    ] as const) {
      site.fail({ kind: 'status', status, body: '{"message":"Gone."}', path });
      expect(await failure(run())).toEqual({
        name: 'AppError',
        code: 'NotFound',
        status,
        message:
          `support.deskdirector.com has no ${thing} (${status}). It says: "Gone." Choose another ` +
          'one, or check the Site Host of your account.',
      });
      site.fail({ kind: 'html', status, path });
      expect((await failure(run())).message).toContain('The answer is a page');
    }
  });

  test.each([500, 501, 599])('a POST that failed with %s may have been done', async (status) => {
    const { message } = await failing('post', { kind: 'status', status, body: '{"message":"x"}' });
    expect(message).toBe(
      `support.deskdirector.com had an internal error (${status}). It says: "x". ${NOT_AGAIN}`,
    );
  });

  test.each([404, 410])('%s is fine for a subscription that is gone', async (status) => {
    site.fail({ kind: 'status', status, path: OPERATIONS.delete.path });
    expect((await OPERATIONS.delete.run()).results).toEqual({});
  });
});

describe('a site that can not be reached for the moment', () => {
  const PASSING: [string, FaultKind, string][] = [
    ['408', { kind: 'status', status: 408 }, '408'],
    ['502', { kind: 'html', status: 502 }, '502'],
    ['503', { kind: 'status', status: 503 }, '503'],
    ['504', { kind: 'status', status: 504 }, '504'],
    ...[520, 521, 522, 523, 524, 530].map((status): [string, FaultKind, string] => [
      `${status}`,
      { kind: 'html', status },
      `${status}`,
    ]),
    ['a reset before the answer', { kind: 'reset', when: 'before' }, 'ECONNRESET'],
  ];

  describe.each(PASSING)('%s', (_, kind, reason) => {
    test.each<Operation>(['read', 'delete'])(
      'a %s is tried three times, then told',
      async (operation) => {
        const refused = await failing(operation, kind);
        expect(refused).toMatchObject({
          name: 'AppError',
          code: 'DeskDirectorUnreachable',
          hits: 3,
        });
        expect(refused.message).toContain(
          `support.deskdirector.com can't be reached now (${reason}`,
        );
        expect(refused.message).toContain(
          'Check the Site Host of your account and that the site is up',
        );
      },
    );

    test.each<Operation>(['read', 'delete'])(
      'a %s that works the third time works',
      async (operation) => {
        const { path, run } = OPERATIONS[operation];
        site.fail({ ...kind, path, times: 2 });
        await run();
        expect(site.faults.hits).toBe(2);
      },
    );

    test('a POST is never sent twice; it may have been done', async () => {
      const refused = await failing('post', { ...kind, processed: true });
      expect(refused.hits).toBe(1);
      expect(refused.message).toMatch(/can't be reached now/);
      expect(refused.message).toContain(NOT_AGAIN);
      expect(site.subscriptions).toHaveLength(1);
    });
  });

  test('a connection that nobody takes', async () => {
    for (const operation of [OPERATIONS.read, OPERATIONS.post]) {
      const { code, message } = await withBaseUrl('http://127.0.0.1:1', () =>
        failure(operation.run()),
      );
      expect(code).toBe('DeskDirectorUnreachable');
      expect(message).toContain("can't be reached now (ECONNREFUSED). Check the Site Host");
    }
  });

  test('a name that nobody knows, asked for three times', async () => {
    const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
      const done = args.at(-1);
      if (typeof done === 'function') done(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    }) as typeof dns.lookup);
    const { message } = await withBaseUrl('', () => failure(OPERATIONS.read.run()));
    expect(message).toContain("support.deskdirector.com can't be reached now (ENOTFOUND)");
    expect(lookup.mock.calls.map(([host]) => host)).toEqual(
      Array(3).fill('support.deskdirector.com'),
    );
  });

  test('an answer that is no HTTP', async () => {
    const server = createServer().on('connection', (socket) => socket.end('220 ready\r\n'));
    const { url, close } = await listenOnLoopback(server);
    const { code } = await withBaseUrl(url, () => failure(OPERATIONS.read.run()));
    expect(code).toBe('DeskDirectorUnreachable');
    await close();
  });
});

describe('time', () => {
  const slowly = (operation: Operation) => hurried(() => failure(OPERATIONS[operation].run()));

  test.each<[string, FaultKind]>([
    ['gets no answer', { kind: 'delay', ms: 60_000 }],
    ['gets an answer that breaks off', { kind: 'reset', when: 'amid' }],
    ['gets an answer byte by byte', { kind: 'drip', bytesPerSecond: 10, bytes: 10_000 }],
  ])('a read that %s ends within 25 seconds, with all its attempts', async (_, kind) => {
    site.fail({ ...kind, path: OPERATIONS.read.path, times: 9 });
    const { message, seconds } = await slowly('read');
    // The seconds of all attempts together, not those of the last one.
    expect(message).toMatch(/can't be reached now \(no answer in 2[1-5] seconds\)\. Check/);
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(25);
    expect(site.faults.hits).toBe(3);
  });

  test('all requests of an operation share its time', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: /chat-webhook-events$/ });
    site.fail({ kind: 'delay', ms: 60_000, path: OPERATIONS.post.path, processed: true });
    const { message, seconds } = await slowly('post');
    expect(message).toContain(`can't be reached now (no answer in 15 seconds). ${NOT_AGAIN}`);
    expect(seconds).toBeLessThanOrEqual(25);
  });

  test('what an operation can do without takes 3 seconds of it at most', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: /parameters$/, times: 9 });
    site.fail({ kind: 'status', status: 400, path: OPERATIONS.post.path });
    const { message, seconds } = await slowly('post');
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
    slow(14);
    site.fail({ kind: 'status', status: 400, path: OPERATIONS.post.path });
    expect((await failure(OPERATIONS.post.run())).message).toContain('(400)');
    expect(site.requests.filter(({ path }) => path.includes('parameters'))).toEqual([]);
  });

  test('a POST has all the time of its operation, since it is sent only once', async () => {
    site.fail({ kind: 'delay', ms: 60_000, path: OPERATIONS.post.path, processed: true });
    const { message, seconds } = await slowly('post');
    expect(message).toContain(`(no answer in 25 seconds). ${NOT_AGAIN}`);
    expect(seconds).toBeGreaterThan(24);
  });

  const update = () =>
    call('creates.update_ticket.operation.perform', {
      authData: site.authData,
      inputData: { ticket_id: '48190', summary: 'x' },
    });
  const SLOW = 'support.deskdirector.com was so slow that too little time was left to ';

  test.each([18, 24])('after %s seconds, a Zap is not turned on any more', async (seconds) => {
    slow(seconds);
    expect(await failure(OPERATIONS.post.run())).toEqual({
      name: 'AppError',
      code: 'DeskDirectorUnreachable',
      message: `${SLOW}make a workflow for chats. Nothing was sent. Turn the Zap on again.`,
    });
    expect(site.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each([18, 24])('after %s seconds, an action is left to a later run', async (seconds) => {
    slow(seconds);
    expect(await failure(update())).toEqual({
      name: 'ThrottledError',
      delay: 60,
      message: `${SLOW}update a ticket. Nothing was sent. Try again in 60 s; a Zap that is on does so by itself.`,
    });
    expect(site.requests.map(({ method }) => method)).not.toContain('PATCH');
  });

  test('after 16 seconds, an action is sent', async () => {
    slow(16);
    expect((await failure(update())).message).toContain('has no ticket 48190 (404)');
  });

  test('a request that may be sent again is sent while 2 seconds are left', async () => {
    site.fail({ kind: 'status', status: 503, path: /companies$/, times: 9 });
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 11_500 * site.requests.length);
    await failure(OPERATIONS.read.run());
    expect(site.faults.hits).toBe(3);
  });

  test('Retry-After is kept to, in seconds or as a date', async () => {
    for (const after of [() => '7', () => new Date(Date.now() + 7_000).toUTCString()]) {
      site.fail({
        kind: 'status',
        status: 503,
        headers: { 'retry-after': after() },
        path: OPERATIONS.read.path,
      });
      site.fail({ kind: 'status', status: 400, path: OPERATIONS.read.path });
      const { message, seconds } = await slowly('read');
      expect(message).toContain('(400)');
      expect(seconds).toBeGreaterThanOrEqual(6);
      expect(seconds).toBeLessThan(9);
    }
  });

  test.each<[Operation, number, string, number]>([
    ['read', 503, '26', 26],
    ['delete', 503, '120', 120],
    ['read', 502, '86400', 3600],
    ['read', 522, '600', 600],
  ])(
    'a %s that meets %s with a wait beyond the time of the operation (%s s) runs again later',
    async (operation, status, after, delay) => {
      const headers = { 'retry-after': after };
      expect(await failing(operation, { kind: 'status', status, headers })).toEqual({
        name: 'ThrottledError',
        message: `support.deskdirector.com can't be reached now (${status}). Try again in ${delay} s; a Zap that is on does so by itself.`,
        delay,
        hits: 1,
      });
    },
  );

  test.each(['7', '120'])('a POST names the wait (%s s), and is not run again', async (after) => {
    const headers = { 'retry-after': after };
    const { name, message, hits } = await failing('post', { kind: 'status', status: 503, headers });
    expect({ name, hits }).toEqual({ name: 'AppError', hits: 1 });
    expect(message).toBe(
      `support.deskdirector.com can't be reached now (503). It asks to wait ${after} s. ${NOT_AGAIN}`,
    );
  });

  test('a short Retry-After after three tries is an error', async () => {
    const headers = { 'retry-after': '0' };
    const { name, message, hits } = await failing('read', { kind: 'status', status: 503, headers });
    expect({ name, hits }).toEqual({ name: 'AppError', hits: 3 });
    expect(message).toContain('(503). It asks to wait 0 s. Check the Site Host');
  });

  test('the delay of a try grows, by a random share of it', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999);
    site.fail({ kind: 'status', status: 503, path: OPERATIONS.read.path, times: 9 });
    const { seconds } = await slowly('read');
    expect(seconds).toBeGreaterThanOrEqual(2.9);
    expect(seconds).toBeLessThan(4);
  });
});

describe('429: again later, by itself', () => {
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
  ])('%s', async (_, after, delay) => {
    const headers = after === undefined ? {} : { 'retry-after': after };
    for (const operation of ['read', 'post', 'delete'] as const) {
      const { hits, ...refused } = await failing(
        operation,
        { kind: 'status', status: 429, headers },
        1,
      );
      expect(refused).toEqual({
        name: 'ThrottledError',
        message: `support.deskdirector.com gets too many requests (429). Try again in ${delay} s; a Zap that is on does so by itself.`,
        delay,
      });
    }
    expect(site.faults.hits).toBe(3);
  });

  test('a date', async () => {
    // A date in a header has no milliseconds.
    const now = new Date().setMilliseconds(0);
    jest.spyOn(Date, 'now').mockReturnValue(now);
    const headers = { 'retry-after': new Date(now + 90_000).toUTCString() };
    const refused = await failing('read', { kind: 'status', status: 429, headers });
    expect(refused).toMatchObject({ delay: 90 });
  });
});

describe('a redirect is not followed, but told', () => {
  test.each([
    ['https://new.example.com/api?x=1', ' to new.example.com, which'],
    ['http://127.0.0.1:8080/', ' to 127.0.0.1:8080, which'],
    ['https://support.deskdirector.com/login', ' to another of its pages, which'],
    ['mailto:somebody', ', which'],
    ['http://[', ', which'],
  ])('%s', async (to, words) => {
    for (const operation of ['read', 'post', 'delete'] as const) {
      const before = site.requests.length;
      const { message, status } = await failing(
        operation,
        { kind: 'redirect', status: 307, to },
        1,
      );
      expect(message).toContain(`answered with a redirect (307)${words} is not followed.`);
      expect(message.endsWith(` ${NOT_AGAIN}`)).toBe(operation === 'post');
      expect(status).toBe(307);
      const { path } = OPERATIONS[operation];
      const tries = site.requests
        .slice(before)
        .filter((one) => path.test(one.path.split('?')[0] ?? ''));
      expect(tries).toHaveLength(1);
    }
  });

  test.each([300, 302])('without a Location (%s)', async (status) => {
    const { message } = await failing('read', { kind: 'status', status });
    expect(message).toContain(`a redirect (${status}), which is not followed`);
  });

  test('with a page', async () => {
    const page = { body: '<html></html>', headers: { location: 'https://new.example.com/' } };
    const { message } = await failing('read', { kind: 'status', status: 302, ...page });
    expect(message).toContain('answered with a redirect (302) to new.example.com');
    expect(message).not.toContain('page');
  });
});

describe('what stands before the API is not the API', () => {
  /** The steps, each with the path of its request and its input. */
  const OWN_STEPS = {
    test: ['authentication.test', /connections\/test$/, {}],
    find: ['searches.find_contact.operation.perform', /contacts\/501$/, { contact_id: '501' }],
    list: ['triggers.company_list.operation.perform', /companies$/, {}],
    message: [
      'creates.send_chat_system_message.operation.perform',
      /system-messages$/,
      { session_id: '1773129600-1006', message: 'x' },
    ],
    ticket: [
      'creates.update_ticket.operation.perform',
      /tickets\/7$/,
      { ticket_id: '7', summary: 'x' },
    ],
  } as const;
  type Step = keyof typeof OWN_STEPS | 'post' | 'delete';

  async function refused(step: Step, answer: PreparedAnswer) {
    if (step === 'post' || step === 'delete') return failing(step, { kind: 'status', ...answer });
    const [method, path, inputData] = OWN_STEPS[step];
    site.fail({ kind: 'status', ...answer, path, times: Number.POSITIVE_INFINITY });
    const run = call(method, { authData: site.authData, inputData });
    return { ...(await failure(run)), hits: site.faults.hits };
  }
  const STEPS = ['test', 'find', 'list', 'message', 'ticket', 'post', 'delete'] as const;
  const mayBeDone = (step: Step) => ['message', 'ticket', 'post'].includes(step);

  const PAGES: [string, string, string][] = [
    ['a challenge', '<!DOCTYPE html><title>Just a moment...</title>', 'text/html; charset=UTF-8'],
    ['a stopped web app', '<html><h1>Error 403 - This web app is stopped.</h1></html>', ''],
    ['a part of a page', '<center><h1>403 Forbidden</h1></center>', 'text/plain'],
    ['a page that begins with a style', '<style>p{}</style><p>Sign in', ''],
    ['the words of IIS', 'You do not have permission to view this directory.', 'text/html'],
    ['XML of a storage', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', ''],
  ];
  test.each(PAGES)('%s with 401 or 403 is told as a page', async (_, body, type) => {
    const answer = { body, headers: { 'content-type': type } };
    for (const status of [401, 403]) {
      for (const step of ['test', 'find', 'post'] as const) {
        const { name, code, message } = await refused(step, { status, ...answer });
        expect({ name, code, message }).toMatchObject({
          name: 'AppError',
          code: 'NotDeskDirector',
        });
        expect(message).toContain(`answered (${status}), but that is no answer of DeskDirector's`);
        expect(message).toContain(
          'The answer is a page, so something may stand in front of the site',
        );
        expect(message).toMatch(
          step === 'test'
            ? /A wrong API key can look the same\.$/
            : /A revoked API key can look the same: test the connection\.$/,
        );
        expect(message).not.toMatch(/key works|Make a new key|may have been done/);
        site.faults.clear();
      }
    }
  });

  test.each([
    '<!-- wait --><p>Checking your browser',
    '<noscript>Enable JavaScript and cookies to continue</noscript>',
    '<meta http-equiv="refresh" content="0; url=/login">',
    '<META NAME="ROBOTS" CONTENT="NOINDEX"><iframe src="/_Incapsula_Resource"></iframe>',
    '<img src="/pixel.gif">',
    '<main>Sign in</main>',
  ])('a part of a page is no success of an action: %s', async (body) => {
    for (const step of ['message', 'ticket', 'post'] as const) {
      const { code, message } = await refused(step, { status: 200, body });
      expect(code).toBe('NotDeskDirector');
      expect(message).toContain(NOT_AGAIN);
      site.faults.clear();
    }
  });

  test.each(['error code: 1020', 'Access denied', 'RBAC: access denied'])(
    '%s in plain text with 403 may be the answer of a firewall',
    async (body) => {
      for (const step of STEPS) {
        const { code, message } = await refused(step, { status: 403, body });
        expect(code).toBe('DeskDirectorError');
        expect(message).toContain(
          `Zapier may not do this on support.deskdirector.com (403). It says: "${body}". Something in front of the site may have answered, such as a firewall: ask whoever runs the site. Otherwise ask your DeskDirector administrator whether`,
        );
        expect(message).not.toContain('key works');
        site.faults.clear();
      }
    },
  );

  test.each(['', '{}', '"No right"', 'null'])(
    'the key works where 403 comes with JSON or nothing: %j',
    async (body) => {
      const { message } = await refused('find', { status: 403, body });
      expect(message).toMatch(/^The API key works, but may not do this on/);
    },
  );

  test.each([
    ['another status', { status: 206 }],
    ['a mark', { status: 200, headers: { 'cf-mitigated': 'challenge' } }],
  ])('the content of a success is no reason: %s', async (_, answer) => {
    const { message } = await refused('find', { ...answer, body: '{"firstName":"Casey"}' });
    expect(message).not.toMatch(/It says|Casey/);
  });

  test.each([200, 400, 404, 405, 410, 418])('a page with %s is told as a page', async (status) => {
    for (const step of STEPS) {
      const { code, message } = await refused(step, { status, body: '<html></html>' });
      expect(code).toBe('NotDeskDirector');
      expect(message).toContain(
        'The answer is a page, so something may stand in front of the site',
      );
      expect(message.includes(NOT_AGAIN)).toBe(status === 200 && mayBeDone(step));
      site.faults.clear();
    }
  });

  test.each([
    [500, 1, 'had an internal error (500). The answer is a page'],
    [503, 3, "can't be reached now (503). The answer is a page"],
    [429, 1, 'gets too many requests (429). The answer is a page'],
  ])('a page with %s may be the own page of the site', async (status, tries, words) => {
    const { message, hits } = await failing('read', { kind: 'html', status });
    expect(message).toContain(`${words}: the site's own, or that of something in front of it`);
    expect(hits).toBe(tries);
  });

  test('a reason in JSON with 401 and 403 is the reason of the API', async () => {
    const body = '{"message":"<b>No</b>."}';
    const headers = { 'content-type': 'text/html' };
    expect((await refused('find', { status: 401, body, headers })).name).toBe('ExpiredAuthError');
    site.faults.clear();
    const { message } = await refused('find', { status: 403, body, headers });
    expect(message).toContain('The API key works');
  });

  const MARK = { 'x-amzn-waf-action': 'challenge' };
  const FIREWALL = 'A firewall in front of the site answered';

  test.each([
    MARK,
    { 'cf-mitigated': 'challenge' },
    { 'X-Vercel-Mitigated': 'deny' },
    { 'X-Sucuri-Block': 'FBP007' },
  ])('%j marks the answer of a firewall', async (headers) => {
    for (const status of [200, 403]) {
      const { code, message } = await refused('find', { status, headers, body: '{"id":7}' });
      expect({ code, message }).toEqual({
        code: 'NotDeskDirector',
        message: expect.stringContaining(FIREWALL),
      });
      site.faults.clear();
    }
  });

  test.each([200, 202, 204, 302, 304, 401, 403, 404, 405, 500])(
    'a firewall may answer with status %s, and any body',
    async (status) => {
      const bodies = [204, 304].includes(status) ? [undefined] : [undefined, '<html>', '{"id":7}'];
      for (const body of bodies) {
        for (const step of STEPS) {
          const answer = { status, headers: MARK, ...(body !== undefined && { body }) };
          const { name, code, message } = await refused(step, answer);
          expect({ name, code, message }).toEqual({
            name: 'AppError',
            code: 'NotDeskDirector',
            message: expect.stringContaining(FIREWALL),
          });
          expect(message.includes(NOT_AGAIN)).toBe(status < 300 && mayBeDone(step));
          expect(message).not.toContain('Site Host');
          site.faults.clear();
        }
      }
    },
  );

  test('tries and waits follow the status of a firewall', async () => {
    const down = await failing('read', { kind: 'status', status: 503, headers: MARK });
    expect(down.hits).toBe(3);
    expect(down.message).toContain(FIREWALL);
    site.faults.clear();
    const busy = await failing('post', { kind: 'status', status: 429, headers: MARK });
    expect(busy.name).toBe('ThrottledError');
    expect(busy.message).toContain(`(429). ${FIREWALL}. Try again`);
  });

  test.each([201, 202, 203, 205, 206, 226])(
    'a request that changes nothing is not answered by %s',
    async (status) => {
      const body = status === 205 ? undefined : '{"id":501,"results":[]}';
      for (const step of ['test', 'find', 'list'] as const) {
        const { code, message } = await refused(step, { status, ...(body && { body }) });
        expect(code).toBe('NotDeskDirector');
        expect(message).toBe(
          `support.deskdirector.com answered (${status}), but that is no answer of DeskDirector's API. Something in front of the site may have answered: ask whoever runs the site.`,
        );
        site.faults.clear();
      }
    },
  );

  test.each([200, 201, 202, 203, 206, 226])(
    'what changes something may be answered by %s',
    async (status) => {
      for (const { path, run } of [OPERATIONS.post, OPERATIONS.delete]) {
        site.fail({ kind: 'status', status, body: '{"id":"abc"}', path });
        await run();
      }
    },
  );

  test.each([304, 305, 399])('%s is no redirect, and not about the address', async (status) => {
    for (const step of STEPS) {
      const { code, message } = await refused(step, { status });
      expect(code).toBe('NotDeskDirector');
      expect(message).toContain('Something in front of the site may have answered');
      expect(message).not.toMatch(/Site Host|redirect/);
      expect(message.includes(NOT_AGAIN)).toBe(mayBeDone(step));
      site.faults.clear();
    }
  });

  test.each([200, 204])('an empty %s is one of the API', async (status) => {
    for (const step of ['test', 'find'] as const) {
      const [method, path, inputData] = OWN_STEPS[step];
      site.fail({ kind: 'status', status, path });
      const { results } = await call<unknown>(method, { authData: site.authData, inputData });
      expect(results).toEqual(step === 'find' ? [] : { site: 'support.deskdirector.com' });
    }
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
  const find = () =>
    call('searches.find_contact.operation.perform', {
      authData: site.authData,
      inputData: { contact_id: '501' },
    });
  const update = () =>
    call('creates.update_ticket.operation.perform', {
      authData: site.authData,
      inputData: { ticket_id: '7', summary: 'x' },
    });

  test.each<[string, string, Buffer]>([
    ['gzip without a byte', 'gzip', gzip.subarray(0, 0)],
    ['gzip cut in its head', 'gzip', gzip.subarray(0, 5)],
    ['gzip cut behind its head', 'gzip', gzip.subarray(0, 11)],
    ['gzip cut amid', 'x-gzip', gzip.subarray(0, gzip.length / 2)],
    ['gzip that is none', 'gzip', Buffer.from(text)],
    ['deflate cut amid', 'deflate', deflate.subarray(0, deflate.length / 2)],
    ['Brotli cut amid', 'br', brotli.subarray(0, brotli.length / 2)],
    ['Brotli that is none', 'br', Buffer.from(text)],
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzip)],
    ['a coding that nobody asked for', 'zstd', Buffer.from('28b52ffd20042100', 'hex')],
  ])('%s', async (_, coding, bytes) => {
    const read = await answering(coding, bytes, () => failure(find()));
    expect(read.outcome.code).toBe('DeskDirectorUnreachable');
    expect(read.outcome.message).toContain(
      "can't be reached now (the answer broke off). Check the Site Host",
    );
    expect(read.hits).toBe(3);

    const changed = await answering(coding, bytes, () => failure(update()));
    expect(changed.outcome.message).toContain(`(the answer broke off). ${NOT_AGAIN}`);
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
    const { outcome } = await answering(coding, bytes, find);
    expect(outcome.results).toMatchObject([{ id: '501', name: 'Casey' }]);
  });

  test('a word that is packed is an answer to an action', async () => {
    const { outcome } = await answering('gzip', gzipSync('OK'), update);
    expect(outcome.results).toMatchObject({ id: '7' });
  });

  test('an answer of no bytes is empty where its length says so', async () => {
    for (const status of [200, 204]) {
      const headers = {
        'content-encoding': 'gzip',
        ...(status === 200 && { 'content-length': '0' }),
      };
      site.fail({ kind: 'status', status, headers, path: /contacts\/501$/ });
      expect((await find()).results).toEqual([]);
    }
  });
});

describe('what is no answer of the API', () => {
  test.each<[string, FaultKind, string]>([
    ['a page', { kind: 'html' }, '200'],
    [
      'a page that says it is JSON',
      {
        kind: 'status',
        status: 200,
        body: '<html>',
        headers: { 'content-type': 'application/json' },
      },
      '200',
    ],
    ['JSON that is cut', { kind: 'truncated' }, '200'],
    ['nothing', { kind: 'empty' }, '200'],
    ['nothing at all', { kind: 'status', status: 204 }, '204'],
    ['text', { kind: 'status', status: 200, body: 'OK' }, '200'],
  ])('%s', async (_, kind, answer) => {
    const { code, message, hits } = await failing('read', kind);
    expect({ code, hits }).toEqual({ code: 'NotDeskDirector', hits: 1 });
    expect(message).toContain(
      `support.deskdirector.com answered (${answer}), but that is no answer of DeskDirector's API. Check that the Site Host of your account is your DeskDirector site.`,
    );
  });

  const TYPE_THE_ID = 'Where you choose from this list, type the ID instead.';
  test.each([
    ['text', 'x'],
    ['null', null],
    ['an object without a list', { items: { id: 1 } }],
    ['two lists without results', { items: [{ id: 1 }], others: [] }],
    ['results that are no list', { results: {} }],
    ['two lists', { Results: [{ id: 1 }], RESULTS: [{ id: 2 }] }],
    ['a list without IDs', { results: [{ key: 1 }, { id: null }, { ID: 1, Id: 2 }] }],
  ])('JSON that is no list of entries: %s', async (_, value) => {
    expect(await failing('read', { kind: 'json', value })).toEqual({
      name: 'AppError',
      code: 'NotDeskDirector',
      message: `support.deskdirector.com answered (200), but that is no answer of DeskDirector's API. It should be a list of entries with IDs. ${TYPE_THE_ID} If the error comes again, tell DeskDirector's support.`,
      hits: 1,
    });
  });

  test.each([
    ['a bare list', [{ id: 1, name: 'One' }]],
    ['the only list', { items: [{ id: 1, name: 'One' }], count: 1 }],
  ])('a list is one, also without the name that is usual: %s', async (_, value) => {
    site.fail({ kind: 'json', value, path: OPERATIONS.read.path });
    expect((await OPERATIONS.read.run()).results).toEqual([{ id: '1', name: 'One' }]);
  });

  test('null results are a list without entries', async () => {
    site.fail({ kind: 'json', value: { Results: null }, path: OPERATIONS.read.path });
    expect((await OPERATIONS.read.run()).results).toEqual([]);
  });

  test('a list that is too long', async () => {
    const { message, hits } = await failing('read', { kind: 'huge', bytes: 5 * 1024 * 1024 + 1 });
    expect(hits).toBe(1);
    expect(message).toBe(
      `support.deskdirector.com answered with more than 5 MB. That is a list, which is too long to offer. ${TYPE_THE_ID}`,
    );
  });

  test('another answer that is too long', async () => {
    site.fail({ kind: 'huge', bytes: 6 * 1024 * 1024, path: /contacts/ });
    const { message } = await failure(
      call('searches.find_contact.operation.perform', {
        authData: site.authData,
        inputData: { contact_id: '501' },
      }),
    );
    expect(message).toBe(
      "support.deskdirector.com answered with more than 5 MB. That is no answer of DeskDirector's API that this step can read. Tell DeskDirector's support.",
    );
  });

  test('the rest of an answer that is too much is not waited for', async () => {
    let closed: Promise<unknown> | undefined;
    const server = createServer((_, response) => {
      closed = once(response, 'close');
      response.write('x'.repeat(6 * 1024 * 1024));
    });
    const { url, close } = await listenOnLoopback(server);
    const { message } = await withBaseUrl(url, () => failure(OPERATIONS.read.run()));
    expect(message).toContain('with more than 5 MB');
    await closed;
    await close();
  });

  test('JSON may begin with a byte-order mark', async () => {
    const body = '\uFEFF{"results":[]}';
    site.fail({ kind: 'status', status: 200, body, path: OPERATIONS.read.path });
    expect((await OPERATIONS.read.run()).results).toEqual([]);
  });

  test('a POST whose answer is too much may have been done', async () => {
    const huge = { kind: 'huge', bytes: 6 * 1024 * 1024, processed: true } as const;
    expect((await failing('post', huge)).message).toContain(NOT_AGAIN);
    expect(site.subscriptions).toHaveLength(1);
  });

  test('JSON is taken for what it is, whatever its header says', async () => {
    const headers = { 'content-type': 'text/html' };
    const body = '{"results":[{"id":1,"name":"One"}]}';
    site.fail({ kind: 'status', status: 200, body, headers, path: OPERATIONS.read.path });
    expect((await OPERATIONS.read.run()).results).toEqual([{ id: '1', name: 'One' }]);
  });

  test('an answer of almost 5 MB is read', async () => {
    site.fail({
      kind: 'json',
      value: { results: [], x: 'x'.repeat(5_000_000) },
      path: OPERATIONS.read.path,
    });
    expect((await OPERATIONS.read.run()).results).toEqual([]);
  });

  test.each<[string, FaultKind]>([
    ['nothing', { kind: 'empty' }],
    ['text', { kind: 'status', status: 200, body: 'OK' }],
    ['a list', { kind: 'json', value: [] }],
  ])('a DELETE may be answered with %s', async (_, kind) => {
    site.fail({ ...kind, path: OPERATIONS.delete.path });
    expect((await OPERATIONS.delete.run()).results).toEqual({});
  });

  test.each([200, 404, 410])(
    'a DELETE that is answered with a page (%s) was a wrong host',
    async (status) => {
      const { code, message } = await failing('delete', { kind: 'html', status });
      expect(code).toBe('NotDeskDirector');
      expect(message).toContain(
        `answered (${status}), but that is no answer of DeskDirector's API. Check`,
      );
    },
  );
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
      const { code, message } = await withBaseUrl(address, () => failure(OPERATIONS.read.run()));
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
    const { code, message } = await withBaseUrl(url, () => failure(OPERATIONS.read.run()));
    expect(code).toBe('InvalidCertificate');
    expect(message).toMatch(
      /^No secure connection to support\.deskdirector\.com can be made \(\w+\)\./,
    );
  });
});
