import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { asObject } from '../../../src/values.ts';
import { contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { newSession, statusChanged, subscribe } from './client.ts';
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
  ['no chatTypes', { chatTypes: [] }, 'ABC'],
  ['company', { company: 3102 }, 'BC'],
  ['company_ids', { company_ids: ['FernwhistleFlorists', 'x'] }, 'A'],
  ['nameContains', { nameContains: 'PRINTER' }, 'AB'],
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

  expect(site.counts).toMatchObject({ sent: 3, events: 4, delivered: 3 });
  expect(receiver.bodies).toHaveLength(3);
  expect(receiver.bodies).toContainEqual([wanted, wanted]);
});

test('what is no object passes every filter, and an object without what they look at passes none', async () => {
  await subscribe(site, statusChanged, receiver.url, { company: 3101, statuses: ['missed'] });
  const noObjects = [null, 'text', 7, true, []];
  const broken = { status: {}, creator: [], users: 'nobody', participants: [null] };

  site.announce('statusChanged', [...noObjects, {}, broken]);
  await site.settled();

  expect(receiver.bodies).toEqual([noObjects]);
});

test('a site whose schema was replaced applies no filter', async () => {
  const other = await startDeskDirector({ schemas: { parameters: { type: 'object' } } });
  await subscribe(other, newSession, receiver.url, { company: 3101, anything: null });
  other.chats.request({ contact: zephyrine });
  await other.settled();
  await other.stop();

  expect(receiver.bodies).toHaveLength(1);
});
