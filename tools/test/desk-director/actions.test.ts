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

function post(what: 'system-messages' | 'invite', body: unknown) {
  return call(site, 'POST', `chat-sessions/${session.id}/${what}`, { body });
}

describe('a system message', () => {
  test('changes the session, but not its status, so nobody is told', async () => {
    await subscribe(site, newSession, 'http://127.0.0.1:9/hook');
    await subscribe(site, statusChanged, 'http://127.0.0.1:9/hook');
    await post('system-messages', { message: 'One', apiVersion: 'v2' });
    await post('system-messages', { message: 'Two', apiVersion: 'v2' });

    const [one, two] = site.chats.messages(session.id);
    expect([one?.body.message, two?.body.message]).toEqual(['One', 'Two']);
    expect(one?.messageId).not.toBe(two?.messageId);
    expect(site.chats.find(session.id)).toEqual({
      ...session,
      lastMessageId: two?.messageId,
      lastModifiedDateTime: two?.sentDateTime,
    });
    expect(site.counts.sent).toBe(0);
  });

  const valid = { message: 'Hello', apiVersion: 'v2' };
  test.each<[string, unknown, string]>([
    ['that is a list', [valid], 'body must be object'],
    ['without message', { apiVersion: 'v2' }, "body must have required property 'message'"],
    ['in an unknown format', { ...valid, format: 'rtf' }, '(["plain","markdown","html"])'],
    ['with a number as text', { ...valid, importance: '0.5' }, 'body/importance must be number'],
    ['with an integer too large', { ...valid, mentions: [{ memberId: 2 ** 31 }] }, 'int32'],
    ['with a link that is none', { ...valid, attachments: 'none' }, '"uri"'],
    ['with an unknown property', { ...valid, session_id_2: 'x' }, '("session_id_2")'],
    ['sent on 30 February', { ...valid, sendAt: '2026-02-30T00:00:00Z' }, 'body/sendAt'],
    ['sent at a time without offset', { ...valid, sendAt: '2026-02-20T00:00:00' }, 'body/sendAt'],
  ])('%s is refused, with words', async (_, body, words) => {
    const answer = await post('system-messages', body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.stringContaining(words) });
    expect(site.chats.messages(session.id)).toEqual([]);
  });
});

describe('an invitation', () => {
  test('invites those who are neither in the chat nor invited', async () => {
    site.chats.join(session.id, pixel);
    await post('invite', { members: [72, 71, 71], contacts: [501, 502] });
    const answer = await post('invite', { members: [71], contacts: [503] });

    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(site.chats.find(session.id)).toMatchObject({
      targetUsers: [sprocket, bramble, tansy],
      users: [quilla, pixel],
    });
  });

  test('is not announced', async () => {
    await subscribe(site, statusChanged, 'http://127.0.0.1:9/hook');

    expect((await post('invite', { members: [71] })).status).toBe(200);
    expect(site.counts.sent).toBe(0);
  });

  test('ends when the invited joins', async () => {
    await post('invite', { contacts: [502] });

    expect(site.chats.join(session.id, bramble)).toMatchObject({
      status: 'handled',
      targetUsers: [],
      users: [quilla, bramble],
    });
  });

  test.each<[string, unknown, string]>([
    ['of an unknown member', { members: [71, 99] }, 'There is no member 99.'],
    ['of an unknown contact', { contacts: [71] }, 'There is no contact 71.'],
    ['of somebody by name', { members: ['Pixel'] }, 'body/members/0 must be integer'],
  ])('%s is refused, with words, and invites nobody', async (_, body, words) => {
    const answer = await post('invite', body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.stringContaining(words) });
    expect(site.chats.find(session.id)).toEqual(session);
  });
});
