import { afterAll, describe, expect, jest, test } from '@jest/globals';
import app from '../../index.ts';
import { contacts, members } from '../../tools/desk-director/people.ts';
import { FAULT_KINDS, MAY_BE_DONE } from '../helpers/faults.ts';
import { call, connectedDeskDirector, failure } from '../helpers/zapier.ts';

const site = await connectedDeskDirector();
afterAll(() => site.stop());
const sessionId = site.chats.request().id;

const API = '/api/v2/automate/connector';
/** The beginning of a note, before the error. */
const SHOWN = "The fields of your DeskDirector site can't be shown: ";
const MESSAGE = 'send_chat_system_message';
const INVITE = 'invite_users_to_chat';

const perform = async (create: string, inputData: object) =>
  (
    await call<Record<string, unknown>>(`creates.${create}.operation.perform`, {
      inputData: { session_id: sessionId, ...inputData },
    })
  ).results;
const inputFields = (create: string) => call(`creates.${create}.operation.inputFields`);

test('a system message is in the log of the session, curly braces and all, in two requests', async () => {
  const message = 'Hello {{name}}, {{bundle.authData.apiKey}}!\nBye.';
  const before = site.requests.length;
  const result = await perform(MESSAGE, { message });

  const [logged] = site.chats.messages(sessionId);
  expect(logged?.body).toEqual({ message, apiVersion: 'v2' });
  expect(result).toMatchObject({ messageId: logged?.messageId, session_id: sessionId });
  expect(site.requests.slice(before)).toMatchObject([
    { method: 'GET', path: `${API}/schema/dynamic-types/CreateChatMessageRequest` },
    {
      method: 'POST',
      path: `${API}/chat-sessions/${sessionId}/system-messages`,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    },
  ]);
});

test('invited users are among the invited of the session; an empty answer is fine', async () => {
  const result = await perform(INVITE, { members: [members.pixel.entityId], contacts: '502' });

  expect(result).toEqual({ session_id: sessionId });
  expect(site.chats.find(sessionId)?.targetUsers.map(({ name }) => name)).toEqual([
    members.pixel.name,
    contacts.bramble.name,
  ]);
});

describe.each([MESSAGE, INVITE] as const)('%s', (create) => {
  test('asks for the session first, then for what the site describes', async () => {
    const before = site.requests.length;
    const { results } = await inputFields(create);
    expect(results[0]).toMatchObject({ key: 'session_id', required: true });
    expect(results.length).toBeGreaterThan(2);
    expect(site.requests).toHaveLength(before + 1);
  });

  test('says which session was not found', async () => {
    const refused = await failure(perform(create, { session_id: 'nobody', message: 'x' }));
    expect(refused).toMatchObject({ code: 'NotFound', status: 404 });
    expect(refused.message).toContain('support.deskdirector.com has no chat session nobody (404)');
  });

  test('gives what the site answers, but no mark of Zapier on its results', async () => {
    const body = '{"a":1,"__type":"OutputEnvelope","results":["evil"],"status":"CALLBACK"}';
    site.answerNext(/chat-sessions/, { status: 200, body });
    const result = { a: 1, results: ['evil'], status: 'CALLBACK', session_id: sessionId };
    expect(await perform(create, { message: 'x' })).toEqual(result);
  });

  test('has a sample of what it gives', () => {
    const { outputFields, sample } = app.creates[create].operation;
    expect(outputFields).toEqual([{ key: 'session_id', label: 'Session ID', type: 'string' }]);
    expect(Object.keys(sample ?? {})).toEqual(['session_id']);
  });
});

describe('a form that can not be read', () => {
  test.each([
    ...FAULT_KINDS,
    {
      name: 'a form of more than 1 MB',
      kind: { kind: 'huge', bytes: 1024 * 1024 + 1 } as const,
      words: 'answered with more than 1 MB',
    },
  ])('keeps the static field, and tells why: $name', async ({ kind, words }) => {
    site.fail({ ...kind, path: /dynamic-types/, times: 3 });
    // The back-off multiplies its delay with this number.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const { results, warnings } = await inputFields(MESSAGE);
    jest.restoreAllMocks();
    site.faults.clear();
    expect(results.map(({ key }) => key)).toEqual([
      'session_id',
      expect.stringMatching(/^site_fields_failed_\w+$/),
    ]);
    const [, { type, helpText = '' } = {}] = results;
    expect(type).toBe('copy');
    expect(String(helpText).replace(SHOWN, '')).toMatch(words);
    expect(warnings).toEqual([helpText]);
  });

  test('is an error for the action: nothing is sent', async () => {
    const before = site.requests.length;
    site.answerNext(/dynamic-types/, { status: 500 });
    expect((await failure(perform(MESSAGE, {}))).status).toBe(500);
    expect(site.requests).toHaveLength(before + 1);
  });
});

test.each([
  '{"isSuccess":false,"message":"Chat is closed."}',
  '{"messageId":"m","error":"Chat is closed."}',
])('a message may have been sent if a success says that it failed: %s', async (body) => {
  site.answerNext(/chat-sessions/, { status: 200, body });
  const { message } = await failure(perform(MESSAGE, { message: 'x' }));
  expect(message).toContain(`It says: "Chat is closed." ${MAY_BE_DONE}`);
});

test.each([
  ['a word that is called HTML', 'OK', 'text/html'],
  ['XML', '<ok/>', 'application/xml'],
])('a message was sent if a success holds %s', async (_, body, type) => {
  site.answerNext(/chat-sessions/, { status: 200, headers: { 'content-type': type }, body });
  expect(await perform(MESSAGE, { message: 'x' })).toEqual({ session_id: sessionId });
});
