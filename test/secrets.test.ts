import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import app from '../index.ts';
import { listenOnLoopback } from '../tools/common/loopback.ts';
import type { FaultKind } from '../tools/desk-director/server.ts';
import { requestTypesWithSomethingElse } from '../tools/desk-director/service.ts';
import { stepsOf } from '../tools/scripts/published-interface.ts';
import type { AppAnswer, AppEvent } from '../tools/zap-runner/worker.ts';
import { BUILT_APP } from '../tools/zap-runner/zap-runner.ts';
import { connectedDeskDirector, NEW_SESSION, STATUS_CHANGED } from './helpers/zapier.ts';

/*
 * Searches everything that leaves the app, except its requests, for the API key and for the token
 * of a subscription: results, errors, printed text, and what the platform sends to its log server.
 */

// URLs and JSON escape some of these characters.
const KEY = 'recognisable+key/6b1f"=';
const TOKEN = 'recognisable+token/9c2e=';
/** The platform sends log records only when it has such a token. */
const LOG_TOKEN = 'log-server';

const { createAppHandler } = createRequire(import.meta.url)('zapier-platform-core');
const handler = createAppHandler(app);

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
    ({ results: result } = await handler({
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

interface Operation {
  readonly method: string;
  readonly bundle: () => object;
  /** The paths of its requests. */
  readonly paths: readonly RegExp[];
  /** Words of its error; left out when it succeeds. */
  readonly failure?: string;
  /** The path under which it makes a subscription. */
  readonly subscribes?: string;
}

const EVENTS = /chat-webhook-events$/;
const TEMPLATE = '{{bundle.authData.apiKey}}';
const subscribeData = { id: 'abc', token: TOKEN };

interface Hook {
  readonly inputData: object;
  /** The paths of the requests that the form, the fields, a test and turning on need. */
  readonly form: RegExp[];
  readonly fields?: RegExp[];
  readonly tests?: RegExp[];
  readonly checks?: RegExp[];
  readonly subscribes: string;
  /** What is kept beside the ID and the token. */
  readonly kept?: object;
}
const CHATS: Hook = {
  inputData: { company: '3101' },
  form: [EVENTS, /\$parameters$/],
  subscribes: 'chat-workflows',
};
const TICKET_EVENTS = /ticket-workflow-events$/;
const REQUEST = /\$request$/;
const FOUND = [/FindTicketsRequest$/, /tickets\/find$/];
const HOOKS: Readonly<Record<string, Hook>> = {
  [NEW_SESSION]: CHATS,
  [STATUS_CHANGED]: CHATS,
  new_ticket: {
    inputData: { companyId: '3101', board_id: 21, status_id: 211 },
    form: [TICKET_EVENTS, /\$advanced-filters$/],
    fields: [TICKET_EVENTS, REQUEST],
    tests: [TICKET_EVENTS, REQUEST, ...FOUND],
    checks: [/statuses$/, REQUEST],
    subscribes: 'ticket-workflows',
  },
  ticket_event: {
    inputData: { event: 'ticket-note-created', noteContains: TEMPLATE, board_id: 21 },
    form: [/\$advanced-filters$/],
    fields: [REQUEST],
    tests: [REQUEST, ...FOUND],
    checks: [TICKET_EVENTS, /boards$/, REQUEST],
    subscribes: 'ticket-workflows',
  },
  workflow_triggered: {
    inputData: { workflow_type: 'ticket', workflow_id: 'escalation', priorityIds: ['31'] },
    form: [/\$parameters$/],
    fields: [REQUEST],
    tests: [REQUEST],
    checks: [/workflows$/, REQUEST],
    subscribes: 'workflows/escalation/actions',
    kept: { workflowId: 'escalation' },
  },
};

const LISTS: [list: string, path: RegExp][] = [
  ['board', /service\/boards$/],
  ['company', /companies$/],
  ['member', /members$/],
  ['priority', /priorities$/],
  ['request_type', /request-types$/],
  ['source', /sources$/],
  ['status', /statuses$/],
  ['ticket_event', TICKET_EVENTS],
  ['ticket_task_template', /ticket-task-templates$/],
  ['email_template', /email-templates$/],
  ['form', /forms$/],
  ['workflow_type', /workflow-types$/],
  ['workflow', /workflows$/],
];

const session = () => ({ session_id: site.chats.request().id });
function ticket() {
  const [requestType] = requestTypesWithSomethingElse;
  if (requestType === undefined) throw new Error('The sandbox has no request types.');
  return { ticket_id: site.tickets.create(requestType, { summary: 'Ink' }).id };
}

let addresses = 0;
/** An e-mail address that no contact has yet. */
function newAddress(): string {
  addresses += 1;
  return `customer${addresses}@example.com`;
}

/** Each search and action with its input. The first path is its own; the others describe fields. */
const STEPS: [step: string, inputData: () => object, ...paths: RegExp[]][] = [
  ['searches.find_chat_session', session, /chat-sessions\/[^/]+$/],
  ['searches.find_contact', () => ({ contact_id: 501 }), /contacts\/501$/],
  ['searches.find_member', () => ({ member_id: 71 }), /members\/71$/],
  ['searches.find_company', () => ({ company_id: 3101 }), /companies\/3101$/],
  ['searches.find_ticket', ticket, /tickets\/\d+$/],
  ['searches.find_ticket_tasks', ticket, /tasks$/, /GetTicketTaskListsResponse$/],
  [
    'searches.find_form_result',
    () => ({ form_id: 81, result_id: '4001' }),
    /results\/4001$/,
    /\$result-response$/,
  ],
  [
    'searches.find_contact',
    () => ({ name: 'quilla' }),
    /contacts\/find$/,
    /FindContactsRequest$/,
    /ContactDetails$/,
  ],
  [
    'searches.find_member',
    () => ({ name: 'pixel' }),
    /members\/find$/,
    /FindMembersRequest$/,
    /MemberDetails$/,
  ],
  [
    'searches.find_company',
    () => ({ name: 'tours' }),
    /companies\/find$/,
    /FindCompaniesRequest$/,
    /CompanyDetails$/,
  ],
  [
    'searches.find_ticket',
    () => ({ keywords: 'ink' }),
    /tickets\/find$/,
    /FindTicketsRequest$/,
    /TicketDetails$/,
  ],
  [
    'searches.find_user_group',
    () => ({ name: 'crew' }),
    /user-groups\/find$/,
    /FindUserGroupsRequest$/,
    /FindUserGroupsResponse$/,
  ],
  [
    'creates.create_contact',
    () => ({ firstName: TEMPLATE, lastName: TEMPLATE, email: newAddress() }),
    /contacts$/,
    /CreateContactRequest$/,
    /ContactDetails$/,
  ],
  [
    'creates.create_ticket',
    () => ({ request_type_id: 11, summary: TEMPLATE, contactId: 501 }),
    /tickets$/,
    /\$create-request$/,
    /TicketDetails$/,
  ],
  [
    'creates.update_ticket',
    () => ({ ...ticket(), note: TEMPLATE }),
    /tickets\/\d+$/,
    /UpdateTicketRequest$/,
    /TicketDetails$/,
  ],
  [
    'creates.create_ticket_tasks',
    () => ({ ...ticket(), name: TEMPLATE, templateId: 'leaver' }),
    /tasks$/,
    /CreateTicketTasksRequest$/,
    /TicketTaskList$/,
  ],
  [
    'creates.create_email_from_template',
    () => ({ email_template_id: 'chat-follow-up', firstName: TEMPLATE, message: TEMPLATE }),
    /render$/,
    /\$render-request$/,
    /CreateEmailFromTemplateResponse$/,
  ],
  [
    'creates.send_contact_notification',
    () => ({ contact_id: 501, title: TEMPLATE, message: TEMPLATE }),
    /notifications$/,
    /CreateContactNotificationRequest$/,
    /CreateNotificationResponse$/,
  ],
  [
    'creates.send_member_notification',
    () => ({ member_id: 71, message: TEMPLATE }),
    /notifications$/,
    /CreateMemberNotificationRequest$/,
    /CreateNotificationResponse$/,
  ],
  [
    'creates.send_chat_system_message',
    () => ({ ...session(), message: TEMPLATE, gone: TEMPLATE }),
    /system-messages$/,
    /CreateChatMessageRequest$/,
  ],
  [
    'creates.invite_users_to_chat',
    () => ({ ...session(), members: ['71'], note: TEMPLATE }),
    /invite$/,
    /CreateChatInviteRequest$/,
  ],
];

const OPERATIONS: readonly Operation[] = [
  { method: 'authentication.test', bundle: () => ({}), paths: [/connections\/test$/] },
  ...LISTS.map(([list, path]) => ({
    method: `triggers.${list}_list.operation.perform`,
    bundle: () => ({ inputData: { boardId: 21, workflow_type: 'form' } }),
    paths: [path],
  })),
  ...Object.entries(HOOKS).flatMap(([trigger, hook]): Operation[] => {
    const operation = `triggers.${trigger}.operation`;
    const { inputData, form, fields, tests = [], checks = [], subscribes, kept } = hook;
    return [
      {
        method: `${operation}.performSubscribe`,
        bundle: () => ({
          targetUrl: `https://hooks.example.com/${TEMPLATE}`,
          inputData,
        }),
        paths: [...form, ...checks, new RegExp(`${subscribes}$`)],
        subscribes,
      },
      {
        method: `${operation}.performUnsubscribe`,
        bundle: () => ({ subscribeData: { ...subscribeData, ...kept } }),
        paths: [new RegExp(`${subscribes}/abc$`)],
      },
      {
        method: `${operation}.perform`,
        bundle: () => ({
          subscribeData,
          cleanedRequest: [{ id: TEMPLATE, name: TEMPLATE, creator: { name: TEMPLATE } }, TEMPLATE],
        }),
        paths: [],
      },
      {
        method: `${operation}.perform`,
        bundle: () => ({ subscribeData, rawRequest: { content: TEMPLATE } }),
        paths: [],
        failure: 'but got text of 26 characters',
      },
      {
        method: `${operation}.performList`,
        bundle: () => ({ subscribeData, inputData }),
        paths: tests,
      },
      { method: `${operation}.inputFields`, bundle: () => ({ inputData }), paths: form },
      ...(fields === undefined
        ? []
        : [{ method: `${operation}.outputFields`, bundle: () => ({ inputData }), paths: fields }]),
    ];
  }),
  {
    method: 'searches.find_chat_session.operation.outputFields',
    bundle: () => ({}),
    paths: [],
  },
  ...STEPS.flatMap(([step, inputData, ...paths]) => {
    const bundle = () => ({ inputData: inputData() });
    const isAnswer = ({ source }: RegExp) => /Details|[Rr]esponse|TaskList\$/.test(source);
    const [forms, answers] = [
      paths.slice(1).filter((path) => !isAnswer(path)),
      paths.filter(isAnswer),
    ];
    return [
      { method: `${step}.operation.perform`, bundle, paths },
      ...(forms.length > 0
        ? [{ method: `${step}.operation.inputFields`, bundle, paths: forms }]
        : []),
      ...(answers.length > 0
        ? [{ method: `${step}.operation.outputFields`, bundle, paths: answers }]
        : []),
    ];
  }),
];

test('every function of the app is among the operations', () => {
  const isFunction = (part: unknown) => typeof part === 'function';
  const methods = stepsOf(app).flatMap(({ name, operation }) =>
    Object.entries(operation).flatMap(([key, part]) =>
      [part].flat().some(isFunction) ? [`${name}.operation.${key}`] : [],
    ),
  );
  expect(new Set(OPERATIONS.map(({ method }) => method))).toEqual(
    new Set(['authentication.test', ...methods]),
  );
});

/** One fault of each kind. An answer with a body gives away the secrets of its request. */
function faults(method: string): [string, FaultKind][] {
  // Only the request that ends a subscription has the token.
  const isTold = method.endsWith('performUnsubscribe');
  const telling = isTold ? `Key ${KEY}, token ${TOKEN}` : `Key ${KEY}`;
  const query = isTold ? `&${new URLSearchParams({ token: TOKEN })}` : '';
  const headers = { 'x-key': KEY, 'www-authenticate': `DdApi ${KEY}` };
  const elsewhere = `https://example.com/?${new URLSearchParams({ apiKey: KEY })}${query}`;
  const inJson = JSON.stringify({ message: telling });
  const told = (status: number, body: string): FaultKind => ({
    kind: 'status',
    status,
    headers,
    body,
  });
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

/** Each operation with each fault, at one of its requests in turn. */
const faulty = OPERATIONS.flatMap(({ method, bundle, paths }, n) =>
  faults(method).flatMap(([name, kind], turn) => {
    const path = paths[turn % paths.length];
    return path ? [{ name: `${n + 1}. ${method}, ${name}`, method, bundle, kind, path }] : [];
  }),
);

const locationIn = (collection: string) =>
  `${collection}/abc?${new URLSearchParams({ token: TOKEN })}`;
const LOCATION = locationIn('chat-workflows');

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
async function tellsNothing(operation: Operation, observe: Observe) {
  const { method, bundle, failure, subscribes } = operation;
  const isSubscription = subscribes !== undefined;
  if (isSubscription) {
    const headers = { location: `${site.url}/${locationIn(subscribes)}` };
    site.answerNext(new RegExp(`${subscribes}$`), { status: 201, headers });
  }
  const seen = await observe(method, bundle());
  expect(seen).toMatchObject(
    failure === undefined
      ? { result: expect.stringMatching(/./), error: '' }
      : { result: '', error: expect.stringContaining(failure) },
  );
  if (isSubscription) expect(JSON.parse(seen.result)).toMatchObject(subscribeData);
  expect(findings({ ...seen, ...(isSubscription && { result: '' }) })).toEqual([]);
}

/** Expects that an operation tells no secret when a request meets a fault. */
async function tellsNothingOf(
  { method, bundle, kind, path }: (typeof faulty)[number],
  observe: Observe,
): Promise<Seen> {
  const given = bundle();
  site.fail({ ...kind, path, times: Number.POSITIVE_INFINITY });
  const before = site.faults.hits;
  const seen = await observe(method, given);
  expect(site.faults.hits).toBeGreaterThan(before);
  expect(findings(seen)).toEqual([]);
  return seen;
}

const SUBSCRIBE = `triggers.${NEW_SESSION}.operation.performSubscribe`;
const targetUrl = 'https://hooks.example.com/1';

describe('no secret is told when all goes well', () => {
  test.each(named)('%s', (_, operation) => tellsNothing(operation, observed));

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
    const [printed, logged, logRecords] = [seen.printed, seen.logged, seen.logRecords].map((text) =>
      text.replaceAll(header, ''),
    );
    expect(findings(Object.assign({}, seen, { result: '', printed, logged, logRecords }))).toEqual(
      [],
    );
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
  const answers = OPERATIONS.flatMap(({ method, bundle, paths }) =>
    paths.map((path) => ({ method, bundle, path })),
  ).map(({ method, bundle, path }, n) => {
    const [way, write] = WAYS_OF_WRITING[n % WAYS_OF_WRITING.length] ?? ['as it is', String];
    const name = `${n + 1}. ${method}, ${path.source}, ${way}`;
    return { name, method, bundle, path, value: repeating(write(KEY)) };
  });

  test.each(answers)('$name', async ({ method, bundle, path, value }) => {
    const given = bundle();
    site.fail({ kind: 'json', value, path, times: Number.POSITIVE_INFINITY });
    const seen = await observed(method, given);
    expect(seen.result + seen.error).not.toBe('');
    expect(findings(ownWords(seen))).toEqual([]);
  });
});

describe('no secret is told when something goes wrong', () => {
  test.each(faulty)('$name', async (fault) => {
    await tellsNothingOf(fault, observed);
  });

  test.each(WAYS_OF_WRITING)("not in the site's own words, %s", async (_, write) => {
    const words = `${write(KEY)} and ${write(TOKEN)} are bad`;
    for (const body of [words, JSON.stringify({ message: words })]) {
      site.fail({ kind: 'status', status: 400, body, path: /chat-workflows\/abc$/ });
      const method = `triggers.${NEW_SESSION}.operation.performUnsubscribe`;
      const seen = await observed(method, { subscribeData });
      expect(seen.error).toMatch(/It says: \\*"…/);
      expect(findings(ownWords(seen))).toEqual([]);
    }
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
      EVENTS,
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
        const answered = once(process, 'message');
        process.send({
          command: 'execute',
          method,
          bundle: { inputData: {}, meta: {}, authData: site.authData, ...bundle },
        } satisfies AppEvent);
        const [{ results, error, logs }]: [AppAnswer] = Object(await answered);
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

  test.each(named)('when all goes well: %s', (_, operation) => tellsNothing(operation, observe));

  // A fault for each kind of error that the platform knows, and the faults without an answer.
  const few = faulty.filter(({ name }) => /, (?:400 in JSON|401|429|a r\w+)$/.test(name));
  test.each(few)('$name', async (fault) => {
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
