import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import app from '../index.ts';
import { asObject } from '../src/values.ts';
import { listenOnLoopback } from '../tools/common/loopback.ts';
import type { FaultKind } from '../tools/desk-director/server.ts';
import { stepsOf } from '../tools/scripts/published-interface.ts';
import type { AppAnswer, AppEvent } from '../tools/zap-runner/worker.ts';
import { BUILT_APP } from '../tools/zap-runner/zap-runner.ts';
import { FAULT_KINDS } from './helpers/faults.ts';
import { KEY } from './helpers/spellings.ts';
import { stepInputs } from './helpers/step-inputs.ts';
import { call, connectedDeskDirector, handlerFor, NEW_SESSION } from './helpers/zapier.ts';

/*
 * Searches everything that leaves the app, except its requests, for the API key and for the token
 * of a subscription: results, errors, printed text, and what the platform sends to its log server.
 */

const TOKEN = 'recognisable+token/9c2e=';
/** The platform sends log records only when it has such a token. */
const LOG_TOKEN = 'log-server';

const logServer = await startLogServer();
process.env.LOGGING_ENDPOINT = logServer.url;
const site = await connectedDeskDirector({ apiKey: KEY });
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
 * Receives the log records of the platform, a line of JSON for each. The platform waits 200 ms for an
 * answer. So on a busy machine a record can be cut off, or arrive during a later call.
 */
async function startLogServer() {
  const chunks: string[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    request.on('end', () => response.end('{}'));
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url: `${url}/input`,
    /** The records since the last call. */
    take() {
      const news = chunks.slice(taken);
      taken = chunks.length;
      return news.join('');
    },
    get all() {
      return chunks.join('');
    },
    stop: close,
  };
}

/** The ways in which a text can be written. */
function writings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  // The base64 of a text within another text depends on its position there.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    encodeURI(secret),
    Buffer.from(secret).toString('hex'),
    new URLSearchParams({ secret }).toString().slice(7),
    ...base64,
  ];
}

const SEEN = { result: '', error: '', printed: '', logged: '', logRecords: '' };
type Seen = Readonly<typeof SEEN>;

/** The platform logs the site's answers as they are, so only the app's own words are searched. */
const ownWords = ({ result, error }: Seen): Seen => ({ ...SEEN, result, error });

/** The text around each secret, however it is written; [] when there is none. */
function findings(seen: Seen, secrets: readonly string[] = [KEY, TOKEN]): string[] {
  const written = secrets.flatMap(writings).map((writing) => writing.toLowerCase());
  return Object.entries(seen).flatMap(([where, text]) => {
    const lowerCased = text.toLowerCase();
    return written.flatMap((writing) => {
      const at = lowerCased.indexOf(writing);
      return at === -1 ? [] : `${where}: ${text.slice(Math.max(0, at - 60), at + 60)}`;
    });
  });
}

/** An error with its stack, its causes and its properties, hidden ones too. */
const everythingOf = (error: unknown): string =>
  inspect(error, { showHidden: true, depth: 10, maxStringLength: null, maxArrayLength: null }) +
  (error instanceof Error ? `${error.message}${error.stack}${JSON.stringify(error)}` : '');

type Observe = (method: string, bundle: object) => Promise<Seen>;

/** Runs a method through the handler, and resolves with all that can be seen of it. */
const observed: Observe = async (method, bundle) => {
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
  // The back-off multiplies its delay with this number.
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  const logged: string[] = [];
  let result: unknown;
  let error: unknown;
  try {
    ({ results: result } = await handlerFor(method)({
      command: 'execute',
      method,
      bundle: { inputData: {}, meta: {}, authData: site.authData, ...bundle },
      token: LOG_TOKEN,
      // The command-line tool sets these. The platform then prints more than in production.
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
};

/** A function of the app, and input with which it succeeds. */
interface Operation {
  readonly method: string;
  readonly bundle: object;
  /** The paths of its requests. */
  readonly paths: readonly string[];
}

const TEMPLATE = '{{bundle.authData.apiKey}}';
const subscribeData = { id: 'abc', token: TOKEN };
const inputs = stepInputs(site, site.chats.request().id, TEMPLATE);

/** The input of a function of a step. */
function bundleFor(step: string, part: string): object {
  const delivery = [{ id: TEMPLATE, name: TEMPLATE, creator: { name: TEMPLATE } }, TEMPLATE];
  // A search refuses a field that the site does not have.
  const others = step.startsWith('find_') ? {} : { boardId: 21, gone: TEMPLATE };
  const inputData = { ...inputs[step], ...others };
  switch (part) {
    case 'performSubscribe':
      return {
        targetUrl: `https://hooks.example.com/${TEMPLATE}`,
        inputData: { ...inputs[step], ...(step.includes('chat') && { company: '3101' }) },
      };
    case 'perform':
      return { subscribeData, cleanedRequest: delivery, inputData };
    default:
      return { subscribeData, inputData };
  }
}

/** The functions of the app. */
const FUNCTIONS = [
  { method: 'authentication.test', bundle: {} },
  ...stepsOf(app).flatMap(({ name, key, operation }) =>
    Object.entries(operation)
      .filter(([, part]) => [part].flat().some((one) => typeof one === 'function'))
      .map(([part]) => ({ method: `${name}.operation.${part}`, bundle: bundleFor(key, part) })),
  ),
];

const OPERATIONS: Operation[] = [];
for (const { method, bundle } of FUNCTIONS) {
  const before = site.requests.length;
  // If this fails, the test of the function when all goes well says why.
  await call(method, bundle).catch(() => null);
  const paths = site.requests.slice(before).map(({ path }) => path.split('?')[0] ?? '');
  OPERATIONS.push({ method, bundle, paths });
}

/** The functions of one step of each kind. Other steps differ from these in data only. */
const DIFFERENT = OPERATIONS.filter(({ method }) =>
  /authentication|status_list|new_chat_session|find_contact|create_ticket\./.test(method),
);

/** A fault whose answer repeats the secrets of its request. */
function telling(method: string, kind: FaultKind): FaultKind {
  // Only the request that ends a subscription has the token.
  const secrets = method.endsWith('performUnsubscribe') ? [KEY, TOKEN] : [KEY];
  const told = `Not accepted: ${secrets.join(', ')}`;
  const headers = { 'x-key': KEY, 'www-authenticate': `DdApi ${KEY}` };
  switch (kind.kind) {
    case 'status':
      return {
        ...kind,
        headers: { ...headers, ...kind.headers },
        ...(![204, 205, 304].includes(kind.status) && {
          body: kind.body === undefined ? JSON.stringify({ message: told }) : told,
        }),
      };
    case 'html':
      return { kind: 'status', status: kind.status ?? 200, headers, body: `<p>${told}</p>` };
    case 'redirect': {
      const query = secrets.map((secret): [string, string] => ['secret', secret]);
      return { ...kind, to: `https://example.com/?${new URLSearchParams(query)}` };
    }
    case 'truncated':
      return { kind: 'status', status: 200, headers, body: `{"message":${JSON.stringify(told)}` };
    case 'json':
      return { ...kind, value: { ...asObject(kind.value), message: told } };
    default:
      return kind;
  }
}

/** Each different operation with each kind of fault, at one of its requests in turn. */
const FAULTY = DIFFERENT.flatMap(({ method, bundle, paths }) =>
  FAULT_KINDS.flatMap(({ name, kind }, turn) => {
    const path = paths[turn % paths.length];
    return path ? [{ name, method, bundle, kind: telling(method, kind), path }] : [];
  }),
);

const QUERY = new URLSearchParams({ token: TOKEN });
const LOCATION = `chat-workflows/abc?${QUERY}`;
/** The request that subscribes, whatever the events are. */
const SUBSCRIBES = /(?:-workflows|\/actions)$/;

/** Ways in which a site may write a secret. */
const WAYS_OF_WRITING: [string, (secret: string) => string][] = [
  ['as URLs write them', (secret) => encodeURIComponent(secret)],
  ['as forms write them', (secret) => String(new URLSearchParams({ x: secret })).slice(2)],
  ['as JSON in JSON', (secret) => JSON.stringify({ secret })],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
];

test.each(WAYS_OF_WRITING)('a secret would be found anywhere, %s', (_, write) => {
  expect(findings(SEEN)).toEqual([]);
  for (const where of Object.keys(SEEN)) {
    for (const secret of [KEY, TOKEN]) {
      expect(findings({ ...SEEN, [where]: `It is ${write(secret)}.` })).not.toEqual([]);
    }
  }
});

/** Expects that an operation tells no secret, except the token in the result of a subscription. */
async function tellsNothing({ method, bundle, paths }: Operation, observe: Observe) {
  const isSubscription = method.endsWith('performSubscribe');
  if (isSubscription) {
    const headers = { location: `${site.url}${paths.at(-1)}/abc?${QUERY}` };
    site.answerNext(SUBSCRIBES, { status: 201, headers });
  }
  if (method.includes('create_contact')) {
    // The sandbox has the contact by now, and makes none with the same address.
    site.answerNext(/\/contacts$/, { status: 200, body: '{"id":505}' });
  }
  const seen = await observe(method, bundle);
  expect(seen).toMatchObject({ result: expect.stringMatching(/./), error: '' });
  if (isSubscription) expect(JSON.parse(seen.result)).toMatchObject(subscribeData);
  expect(findings({ ...seen, ...(isSubscription && { result: '' }) })).toEqual([]);
}

/** Expects that an operation tells no secret when a request meets a fault. */
async function tellsNothingOf(
  { method, bundle, kind, path }: (typeof FAULTY)[number],
  observe: Observe,
): Promise<Seen> {
  site.fail({ ...kind, path, times: Number.POSITIVE_INFINITY });
  const before = site.faults.hits;
  const seen = await observe(method, bundle);
  expect(site.faults.hits).toBeGreaterThan(before);
  expect(findings(seen)).toEqual([]);
  return seen;
}

const SUBSCRIBE = `triggers.${NEW_SESSION}.operation.performSubscribe`;
const targetUrl = 'https://hooks.example.com/1';

describe('no secret is told when all goes well', () => {
  test.each(OPERATIONS)('$method', (operation) => tellsNothing(operation, observed));

  test('a token in the body is only in the result', async () => {
    site.answerNext(/chat-workflows$/, { status: 201, body: JSON.stringify(subscribeData) });
    const seen = await observed(SUBSCRIBE, { targetUrl });
    expect(JSON.parse(seen.result)).toEqual(subscribeData);
    expect(findings({ ...seen, result: '' })).toEqual([]);
  });

  // The platform masks a secret in an absolute URL only. DeskDirector is not known to send a relative one.
  test('a token in a relative Location is in the result and in the header that the platform logs', async () => {
    site.answerNext(/chat-workflows$/, { status: 201, headers: { location: `/${LOCATION}` } });
    const seen = await observed(SUBSCRIBE, { targetUrl });
    expect(JSON.parse(seen.result)).toEqual(subscribeData);
    const header = `location: /${LOCATION}`;
    expect(seen.logged).toContain(header);
    const others = Object.entries({ ...seen, result: '' }).map(([where, text]) => [
      where,
      text.replaceAll(header, ''),
    ]);
    expect(findings({ ...SEEN, ...Object.fromEntries(others) })).toEqual([]);
  });
});

describe('no secret is told when an answer repeats it', () => {
  /** An answer that can be a list, a thing and the description of a form. */
  const repeating = (told: string) => ({
    id: 7,
    [told]: told,
    note: [told, { [`x ${told}`]: told, text: `x ${told}` }],
    ticketId: told,
    results: [
      { id: told, name: 'x' },
      { id: 5, name: told, code: told, [told]: 1 },
      { id: 6, name: 'Chat Session Status Changed' },
      { id: 8, name: 'New Chat Session' },
    ],
    properties: {
      a: { type: 'string', title: told, description: told, enum: [told, 'b'], default: told },
      b: { 'x-ms-visibility': 'internal', const: { text: told } },
      [told]: { type: 'string' },
    },
    required: [told],
  });
  // Each request in one of the ways in turn. Another test tries all ways of writing.
  const answers = DIFFERENT.flatMap(({ method, bundle, paths }) =>
    paths.map((path) => ({ method, bundle, path })),
  ).map((request, n) => {
    const [way, write] = WAYS_OF_WRITING[n % WAYS_OF_WRITING.length] ?? ['as it is', String];
    return { ...request, way, value: repeating(write(KEY)) };
  });

  test.each(answers)('$method, $path, $way', async ({ method, bundle, path, value }) => {
    site.fail({ kind: 'json', value, path, times: Number.POSITIVE_INFINITY });
    const seen = await observed(method, bundle);
    expect(seen.result + seen.error).not.toBe('');
    expect(findings(ownWords(seen))).toEqual([]);
  });
});

describe('no secret is told when something goes wrong', () => {
  test.each(FAULTY)('$method meets $name', async (fault) => {
    await tellsNothingOf(fault, observed);
  });

  // A host can have all characters of this key.
  const key = 'recognisable-key-6b1f';

  test.each<[string, string, FaultKind, RegExp, string]>([
    [
      'the host of a redirect',
      'triggers.company_list.operation.perform',
      { kind: 'redirect', status: 307, to: `https://${key}.example.com/` },
      /companies$/,
      'answered with a redirect (307)',
    ],
    [
      'the name of an event',
      SUBSCRIBE,
      { kind: 'json', value: { results: [{ id: 1, name: key }] } },
      /chat-webhook-events$/,
      'It offers: ',
    ],
  ])('not when the site tells it in %s', async (_, method, kind, path, words) => {
    site.fail({ ...kind, path });
    const seen = await observed(method, { authData: { ...site.authData, apiKey: key }, targetUrl });
    expect(seen.error).toContain(words);
    expect(findings(ownWords(seen), [key])).toEqual([]);
  });
});

describe('no secret is told in a process of its own, as in production', () => {
  let child: ReturnType<typeof startChild>;
  beforeAll(async () => {
    child = startChild();
    await child.ready;
  });
  afterAll(() => child.end());

  const WORKER = fileURLToPath(new URL('../tools/zap-runner/worker.ts', import.meta.url));

  /** Outside a test runner the platform adds "What happened" to errors, and prints more. */
  function startChild() {
    const process = fork(WORKER, [BUILT_APP], {
      env: {
        DESKDIRECTOR_BASE_URL: site.url,
        LOGGING_ENDPOINT: logServer.url,
        LOGGING_TOKEN: LOG_TOKEN,
      },
      // The back-off multiplies its delay with this number.
      execArgv: ['--import', 'data:text/javascript,Math.random = () => 0'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    }
    const ended = once(process, 'close');
    const ready = Promise.race([
      once(process, 'message'),
      ended.then(() => {
        throw new Error("The app's process ended. Is the app built? Run: npm run build");
      }),
    ]);
    return {
      ready,
      /** Resolves without the printed text, which may arrive later. */
      async observed(method: string, bundle: object): Promise<Seen> {
        const answered = once(process, 'message').then(([answer]) => answer);
        process.send({
          command: 'execute',
          method,
          bundle: { inputData: {}, meta: {}, authData: site.authData, ...bundle },
        } satisfies AppEvent);
        const { results, error, logs }: AppAnswer = await answered;
        return {
          result: error === null ? JSON.stringify(results) : '',
          error: error === null ? '' : JSON.stringify(error),
          printed: '',
          logged: JSON.stringify(logs),
          logRecords: logServer.take(),
        };
      },
      /** Ends the process; resolves with all that it printed. */
      async end() {
        process.kill('SIGKILL');
        await ended;
        return printed.join('');
      },
    };
  }

  const observe: Observe = (method, bundle) => child.observed(method, bundle);

  test.each(DIFFERENT)('when all goes well: $method', (operation) =>
    tellsNothing(operation, observe),
  );

  // A fault for each kind of error that the platform knows, and the faults without an answer.
  const few = FAULTY.filter(({ name }) => /refused|many|redirect|lost/.test(name));
  test.each(few)('$method meets $name', async (fault) => {
    const seen = await tellsNothingOf(fault, observe);
    expect(seen.error + seen.logged).not.toContain('What happened');
  });

  test('not in the printed text of all these operations', async () => {
    const printed = await child.end();
    expect(printed).toMatch(/./);
    expect(findings({ ...SEEN, printed, logRecords: logServer.take() })).toEqual([]);
  });
});

test('the log server got the requests of the app', () => {
  expect(logServer.all).toContain('"request_headers":"Authorization: :censored:');
});
