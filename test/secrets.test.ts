import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import app from '../index.ts';
import type { Fault } from '../sandbox/desk-director/server.ts';
import type { AppAnswer, AppEvent } from '../sandbox/zap-runner/worker.ts';
import { connectedDeskDirector, NEW_SESSION, STATUS_CHANGED } from './zapier.ts';

/*
 * Everything that leaves the app but its requests is searched for the API key and for the token of
 * a subscription: results, errors, what is printed, and what the platform sends to its log server.
 */

// With characters that URLs and JSON write in another way.
const KEY = 'recognisable+key/6b1f"=';
const TOKEN = 'recognisable+token/9c2e=';
/** What the platform would know its log server by. */
const LOG_TOKEN = 'log-server';

const { createAppHandler } = createRequire(import.meta.url)('zapier-platform-core');
const handler = createAppHandler(app);

type Site = Awaited<ReturnType<typeof connectedDeskDirector>>;
let site: Site;
let logServer: Awaited<ReturnType<typeof startLogServer>>;
beforeAll(async () => {
  logServer = await startLogServer();
  process.env.LOGGING_ENDPOINT = logServer.url;
  site = await connectedDeskDirector({ apiKey: KEY });
});
afterAll(async () => {
  delete process.env.LOGGING_ENDPOINT;
  await site.stop();
  await logServer.stop();
});
afterEach(() => {
  jest.restoreAllMocks();
  site.faults.clear();
});

/**
 * Where the platform sends its log records: a line of JSON for each. The platform waits 200 ms for
 * the answer, so that on a busy machine some of them are cut off, or arrive with a later call.
 */
async function startLogServer() {
  const chunks: string[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    request.on('end', () => response.end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${Object(server.address()).port}/input`,
    /** What arrived since the last call. */
    take() {
      const news = chunks.slice(taken);
      taken = chunks.length;
      return news.join('');
    },
    get all() {
      return chunks.join('');
    },
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A text in all the ways it may be written, so that none of them is overlooked. */
function writings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  // Within more text, the base64 of a part differs with its position.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    ...[secret, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(secret)],
    ...[
      encodeURI(secret),
      Buffer.from(secret).toString('hex'),
      new URLSearchParams({ secret }).toString().slice(7),
    ],
    ...base64,
  ];
}

/** The platform writes down what a site answers: a site may tell there whatever it likes. */
const NOT_THE_APPS = { printed: '', logged: '', logRecords: '' };

/** Around each place where a secret is, in whatever writing; empty when it is nowhere. */
function findings(secret: string, seen: Seen): string[] {
  return Object.entries(seen).flatMap(([where, text]) =>
    writings(secret).flatMap((writing) => {
      const at = text.toLowerCase().indexOf(writing.toLowerCase());
      return at === -1 ? [] : `${where}: ${text.slice(Math.max(0, at - 60), at + 60)}`;
    }),
  );
}

interface Seen {
  readonly result: string;
  readonly error: string;
  readonly printed: string;
  readonly logged: string;
  /** As they were sent, or would be. */
  readonly logRecords: string;
}

/** With its stack, its causes and all that it holds, hidden or not. */
const everythingOf = (error: unknown): string =>
  inspect(error, { showHidden: true, depth: 10, maxStringLength: null, maxArrayLength: null }) +
  (error instanceof Error ? `${error.message}${error.stack}${JSON.stringify(error)}` : '');

/** Runs a method through the handler, and gathers what can be seen of it. */
async function observed(method: string, bundle: object): Promise<Seen> {
  const printed: string[] = [];
  const print = (...words: unknown[]) => {
    printed.push(words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' '));
  };
  const consoles = (['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const).map(
    (name) => jest.spyOn(console, name).mockImplementation(print),
  );
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
      print(String(chunk));
      return true;
    }),
  );
  // Back-off takes a random share of its delay: none, here.
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  const logged: string[] = [];
  let result: unknown;
  let error: unknown;
  try {
    ({ results: result } = await handler({
      command: 'execute',
      method,
      bundle: { inputData: {}, meta: {}, authData: site.authData, ...bundle },
      token: LOG_TOKEN,
      // As the CLI has it, which prints more than production.
      logToStdout: true,
      detailedLogToStdout: true,
      customLogger: (message: string, data: unknown) => {
        logged.push(
          message,
          inspect(data, { depth: 10, maxStringLength: null }),
          JSON.stringify(data),
        );
      },
    }));
  } catch (thrown) {
    error = thrown;
  } finally {
    for (const spy of [...consoles, ...streams, random]) spy.mockRestore();
  }
  return {
    result: JSON.stringify(result) ?? '',
    error: error === undefined ? '' : everythingOf(error),
    printed: printed.join('\n'),
    logged: logged.join('\n'),
    logRecords: logServer.take(),
  };
}

interface Operation {
  readonly method: string;
  readonly bundle: () => object;
  /** The requests it makes, in order, each of which may go wrong. */
  readonly paths: readonly RegExp[];
  /** What it fails with when the site does not; left out where it succeeds. */
  readonly failure?: string;
}

const EVENTS = /chat-webhook-events$/;
const TEMPLATE = '{{bundle.authData.apiKey}}';
const sessionId = () => site.chats.request().id;

const OPERATIONS: readonly Operation[] = [
  { method: 'authentication.test', bundle: () => ({}), paths: [/connections\/test$/] },
  ...['company', 'member'].map((list) => ({
    method: `triggers.${list}_list.operation.perform`,
    bundle: () => ({}),
    paths: [/(?:companies|members)$/],
  })),
  ...[NEW_SESSION, STATUS_CHANGED].flatMap((trigger) => [
    {
      method: `triggers.${trigger}.operation.performSubscribe`,
      bundle: () => ({
        targetUrl: `https://hooks.example.com/${TEMPLATE}`,
        inputData: { company: '3101' },
      }),
      paths: [EVENTS, /\$parameters$/, /chat-workflows$/],
    },
    {
      method: `triggers.${trigger}.operation.performUnsubscribe`,
      bundle: () => ({ subscribeData: { id: 'abc', token: TOKEN } }),
      paths: [/chat-workflows\/abc$/],
    },
    {
      method: `triggers.${trigger}.operation.perform`,
      bundle: () => ({
        subscribeData: { id: 'abc', token: TOKEN },
        cleanedRequest: [{ id: TEMPLATE, name: TEMPLATE, creator: { name: TEMPLATE } }, TEMPLATE],
      }),
      paths: [],
    },
    {
      method: `triggers.${trigger}.operation.perform`,
      bundle: () => ({
        subscribeData: { id: 'abc', token: TOKEN },
        rawRequest: { content: TEMPLATE },
      }),
      paths: [],
      failure: 'but got text of 26 characters',
    },
    {
      method: `triggers.${trigger}.operation.performList`,
      bundle: () => ({ subscribeData: { id: 'abc', token: TOKEN } }),
      paths: [],
    },
    {
      method: `triggers.${trigger}.operation.inputFields`,
      bundle: () => ({}),
      paths: [EVENTS, /\$parameters$/],
    },
  ]),
  {
    method: 'searches.find_chat_session.operation.perform',
    bundle: () => ({ inputData: { session_id: sessionId() } }),
    paths: [/chat-sessions\/[^/]+$/],
  },
  {
    method: 'searches.find_chat_session.operation.perform',
    bundle: () => ({ inputData: { session_id: TEMPLATE } }),
    paths: [],
  },
  ...[
    ['send_chat_system_message', { message: TEMPLATE, gone: TEMPLATE }],
    ['invite_users_to_chat', { members: ['71'], note: TEMPLATE }],
  ].flatMap(([create, inputData]) => [
    {
      method: `creates.${create}.operation.perform`,
      bundle: () => ({ inputData: { session_id: sessionId(), ...Object(inputData) } }),
      paths: [/dynamic-types/, /chat-sessions\/[^/]+\/[^/]+$/],
    },
    {
      method: `creates.${create}.operation.inputFields`,
      bundle: () => ({}),
      paths: [/dynamic-types/],
    },
  ]),
];

type Distribute<T, Left extends PropertyKey> = T extends unknown ? Omit<T, Left> : never;
type Kind = Distribute<Fault, 'path'>;

/** One fault of each kind; what can hold a body gives away what the request held in secret. */
function faults(method: string): [string, Kind][] {
  // Whoever is not told the token can't tell it.
  const isTold = method.endsWith('performUnsubscribe');
  const telling = isTold ? `Key ${KEY}, token ${TOKEN}` : `Key ${KEY}`;
  const query = isTold ? `&${new URLSearchParams({ token: TOKEN })}` : '';
  const headers = { 'x-key': KEY, 'www-authenticate': `DdApi ${KEY}` };
  const elsewhere = `https://example.com/?${new URLSearchParams({ apiKey: KEY })}${query}`;
  const inJson = JSON.stringify({ message: telling });
  const told = (status: number, body: string): Kind => ({ kind: 'status', status, headers, body });
  return [
    ['400 in JSON', told(400, inJson)],
    ['400 in text', told(400, telling)],
    ['401', told(401, telling)],
    ['403', told(403, inJson)],
    ['404', told(404, telling)],
    ['429', told(429, inJson)],
    ['500', told(500, telling)],
    ['503', told(503, inJson)],
    ['a redirect', { kind: 'redirect', status: 307, to: elsewhere }],
    ['a page', told(200, `<p>${telling}</p>`)],
    ['JSON that is cut', told(200, inJson.slice(0, -1))],
    ['JSON of another kind', { kind: 'json', value: [telling] }],
    ['nothing', { kind: 'empty' }],
    ['a reset', { kind: 'reset', when: 'before' }],
  ];
}

const named = OPERATIONS.map((operation, n): [string, Operation] => [
  `${n + 1}. ${operation.method}`,
  operation,
]);

/**
 * Each operation with each of its faults: the first at the first of its requests, the next at the
 * next, so that each request meets several, and each fault one.
 */
const faulty = OPERATIONS.flatMap(({ method, bundle, paths }, n) =>
  paths.length === 0
    ? []
    : faults(method).map(([name, kind], turn) => {
        const path = paths[turn % paths.length] ?? /./;
        return { name: `${n + 1}. ${method}, ${name}`, method, bundle, kind, path };
      }),
);

const LOCATION = `chat-workflows/abc?${new URLSearchParams({ token: TOKEN })}`;

/** Ways in which a site may write a secret. */
const WAYS_OF_WRITING: [string, (secret: string) => string][] = [
  ['as a URL has them', (secret) => encodeURIComponent(secret)],
  ['as a form has them', (secret) => String(new URLSearchParams({ x: secret })).slice(2)],
  ['as JSON in JSON', (secret) => JSON.stringify({ secret })],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
];

test.each(WAYS_OF_WRITING)('a secret would be found wherever it is, %s', (_, write) => {
  const nothing = { result: '', error: '', printed: '', logged: '', logRecords: '' };
  expect(findings(KEY, nothing)).toEqual([]);
  for (const where of Object.keys(nothing)) {
    expect(findings(KEY, { ...nothing, [where]: `It is ${write(KEY)}.` })).not.toEqual([]);
  }
});

describe('when all goes well, no secret is told', () => {
  test.each(named)('%s', async (_, { method, bundle, failure }) => {
    const isSubscription = method.endsWith('performSubscribe');
    if (isSubscription) {
      const headers = { location: `${site.url}/${LOCATION}` };
      site.answerNext(/chat-workflows$/, { status: 201, headers });
    }
    const seen = await observed(method, bundle());
    expect(seen).toMatchObject(
      failure === undefined
        ? { result: expect.stringMatching(/./), error: '' }
        : { result: '', error: expect.stringContaining(failure) },
    );
    expect(findings(KEY, seen)).toEqual([]);
    expect(findings(TOKEN, isSubscription ? { ...seen, result: '' } : seen)).toEqual([]);
    if (isSubscription) expect(JSON.parse(seen.result)).toEqual({ id: 'abc', token: TOKEN });
  });

  test('but the token of a subscription by its result, when it is in the body', async () => {
    site.answerNext(/chat-workflows$/, {
      status: 201,
      body: JSON.stringify({ id: 'abc', token: TOKEN }),
    });
    const seen = await observed(`triggers.${NEW_SESSION}.operation.performSubscribe`, {
      targetUrl: 'https://hooks.example.com/1',
    });
    expect(JSON.parse(seen.result)).toEqual({ id: 'abc', token: TOKEN });
    expect(findings(TOKEN, { ...seen, result: '' })).toEqual([]);
  });

  // The platform knows a secret in a URL only by its scheme: of a relative Location, which
  // DeskDirector is not known to send, its own HTTP log record shows the header as it came. The
  // app's own words, results and errors don't.
  test('a relative Location shows the token in the header that the platform logs, and only there', async () => {
    site.answerNext(/chat-workflows$/, { status: 201, headers: { location: `/${LOCATION}` } });
    const seen = await observed(`triggers.${NEW_SESSION}.operation.performSubscribe`, {
      targetUrl: 'https://hooks.example.com/1',
    });
    expect(JSON.parse(seen.result)).toEqual({ id: 'abc', token: TOKEN });
    const header = `location: /${LOCATION}`;
    const logs = Object.fromEntries(
      Object.entries(seen).map(([where, text]) => [where, String(text).replaceAll(header, '')]),
    );
    expect(findings(TOKEN, { ...seen, ...logs, result: '' })).toEqual([]);
    expect(seen.logged).toContain(header);
  });
});

describe('whatever goes wrong, no secret is told', () => {
  test.each(faulty)('$name', async ({ method, bundle, kind, path }) => {
    const given = bundle();
    site.fail({ ...kind, path, times: Number.POSITIVE_INFINITY });
    const before = site.faults.hits;
    const seen = await observed(method, given);
    expect(site.faults.hits).toBeGreaterThan(before);
    expect(findings(KEY, seen)).toEqual([]);
    expect(findings(TOKEN, seen)).toEqual([]);
  });

  test.each(WAYS_OF_WRITING)("neither by the site's own words, %s", async (_, write) => {
    for (const body of [
      `${write(KEY)} and ${write(TOKEN)} are bad`,
      JSON.stringify({ message: `${write(KEY)} and ${write(TOKEN)} are bad` }),
    ]) {
      site.fail({ kind: 'status', status: 400, body, path: /chat-workflows\/abc$/ });
      const seen = await observed(`triggers.${NEW_SESSION}.operation.performUnsubscribe`, {
        subscribeData: { id: 'abc', token: TOKEN },
      });
      expect(seen.error).toMatch(/It says: \\*"…/);
      expect(findings(KEY, { ...seen, ...NOT_THE_APPS })).toEqual([]);
      expect(findings(TOKEN, { ...seen, ...NOT_THE_APPS })).toEqual([]);
    }
  });

  // As a host has it.
  const key = 'recognisable-key-6b1f';

  test('nor by the host of a redirect, if the site tells it there', async () => {
    const to = `https://${key}.example.com/`;
    site.fail({ kind: 'redirect', status: 307, to, path: /companies$/ });
    const seen = await observed('triggers.company_list.operation.perform', {
      authData: { ...site.authData, apiKey: key },
    });
    expect(seen.error).toContain('answered with a redirect (307)');
    expect(findings(key, { ...seen, ...NOT_THE_APPS })).toEqual([]);
  });

  test('nor by the name of an event, if the site tells it there', async () => {
    site.fail({ kind: 'json', value: { results: [{ id: 1, name: key }] }, path: EVENTS });
    const seen = await observed(`triggers.${NEW_SESSION}.operation.performSubscribe`, {
      authData: { ...site.authData, apiKey: key },
      targetUrl: 'https://hooks.example.com/1',
    });
    expect(seen.error).toContain('It offers: ');
    expect(findings(key, { ...seen, ...NOT_THE_APPS })).toEqual([]);
  });
});

describe('in a process of its own, as production runs it', () => {
  let child: ReturnType<typeof startChild>;
  beforeAll(() => {
    child = startChild();
  });
  afterAll(() => child.end());

  const BUILT_APP = fileURLToPath(new URL('../dist/index.js', import.meta.url));
  const WORKER = fileURLToPath(new URL('../sandbox/zap-runner/worker.ts', import.meta.url));

  /** Outside of a test runner the platform adds "What happened" to errors, and prints more. */
  function startChild() {
    const process = fork(WORKER, [BUILT_APP], {
      env: {
        DESKDIRECTOR_BASE_URL: site.url,
        LOGGING_ENDPOINT: logServer.url,
        LOGGING_TOKEN: LOG_TOKEN,
      },
      // Back-off takes a random share of its delay: none, here.
      execArgv: ['--import', 'data:text/javascript,Math.random = () => 0'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    }
    const ready = once(process, 'message');
    const ended = once(process, 'close');
    return {
      /** Without what is printed: that may arrive later. */
      async observed(method: string, bundle: object): Promise<Seen> {
        await ready;
        const answered = once(process, 'message');
        process.send({
          command: 'execute',
          method,
          bundle: { inputData: {}, meta: {}, authData: site.authData, ...bundle },
        } satisfies AppEvent);
        const [{ results, error, logs }]: [AppAnswer] = Object(await answered);
        return {
          result: JSON.stringify(results) ?? '',
          error: JSON.stringify(error) ?? '',
          printed: '',
          logged: JSON.stringify(logs),
          logRecords: logServer.take(),
        };
      },
      /** Ends the process; resolves with all that it printed. */
      async end() {
        process.kill();
        await ended;
        return printed.join('');
      },
    };
  }

  test.each(named)('when all goes well: %s', async (_, { method, bundle, failure }) => {
    const isSubscription = method.endsWith('performSubscribe');
    if (isSubscription) {
      const headers = { location: `${site.url}/${LOCATION}` };
      site.answerNext(/chat-workflows$/, { status: 201, headers });
    }
    const seen = await child.observed(method, bundle());
    expect(seen.error).toEqual(failure === undefined ? 'null' : expect.stringContaining(failure));
    expect(findings(KEY, seen)).toEqual([]);
    expect(findings(TOKEN, isSubscription ? { ...seen, result: '' } : seen)).toEqual([]);
  });

  // One fault for each kind of error that the platform knows, and those that come without an answer.
  const few = faulty.filter(({ name }) => /, (?:400 in JSON|401|429|a r\w+)$/.test(name));
  test.each(few)('$name', async ({ method, bundle, kind, path }) => {
    const given = bundle();
    site.fail({ ...kind, path, times: Number.POSITIVE_INFINITY });
    const before = site.faults.hits;
    const seen = await child.observed(method, given);
    expect(site.faults.hits).toBeGreaterThan(before);
    expect(seen.error + seen.logged).not.toContain('What happened');
    expect(findings(KEY, seen)).toEqual([]);
    expect(findings(TOKEN, seen)).toEqual([]);
  });

  test('nor in all that it printed meanwhile', async () => {
    const printed = await child.end();
    expect(printed).toMatch(/./);
    const seen = { result: '', error: '', printed, logged: '', logRecords: logServer.take() };
    expect(findings(KEY, seen)).toEqual([]);
    expect(findings(TOKEN, seen)).toEqual([]);
  });
});

test('what was searched for secrets are the requests, among other things', () => {
  expect(logServer.all).toContain('"request_headers":"Authorization: :censored:');
});
