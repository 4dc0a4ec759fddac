import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asObject } from '../../../src/values.ts';
import { contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, newSession, statusChanged, subscribe } from './client.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const { quilla, bramble, tansy, zephyrine } = contacts;
const { pixel, modema } = members;
let clock: number;
let site: DeskDirector;
let receiver: Receiver;

beforeEach(async () => {
  clock = Date.parse('2026-03-10T09:00:00Z');
  [site, receiver] = await Promise.all([startDeskDirector({ now: () => clock }), startReceiver()]);
});

afterEach(() => Promise.all([site.stop(), receiver.stop()]));

/** Chats of every kind, each in its own minute, in the order of their names. */
function play(): void {
  const { chats } = site;
  const later = (seconds: number) => {
    clock += seconds * 1000;
  };
  const a = chats.request({ contact: quilla, name: 'A printer' });
  later(60);
  chats.join(a.id, pixel);
  const b = chats.push({ member: modema, contact: bramble, ticketId: '7', name: 'B Printer' });
  later(59);
  chats.join(b.id, bramble);
  const c = chats.request({ contact: tansy, name: 'C lamp' });
  later(120);
  chats.miss(c.id);
}

async function namesDelivered(): Promise<string> {
  await site.settled();
  return receiver.bodies
    .flat()
    .map((session) => String(asObject(session).name)[0])
    .join('');
}

test.each<[string, Record<string, unknown>, string]>([
  ['nothing', {}, 'ABC'],
  ['chatTypes', { chatTypes: ['push'] }, 'B'],
  ['several chatTypes', { chatTypes: ['push', 'request'] }, 'ABC'],
  ['no chatTypes', { chatTypes: [] }, 'ABC'],
  ['company', { company: 3102 }, 'BC'],
  ['a company of none of them', { company: 3103 }, ''],
  ['company_ids', { company_ids: ['FernwhistleFlorists', 'x'] }, 'A'],
  ['no company_ids', { company_ids: [] }, 'ABC'],
  ['nameContains', { nameContains: 'PRINTER' }, 'AB'],
  ['nameContains of nothing', { nameContains: null }, 'ABC'],
  ['two filters at once', { nameContains: 'printer', chatTypes: ['request'] }, 'A'],
])('a new session is filtered by %s', async (_, parameters, names) => {
  const answer = await subscribe(site, newSession, receiver.url, parameters);
  play();

  expect(answer.status).toBe(201);
  expect(await namesDelivered()).toBe(names);
});

test.each<[string, Record<string, unknown>, string]>([
  ['nothing', {}, 'ABC'],
  ['the filters of new sessions', { company: 3102, chatTypes: ['request'] }, 'C'],
  ['statuses', { statuses: ['missed', 'completed'] }, 'C'],
  ['waitedAtLeast', { waitedAtLeast: 60 }, 'A'],
  ['waitedAtLeast of 0, which is for chats that somebody joined', { waitedAtLeast: 0 }, 'AB'],
  ['onlyWithTicket', { onlyWithTicket: true }, 'B'],
  ['onlyWithTicket turned off', { onlyWithTicket: false }, 'ABC'],
  ['modifiedAfter', { modifiedAfter: '2026-03-10T09:02:00Z' }, 'C'],
  ['modifiedAfter in another zone', { modifiedAfter: '2026-03-10T22:01:30+13:00' }, 'BC'],
  ['member', { member: 72 }, 'A'],
  ['a contact who is no member', { member: 501 }, ''],
  ['creator.companyIds', { creator: { companyIds: [3101, 3102] } }, 'AC'],
  ['creator.nameContains', { creator: { nameContains: 'modema' } }, 'B'],
  ['both', { creator: { companyIds: [3101, 3102], nameContains: 'tansy' } }, 'C'],
  ['a creator of whom nothing is asked', { creator: {} }, 'ABC'],
])('a change of status is filtered by %s', async (_, parameters, names) => {
  const answer = await subscribe(site, statusChanged, receiver.url, parameters);
  play();

  expect(answer.status).toBe(201);
  expect(await namesDelivered()).toBe(names);
});

test('each subscription has its own filters, and what it does not get is not sent', async () => {
  await subscribe(site, newSession, receiver.url, { company: 3103 });
  await subscribe(site, newSession, receiver.url, { company: 3101 });

  site.chats.request({ contact: quilla });
  const wanted = site.chats.request({ contact: zephyrine });
  site.announce('new', [wanted, { id: 'other' }, wanted]);
  await site.settled();

  expect(site.counts).toMatchObject({ sent: 3, sessions: 4, delivered: 3, attempts: 3 });
  expect(receiver.bodies).toHaveLength(3);
  expect(receiver.bodies).toContainEqual([wanted, wanted]);
});

test('an invited customer counts for the companies of a chat', async () => {
  const { id } = site.chats.request({ contact: quilla });
  site.chats.invite(id, [zephyrine]);
  await subscribe(site, statusChanged, receiver.url, { company: 3103 });

  site.chats.join(id, pixel);
  await site.settled();

  expect(receiver.bodies).toMatchObject([[{ id }]]);
});

describe('raw payloads', () => {
  const noObjects = [null, 'text', 7, true, []];

  test('that are no objects pass every filter', async () => {
    await subscribe(site, statusChanged, receiver.url, { company: 3101, statuses: ['missed'] });

    site.announce('statusChanged', [...noObjects, {}]);
    site.announce('statusChanged', []);
    await site.settled();

    expect(receiver.bodies).toEqual([noObjects, []]);
  });

  test.each<Record<string, unknown>>([
    { chatTypes: ['push'] },
    { company: 3101 },
    { company_ids: ['OddsworthClocks'] },
    { nameContains: 'x' },
    { statuses: ['missed'] },
    { waitedAtLeast: 0 },
    { onlyWithTicket: true },
    { modifiedAfter: '2018-01-01T00:00:00Z' },
    { member: 71 },
    { creator: { companyIds: [3101] } },
    { creator: { nameContains: 'x' } },
  ])('without what %j looks at do not pass it, and do no harm', async (parameters) => {
    const answer = await subscribe(site, statusChanged, receiver.url, parameters);
    const broken = {
      id: 7,
      name: ['x'],
      type: null,
      status: {},
      creator: [],
      users: 'nobody',
      participants: [null, { company: 'none', userId: 7 }],
      report: null,
      reference: 'ticket',
      lastModifiedDateTime: 'yesterday',
    };

    site.announce('statusChanged', [{}, broken]);
    await site.settled();

    expect(answer.status).toBe(201);
    expect(site.counts.sent).toBe(0);
  });

  test('pass as they are when nothing is filtered', async () => {
    await subscribe(site, statusChanged, receiver.url);

    site.announce('statusChanged', [...noObjects, {}]);
    await site.settled();

    expect(receiver.bodies).toEqual([[...noObjects, {}]]);
  });
});

describe('refused, with words, are', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['an unknown filter', newSession, { session_types: ['push'] }, '("session_types")'],
    ['a filter of the other event', newSession, { statuses: ['missed'] }, '("statuses")'],
    ['no list', newSession, { chatTypes: 'push' }, 'parameters/chatTypes must be array'],
    ['no choice', newSession, { chatTypes: ['pull'] }, '(["request","push"])'],
    ['an id as text', newSession, { company: '3101' }, 'parameters/company must be integer'],
    ['a blank id', newSession, { company: null }, 'parameters/company must be integer'],
    ['numbers for texts', newSession, { company_ids: [3101] }, 'parameters/company_ids/0 must be'],
    ['no status', statusChanged, { statuses: ['lost'] }, 'parameters/statuses/0'],
    ['half a second', statusChanged, { waitedAtLeast: 0.5 }, 'must be integer'],
    ['less than no wait', statusChanged, { waitedAtLeast: -1 }, 'must be >= 0'],
    ['yes for true', statusChanged, { onlyWithTicket: 'yes' }, 'must be boolean'],
    ['no time', statusChanged, { modifiedAfter: '2026-03-10' }, '"date-time"'],
    ['an unknown member', statusChanged, { creator: { id: 1 } }, 'parameters/creator must NOT'],
  ])('%s', async (_, eventId, parameters, words) => {
    const answer = await subscribe(site, eventId, receiver.url, parameters);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.stringContaining(words) });
    expect(site.subscriptions).toEqual([]);
  });

  test('all that is wrong, at once', async () => {
    const parameters = { company: 'x', nameContains: 7 };
    const answer = await subscribe(site, newSession, receiver.url, parameters);

    expect(await answer.json()).toEqual({
      message: 'parameters/company must be integer; parameters/nameContains must be string.',
    });
  });
});

test('a site whose schema was replaced applies no filter', async () => {
  const other = await startDeskDirector({ schemas: { parameters: { type: 'object' } } });
  await subscribe(other, newSession, receiver.url, { company: 3101, anything: null });
  other.chats.request({ contact: zephyrine });
  await other.settled();
  const events = await call(other, 'GET', 'chat-webhook-events');
  await other.stop();

  expect(events.status).toBe(200);
  expect(receiver.bodies).toHaveLength(1);
});
