import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { isObject } from '../../../src/values.ts';
import { contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';

const webhook = 'schema/chat-workflow-webhook';
const example = new URL('../../desk-director/documented-example.json', import.meta.url);
const site = await startDeskDirector();
afterAll(() => site.stop());

async function schemaAt(path: string): Promise<Record<string, unknown>> {
  const answer = await call(site, 'GET', path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  const schema: unknown = await answer.json();
  if (!isObject(schema)) throw new Error('A schema has to be an object.');
  return schema;
}

function compile(schema: Record<string, unknown>): ValidateFunction {
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
}

/** Every object within a value, and the value itself. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

const paths = [
  `${webhook}/$parameters?type=${newSession}`,
  `${webhook}/$parameters?type=${statusChanged}`,
  `${webhook}/$request?type=${newSession}`,
  `${webhook}/$request?type=${statusChanged}`,
  'schema/dynamic-types/CreateChatMessageRequest',
  'schema/dynamic-types/CreateChatInviteRequest',
  'schema/dynamic-types/Chat',
  ...[11, 12, 0].map((id) => `schema/ticket/$create-request?requestTypeId=${id}`),
  ...[
    'ContactDetails',
    'MemberDetails',
    'CompanyDetails',
    'TicketDetails',
    'UpdateTicketRequest',
    'CreateContactNotificationRequest',
    'CreateMemberNotificationRequest',
    'CreateNotificationResponse',
  ].map((type) => `schema/dynamic-types/${type}`),
];

test.each(paths)('%s describes an object', async (path) => {
  const schema = await schemaAt(path);

  expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) });
  expect(compile(schema)).toEqual(expect.any(Function));
});

test.each(paths)('%s needs the key', async (path) => {
  const answer = await call(site, 'GET', path, { authorization: '' });

  expect(answer.status).toBe(401);
});

test.each([
  `${webhook}/%24parameters?type=${newSession}`,
  'schema/ticket/%24create-request?requestTypeId=11',
])('the dollar sign of %s may be encoded', async (path) => {
  expect(await schemaAt(path)).toEqual(await schemaAt(path.replace('%24', '$')));
});

test.each([
  [`${webhook}/$parameters?type=chat-session-deleted`, 400],
  [`${webhook}/$parameters`, 400],
  [`${webhook}/$request?type=chat-session-deleted`, 400],
  [`${webhook}/$request`, 400],
  [`${webhook}/$response?type=${newSession}`, 404],
  ['schema/ticket/$create-request?requestTypeId=9', 400],
  ['schema/dynamic-types/NoSuchType', 404],
  ['schema/dynamic-types/constructor', 404],
])('%s is answered with %i', async (path, status) => {
  const answer = await call(site, 'GET', path);

  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ message: expect.any(String) });
});

describe('what is delivered', () => {
  test('is as described, whatever happened to a chat', async () => {
    const isChat = compile(await schemaAt(`${webhook}/$request?type=${statusChanged}`));
    const { chats } = site;
    const { id } = chats.request();
    const sessions = [
      chats.invite(id, [contacts.tansy]),
      chats.join(id, members.pixel),
      chats.complete(id, { note: 'Done.' }),
      chats.push({ ticketId: '48213' }),
      chats.askForCallback(chats.miss(chats.request().id).id, {
        type: 'phone',
        preferredTime: [{ start: '2026-03-10T13:00:00Z', end: '2026-03-10T14:00:00Z' }],
      }),
    ];

    for (const session of sessions) expect([isChat(session), isChat.errors]).toEqual([true, null]);
  });

  test('is as described in the documented example', async () => {
    const isChat = compile(await schemaAt('schema/dynamic-types/Chat'));
    const sessions: unknown[] = JSON.parse(readFileSync(example, 'utf8'));

    expect(sessions.map((session) => isChat(session))).toEqual([true]);
    expect(isChat({})).toBe(false);
  });
});

test('filters are offered by event, and none is required', async () => {
  const ofStarts = await schemaAt(`${webhook}/$parameters?type=${newSession}`);
  const ofChanges = await schemaAt(`${webhook}/$parameters?type=${statusChanged}`);

  const keys = ['company_ids', 'chatTypes', 'company', 'nameContains'];
  expect(Object.keys(ofStarts.properties ?? {})).toEqual(keys);
  expect(Object.keys(ofChanges.properties ?? {})).toEqual([
    ...keys,
    'statuses',
    'waitedAtLeast',
    'onlyWithTicket',
    'modifiedAfter',
    'member',
    'creator',
  ]);
  expect([ofStarts.required, ofChanges.required]).toEqual([undefined, undefined]);
});

test('the first event stands for new sessions and the second for changes, whatever their ids', async () => {
  const events = [
    { id: 'a', name: 'Opened' },
    { id: 'b', name: 'Moved' },
  ];
  const other = await startDeskDirector({ events });
  const answers = await Promise.all(
    ['a', 'b', newSession].map((id) => call(other, 'GET', `${webhook}/$parameters?type=${id}`)),
  );
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  await other.stop();

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(bodies.map((body) => body.includes('"statuses"'))).toEqual([false, true, false]);
});

describe('the schemas together hold', () => {
  const integer = { type: 'integer' };
  const fromList = (name: string) => ({ [name]: { operationId: 'ListCompanies' } });
  const reference = (path: string) => ({ $ref: expect.stringContaining(path) });

  test.each<[string, object]>([
    ['an integer', integer],
    ['a number', { type: 'number' }],
    ['a boolean', { type: 'boolean' }],
    ['a choice', { type: 'string', enum: expect.any(Array) }],
    ['a time', { type: 'string', format: 'date-time' }],
    ['a text of several lines', { type: 'string', format: 'multiline' }],
    ['a formatted text', { type: 'string', format: 'html' }],
    ['a list of texts', { type: 'array', items: { type: 'string' } }],
    ['a list of choices', { type: 'array', items: { enum: expect.any(Array) } }],
    ['a list of times', { type: 'array', items: { format: 'date-time' } }],
    ['a list of long texts', { type: 'array', items: { format: 'multiline' } }],
    ['a list of integers', { type: 'array', items: integer }],
    ['a list of numbers', { type: 'array', items: { type: 'number' } }],
    ['a list of booleans', { type: 'array', items: { type: 'boolean' } }],
    ['a list of objects', { type: 'array', items: { type: 'object' } }],
    ['a list of a referenced type', { type: 'array', items: reference('#/$defs/') }],
    ['an optional object with a required member', { type: 'object', required: ['memberId'] }],
    ['a text or nothing', { type: ['string', 'null'] }],
    ['a text that may be null', { type: 'string', nullable: true }],
    ['an integer that may be null', { type: 'integer', nullable: true }],
    ['a reference to a definition', reference('#/definitions/')],
    ['a reference to a $def', reference('#/$defs/')],
    ['a cycle', { properties: { replyTo: { $ref: '#/definitions/Quotation' } } }],
    ['several objects in one', { allOf: [reference('#/'), { type: 'object' }] }],
    ['a title', { title: 'Message' }],
    ['a summary', { 'x-ms-summary': 'Statuses' }],
    ['a description', { description: expect.any(String) }],
    ['a very long description', { description: expect.stringMatching(/^.{1001}/) }],
    ['a default text', { type: 'string', default: 'plain' }],
    ['a default number', { type: 'number', default: 0.5 }],
    ['a default boolean', { type: 'boolean', default: false }],
    ['what is not to be sent', { readOnly: true }],
    ['what is not to be shown', { default: 'v2', 'x-ms-visibility': 'internal' }],
    ['what comes last', { 'x-ms-visibility': 'advanced' }],
    ['what comes first', { 'x-ms-visibility': 'important' }],
    ['a choice of one from a list', { ...integer, ...fromList('x-ms-dynamic-values') }],
    ['a choice of several', { type: 'array', items: fromList('x-ms-dynamic-list') }],
    ...['Companies', 'Members', 'RequestTypes', 'Boards', 'Priorities', 'Sources'].map(
      (list): [string, object] => [
        `a choice from the list of ${list}`,
        { ...integer, 'x-ms-dynamic-values': { operationId: `List${list}` } },
      ],
    ),
    [
      'a choice that depends on another one',
      {
        boardId: integer,
        statusId: {
          ...integer,
          'x-ms-dynamic-values': {
            operationId: 'ListStatuses',
            parameters: { boardId: { parameter: 'boardId' } },
          },
          'x-ms-dynamic-list': {
            operationId: 'ListStatuses',
            parameters: { boardId: { parameterReference: 'req/boardId' } },
          },
        },
      },
    ],
    ['an object or nothing', { type: ['object', 'null'] }],
    ['a time that only answers have', { format: 'date-time', readOnly: true }],
    ['what no form can show', { oneOf: expect.any(Array) }],
    ['names of a client of its own', { session_id: { type: 'string' } }],
    ['more of these', { company_ids: { type: 'array' } }],
    ['a name with two underscores', { visible__to: { type: 'string' } }],
  ])('%s', async (_, part) => {
    const schemas = await Promise.all(paths.map(schemaAt));

    expect(objectsIn(schemas)).toContainEqual(partly(part));
  });

  /** Like `objectContaining`, but for objects at every depth. */
  function partly(part: unknown): unknown {
    if (Array.isArray(part)) return part.map(partly);
    if (!isObject(part) || Object.getPrototypeOf(part) !== Object.prototype) return part;
    const entries = Object.entries(part).map(([key, value]) => [key, partly(value)]);
    return expect.objectContaining(Object.fromEntries(entries));
  }
});

describe('schemas that replace its own', () => {
  const replacement = { type: 'array', items: [false] };
  let other: DeskDirector;

  beforeAll(async () => {
    const schemas = {
      parameters: replacement,
      CreateChatMessageRequest: 'no schema at all',
      CreateChatInviteRequest: null,
      createTicket: { title: 'any' },
      TicketDetails: [],
      UpdateTicketRequest: 1,
      CreateMemberNotificationRequest: false,
    };
    other = await startDeskDirector({ schemas });
  });

  afterAll(() => other.stop());

  test.each([
    [`${webhook}/$parameters?type=${statusChanged}`, replacement],
    ['schema/dynamic-types/CreateChatMessageRequest', 'no schema at all'],
    ['schema/dynamic-types/CreateChatInviteRequest', null],
    ['schema/ticket/$create-request?requestTypeId=12', { title: 'any' }],
    ['schema/dynamic-types/TicketDetails', []],
    ['schema/dynamic-types/UpdateTicketRequest', 1],
    ['schema/dynamic-types/CreateMemberNotificationRequest', false],
  ])('%s gives out what it is told', async (path, schema) => {
    const answer = await call(other, 'GET', path);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(schema);
  });

  test('are not validated against', async () => {
    const { id } = other.chats.request();

    const answers = [
      await subscribe(other, statusChanged, 'http://127.0.0.1:9/hook', { statuses: 7 }),
      await call(other, 'POST', `chat-sessions/${id}/system-messages`, { body: { any: 1 } }),
      await call(other, 'POST', `chat-sessions/${id}/invite`, { body: { members: [71], x: {} } }),
      await call(other, 'POST', 'tickets?requestTypeId=12', { body: { any: [1] } }),
      await call(other, 'PATCH', 'tickets/48301', { body: {} }),
      await call(other, 'POST', 'members/71/notifications', { body: { any: 1 } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200]);
    expect(other.subscriptions).toMatchObject([{ parameters: { statuses: 7 } }]);
    expect(other.chats.messages(id)).toMatchObject([{ body: { any: 1 } }]);
    expect(other.chats.find(id)).toMatchObject({ targetUsers: [members.sprocket] });
    expect(other.tickets.list()).toMatchObject([{ formFields: [{ name: 'any', value: '[1]' }] }]);
    expect(other.notifications.list()).toMatchObject([{ body: { any: 1 } }]);
  });

  test('still leave a body to be an object, and an invitation to be one of known people', async () => {
    const { id } = other.chats.request();

    const answers = [
      await call(other, 'POST', `chat-sessions/${id}/system-messages`, { body: ['text'] }),
      await call(other, 'POST', `chat-sessions/${id}/invite`),
      await call(other, 'POST', `chat-sessions/${id}/invite`, { body: { members: [{}] } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });
});
