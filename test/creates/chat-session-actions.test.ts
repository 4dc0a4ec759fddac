import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { contacts, members } from '../../tools/desk-director/people.ts';
import { call, connectedDeskDirector, failure } from '../helpers/zapier.ts';

let site: Awaited<ReturnType<typeof connectedDeskDirector>>;
let sessionId: string;
beforeAll(async () => {
  site = await connectedDeskDirector();
  sessionId = site.chats.request().id;
});
afterAll(() => site.stop());

const API = '/api/v2/automate/connector';
const MESSAGE = 'send_chat_system_message';
const INVITE = 'invite_users_to_chat';

const perform = async (create: string, inputData: object) =>
  (
    await call<Record<string, unknown>>(`creates.${create}.operation.perform`, {
      authData: site.authData,
      inputData: { session_id: sessionId, ...inputData },
    })
  ).results;
const inputFields = (create: string) =>
  call(`creates.${create}.operation.inputFields`, { authData: site.authData });

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

test('all that a message may hold arrives as the site describes it', async () => {
  await perform(MESSAGE, {
    message: 'x',
    format: 'markdown',
    sendAt: '2026-03-10T14:00:00+01:00',
    importance: '0.25',
    isPinned: true,
    visible__to_site: 'members',
    session_id_site: 'mine',
    labels: ['a', 'b'],
    mentions: [{ mentions__memberId: '71', mentions__loud: 'yes' }, { mentions__memberId: 72 }],
    card__title: 'Card',
    poll__question: 'Which?',
    poll__options: ['this', 'that'],
    poll__maxVotes: '2',
  });
  expect(site.chats.messages(sessionId).at(-1)?.body).toEqual({
    message: 'x',
    apiVersion: 'v2',
    format: 'markdown',
    sendAt: '2026-03-10T13:00:00.000Z',
    importance: 0.25,
    isPinned: true,
    visible__to: 'members',
    session_id: 'mine',
    labels: ['a', 'b'],
    mentions: [{ memberId: 71, loud: true }, { memberId: 72 }],
    card: { title: 'Card' },
    poll: { question: 'Which?', options: ['this', 'that'], maxVotes: 2 },
  });
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

  test.each([
    [401, 'ExpiredAuthError', 'did not accept the API key'],
    [403, 'DeskDirectorError', 'may not do this'],
    [404, 'DeskDirectorError', 'does not offer the API'],
    [500, 'DeskDirectorError', 'had an internal error'],
  ])(
    'keeps the static field when the schema can not be read (%s), and tells why in the form',
    async (status, code, words) => {
      site.answerNext(/dynamic-types/, { status });
      const { results, warnings } = await inputFields(create);
      expect(results.map(({ key }) => key)).toEqual(['session_id', `site_fields_failed_${code}`]);
      expect(results[1]).toMatchObject({ type: 'copy', helpText: expect.stringContaining(words) });
      expect(warnings).toEqual([expect.stringContaining(words)]);
    },
  );

  test.each([
    ['no object', '[]'],
    ['larger than 1 MB', JSON.stringify({ type: 'object', title: 'x'.repeat(1024 * 1024) })],
    ['cut off', '{"type":'],
  ])('keeps the static field when the schema is %s', async (_, body) => {
    site.answerNext(/dynamic-types/, { status: 200, body });
    const { results, warnings } = await inputFields(create);
    expect(results).toHaveLength(2);
    expect(results[1]?.helpText).toContain("no answer of DeskDirector's API");
    expect(warnings).toEqual([expect.stringContaining("no answer of DeskDirector's API")]);
  });

  test('sends nothing when the schema can not be read', async () => {
    const before = site.requests.length;
    site.answerNext(/dynamic-types/, { status: 500 });
    expect((await failure(perform(create, {}))).status).toBe(500);
    expect(site.requests).toHaveLength(before + 1);
  });

  test('says which session was not found', async () => {
    const refused = await failure(perform(create, { session_id: 'nobody', message: 'x' }));
    expect(refused).toMatchObject({ code: 'NotFound', status: 404 });
    expect(refused.message).toContain('support.deskdirector.com has no chat session nobody (404)');
  });

  test('gives what the site answers, but no mark of Zapier on its results', async () => {
    site.answerNext(/chat-sessions/, { status: 200, body: '{"a":1,"__type":"x"}' });
    expect(await perform(create, { message: 'x' })).toEqual({ a: 1, session_id: sessionId });
  });

  test.each([
    ['a word', 200, 'OK'],
    ['nothing', 204, undefined],
    ['null', 200, 'null'],
    ['a list', 202, '[1]'],
    ['JSON that is cut', 200, '{"messageId":'],
    ['a word that is called HTML', 200, 'OK', 'text/html'],
    ['XML', 200, '<ok/>', 'application/xml'],
  ])('is done whatever a 2xx holds: %s', async (_, status, body, type = 'text/plain') => {
    const headers = { 'content-type': type };
    site.answerNext(/chat-sessions/, { status, headers, ...(body !== undefined && { body }) });
    expect(await perform(create, { message: 'x' })).toEqual({ session_id: sessionId });
  });

  test.each([
    ['a failure', '{"isSuccess":false,"message":"Chat is closed."}', ''],
    ['an error', '{"messageId":"m","error":"Chat is closed."}', ''],
    ['a part', '[{"id":1},{"ok":false,"message":"Chat is closed."}]', 'Entry 2 of 2 failed.'],
  ])('may have been done where the answer says that it failed: %s', async (_, body, place) => {
    site.answerNext(/chat-sessions/, { status: 200, body });
    const { message } = await failure(perform(create, { message: 'x' }));
    expect(message).toContain(`${place} It says: "Chat is closed."`);
    expect(message).toContain('may have been done all the same');
  });

  test.each([
    ['a document', '<!DOCTYPE html><title>x</title>', 'text/plain'],
    ['a document behind a comment', '<!-- x --><html>', ''],
    ['a part of one', 'Please <a href="/login">sign in</a>', 'text/html; charset=utf-8'],
    ['a paragraph', '<p>Please sign in</p>', ''],
  ])('may have been done where a page comes back: %s', async (_, body, type) => {
    site.answerNext(/chat-sessions/, { status: 200, headers: { 'content-type': type }, body });
    const { code, message } = await failure(perform(create, { message: 'x' }));
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('may have been done all the same');
  });

  test('a page with 404 is a wrong host, and nothing was done', async () => {
    site.answerNext(/chat-sessions/, { status: 404, body: '<html></html>' });
    const { code, message } = await failure(perform(create, { message: 'x' }));
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('Check that the Site Host of your account');
  });

  test('takes a blank answer for none', async () => {
    site.answerNext(/chat-sessions/, { status: 200, body: ' \n' });
    expect(await perform(create, { message: 'x' })).toEqual({ session_id: sessionId });
  });

  test('says when the key may not do this', async () => {
    site.answerNext(/chat-sessions/, { status: 403, body: '{"message":"No chat licence"}' });
    const { message } = await failure(perform(create, { message: 'x' }));
    expect(message).toContain(
      'may not do this on support.deskdirector.com (403). It says: "No chat',
    );
  });

  test('does not take a page for an answer: it may have been done', async () => {
    site.fail({ kind: 'html', path: /chat-sessions/, processed: true });
    const { code, message } = await failure(perform(create, { message: 'x' }));
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('may have been done all the same');
  });

  test('refuses an id that is none', async () => {
    expect((await failure(perform(create, { session_id: '..' }))).code).toBe('InvalidId');
  });

  test.each([{ isLoadingSample: true }, {}])(
    'refuses the made-up chat before any request: %j',
    async (meta) => {
      const before = site.requests.length;
      const inputData = { session_id: '1773129600-example', message: 'x' };
      const bundle = { authData: site.authData, inputData, meta };
      const { code, message } = await failure(call(`creates.${create}.operation.perform`, bundle));
      expect(code).toBe('MadeUpId');
      expect(message).toContain('The field "Chat Session" holds a made-up ID');
      expect(site.requests).toHaveLength(before);
    },
  );

  test('has a sample of what it gives', () => {
    const { outputFields, sample } = app.creates[create].operation;
    expect(outputFields).toEqual([{ key: 'session_id', label: 'Session ID', type: 'string' }]);
    expect(Object.keys(sample ?? {})).toEqual(['session_id']);
  });
});
