import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** A long pause, which no test waits for, and a long time to answer, for a busy machine. */
const retry = { attempts: 3, firstDelayMs: 5, pauseMs: 60_000, timeoutMs: 10_000 };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

let site: DeskDirector;
let receiver: Receiver;

beforeEach(async () => {
  [site, receiver] = await Promise.all([startDeskDirector({ retry }), startReceiver()]);
});

afterEach(() => Promise.all([site.stop(), receiver.stop()]));

test('a delivery is a JSON array of the session as it was', async () => {
  await subscribe(site, newSession, receiver.url);

  const session = site.chats.request();
  site.chats.miss(session.id);
  await site.settled();

  expect(receiver.bodies).toEqual([[session]]);
  expect(receiver.contentTypes).toEqual(['application/json']);
});

test('starts and changes of status go to their own subscribers', async () => {
  await subscribe(site, statusChanged, receiver.url);

  site.chats.push();
  const { id } = site.chats.request();
  site.chats.join(id);
  site.chats.complete(id);
  await site.settled();

  expect(receiver.bodies).toMatchObject([
    [{ id, status: 'handled' }],
    [{ id, status: 'completed' }],
  ]);
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

test('a site that offers no event takes no subscription, and delivers none', async () => {
  const other = await startDeskDirector({ events: [] });
  const answer = await subscribe(other, newSession, receiver.url);
  other.chats.request();
  await other.settled();
  await other.stop();

  expect(answer.status).toBe(400);
  expect(receiver.bodies).toEqual([]);
});

test('each subscriber of an event gets its own delivery', async () => {
  await subscribe(site, newSession, receiver.url);
  await subscribe(site, newSession, receiver.url);

  site.announce('new', [{ id: 'one' }, { id: 'two' }]);
  await site.settled();

  expect(receiver.bodies).toHaveLength(2);
  expect(site.counts).toEqual({
    sent: 2,
    sessions: 4,
    delivered: 2,
    attempts: 2,
    failed: 0,
    dropped: 0,
  });
});

test('any array can be delivered as it is', async () => {
  await subscribe(site, statusChanged, receiver.url);
  const hostile = [null, 'text', { id: 7, users: 'nobody' }, []];

  site.announce('statusChanged', hostile);
  await site.settled();

  expect(receiver.bodies).toEqual([hostile]);
});

describe('when the receiver fails', () => {
  test.each([500, 302])('by %p, the delivery is sent again', async (answer) => {
    await subscribe(site, newSession, receiver.url);
    receiver.answers.push(answer);

    const session = site.chats.request();
    await site.settled();

    expect(receiver.bodies).toEqual([[session], [session]]);
    expect(site.counts).toMatchObject({ attempts: 2, failed: 1, delivered: 1 });
  });

  test('by no answer in time, the delivery is sent again', async () => {
    const hasty = await startDeskDirector({ retry: { ...retry, timeoutMs: 200, attempts: 99 } });
    await subscribe(hasty, newSession, receiver.url);
    receiver.answers.push('hang');

    const session = hasty.chats.request();
    await hasty.settled();
    await hasty.stop();

    expect(receiver.bodies.slice(0, 2)).toEqual([[session], [session]]);
    expect(hasty.counts.delivered).toBe(1);
  });

  test('the order is kept', async () => {
    await subscribe(site, newSession, receiver.url);
    receiver.answers.push(500, 200, 503, 500);

    for (const id of ['1', '2', '3']) site.announce('new', [id]);
    await site.settled();

    expect(receiver.bodies.flat()).toEqual(['1', '1', '2', '2', '2', '3']);
  });

  test('another receiver does not wait for it', async () => {
    const other = await startReceiver();
    await subscribe(site, newSession, receiver.url);
    await subscribe(site, newSession, other.url);
    receiver.answers.push('hang');

    site.chats.request();
    await until(() => site.counts.delivered === 1);

    expect(other.bodies).toHaveLength(1);
    expect(receiver.bodies.length).toBeLessThanOrEqual(1);
    await other.stop();
  });

  test('again and again, the webhook is paused, then goes on where it was', async () => {
    const paused = await startDeskDirector({ retry: { ...retry, pauseMs: 500 } });
    await subscribe(paused, newSession, receiver.url);
    receiver.answers.push(500, 500, 500, 500);
    let isSettled = false;

    paused.announce('new', ['1']);
    paused.announce('new', ['2']);
    const settled = paused.settled().then(() => {
      isSettled = true;
    });
    await until(() => paused.counts.failed === 3);
    expect(receiver.bodies).toEqual([['1'], ['1'], ['1']]);
    expect([isSettled, paused.subscriptions.length]).toEqual([false, 1]);

    await settled;
    expect(receiver.bodies.flat()).toEqual(['1', '1', '1', '1', '1', '2']);
    expect(paused.counts).toMatchObject({ attempts: 6, failed: 4, delivered: 2, dropped: 0 });
    await paused.stop();
  });

  test('because nobody listens, it is tried again all the same', async () => {
    const gone = await startReceiver();
    await gone.stop();
    await subscribe(site, newSession, gone.url);

    site.chats.request();
    await until(() => site.counts.failed === 3);

    expect(site.counts).toMatchObject({ attempts: 3, delivered: 0 });
  });
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
    expect(site.counts).toMatchObject({ sent: 2, attempts: 1, delivered: 0, dropped: 2 });
  });

  test('once it was ended, even in a pause', async () => {
    await subscribe(site, newSession, receiver.url);
    receiver.answers.push(500, 500, 500);
    site.chats.request();
    await until(() => site.counts.failed === 3);

    await call(site, 'DELETE', `chat-workflows/${site.subscriptions[0]?.id}`);
    await site.settled();

    expect(receiver.bodies).toHaveLength(3);
    expect(site.counts).toMatchObject({ delivered: 0, dropped: 1 });
  });

  test('but the answer to a delivery under way still counts', async () => {
    let answer = (_status: number) => {};
    receiver.answers.push(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    await subscribe(site, newSession, receiver.url);
    site.announce('new', ['1']);
    site.announce('new', ['2']);
    await until(() => receiver.bodies.length > 0);

    await call(site, 'DELETE', `chat-workflows/${site.subscriptions[0]?.id}`);
    answer(200);
    await site.settled();

    expect(receiver.bodies).toEqual([['1']]);
    expect(site.counts).toMatchObject({ sent: 2, delivered: 1, dropped: 1 });
  });
});

test('stopping cuts off a request under way and drops the rest', async () => {
  const patient = await startDeskDirector({ retry: { timeoutMs: 60_000 } });
  await subscribe(patient, newSession, receiver.url);
  receiver.answers.push('hang');
  patient.chats.request();
  patient.chats.request();
  await until(() => receiver.bodies.length > 0);

  await patient.stop();
  await patient.settled();

  expect(patient.counts).toMatchObject({ sent: 2, delivered: 0, dropped: 2 });
});
