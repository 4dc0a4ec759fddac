import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import type { ChatSessionPayload } from '../../desk-director/session.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';

const { quilla, bramble, tansy } = contacts;
const { sprocket, pixel } = members;
let site: DeskDirector;
let session: ChatSessionPayload;

beforeEach(async () => {
  site = await startDeskDirector();
  session = site.chats.request({ contact: quilla });
});

afterEach(() => site.stop());

function post(what: 'system-messages' | 'invite', body: unknown, id = session.id) {
  return call(site, 'POST', `chat-sessions/${id}/${what}`, { body });
}

async function found(): Promise<unknown> {
  return (await call(site, 'GET', `chat-sessions/${session.id}`)).json();
}

async function messageIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json();
  expect(body).toEqual({ message: expect.any(String) });
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
}

describe('a system message', () => {
  const text = '{{curly}} {{1__id}}\n"quoted" <b>bold</b> 😀 \u2028 \\';

  test('arrives whole', async () => {
    const body = { message: text, apiVersion: 'v2' };
    const answer = await post('system-messages', body);

    const log = site.chats.messages(session.id);
    expect(answer.status).toBe(200);
    expect(log).toEqual([
      {
        messageId: expect.any(String),
        sentDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
        body,
      },
    ]);
    expect(await answer.json()).toEqual({ messageId: log[0]?.messageId });
  });

  test('may have all that its schema offers', async () => {
    const body = {
      message: text,
      apiVersion: 'v2',
      format: 'markdown',
      sendAt: '2024-02-29T23:59:59.1234567+13:00',
      importance: 0.75,
      isPinned: true,
      labels: ['a', 'b'],
      visible__to: 'members',
      session_id: 'our-17',
      mentions: [
        { memberId: 71, note: null, loud: true },
        { memberId: 72, note: 'Have a look' },
      ],
      card: {
        title: 'Card',
        body: '<p>{{x}}</p>',
        button: { label: 'Open', url: 'https://a.example/' },
      },
      poll: {
        question: 'Which?',
        options: ['This', 'That\none'],
        points: [1.5, 2],
        ticked: [true, false],
        reminders: ['2026-03-10T09:00:00Z'],
        maxVotes: null,
      },
      replyTo: { messageId: 'x', excerpt: null, replyTo: { replyTo: {} } },
      attachments: ['https://a.example/file'],
    };
    const answer = await post('system-messages', body);

    expect(await answer.text()).toContain('messageId');
    expect(site.chats.messages(session.id)).toMatchObject([{ body }]);
  });

  test('changes the session, but not its status, so nobody is told', async () => {
    await subscribe(site, newSession, 'http://127.0.0.1:9/hook');
    await subscribe(site, statusChanged, 'http://127.0.0.1:9/hook');
    await post('system-messages', { message: 'One', apiVersion: 'v2' });
    await post('system-messages', { message: 'Two', apiVersion: 'v2' });

    const [one, two] = site.chats.messages(session.id);
    expect(await found()).toEqual({
      ...session,
      lastMessageId: two?.messageId,
      lastModifiedDateTime: two?.sentDateTime,
    });
    expect([one?.body.message, two?.body.message]).toEqual(['One', 'Two']);
    expect(one?.messageId).not.toBe(two?.messageId);
    expect(String(two?.sentDateTime) > session.lastModifiedDateTime).toBe(true);
    expect([site.subscriptions.length, site.counts.sent]).toEqual([2, 0]);
  });

  test('stays in its own chat, and in a log that nobody else can change', async () => {
    const other = site.chats.request();
    await post('system-messages', { message: 'One', apiVersion: 'v2' });
    const [message] = site.chats.messages(session.id);
    if (message) message.body.message = 'changed';

    expect(site.chats.messages(session.id)).toMatchObject([{ body: { message: 'One' } }]);
    expect(site.chats.messages(other.id)).toEqual([]);
  });

  const message = 'Hello';
  const apiVersion = 'v2';
  const valid = { message, apiVersion };
  test.each<[string, unknown, string]>([
    ['without body', undefined, 'body must be object'],
    ['that is a list', [valid], 'body must be object'],
    ['without message', { apiVersion }, "body must have required property 'message'"],
    ['with an empty message', { message: '', apiVersion }, '/message'],
    ['without its version', { message }, "required property 'apiVersion'"],
    ['of another version', { message, apiVersion: 'v1' }, 'body/apiVersion must be equal to one'],
    ['in an unknown format', { ...valid, format: 'rtf' }, '(["plain","markdown","html"])'],
    ['with a number as text', { ...valid, importance: '0.5' }, 'body/importance must be number'],
    ['with an integer too large', { ...valid, mentions: [{ memberId: 2 ** 31 }] }, 'int32'],
    ['mentioning nobody', { ...valid, mentions: [{}] }, 'body/mentions/0 must have required'],
    ['with half a button', { ...valid, card: { title: 'x', button: {} } }, 'body/card/button'],
    ['with a link that is none', { ...valid, attachments: 'none' }, '"uri"'],
    ['with a card without title', { ...valid, card: {} }, 'body/card must have'],
    ['with an unknown member', { ...valid, session_id_2: 'x' }, '("session_id_2")'],
    ['sent at no time', { ...valid, sendAt: 'tomorrow' }, 'body/sendAt must match format'],
    ['sent on 30 February', { ...valid, sendAt: '2026-02-30T00:00:00Z' }, 'body/sendAt'],
    ['sent at a time without offset', { ...valid, sendAt: '2026-02-20T00:00:00' }, 'body/sendAt'],
    ['sent at 25 hours', { ...valid, sendAt: '2026-02-20T25:00:00Z' }, 'body/sendAt'],
  ])('%s is refused, with words', async (_, body, words) => {
    const answer = await post('system-messages', body);

    expect(answer.status).toBe(400);
    expect(await messageIn(answer)).toContain(words);
    expect(site.chats.messages(session.id)).toEqual([]);
    expect(await found()).toEqual(session);
  });
});

describe('an invitation', () => {
  test('shows up in the target users, and is answered with nothing', async () => {
    const answer = await post('invite', { members: [71], contacts: [502, 503], note: null });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(await found()).toEqual({
      ...session,
      targetUsers: [sprocket, bramble, tansy],
      lastModifiedDateTime: expect.any(String),
    });
    expect(site.chats.find(session.id)?.lastModifiedDateTime).not.toBe(
      session.lastModifiedDateTime,
    );
  });

  test('does not double those who are in the chat or invited', async () => {
    site.chats.join(session.id, pixel);
    await post('invite', { members: [72, 71, 71], contacts: [501] });
    const before = await found();

    const answer = await post('invite', { members: [71], contacts: [] });

    expect(answer.status).toBe(200);
    expect(before).toMatchObject({ targetUsers: [sprocket], users: [quilla, pixel] });
    expect(await found()).toEqual(before);
  });

  test('ends when the invited joins', async () => {
    await post('invite', { contacts: [502] });

    expect(site.chats.join(session.id, bramble)).toMatchObject({
      status: 'handled',
      targetUsers: [],
      users: [quilla, bramble],
    });
  });

  test('is not announced', async () => {
    await subscribe(site, newSession, 'http://127.0.0.1:9/hook');
    await subscribe(site, statusChanged, 'http://127.0.0.1:9/hook');
    const answer = await post('invite', { members: [71] });

    expect(answer.status).toBe(200);
    expect([site.subscriptions.length, site.counts.sent]).toEqual([2, 0]);
  });

  test.each<[string, unknown, string]>([
    ['of an unknown member', { members: [71, 99] }, 'There is no member 99.'],
    ['of an unknown contact', { contacts: [71] }, 'There is no contact 71.'],
    ['of somebody by name', { members: ['Pixel'] }, 'body/members/0 must be integer'],
    ['of one in place of a list', { members: 71 }, 'body/members must be array'],
    ['with an unknown member of the body', { users: [71] }, '("users")'],
    ['without body', undefined, 'body must be object'],
  ])('%s is refused, with words, and invites nobody', async (_, body, words) => {
    const answer = await post('invite', body);

    expect(answer.status).toBe(400);
    expect(await messageIn(answer)).toContain(words);
    expect(await found()).toEqual(session);
  });
});

describe.each(['system-messages', 'invite'] as const)('%s', (what) => {
  const body = { message: 'Hello', apiVersion: 'v2' };

  test.each([{}, body])('of an unknown session are refused, whatever the body: %j', async (any) => {
    const answer = await post(what, any, '1530162945-9852');

    expect(answer.status).toBe(404);
    expect(await messageIn(answer)).toContain('chat session');
  });

  test('need the key', async () => {
    const path = `chat-sessions/${session.id}/${what}`;
    const answer = await call(site, 'POST', path, { body, authorization: '' });

    expect(answer.status).toBe(401);
    expect(await found()).toEqual(session);
  });

  test('are for POST alone', async () => {
    const answer = await call(site, 'GET', `chat-sessions/${session.id}/${what}`);

    expect(answer.status).toBe(404);
  });
});

test('the messages and invitations of a chat that there is not are an error', () => {
  for (const change of [
    () => site.chats.messages('1'),
    () => site.chats.postSystemMessage('1', {}),
    () => site.chats.invite('1', []),
  ]) {
    expect(change).toThrow('There is no chat 1.');
  }
});
