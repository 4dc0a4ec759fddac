import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';
import { receiver, site } from './sandbox.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

test('starts and changes of status go to their own subscribers, as a list of the session', async () => {
  await subscribe(site, statusChanged, receiver.url);

  site.chats.push();
  const { id } = site.chats.request();
  const handled = site.chats.join(id);
  const completed = site.chats.complete(id);
  await site.settled();

  expect(receiver.bodies).toEqual([[handled], [completed]]);
});

test('the first event stands for starts and the second for changes, whatever their ids', async () => {
  const events = [
    { id: 'a', name: 'Opened' },
    { id: 'b', name: 'Moved' },
  ];
  const other = await startDeskDirector({ events });
  await subscribe(other, 'b', receiver.url);

  other.chats.miss(other.chats.request().id);
  await other.settled();
  await other.stop();

  expect(receiver.bodies).toMatchObject([[{ status: 'missed' }]]);
});

test('each subscriber of an event gets any array as it is', async () => {
  await subscribe(site, newSession, receiver.url);
  await subscribe(site, newSession, receiver.url);
  const hostile = [null, 'text', { id: 7, users: 'nobody' }, []];

  site.announce('new', hostile);
  await site.settled();

  expect(receiver.bodies).toEqual([hostile, hostile]);
  expect(site.counts).toEqual({ sent: 2, events: 8, delivered: 2, dropped: 0 });
});

test('a delivery that fails is sent again, before the next one', async () => {
  await subscribe(site, newSession, receiver.url);
  receiver.answers.push(302);

  for (const id of ['1', '2']) site.announce('new', [id]);
  await site.settled();

  expect(receiver.bodies.flat()).toEqual(['1', '1', '2']);
  expect(site.counts).toMatchObject({ sent: 2, delivered: 2 });
});

describe('a subscription gets nothing more', () => {
  test('after a 410, and what it had to get is dropped', async () => {
    await subscribe(site, newSession, receiver.url);
    receiver.answers.push(410);

    site.chats.request();
    site.chats.request();
    await site.settled();
    site.chats.request();

    expect(site.subscriptions).toEqual([]);
    expect(receiver.bodies).toHaveLength(1);
    expect(site.counts).toMatchObject({ sent: 2, delivered: 0, dropped: 2 });
  });

  test('once it was ended', async () => {
    await subscribe(site, newSession, receiver.url);
    receiver.answers.push(500);
    site.chats.request();
    await until(() => receiver.bodies.length > 0);

    await call(site, 'DELETE', `chat-workflows/${site.subscriptions[0]?.id}`);
    await site.settled();

    expect(receiver.bodies).toHaveLength(1);
    expect(site.counts).toMatchObject({ delivered: 0, dropped: 1 });
  });
});

test('stopping cuts off a request under way and drops the rest', async () => {
  await subscribe(site, newSession, receiver.url);
  receiver.answers.push('hang');
  site.chats.request();
  site.chats.request();
  await until(() => receiver.bodies.length > 0);

  await site.stop();
  await site.settled();

  expect(site.counts).toMatchObject({ sent: 2, delivered: 0, dropped: 2 });
});
