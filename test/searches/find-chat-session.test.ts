import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { call, connectedDeskDirector, failure, recordOf } from '../zapier.ts';

let site: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeAll(async () => {
  site = await connectedDeskDirector();
});
afterAll(() => site.stop());

const METHOD = 'searches.find_chat_session.operation.perform';
const find = async (session_id: unknown) =>
  (await call(METHOD, { authData: site.authData, inputData: { session_id } })).results;

test('a session is found as it is now, in the very shape of the triggers, in one request', async () => {
  const { id } = site.chats.request();
  site.chats.join(id);
  const before = site.requests.length;

  expect(await find(` ${id} `)).toEqual([await recordOf(site.chats.find(id) ?? {})]);
  expect(site.requests.slice(before)).toMatchObject([
    { method: 'GET', path: `/api/v2/automate/connector/chat-sessions/${id}` },
  ]);
});

test('output fields and sample are those of the triggers', async () => {
  const { sample } = app.searches.find_chat_session.operation;
  const { results: outputFields } = await call('searches.find_chat_session.operation.outputFields');
  const trigger = app.triggers.chat_session_status_changed.operation;
  expect(sample).toEqual(trigger.sample);
  expect(outputFields).toEqual(
    trigger.outputFields?.map((field) => ({ ...field, primary: undefined })),
  );
});

test('no such session is an empty list, not an error', async () => {
  expect(await find('1530162945-9852')).toEqual([]);
});

describe('an id', () => {
  test.each([
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['{{x}} é', '%7B%7Bx%7D%7D%20%C3%A9'],
    ['...', '...'],
    [42, '42'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['😀'.repeat(200), '%F0%9F%98%80'.repeat(200)],
  ])('%j stays in its segment of the path', async (id, segment) => {
    await find(id);
    expect(site.requests.at(-1)?.path).toBe(`/api/v2/automate/connector/chat-sessions/${segment}`);
  });

  test.each([
    [undefined, 'is empty'],
    [null, 'is empty'],
    ['', 'is empty'],
    ['  ', 'is empty'],
    [{}, 'is not text'],
    [['a'], 'is not text'],
    ['.', 'holds invisible characters, or only dots'],
    ['..', 'holds invisible characters, or only dots'],
    ['a\u0000b', 'holds invisible characters, or only dots'],
    ['a\nb', 'holds invisible characters, or only dots'],
    ['a\u0085b', 'holds invisible characters, or only dots'],
    ['\ud800', 'holds invisible characters, or only dots'],
    ['x'.repeat(201), 'is longer than 200 characters'],
  ])('%j is refused in words, before any request', async (id, words) => {
    const before = site.requests.length;
    expect(await failure(find(id))).toEqual({
      name: 'AppError',
      code: 'InvalidId',
      message: `The field "Chat Session" ${words}. Map the Session ID from an earlier step into it.`,
    });
    expect(site.requests).toHaveLength(before);
  });
});

test.each([
  [404, ''],
  [404, '{"message":"There is no such chat session."}'],
  [404, 'Not found'],
  [204, ''],
  [200, ''],
  [200, 'null'],
  [200, '[]'],
])('%s with %j is not found', async (status, body) => {
  site.fail({ kind: 'status', status, path: /chat-sessions/, ...(body !== '' && { body }) });
  expect(await find('a')).toEqual([]);
});

test('a list of one session is that session', async () => {
  site.answerNext(/chat-sessions/, { status: 200, body: '[{"id":"a","name":"x"}]' });
  expect(await find('a')).toEqual([await recordOf({ id: 'a', name: 'x' })]);
});

test.each(['{"id":null}', '{"id":null,"name":null,"participants":[]}', '[{"id":null}]'])(
  '%s is nothing',
  async (body) => {
    site.answerNext(/chat-sessions/, { status: 200, body });
    expect(await find('a')).toEqual([]);
  },
);

test.each(['{"success":false,"message":"Gone."}', '{"name":"x","error":"Gone."}'])(
  '%s is an error with its reason',
  async (body) => {
    site.answerNext(/chat-sessions/, { status: 200, body });
    expect((await failure(find('a'))).message).toContain('reports a failure. It says: "Gone."');
  },
);

test('a session with an error beside its id is that session', async () => {
  site.answerNext(/chat-sessions/, { status: 200, body: '{"id":"a","name":"x","error":"Slow"}' });
  expect(await find('a')).toEqual([await recordOf({ id: 'a', name: 'x' })]);
});

test.each([
  [200, '[{"id":"a"},{"id":"b"}]'],
  [200, '[null]'],
  [200, '{}'],
  [200, '{"name":"x"}'],
  [200, 'OK'],
  [200, '<html></html>'],
  [404, '<!doctype html><title>Not here</title>'],
])('%s with %j is no answer of the API', async (status, body) => {
  site.answerNext(/chat-sessions/, { status, body });
  const { code, message } = await failure(find('a'));
  expect(code).toBe('NotDeskDirector');
  expect(message).toContain(`answered (${status}), but`);
  expect(message).toContain('Check that the Site Host of your account');
});
