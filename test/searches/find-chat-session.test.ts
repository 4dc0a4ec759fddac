import { afterAll, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import {
  call,
  connectedDeskDirector,
  failure,
  NEW_SESSION,
  recordOf,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

const site = await connectedDeskDirector();
afterAll(() => site.stop());

const METHOD = 'searches.find_chat_session.operation.perform';
const find = async (session_id: unknown) =>
  (await call(METHOD, { inputData: { session_id } })).results;

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

describe('a made-up ID', () => {
  const inTest = (session_id: unknown) =>
    call(METHOD, { inputData: { session_id }, meta: { isLoadingSample: true } });

  test.each([NEW_SESSION, STATUS_CHANGED])(
    'finds that chat in a test, without a request: %s',
    async (trigger) => {
      const before = site.requests.length;
      const { results: chats } = await call(`triggers.${trigger}.operation.performList`);
      expect(chats).not.toEqual([]);
      for (const chat of chats) expect((await inTest(` ${chat.id}\n`)).results).toEqual([chat]);
      expect(site.requests).toHaveLength(before);
    },
  );

  test('of something else finds a made-up chat, too', async () => {
    const { sample } = app.searches.find_chat_session.operation;
    expect((await inTest(2000005101)).results).toEqual([{ ...sample, id: '2000005101' }]);
  });

  test.each(['1773129600-example', 2000048213, 'example~c~2000005101'])(
    '%j is an error in a run, before any request',
    async (id) => {
      const before = site.requests.length;
      const { code, message } = await failure(find(id));
      expect(code).toBe('MadeUpId');
      expect(message).toMatch(/^The field "Chat Session" holds a made-up ID: .*fixed value/);
      expect(message).toMatch(/Map the field again\.$/);
      expect(site.requests).toHaveLength(before);
    },
  );

  test('is not one of the site, in a test neither', async () => {
    const { id } = site.chats.request();
    expect((await inTest(id)).results).toEqual(await find(id));
    expect((await inTest('1773129600-1006')).results).toEqual([]);
  });
});

describe('an id', () => {
  test.each([
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['...', '...'],
    [42, '42'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['😀'.repeat(200), '%F0%9F%98%80'.repeat(200)],
  ])('%j stays in its segment of the path', async (id, segment) => {
    await find(id);
    expect(site.requests.at(-1)?.path).toBe(`/api/v2/automate/connector/chat-sessions/${segment}`);
  });

  test.each([
    [{}, 'is not text'],
    [['a'], 'is not text'],
    ['.', 'holds invisible characters, or only dots'],
    ['..', 'holds invisible characters, or only dots'],
    ['a\nb', 'holds invisible characters, or only dots'],
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
  [404, '{"message":"There is no such chat session."}'],
  [404, 'Not found'],
  [200, ''],
])('%s with %j is not found', async (status, body) => {
  site.fail({ kind: 'status', status, path: /chat-sessions/, ...(body !== '' && { body }) });
  expect(await find('a')).toEqual([]);
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

test.each([
  ['a list of one session', '[{"id":"a","name":"x"}]'],
  ['a session with an error beside its id', '{"id":"a","name":"x","error":"Slow"}'],
])('%s is that session', async (_, body) => {
  site.answerNext(/chat-sessions/, { status: 200, body });
  expect(await find('a')).toEqual([await recordOf({ id: 'a', name: 'x' })]);
});

test.each([
  [200, '[{"id":"a"},{"id":"b"}]'],
  [200, '{}'],
  [200, '{"name":"x"}'],
  [200, '{"id":null,"name":"x"}'],
  [200, '{"id":true,"name":"x"}'],
  [404, '<!doctype html><title>Not here</title>'],
])('%s with %j is no answer of the API', async (status, body) => {
  site.answerNext(/chat-sessions/, { status, body });
  const { code, message } = await failure(find('a'));
  expect(code).toBe('NotDeskDirector');
  expect(message).toContain(`answered (${status}), but`);
  expect(message).toContain('Check that the Site Host of your account');
});
