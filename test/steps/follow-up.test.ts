import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { isMadeUp } from '../../src/chat-session/made-up.ts';
import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { asObject, list } from '../../src/values.ts';
import lists from '../../triggers/lists.ts';
import { Answer, NO_ANSWER, startPreparedSite } from '../helpers/prepared-site.ts';
import { call, failure } from '../helpers/zapier.ts';

/*
 * Runs the steps after a chat against a site with other schemas than the sandbox's. The app must not
 * depend on names in the schemas.
 */

const DETAILS = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    callName: { type: 'string', title: 'Called' },
    isVip: { type: 'boolean', readOnly: true },
    lastSeen: { type: 'string', format: 'date-time' },
    site: { type: 'object', title: 'Site', properties: { town: { type: 'string' } } },
    tags: { type: 'array', items: { type: 'string' } },
    phones: {
      type: 'array',
      title: 'Phones',
      items: {
        type: 'object',
        properties: { number: { type: 'string' }, kind: { type: 'integer' } },
      },
    },
    pin: { type: 'string', writeOnly: true },
  },
};
const EMPTY = {
  callName: null,
  isVip: null,
  lastSeen: null,
  site: { town: null },
  tags: null,
  phones: null,
};

const ANSWERS = {
  ...Object.fromEntries(
    ['ContactDetails', 'MemberDetails', 'CompanyDetails', 'TicketDetails'].map((type) => [
      `GET /schema/dynamic-types/${type}`,
      DETAILS,
    ]),
  ),
  'GET /schema/dynamic-types/CreateNotificationResponse': {
    properties: { token: { type: 'string' } },
  },
  'GET /schema/ticket/$create-request?requestTypeId=3': {
    properties: {
      headline: { type: 'string', title: 'Headline' },
      board: { type: 'integer', 'x-ms-dynamic-values': { operationId: 'ListBoards' } },
      state: {
        type: 'integer',
        'x-ms-dynamic-list': {
          operationId: 'ListStatuses',
          parameters: { boardId: { parameterReference: 'req/board' } },
        },
      },
    },
    required: ['headline'],
  },
  'GET /schema/dynamic-types/UpdateTicketRequest': {
    properties: {
      where: {
        type: 'object',
        properties: {
          queue: { type: 'integer' },
          state: {
            type: 'integer',
            'x-ms-dynamic-values': {
              operationId: 'ListStatuses',
              parameters: { boardId: { parameter: 'req/where/queue' } },
            },
          },
        },
      },
    },
  },
  ...Object.fromEntries(
    ['Contact', 'Member'].map((who) => [
      `GET /schema/dynamic-types/Create${who}NotificationRequest`,
      { properties: { words: { type: 'string' } }, required: ['words'] },
    ]),
  ),
  'GET /contacts/7': { id: 7, callName: 'Casey', site: { town: 'Aarhus' }, extra: [1] },
  'GET /members/7': { id: 7 },
  'GET /companies/7': { id: 7 },
  'GET /tickets/7': { id: 7 },
  'POST /tickets?requestTypeId=3': { id: 70, callName: 'x' },
  'PATCH /tickets/7': { callName: 'y' },
  'POST /contacts/7/notifications': { token: 't' },
  'POST /members/7/notifications': { token: 't' },
  'GET /service/boards': { results: [{ id: 2, name: 'Service' }] },
  'GET /service/priorities': { results: [{ id: 2, name: 'High' }] },
  'GET /service/sources': { results: [{ id: 2, name: 'Chat' }] },
  'GET /service/request-types?withSomethingElse=true': { results: [{ id: 3, name: 'Printer' }] },
  'GET /service/statuses?boardId=2': { results: [{ id: 5, name: 'New' }] },
};

let site: Awaited<ReturnType<typeof startPreparedSite>>;
beforeAll(async () => {
  site = await startPreparedSite(ANSWERS, new Answer('{"message":"No such thing."}', 404));
});
afterAll(() => site.stop());
beforeEach(() => site.answer({}));

type Records = Record<string, unknown>[];
const ask = async <T = Records>(method: string, inputData: object = {}, meta: object = {}) =>
  call<T>(method, { authData: site.authData, inputData, meta });
const refusal = (method: string, inputData: object = {}, meta: object = {}) =>
  failure(ask(method, inputData, meta));

/** What Zapier tells the app about a test in its editor. */
const IN_TEST = { isLoadingSample: true };
/** A contact, a company, a ticket, and the sample of a step whose test was skipped. */
const MADE_UP_IDS = [2000005101, '2000003101', ' 2000048190 ', '2000001001'];
const isAnyMadeUp = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(isAnyMadeUp)
    : isMadeUp(value);

/** The requests since the last answers were set, in alphabetical order. */
const seen = () => site.requests.map(({ method, path }) => `${method} ${path}`).toSorted();

const SEARCHES = [
  ['find_contact', 'contact_id', 'contacts', 'Contact', 'Contact Entity ID'],
  ['find_member', 'member_id', 'members', 'Member', 'Member Entity ID'],
  ['find_company', 'company_id', 'companies', 'Company', 'Contact Company Entity ID'],
  ['find_ticket', 'ticket_id', 'tickets', 'Ticket', 'Ticket ID'],
] as const;

describe.each(SEARCHES)('%s', (key, input, path, label, field) => {
  const perform = `searches.${key}.operation.perform`;

  test('gives all that the site describes, in two requests', async () => {
    const { results } = await ask(perform, { [input]: ' 7\n' });
    const { id, ...answer } = Object(ANSWERS[`GET /${path}/7`]);
    expect(results).toEqual([{ ...EMPTY, ...answer, id: '7' }]);
    expect(seen()).toEqual(
      [`GET /${path}/7`, `GET /schema/dynamic-types/${label}Details`].toSorted(),
    );
  });

  test.each([
    ['stands for it', { CALLNAME: 'x' }, { callName: 'x' }],
    [
      'stays beside the same name',
      { CALLNAME: 'x', callName: 'y' },
      { callName: 'y', CALLNAME: 'x' },
    ],
    [
      'stays where two could be meant',
      { CALLNAME: 'x', callname: 'y' },
      { CALLNAME: 'x', callname: 'y' },
    ],
    ['stays where it could mean two', { TOKEN: 'x' }, { TOKEN: 'x', token: null, Token: null }],
    ['is another property that is described', { Token: 'x' }, { Token: 'x', token: null }],
  ])('a name in another case %s', async (_, answer, expected) => {
    const { properties } = DETAILS;
    const string = { type: 'string' };
    const isToken = 'Token' in answer || 'TOKEN' in answer;
    site.answer({
      [`GET /${path}/7`]: { id: 7, ...answer },
      ...(isToken && {
        [`GET /schema/dynamic-types/${label}Details`]: {
          properties: { ...properties, token: string, Token: string },
        },
      }),
    });
    const { results } = await ask(perform, { [input]: 7 });
    expect(results).toEqual([{ ...EMPTY, ...(isToken && { Token: null }), ...expected, id: '7' }]);
  });

  test('keeps what is beyond 1,000 fields as it came', async () => {
    const names = Array.from({ length: 1200 }, (_, n) => `f${n}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
    site.answer({
      [`GET /schema/dynamic-types/${label}Details`]: { properties },
      [`GET /${path}/7`]: { id: 7, f0: '1', f1100: '2' },
    });
    const { results, warnings } = await ask(perform, { [input]: 7 });
    expect(Object.keys(results[0] ?? {})).toHaveLength(1002);
    expect(results).toMatchObject([{ f0: 1, f999: null, f1100: '2', id: '7' }]);
    expect(warnings).toEqual([
      expect.stringContaining(
        '“F1000”, “F1001”, “F1002” and 197 more (at most 1,000 fields can be',
      ),
    ]);
    const fields = await ask(`searches.${key}.operation.outputFields`);
    expect(fields.results).toHaveLength(1001);
  });

  test('has no two output fields with the same label', async () => {
    const string = { type: 'string' };
    site.answer({
      [`GET /schema/dynamic-types/${label}Details`]: {
        properties: {
          id: { ...string, title: 'Number' },
          code: { ...string, title: 'Number' },
          guid: { ...string, title: 'Id' },
          ID: string,
        },
      },
    });
    const { results } = await ask(`searches.${key}.operation.outputFields`);
    expect(results.map((field) => [field.key, field.label])).toEqual([
      ['id', 'ID'],
      ['code', 'Number'],
      ['guid', 'Id (guid)'],
      ['ID', 'ID (ID)'],
    ]);
  });

  test('finds a property whose name the site writes in another case', async () => {
    const answer = {
      Id: 7,
      CallName: 'Casey',
      site: { TOWN: 'Aarhus' },
      phones: [{ Number: '1' }],
    };
    site.answer({ [`GET /${path}/7`]: answer });
    const { results } = await ask(perform, { [input]: 7 });
    const phones = [{ number: '1', kind: null }];
    expect(results).toEqual([
      { ...EMPTY, id: '7', callName: 'Casey', site: { town: 'Aarhus' }, phones },
    ]);
  });

  test.each([
    ['404', new Answer('{}', 404)],
    ['410', new Answer('{}', 410)],
    ['204', new Answer('', 204)],
    ['null', null],
    ['an empty list', []],
  ])('%s means that there is none', async (_, answer) => {
    site.answer({ [`GET /${path}/7`]: answer });
    expect((await ask(perform, { [input]: 7 })).results).toEqual([]);
  });

  test.each([
    ['seven', 'does not hold an ID, which is a whole number'],
    ['7.5', 'does not hold an ID, which is a whole number'],
    [2 ** 31, 'holds a number too large for an ID'],
    ['9'.repeat(30), 'holds a number too large for an ID'],
    ['nzlancomdev~c~11220', 'holds a user ID'],
    [['7'], 'is not text'],
  ])('an id of %j is an error that names what to map, before any request', async (id, words) => {
    const { message } = await refusal(perform, { [input]: id });
    expect(message).toContain(`The field "${label}" ${words}`);
    expect(message).toContain(field);
    expect(site.requests).toEqual([]);
  });

  test.each([
    ['refused', new Answer('{}', 403)],
    ['no schema', 'nothing'],
    ['a page', new Answer('<!doctype html><p>Login', 200, { 'content-type': 'text/html' })],
  ])('works without the description of the answer: %s', async (_, answer) => {
    site.answer({ [`GET /schema/dynamic-types/${label}Details`]: answer });
    const { results, warnings } = await ask(perform, { [input]: 7 });
    expect(results).toEqual([{ ...Object(ANSWERS[`GET /${path}/7`]), id: '7' }]);
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test.each(MADE_UP_IDS)(
    'a test with the made-up ID %j finds an example of what the site describes',
    async (id) => {
      const { results } = await ask(perform, { [input]: id }, IN_TEST);
      expect(results).toEqual([
        {
          id: String(id).trim(),
          callName: 'Example Called',
          isVip: true,
          lastSeen: '2026-03-10T14:00:00.000Z',
          site: { town: 'Example Site Town' },
          tags: ['Example Tags'],
          phones: [{ number: 'Example Phones Number', kind: 0 }],
        },
      ]);
      expect(seen()).toEqual([`GET /schema/dynamic-types/${label}Details`]);
    },
  );

  test('a test with a made-up ID finds the ID alone without the description', async () => {
    site.answer({ [`GET /schema/dynamic-types/${label}Details`]: new Answer('{}', 403) });
    const { results, warnings } = await ask(perform, { [input]: '2000005101' }, IN_TEST);
    expect(results).toEqual([{ id: '2000005101' }]);
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test('a test with an ID of the site finds what the site has', async () => {
    const { results } = await ask(perform, { [input]: 7 }, IN_TEST);
    expect(results).toEqual((await ask(perform, { [input]: 7 })).results);
  });

  test.each(MADE_UP_IDS)('a run with the made-up ID %j is an error', async (id) => {
    const { code, message } = await refusal(perform, { [input]: id });
    expect(code).toBe('MadeUpId');
    expect(message).toMatch(
      new RegExp(`^The field "${label}" holds a made-up ID: .* Map the field again\\.$`),
    );
    expect(site.requests).toEqual([]);
  });

  test('a run finds nothing made up', async () => {
    for (const id of [7, 2000005104]) {
      expect(isAnyMadeUp((await ask(perform, { [input]: id })).results)).toBe(false);
      expect(seen()).toContain(`GET /${path}/${id}`);
    }
  });

  test('leaves out a value that is not as described, and says so in the log', async () => {
    site.answer({ [`GET /${path}/7`]: { id: {}, callName: ['a'], isVip: 'perhaps' } });
    const { results, warnings } = await ask(perform, { [input]: 7 });
    expect(results).toEqual([{ ...EMPTY, id: '7' }]);
    expect(warnings).toEqual([
      expect.stringContaining('The result has no value for callName, isVip:'),
    ]);
  });

  test('has its static output field when the site describes nothing', async () => {
    site.answer({ [`GET /schema/dynamic-types/${label}Details`]: new Answer('{}', 403) });
    const { results } = await ask(`searches.${key}.operation.outputFields`);
    expect(results).toEqual([{ key: 'id', label: 'ID', type: 'string' }]);
  });

  test('says what the key may not do', async () => {
    site.answer({ [`GET /${path}/7`]: new Answer('{}', 403) });
    const { message } = await refusal(perform, { [input]: 7 });
    expect(message).toContain('may not do this on support.deskdirector.com (403)');
    expect(message).toContain(`may look up a ${label.toLowerCase()}`);
  });

  test('has the output fields that the site describes', async () => {
    const { results } = await ask(`searches.${key}.operation.outputFields`);
    expect(results).toEqual([
      { key: 'id', label: 'ID', type: 'string' },
      { key: 'callName', label: 'Called', type: 'string' },
      { key: 'isVip', label: 'Is Vip', type: 'boolean' },
      { key: 'lastSeen', label: 'Last Seen', type: 'datetime' },
      { key: 'site__town', label: 'Site Town', type: 'string' },
      { key: 'tags', label: 'Tags', type: 'string', list: true },
      {
        key: 'phones',
        label: 'Phones',
        children: [
          { key: 'number', label: 'Phones Number', type: 'string' },
          { key: 'kind', label: 'Phones Kind', type: 'integer' },
        ],
      },
    ]);
  });
});

const ACTIONS = [
  {
    key: 'create_ticket',
    input: { request_type_id: '3', headline: 'No one answered' },
    request: 'POST /tickets?requestTypeId=3',
    form: 'GET /schema/ticket/$create-request?requestTypeId=3',
    described: 'GET /schema/dynamic-types/TicketDetails',
    body: { headline: 'No one answered' },
    result: { ...EMPTY, id: '70', callName: 'x' },
    fallbackId: null,
    right: 'create a ticket',
  },
  {
    key: 'update_ticket',
    input: { ticket_id: 7, where__state: '5' },
    request: 'PATCH /tickets/7',
    form: 'GET /schema/dynamic-types/UpdateTicketRequest',
    described: 'GET /schema/dynamic-types/TicketDetails',
    body: { where: { state: 5 } },
    result: { ...EMPTY, id: '7', callName: 'y' },
    fallbackId: '7',
    right: 'update a ticket',
  },
  {
    key: 'send_contact_notification',
    input: { contact_id: '7', words: 'Hello' },
    request: 'POST /contacts/7/notifications',
    form: 'GET /schema/dynamic-types/CreateContactNotificationRequest',
    described: 'GET /schema/dynamic-types/CreateNotificationResponse',
    body: { words: 'Hello' },
    result: { id: null, token: 't' },
    fallbackId: null,
    right: 'send a notification to a contact',
  },
  {
    key: 'send_member_notification',
    input: { member_id: '7', words: 'Hello' },
    request: 'POST /members/7/notifications',
    form: 'GET /schema/dynamic-types/CreateMemberNotificationRequest',
    described: 'GET /schema/dynamic-types/CreateNotificationResponse',
    body: { words: 'Hello' },
    result: { id: null, token: 't' },
    fallbackId: null,
    right: 'send a notification to a member',
  },
];

describe.each(ACTIONS)('$key', (action) => {
  const { key, input, request, form, described, fallbackId } = action;
  const perform = `creates.${key}.operation.perform`;
  const [idKey = ''] = Object.keys(input);

  test('sends what the site asks for, and gives what it describes, in three requests', async () => {
    const { results } = await ask(perform, input);
    expect(results).toEqual(action.result);
    expect(seen()).toEqual([request, form, described].toSorted());
    const sent = site.requests.find(({ method }) => method !== 'GET');
    expect(JSON.parse(sent?.body ?? '')).toEqual(action.body);
  });

  test.each([
    ['text', new Answer('OK', 200, { 'content-type': 'text/plain' })],
    ['nothing', new Answer('', 204)],
    ['a list', [1]],
  ])(
    'is done when the answer is %s; the id that was filled in counts only for the same thing',
    async (_, ok) => {
      site.answer({ [request]: ok });
      const { results } = await ask<object>(perform, input);
      const nulls = Object.fromEntries(Object.keys(action.result).map((name) => [name, null]));
      expect(results).toEqual({
        ...nulls,
        ...('site' in action.result && { site: { town: null } }),
        id: fallbackId,
      });
    },
  );

  test('works without the description of the answer', async () => {
    // The app waits three seconds for an answer that never comes. One action shows this.
    site.answer({ [described]: key === 'create_ticket' ? NO_ANSWER : new Answer('{}', 500) });
    const { results, warnings } = await ask(perform, input);
    expect(results).toEqual({
      ...Object(ANSWERS[request as keyof typeof ANSWERS]),
      id: action.result.id,
    });
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test.each([
    ['an internal error, since it may have been done', 503, {}, /may have been done/],
    ['which right the key may lack', 403, {}, new RegExp(`more than read.* may ${action.right}`)],
    [
      "the site's own words",
      400,
      { errors: { Team: ['is required'] } },
      /It says: "Team: is required"\./,
    ],
    [
      'which thing was not found',
      404,
      {},
      /^support\.deskdirector\.com has no [a-z ]+ \d \(404\)\. (?:Map|Choose)/,
    ],
  ])('is sent once; a failure tells %s', async (_, status, answer, words) => {
    site.answer({ [request]: new Answer(JSON.stringify(answer), status) });
    const { message } = await refusal(perform, input);
    expect(message).toMatch(words);
    expect(seen().filter((one) => one === request)).toHaveLength(1);
  });

  test('an id from another kind of thing is an error before any request', async () => {
    const { message } = await refusal(perform, { ...input, [idKey]: 'nzlancomdev~c~11220' });
    expect(message).toContain('holds a user ID');
    expect(site.requests).toEqual([]);
  });

  test.each([
    ['a test', IN_TEST],
    ['a run', {}],
  ])('a made-up ID is refused before any request: %s', async (_, meta) => {
    for (const id of MADE_UP_IDS) {
      const { code, message } = await refusal(perform, { ...input, [idKey]: id }, meta);
      expect(code).toBe('MadeUpId');
      expect(message).toMatch(/^The field "[A-Z][A-Za-z ]+" holds a made-up ID: /);
      expect(message).toContain('put a real ID in its place');
    }
    expect(site.requests).toEqual([]);
    expect(isAnyMadeUp((await ask(perform, input, meta)).results)).toBe(false);
  });

  test('has the output fields that the site describes', async () => {
    const { results } = await ask(`creates.${key}.operation.outputFields`);
    expect(results[0]).toEqual({ key: 'id', label: 'ID', type: 'string' });
    expect(results.length).toBeGreaterThan(1);
  });
});

describe.each([
  ['a test', IN_TEST],
  ['a run', {}],
])('a made-up ID in a field of the site, in %s', (_, meta) => {
  const FORM = 'GET /schema/dynamic-types/UpdateTicketRequest';
  const perform = 'creates.update_ticket.operation.perform';
  const properties = {
    who: { type: 'integer', title: 'Person' },
    amount: { type: 'number', title: 'Amount' },
    words: { type: 'string', title: 'Words' },
    people: { type: 'array', title: 'People', items: { type: 'string' } },
    rows: {
      type: 'array',
      items: { properties: { part: { type: 'integer', title: 'Part' } } },
    },
    inner: { type: 'object', properties: { ref: { type: 'string', title: 'Reference' } } },
  };

  test.each([
    ['Person', { who: '2000005102' }],
    ['Person', { who: 2000005102 }],
    ['Amount', { amount: '2000003102.0' }],
    ['Words', { words: '\n1773129600-example ' }],
    ['Words', { words: 'example~c~2000005101' }],
    ['Words', { words: '1773131700000-8F-example~m~2000000201' }],
    ['People', { people: ['71', 'example~m~2000000202'] }],
    ['Part', { rows: [{ rows__part: '1' }, { rows__part: '2000048213' }] }],
    ['Part', { rows__part: ['1', '2000000201'] }],
    ['Reference', { inner__ref: 'Example ID' }],
  ])('is refused, with the field %j named: %j', async (label, input) => {
    site.answer({ [FORM]: { properties } });
    const { message } = await refusal(perform, { ticket_id: 7, ...input }, meta);
    expect(message.startsWith(`"${label}" holds a made-up ID: `)).toBe(true);
    for (const words of ['real ID', 'leave the field empty', 'skip the test', 'Map the field']) {
      expect(message).toContain(words);
    }
    expect(seen()).toEqual([FORM]);
  });

  test.each([
    { who: 2000005104 },
    { words: 'Please call Casey Customer (2000005101).' },
    { words: 'example~c~2000005101,example~m~2000000201' },
    { words: '1773129601-example' },
    { people: ['Casey Customer', 'Example Bakery'] },
  ])('is not what %j is', async (input) => {
    site.answer({ [FORM]: { properties } });
    await ask(perform, { ticket_id: 7, ...input }, meta);
    const sent = site.requests.find(({ method }) => method === 'PATCH');
    expect(JSON.parse(sent?.body ?? '')).toEqual(input);
  });
});

test('no example from a test is sent by an action', async () => {
  const properties = {
    ...{ userId: { type: 'string' }, company_ID: { type: 'integer' }, Id: { type: 'integer' } },
    ...{ memberIds: { type: 'array', items: { type: 'number' } }, pick: { enum: [4, 5] } },
    // Nothing is of the type of the one, and nothing is known of the other.
    ...{ half: { type: 'integer', enum: [1.5] }, odd: { type: 'file' } },
    ...{ teamIDs: { type: 'array', items: { type: 'integer' } }, Guid: { type: 'string' } },
  };
  site.answer({
    'GET /schema/dynamic-types/ContactDetails': { properties },
    'GET /schema/dynamic-types/UpdateTicketRequest': { properties },
  });
  const input = { contact_id: '2000005103' };
  const [found = {}] = (await ask('searches.find_contact.operation.perform', input, IN_TEST))
    .results;
  expect(found).toEqual({
    id: '2000005103',
    ...{ userId: 'Example ID', company_ID: 2000005103, Id: 2000005103 },
    ...{ memberIds: [2000005103], pick: 4, half: null },
    ...{ teamIDs: [2000005103], Guid: 'Example ID' },
  });
  for (const key of ['userId', 'company_ID', 'Id', 'memberIds', 'teamIDs', 'Guid']) {
    const update = { ticket_id: 7, [key]: found[key] };
    const { message } = await refusal('creates.update_ticket.operation.perform', update, IN_TEST);
    expect(message).toContain('" holds a made-up ID: ');
  }
  expect(seen()).not.toContain('PATCH /tickets/7');
});

describe.each([
  ...Object.keys(app.searches).map((key) => ['searches', key] as const),
  ...Object.keys(app.creates).map((key) => ['creates', key] as const),
])('%s.%s, whose ID field is empty,', (kind, key) => {
  const perform = `${kind}.${key}.operation.perform`;
  const { operation } = asObject(asObject(app[kind])[key]);
  const [field = {}] = list(asObject(operation).inputFields, asObject);
  const words = [`The field "${field.label}" is empty.`, 'has no value in this run.'];
  const run = (id: unknown, meta: object | undefined) => {
    const inputData = { [String(field.key)]: id, words: 'Hello', message: 'Hello' };
    return failure(call(perform, { authData: site.authData, inputData, meta }));
  };

  test.each([
    ...[undefined, null, '', ' \n', [], ['', null]].map((id) => [id, {}] as const),
    ['', undefined],
  ])('stops the run, and the Zap stays on: %j, with the meta data %j', async (id, meta) => {
    const { name, code, message } = await run(id, meta);
    expect([name, code]).toEqual(['HaltedError', 'InvalidId']);
    for (const part of words) expect(message).toContain(part);
    expect(site.requests).toEqual([]);
  });

  test('fails in a test of the Zap editor', async () => {
    const { name, code, message } = await run('', { isLoadingSample: true });
    expect([name, code]).toEqual(['AppError', 'InvalidId']);
    for (const part of words) expect(message).toContain(part);
    expect(site.requests).toEqual([]);
  });
});

describe('Update Ticket with nothing to change', () => {
  const FORM = 'GET /schema/dynamic-types/UpdateTicketRequest';
  const hidden = { type: 'string', default: 'zapier', 'x-ms-visibility': 'internal' };
  const properties = {
    source: hidden,
    origin: { type: 'object', required: ['source'], properties: { source: hidden } },
    owner: { type: 'integer', nullable: true },
    isUrgent: { type: 'boolean' },
    notes: {
      type: 'array',
      items: {
        properties: { text: { type: 'string' }, kind: { type: 'string', default: 'internal' } },
      },
    },
  };
  const update = (inputData: object) =>
    ask('creates.update_ticket.operation.perform', { ticket_id: '7', ...inputData });
  beforeEach(() =>
    site.answer({ [FORM]: { properties, required: ['source', 'origin', 'owner'] } }),
  );

  test.each([
    ['no field', {}],
    ['blank fields', { owner: '', isUrgent: null, notes: [], notes__text: [''] }],
    ['the line item of defaults that Zapier adds', { notes: [{ notes__kind: 'internal' }] }],
    ['a field that the form no longer has', { gone: 'x' }, 'no such fields: "gone".'],
  ])(
    'is refused before anything is sent: %s',
    async (_, inputData, words = 'at least one field') => {
      const { code, message } = await failure(update(inputData));
      expect(code).toBe('NothingToChange');
      expect(message).toContain(words);
      expect(seen()).toEqual([FORM]);
    },
  );

  test.each([
    [{ owner: 0 }, { owner: 0 }],
    [{ isUrgent: 'false' }, { owner: null, isUrgent: false }],
    [{ notes: [{ notes__text: 'x' }] }, { owner: null, notes: [{ text: 'x' }] }],
  ])('a change is sent with what the site itself gives: %j', async (inputData, changes) => {
    await update(inputData);
    const sent = site.requests.find(({ method }) => method === 'PATCH');
    const given = { source: 'zapier', origin: { source: 'zapier' } };
    expect(JSON.parse(sent?.body ?? '')).toEqual({ ...given, ...changes });
  });
});

test('a required field that is missing is named by its label', async () => {
  const { message } = await refusal('creates.create_ticket.operation.perform', {
    request_type_id: 3,
  });
  expect(message).toBe('"Headline" is required.');
});

describe('the form of Create Ticket', () => {
  const fields = (inputData: object) =>
    ask('creates.create_ticket.operation.inputFields', inputData);

  test.each([[undefined], [null], [' '], [['']]])(
    'waits for the request type, and says so calmly: %j',
    async (request_type_id) => {
      const { results, warnings } = await fields({ request_type_id });
      expect(results).toMatchObject([
        { key: 'request_type_id', dynamic: 'request_type_list.id.name', altersDynamicFields: true },
        { type: 'copy', helpText: 'The other fields appear once a request type is chosen.' },
      ]);
      expect(warnings).toEqual([]);
      expect(site.requests).toEqual([]);
    },
  );

  test('says why its fields are missing when the request type is no ID', async () => {
    const { results, warnings } = await fields({ request_type_id: 'Printer' });
    const helpText = expect.stringMatching(
      /can't be shown: The field "Request Type" does not hold/,
    );
    expect(results.slice(1)).toMatchObject([{ type: 'copy', helpText }]);
    expect(warnings).toHaveLength(1);
  });

  test("quotes a site's reason without its links", async () => {
    const message = '[Read this](http://intern) ![x](https://a.example/b.png) <img src=x>';
    site.answer({
      'GET /schema/ticket/$create-request?requestTypeId=3': new Answer(
        JSON.stringify({ message }),
        403,
      ),
    });
    const { results } = await fields({ request_type_id: '3' });
    expect(results.at(-1)).toMatchObject({ helpText: expect.stringContaining('"Read this x "') });
  });

  test('depends on the request type', async () => {
    const { results } = await fields({ request_type_id: '3' });
    expect(results.slice(1)).toMatchObject([
      { key: 'headline', required: true },
      { key: 'board', dynamic: 'board_list.id.name', required: false },
      { key: 'state', dynamic: 'status_list.id.name', dependsOn: ['board'] },
    ]);
    // Zapier: `required: false` would take the dependency away.
    expect(results.at(-1)).not.toHaveProperty('required');
  });

  test.each([
    ['parameters', { boardID: { parameter: 'board' } }, {}],
    ['a reference', { boardId: { parameterReference: 'req/Board' } }, {}],
    [
      'the list and its entries',
      { boardId: { parameter: 'BOARD' } },
      { operationId: 'listStatuses', itemValuePath: 'Id', itemTitlePath: 'NAME' },
    ],
  ])('finds the board, whatever the case of the names: %s', async (_, parameters, more) => {
    const list = { operationId: 'ListStatuses', parameters, ...more };
    const state = { type: 'integer', 'x-ms-dynamic-list': list };
    site.answer({
      'GET /schema/ticket/$create-request?requestTypeId=3': {
        properties: { board: { type: 'integer' }, state, other: state },
        required: ['State'],
      },
    });
    const { results } = await fields({ request_type_id: '3' });
    const dropdown = { dynamic: 'status_list.id.name', dependsOn: ['board'] };
    expect(results.slice(2)).toMatchObject([
      { key: 'state', required: true, ...dropdown },
      { key: 'other', ...dropdown },
    ]);
    const statuses = await ask('triggers.status_list.operation.perform', {
      ...{ request_type_id: '3', board: '2' },
    });
    expect(statuses.results).toEqual([{ id: '5', name: 'New' }]);
  });
});

describe('the dropdown for statuses', () => {
  const statuses = (inputData: object) => ask('triggers.status_list.operation.perform', inputData);
  const NEW = [{ id: '5', name: 'New' }];

  test.each([
    ['Create Ticket', { request_type_id: '3', board: '2' }],
    ['Update Ticket', { ticket_id: '7', where__queue: 2 }],
    ['any form with a field of that name', { boardId: ' 2 ' }],
  ])('lists those of the board that is filled in: %s', async (_, inputData) => {
    expect((await statuses(inputData)).results).toEqual(NEW);
  });

  test.each([
    ['nothing is filled in', {}],
    ['another field has that name', { request_type_id: '3', boardId: '2' }],
    ['the board is text', { request_type_id: '3', board: 'Service' }],
  ])('says that a board has to be chosen first when %s', async (_, inputData) => {
    const { code, message } = await failure(statuses(inputData));
    expect(code).toBe(WAITS_FOR_CHOICE);
    expect(message).toContain('Choose a board first');
  });

  test('declares the fields that it reads, as optional ones without `required`', () => {
    const declared = list(lists.status_list?.operation.inputFields, asObject);
    expect(declared.map(({ key }) => key)).toEqual(['boardId', 'ticket_id', 'request_type_id']);
    for (const field of declared) expect(field).not.toHaveProperty('required');
  });
});

describe('the dropdown for statuses of a form', () => {
  const FORM = 'GET /schema/dynamic-types/UpdateTicketRequest';
  const form = (boardId: unknown) => ({
    properties: {
      rows: { type: 'array', items: { properties: { a: { type: 'string' } } } },
      state: {
        type: 'integer',
        'x-ms-dynamic-values': { operationId: 'ListStatuses', parameters: { boardId } },
      },
    },
  });
  const statuses = () => ask('triggers.status_list.operation.perform', { ticket_id: '7' });

  test.each([2, { value: '2' }])(
    'lists those of the board that the site chose: %j',
    async (board) => {
      site.answer({ [FORM]: form(board) });
      expect((await statuses()).results).toEqual([{ id: '5', name: 'New' }]);
    },
  );

  test('asks for a board when the form has no field for it', async () => {
    site.answer({ [FORM]: form({ parameter: 'gone' }) });
    expect((await failure(statuses())).message).toContain('Choose a board first');
    const { results } = await ask('creates.update_ticket.operation.inputFields', { ticket_id: 7 });
    expect(results.find(({ key }) => key === 'state')).not.toHaveProperty('dynamic');
  });

  test('says why when the form can not be read', async () => {
    site.answer({ [FORM]: new Answer('{}', 403) });
    expect((await failure(statuses())).message).toContain('(403)');
  });
});

describe('the field for a status has no dropdown', () => {
  const status = (board: object) => ({
    type: 'integer',
    'x-ms-dynamic-values': { operationId: 'ListStatuses', parameters: { boardId: board } },
  });
  const integer = { type: 'integer' };
  const fieldOf = (results: Records, key: string) => results.find((field) => field.key === key);
  const PLAIN = { helpText: "A whole number. The ID of one of DeskDirector's statuses." };

  test('when the lists of a form are for several boards', async () => {
    const properties = {
      ...{ b1: integer, b2: integer },
      ...{ s1: status({ parameter: 'b1' }), s2: status({ parameter: 'b2' }) },
    };
    site.answer({ 'GET /schema/dynamic-types/UpdateTicketRequest': { properties } });
    const { results } = await ask('creates.update_ticket.operation.inputFields', { ticket_id: 7 });
    for (const key of ['s1', 's2']) {
      expect(fieldOf(results, key)).toMatchObject(PLAIN);
      expect(fieldOf(results, key)).not.toHaveProperty('dynamic');
    }
  });

  test('among the filters of a trigger', async () => {
    site.answer({
      'GET /chat-webhook-events': { results: [{ id: 'e', name: 'New Chat Session' }] },
      'GET /schema/chat-workflow-webhook/$parameters?type=e': {
        properties: { board: integer, state: status({ parameter: 'board' }) },
      },
    });
    const { results } = await ask('triggers.new_chat_session.operation.inputFields');
    expect(fieldOf(results, 'state')).toMatchObject(PLAIN);
    expect(fieldOf(results, 'state')).not.toHaveProperty('dynamic');
  });
});

test('a field of one form with the key of another action does not spoil the statuses', async () => {
  const { results } = await ask('triggers.status_list.operation.perform', {
    ...{ request_type_id: '3', board: '2' },
    ticket_id: 'of the customer',
  });
  expect(results).toEqual([{ id: '5', name: 'New' }]);
});

describe('a part of a form that can not be read', () => {
  const PART = 'GET /schema/dynamic-types/Address';
  const FORM = {
    'GET /schema/dynamic-types/UpdateTicketRequest': {
      properties: {
        summary: { type: 'string' },
        address: {
          type: 'object',
          'x-ms-dynamic-schema': {
            operationId: 'GetDynamicSchema',
            parameters: { typeId: 'Address' },
          },
        },
      },
    },
  };

  test.each([400, 403, 401, 429])(
    'is the error when a filled-in field may be in it (%d): nothing is sent',
    async (status) => {
      site.answer({ ...FORM, [PART]: new Answer('{}', status) });
      const input = { ticket_id: 7, summary: 'x', address__street: 'Main' };
      const { message } = await refusal('creates.update_ticket.operation.perform', input);
      expect(message).toContain(`(${status})`);
      expect(seen()).not.toContain('PATCH /tickets/7');
    },
  );

  test('is no error when nothing is filled in for it', async () => {
    site.answer({ ...FORM, [PART]: new Answer('{}', 403) });
    await ask('creates.update_ticket.operation.perform', { ticket_id: 7, summary: 'x' });
    expect(seen()).toContain('PATCH /tickets/7');
  });
});

test.each([
  { schema: { properties: {} } },
  { results: [] },
  { definitions: {} },
  { Properties: {} },
])('%j is no form: the action is not done', async (answer) => {
  site.answer({
    'GET /schema/dynamic-types/UpdateTicketRequest': answer,
  });
  const { code } = await refusal('creates.update_ticket.operation.perform', { ticket_id: 7, a: 1 });
  expect(code).toBe('NotAForm');
  expect(seen()).not.toContain('PATCH /tickets/7');
});

const findContact = () => ask('searches.find_contact.operation.perform', { contact_id: 7 });
const updateTicket = () =>
  ask('creates.update_ticket.operation.perform', { ticket_id: 7, where__state: 5 });
const describeAs = (type: string, schema: unknown) => ({
  [`GET /schema/dynamic-types/${type}`]: schema,
});
const UNREADABLE = new Answer('{}', 500);

describe('what a look-up finds', () => {
  test.each([
    ['has none of the described properties', { value: [] }, DETAILS],
    ['has them further inside', { data: { callName: 'Casey' } }, DETAILS],
    ['is empty', {}, DETAILS],
    ['has no id, and no description', { callName: 'Casey' }, UNREADABLE],
    ['has no id, and an empty description', { callName: 'Casey' }, {}],
    ['has a null in place of an id, and words', { id: null, message: 'None.' }, DETAILS],
  ])('is an error when it %s', async (_, answer, schema) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await failure(findContact())).code).toBe('NotDeskDirector');
  });

  test.each([
    ['a null in place of an id', { id: null }, DETAILS],
    ['nulls and blanks', { Id: null, callName: ' ', site: { town: null }, tags: [] }, DETAILS],
    ['the values of .NET for nothing', { id: null, isVip: false, visits: 0 }, DETAILS],
    ['a null, without a description', { id: null }, UNREADABLE],
    ['a list of nulls', [{ id: null }, { id: null }], DETAILS],
    ['nulls under described names', { contactId: null, CallName: null, site: {} }, DETAILS],
    ['a null under the name of an id', { ContactId: null, other: 0 }, UNREADABLE],
  ])('is nothing when it holds only %s', async (_, answer, schema) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await findContact()).results).toEqual([]);
  });

  test.each([
    ['an id that is described', { id: 7 }, DETAILS, '7'],
    ['an id that is not described', { contactId: 9 }, DETAILS, '9'],
    ['a described property in place of an id', { id: null, callName: 'x' }, DETAILS, '7'],
    ['an id, beside nothing', [{ id: null }, { id: 7 }], DETAILS, '7'],
    ['an id, without a description', { Id: '4f1c' }, UNREADABLE, '4f1c'],
  ])('is a contact when it has %s', async (_, answer, schema, id) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await findContact()).results).toEqual([expect.objectContaining({ id })]);
  });
});

describe('a success that says that it failed', () => {
  const REASON = 'Not in your plan.';
  const FAILED = [
    [{ success: false, message: REASON }],
    [{ Succeeded: false, id: 7, message: REASON }],
    [{ isSuccess: false, callName: 'x', errors: [REASON] }],
    [{ OK: false, error: { message: REASON } }],
    [{ error: REASON }],
    [{ id: null, Errors: { plan: [REASON] } }],
    [{ exception: { message: REASON }, further: 1 }],
    [[{ success: false, message: REASON }]],
  ] as const;

  test.each(FAILED)('is an error with its reason for a look-up: %j', async (answer) => {
    site.answer({ 'GET /contacts/7': answer });
    const { code, message } = await failure(findContact());
    expect(code).toBe('DeskDirectorError');
    expect(message).toMatch(
      /^support\.deskdirector\.com answered with a success \(200\), but reports/,
    );
    expect(message).toMatch(/It says: ".*Not in your plan\." Check the fields of this step/);
  });

  test.each(FAILED)('is an error for an action that may have been done: %j', async (answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    const { message } = await failure(updateTicket());
    expect(message).toMatch(
      /reports a failure\. It says: ".*Not in your plan\." The request may have/,
    );
    expect(seen().filter((one) => one === 'PATCH /tickets/7')).toHaveLength(1);
  });

  test.each([
    ['nothing is the matter', { success: true, ok: 'false', errors: [], exception: '' }],
    ['the errors are empty', { error: { code: 0, message: null }, errors: [' ', {}] }],
    ['a described property stands beside it', { callName: 'x', error: REASON }],
  ])('is a success when %s', async (_, answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    expect((await updateTicket()).results).toMatchObject({ ...answer, id: '7' });
  });

  test.each([
    ['success', { Success: false }],
    ['Error', { error: 'E1' }],
  ])('is a success when the description names %s', async (name, answer) => {
    const schema = { properties: { [name]: { type: 'string' } } };
    site.answer({ 'PATCH /tickets/7': answer, ...describeAs('TicketDetails', schema) });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });

  test.each([
    ['id', { id: 8, errors: [REASON] }, '8'],
    ['ticketId', { ticketId: 8, errors: [REASON] }, '8'],
  ])('is a success when the answer has an %s and no description', async (_, answer, id) => {
    site.answer({ 'PATCH /tickets/7': answer, ...describeAs('TicketDetails', UNREADABLE) });
    expect((await updateTicket()).results).toMatchObject({ id });
  });

  test.each([
    ['a dropdown', 'triggers.board_list.operation.perform', 'GET /service/boards'],
    [
      'a form',
      'creates.update_ticket.operation.perform',
      'GET /schema/dynamic-types/UpdateTicketRequest',
    ],
  ])('is an error with its reason for %s', async (_, method, request) => {
    for (const answer of [
      { success: false, message: REASON },
      { error: REASON, type: 'x' },
    ]) {
      site.answer({ [request]: answer });
      const { message } = await refusal(method, { ticket_id: 7 });
      expect(message).toContain(`reports a failure. It says: "${REASON}"`);
    }
    expect(seen()).not.toContain('PATCH /tickets/7');
  });
});

describe('an answer to an action in parts', () => {
  const json = (answer: unknown, status = 207) => new Answer(JSON.stringify(answer), status);
  const LOCKED = { success: false, message: 'Locked.' };
  const DONE = 'support.deskdirector.com answered with a success';
  const MAYBE = 'The request may have been done all the same: look in DeskDirector before';

  test.each([
    [
      'a list with a failed entry',
      json([{ id: 1 }, LOCKED, 'x'], 200),
      'Entry 2 of 3 failed. It says: "Locked." The other entries count as done.',
    ],
    [
      'statuses',
      json({
        results: [{ status: 200 }, { Status: '409', title: 'Conflict' }, { statusCode: 500 }],
      }),
      'Entry 2 of 3 failed. It says: "Conflict". Entry 3 of 3 failed. The other entries count as done.',
    ],
    [
      'statuses of requests in one',
      json({
        warnings: [],
        responses: [{ id: '1', status: 403, body: { error: 'No right' } }, {}],
      }),
      'Entry 1 of 2 failed. It says: "No right". The other entries count as done.',
    ],
    ['only failures', json([LOCKED, LOCKED]), 'Entries 1, 2 of 2 failed. It says: "Locked."'],
    ['one status', json({ status: 422, detail: 'Locked.' }), 'It says: "Locked."'],
    ['a failure as a whole', json({ ...LOCKED, results: [{ id: 1 }] }), 'It says: "Locked."'],
    [
      'two lists and a failure',
      json({ ...LOCKED, done: [{ status: 200 }], left: [{ status: 500 }] }),
      'It says: "Locked."',
    ],
  ])('is told by position and reason: %s', async (_, answer, words) => {
    site.answer({ 'PATCH /tickets/7': answer });
    const { message } = await failure(updateTicket());
    expect(message).toContain(`${DONE} (${answer.status}), but reports a failure. `);
    expect(message).toContain(`${words} ${MAYBE}`);
  });

  test('has a bounded number of words', async () => {
    const entries = Array.from({ length: 50 }, (_, n) => ({
      ok: false,
      message: `No. ${n} is long. `.repeat(50),
    }));
    site.answer({ 'PATCH /tickets/7': [{ id: 1 }, ...entries] });
    const { message } = await failure(updateTicket());
    expect(message).toContain('Entry 2 of 51 failed. It says: "No. 0 is long. No. 0 is long.');
    expect(message).toContain('Entry 3 of 51 failed. It says: "No. 1 is long. No. 1 is long.');
    expect(message).toContain(`… The other entries count as done. ${MAYBE}`);
  });

  test.each([
    ['statuses without 207', json([{ status: 404 }, { status: 500 }], 200)],
    ['good statuses', json({ results: [{ status: 201 }, { status: 0 }, { status: 600 }, 404] })],
    ['two lists', json({ done: [{ status: 200 }], left: [{ status: 500 }] })],
  ])('is done: %s', async (_, answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });

  test('is done when the description names the status', async () => {
    const schema = { properties: { Status: { type: 'integer' } } };
    site.answer({
      'PATCH /tickets/7': json([{ status: 450 }, { status: 451 }]),
      ...describeAs('TicketDetails', schema),
    });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });
});

describe('the ID of a result', () => {
  test.each([
    ['ticketId before id', { id: 'e-1', ticketId: 9 }, '9', 'e-1'],
    ['TicketID whatever its case', { ID: 1, TicketID: 9 }, '9', 1],
    ['the id of a ticket inside', { id: 'e-1', entityId: 3, ticket: { id: 9 } }, '9', 'e-1'],
    ['entityId before id', { id: 4, entityId: 9 }, '9', 4],
    ['the exact name of two', { ID: 'guid', id: 9 }, '9', undefined],
    ['the next, where one is too large', { ticketId: 2 ** 31, id: 9 }, '9', undefined],
    ['text, where none is a number', { id: '4f1c-9', ticketId: 'x' }, '4f1c-9', undefined],
  ])('is %s; another id stays beside it', async (_, answer, id, other) => {
    for (const [name, request] of [
      ['create_ticket', 'POST /tickets?requestTypeId=3'],
      ['update_ticket', 'PATCH /tickets/7'],
    ] as const) {
      site.answer({ [request]: answer, ...describeAs('TicketDetails', UNREADABLE) });
      const input = { request_type_id: 3, ticket_id: 7, headline: 'x', where__state: 5 };
      const { results } = await ask<object>(`creates.${name}.operation.perform`, input);
      expect(results).toEqual({ ...answer, id, ...(other !== undefined && { id_site: other }) });
    }
  });

  test.each([[{ value: 5 }], [[5, 6]], [2 ** 60]])('is null where the id is %j', async (id) => {
    site.answer({ 'POST /contacts/7/notifications': { id } });
    const input = { contact_id: 7, words: 'Hello' };
    const { results } = await ask('creates.send_contact_notification.operation.perform', input);
    expect(results).toMatchObject({ id: null, id_site: id });
  });

  test.each([
    [{ notificationId: 31, contactId: 7 }, '31'],
    [{ contactId: 7 }, null],
  ])("of a notification is never the contact's: %j", async (answer, id) => {
    site.answer({ 'POST /contacts/7/notifications': answer });
    const input = { contact_id: 7, words: 'Hello' };
    const { results } = await ask('creates.send_contact_notification.operation.perform', input);
    expect(results).toMatchObject({ id });
  });
});

test('an action takes a list of one object for the object', async () => {
  site.answer({ 'PATCH /tickets/7': [{ id: 8, callName: 'z' }] });
  const { results } = await ask('creates.update_ticket.operation.perform', {
    ticket_id: 7,
    where__state: 5,
  });
  expect(results).toEqual({ ...EMPTY, id: '8', callName: 'z' });
});

test('a description in many parts that hang takes no longer than one of them', async () => {
  const part = (typeId: string) => ({
    type: 'object',
    'x-ms-dynamic-schema': { operationId: 'GetDynamicSchema', parameters: { typeId } },
  });
  const names = Array.from({ length: 10 }, (_, n) => `Part${n}`);
  site.answer({
    'GET /schema/dynamic-types/TicketDetails': {
      properties: Object.fromEntries(names.map((name) => [name, part(name)])),
    },
    ...Object.fromEntries(names.map((name) => [`GET /schema/dynamic-types/${name}`, NO_ANSWER])),
  });
  const start = performance.now();
  const { results, warnings } = await ask('creates.update_ticket.operation.perform', {
    ticket_id: 7,
    where__state: 5,
  });
  expect(results).toMatchObject({ id: '7', callName: 'y' });
  expect(warnings).toEqual([
    expect.stringMatching(/^Not read from your site's description: “Part/),
  ]);
  // One after the other, the parts would take 30 seconds.
  expect(performance.now() - start).toBeLessThan(20_000);
});

describe('a description that is nested 5,000 levels deep', () => {
  const nested = (open: string, inner: string, close: string) =>
    open.repeat(5000) + inner + close.repeat(5000);
  const string = '{"type":"string"}';
  const links = Array.from(
    { length: 5000 },
    (_, n) => `"d${n}":{"$ref":"#/definitions/d${n + 1}"}`,
  );
  const TOO_LARGE = '“Odd” (its description is too large)';
  const NO_FIELD = '“Odd” (it takes a kind of value that no field here is for)';

  test.each([
    ['objects', nested('{"properties":{"o":', string, '}}'), '“Odd O O O O O O O” (it lies deeper'],
    ['lists', nested('{"type":"array","items":', string, '}'), NO_FIELD],
    [
      'lists of objects',
      nested('{"type":"array","items":{"properties":{"o":', string, '}}}'),
      '“Odd O” (it is a list within a list)',
    ],
    ['parts', nested('{"allOf":[', string, ']}'), TOO_LARGE],
    ['alternatives', nested('{"anyOf":[{"type":"null"},', string, ']}'), TOO_LARGE],
    ['references', '{"$ref":"#/definitions/d0"}', TOO_LARGE],
    ['a choice', `{"enum":[${nested('[', '1', ']')}]}`, NO_FIELD],
    ['a type', `{"type":${nested('[', '"string"', ']')}}`, NO_FIELD],
    [
      'a hidden value',
      `{"x-ms-visibility":"internal","default":${nested('[', '1', ']')}}`,
      'your site hides it, and gives no value that can be sent',
    ],
    [
      'a parameter',
      `{"type":"integer","x-ms-dynamic-values":{"operationId":"ListStatuses","parameters":{"boardId":${nested('{"a":', '1', '}')}}}}`,
      null,
    ],
  ])('leaves the deep part out of the form and of the result: %s', async (what, odd, reason) => {
    const isHidden = what === 'a hidden value';
    const schema = new Answer(
      `{"properties":{"good":${string},"odd":${odd}},"required":["${isHidden ? 'odd' : 'good'}"],"definitions":{${links.join(',')}}}`,
    );
    site.answer({
      'GET /schema/dynamic-types/UpdateTicketRequest': schema,
      'GET /schema/dynamic-types/TicketDetails': schema,
    });
    const authData = { ...site.authData, apiKey: 'short' };
    const run = (method: string) =>
      call<Records>(method, { authData, inputData: { ticket_id: 7, good: 'x' } });
    const form = await run('creates.update_ticket.operation.inputFields');
    expect(form.results).toContainEqual(expect.objectContaining({ key: 'good' }));
    const outputs = await run('searches.find_ticket.operation.outputFields');
    expect(outputs.results).toContainEqual(expect.objectContaining({ key: 'good' }));
    const done = run('creates.update_ticket.operation.perform');
    if (isHidden) expect((await failure(done)).message).toContain(reason);
    else {
      expect((await done).results).toMatchObject({ id: '7', good: null });
      for (const { warnings } of [form, outputs]) {
        expect(warnings.join()).toContain(reason ?? 'it lies deeper than 100 levels');
      }
    }
  });
});

test('20,000 lists within lists are no value of a described property', async () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  site.answer({ 'GET /tickets/7': new Answer(`{"id":7,"callName":${deep}}`) });
  const { results } = await ask('searches.find_ticket.operation.perform', { ticket_id: 7 });
  expect(results).toEqual([{ ...EMPTY, id: '7' }]);
});

test('a description that holds the whole of a short key is shown', async () => {
  const properties = { a: { type: 'string', title: 'A word' } };
  site.answer({ 'GET /schema/dynamic-types/UpdateTicketRequest': { properties } });
  const { results } = await call<Records>('creates.update_ticket.operation.inputFields', {
    authData: { ...site.authData, apiKey: 'word' },
    inputData: { ticket_id: 7 },
  });
  expect(results.at(-1)).toMatchObject({ key: 'a', label: 'A word' });
});

describe('the entries of a dropdown', () => {
  const boards = async (answer: object) => {
    site.answer({ 'GET /service/boards': answer });
    return ask('triggers.board_list.operation.perform');
  };

  test('are found whatever the case of their properties, and named by their ID when unnamed', async () => {
    const { results } = await boards({
      Results: [
        { Id: 1, Name: 'One' },
        { Id: 2, Name: ' ' },
      ],
    });
    expect(results).toMatchObject([
      { id: '2', name: '2' },
      { id: '1', name: 'One' },
    ]);
  });

  test('have the ID and the name that are written exactly so', async () => {
    const { results } = await boards({
      results: [
        { ID: 'a-guid', id: 7, NAME: 'SEVEN', name: 'Seven' },
        { ID: 8, Id: 9, name: 'Two IDs are none' },
        { id: 10, Name: 'X', NAME: 'Y' },
      ],
      RESULTS: [{ id: 1 }],
    });
    expect(results).toEqual(
      [
        { ID: 'a-guid', NAME: 'SEVEN', id: '7', name: 'Seven' },
        { Name: 'X', NAME: 'Y', id: '10', name: '10' },
      ].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    );
  });

  test('are an error when none has an ID', async () => {
    const { code } = await failure(boards({ results: [{ key: 1 }] }));
    expect(code).toBe('NotDeskDirector');
  });
});

test.each(['board', 'priority', 'source', 'request_type'])('%s_list lists', async (list) => {
  const { results } = await ask(`triggers.${list}_list.operation.perform`);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ id: expect.any(String), name: expect.any(String) });
});
