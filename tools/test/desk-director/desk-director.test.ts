import { expect, test } from '@jest/globals';
import { contacts, members } from '../../desk-director/people.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';
import { site } from './sandbox.ts';

const { quilla, bramble, tansy } = contacts;
const { sprocket, pixel } = members;
const hook = 'http://127.0.0.1:9/hook';
test('a subscription does not end by a wrong token', async () => {
  await subscribe(site, newSession, hook);
  const path = `chat-workflows/${site.subscriptions[0]?.id}?token=wrong`;
  expect((await call(site, 'DELETE', path)).status).toBe(404);
  expect(site.subscriptions).toHaveLength(1);
});

test('a message, an invitation and a ticket change a session, and nobody is told', async () => {
  const session = site.chats.request({ contact: quilla });
  const { id } = session;
  await subscribe(site, newSession, hook);
  await subscribe(site, statusChanged, hook);
  const body = { message: 'One', apiVersion: 'v2' };
  await call(site, 'POST', `chat-sessions/${id}/system-messages`, { body });
  const two = { ...body, message: 'Two' };
  await call(site, 'POST', `chat-sessions/${id}/system-messages`, { body: two });
  const invitation = { members: [71, 72, 71], contacts: [501, 502] };
  await call(site, 'POST', `chat-sessions/${id}/invite`, { body: invitation });
  const ticket = { summary: 'Call back', chatSessionId: id };
  await call(site, 'POST', 'tickets?requestTypeId=0', { body: ticket });

  const messages = site.chats.messages(id);
  expect(messages.map((message) => message.body.message)).toEqual(['One', 'Two']);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(2);
  const changed = site.chats.find(id);
  expect(changed).toEqual({
    ...session,
    lastMessageId: messages[1]?.messageId,
    // Those who are in the chat are not invited.
    targetUsers: [sprocket, pixel, bramble],
    reference: { type: 'ticket', id: `${site.tickets.list()[0]?.id}` },
    lastModifiedDateTime: expect.any(String),
  });
  expect(changed?.lastModifiedDateTime).not.toBe(session.lastModifiedDateTime);
  expect(site.counts.sent).toBe(0);

  const again = { members: [71], contacts: [503] };
  const answer = await call(site, 'POST', `chat-sessions/${id}/invite`, { body: again });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(site.chats.find(id)?.targetUsers).toEqual([sprocket, pixel, bramble, tansy]);
});

test('of the bodies, also of requests without a key, at most 20 MB are kept', async () => {
  const body = 'x'.repeat(8_000_000);
  for (let n = 0; n < 3; n += 1) {
    await call(site, 'POST', 'chat-workflows', { body, authorization: '' });
  }
  expect(site.requests.map((request) => request.body.length)).toEqual([0, 8_000_002, 8_000_002]);
});

test('stopping closes the port, and can be asked for twice', async () => {
  await Promise.all([site.stop(), site.stop()]);
  await expect(fetch(site.url)).rejects.toThrow();
});
