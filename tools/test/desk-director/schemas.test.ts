import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { publishedIds } from '../../../src/deskdirector/operations.ts';
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

/** The types that the app asks for. */
const types = publishedIds().filter((id) => /(?:Details|Request|Response|TaskList)$/.test(id));
const paths = [
  `${webhook}/$parameters?type=${newSession}`,
  `${webhook}/$parameters?type=${statusChanged}`,
  ...['ticket-created', 'ticket-status-changed', 'ticket-note-created'].flatMap((type) =>
    ['advanced-filters', 'request'].map(
      (part) => `schema/ticket-workflow-webhook/$${part}?type=${type}`,
    ),
  ),
  ...['ticket', 'form', 'approval'].map((type) => `schema/workflow-webhook/$request?type=${type}`),
  ...['escalation', 'handover', 'reminder'].map(
    (id) => `schema/workflow-types/ticket/$parameters?workflowId=${id}`,
  ),
  'schema/workflow-types/form/$parameters?workflowId=onboarding',
  ...[81, 82, 83].map((id) => `schema/v2/form/${id}/$result-response`),
  ...['welcome', 'chat-follow-up', 'office-closed'].map(
    (id) => `schema/email-templates/${id}/$render-request`,
  ),
  ...[11, 12, 0].map((id) => `schema/ticket/$create-request?requestTypeId=${id}`),
  ...['Chat', ...new Set(types)].map((type) => `schema/dynamic-types/${type}`),
];

test.each(paths)('%s describes an object', async (path) => {
  const schema = await schemaAt(path);

  expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) });
  expect(compile(schema)).toEqual(expect.any(Function));
});

test.each([
  `${webhook}/%24parameters?type=${newSession}`,
  'schema/ticket/%24create-request?requestTypeId=11',
])('the dollar sign of %s may be encoded', async (path) => {
  expect(await schemaAt(path)).toEqual(await schemaAt(path.replace('%24', '$')));
});

describe('what is delivered', () => {
  test('is as described, whatever happened to a chat', async () => {
    const isChat = compile(await schemaAt('schema/dynamic-types/Chat'));
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

describe('a schema that replaces its own', () => {
  let other: DeskDirector;
  beforeAll(async () => {
    const schemas = { parameters: [false], createTicket: { title: 'any' }, UpdateTicketRequest: 1 };
    other = await startDeskDirector({ schemas });
  });
  afterAll(() => other.stop());

  test.each([
    [`${webhook}/$parameters?type=${statusChanged}`, [false]],
    ['schema/ticket/$create-request?requestTypeId=12', { title: 'any' }],
    ['schema/dynamic-types/UpdateTicketRequest', 1],
  ])('is given out at %s', async (path, schema) => {
    expect(await (await call(other, 'GET', path)).json()).toEqual(schema);
  });

  test('allows any object', async () => {
    const answers = [
      await subscribe(other, statusChanged, 'http://127.0.0.1:9/hook', { statuses: 7 }),
      await call(other, 'POST', 'tickets?requestTypeId=12', { body: { any: [1] } }),
      await call(other, 'PATCH', 'tickets/48301', { body: {} }),
      await call(other, 'PATCH', 'tickets/48301', { body: ['text'] }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 400]);
    expect(other.subscriptions).toMatchObject([{ parameters: { statuses: 7 } }]);
    expect(other.tickets.list()).toMatchObject([{ formFields: [{ name: 'any', value: '[1]' }] }]);
  });
});
