import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asObject } from '../../../src/values.ts';
import { complaintAbout } from '../../desk-director/schemas/validation.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, clientOf } from './client.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const CREATED = 'ticket-created';
const MOVED = 'ticket-status-changed';
const NOTED = 'ticket-note-created';
let site: DeskDirector;
let receiver: Receiver;
beforeEach(async () => {
  [site, receiver] = await Promise.all([startDeskDirector(), startReceiver()]);
});
afterEach(() => Promise.all([site.stop(), receiver.stop()]));

const { ask, refusal } = clientOf(() => site);
const workflow = (more = {}) => ({
  description: '',
  advancedFilters: {},
  url: receiver.url,
  ...more,
});
const subscribe = (event: string, more = {}) =>
  call(site, 'POST', `ticket-workflows?type=${event}`, { body: workflow(more) });
const create = async (body: object) =>
  Number((await ask('POST', 'tickets?requestTypeId=0', body)).json.id);

/** What arrived. Each entry has to be as the site describes the payload of the event. */
async function delivered(event: string) {
  await site.settled();
  const { json } = await ask('GET', `schema/ticket-workflow-webhook/$request?type=${event}`);
  const entries = receiver.bodies.flat().map(asObject);
  for (const entry of entries) expect(complaintAbout(entry, '', json)).toBeUndefined();
  return entries;
}

describe('a subscriber gets', () => {
  test('a new ticket, once', async () => {
    await subscribe(CREATED);
    const ticketId = await create({ summary: 'Ink', contactId: 504 });
    site.tickets.update(ticketId, { statusId: 212, note: 'Ordered.' });

    expect(await delivered(CREATED)).toMatchObject([
      { ticketId, ticket: { id: ticketId, summary: 'Ink', contact: { id: 504 } } },
    ]);
  });

  test('each change of a status, by a request or by a technician', async () => {
    await subscribe(MOVED);
    const ticketId = await create({ summary: 'Ink' });
    await ask('PATCH', `tickets/${ticketId}`, { statusId: 212 });
    site.tickets.update(ticketId, { statusId: 212, summary: 'Blue ink' });
    site.tickets.update(ticketId, { boardId: 22 });

    const entries = await delivered(MOVED);
    expect(entries).toMatchObject([
      { previousStatus: { name: 'New' }, ticket: { status: { name: 'In Progress' } } },
      { previousStatus: { name: 'In Progress' }, ticket: { status: { name: 'Planned' } } },
    ]);
    expect(new Set(entries.map(({ eventId }) => eventId)).size).toBe(2);
  });

  test('each note', async () => {
    await subscribe(NOTED);
    const ticketId = await create({ summary: 'Ink' });
    site.tickets.update(ticketId, { note: 'Ordered.' });
    await ask('PATCH', `tickets/${ticketId}`, { note: 'It is here.', statusId: 214 });

    expect(await delivered(NOTED)).toMatchObject([
      { ticketId, note: { text: 'Ordered.' } },
      { ticketId, note: { text: 'It is here.' }, ticket: { status: { name: 'Closed' } } },
    ]);
  });
});

test.each<[object, string]>([
  [{}, 'abc'],
  [{ boardId: 21 }, 'ab'],
  [{ boardId: 21, statusId: 212 }, 'b'],
  [{ advancedFilters: { companyId: 3102 } }, 'ac'],
  [{ advancedFilters: { keywords: 'INK' } }, 'ab'],
  [{ advancedFilters: { priorityIds: [31, 33] } }, 'c'],
  [{ advancedFilters: { noteContains: 'order' } }, 'bc'],
  [{ boardId: 21, advancedFilters: { noteContains: 'order' } }, 'b'],
])('a workflow with %j gets the notes of %s', async (more, summaries) => {
  await subscribe(NOTED, more);
  const a = await create({ summary: 'a ink', contactId: 502 });
  const b = await create({ summary: 'b Ink', contactId: 501, statusId: 212 });
  const c = await create({ summary: 'c lamp', contactId: 503, boardId: 22, priorityId: 31 });
  for (const [id, note] of [
    [a, 'Hm'],
    [b, 'Ordered'],
    [c, 'To order'],
  ] as const) {
    site.tickets.update(id, { note });
  }

  const entries = await delivered(NOTED);
  expect(entries.map(({ ticket }) => String(asObject(ticket).summary)[0]).join('')).toBe(summaries);
});

test('what is no event passes every filter, and is delivered as it is', async () => {
  await subscribe(CREATED, { boardId: 21 });
  site.announce('newTicket', [null, 7, {}]);
  await site.settled();
  expect(receiver.bodies).toEqual([[null, 7]]);
});

test.each<[string, object, string]>([
  [CREATED, { url: undefined }, "body must have required property 'url'"],
  [CREATED, { description: undefined }, "body must have required property 'description'"],
  [CREATED, { advancedFilters: undefined }, "body must have required property 'advancedFilters'"],
  [CREATED, { advancedFilters: { noteContains: 'x' } }, '("noteContains")'],
  [CREATED, { advancedFilters: { companyId: 'x' } }, 'advancedFilters/companyId must be integer'],
  [CREATED, { statusId: 211 }, 'must have property boardId'],
  [CREATED, { boardId: 99 }, 'There is no board with the id 99.'],
  [CREATED, { boardId: 21, statusId: 221 }, 'There is no status of board 21 with the id 221.'],
  ['chat-session-created', {}, 'There is no event type chat-session-created.'],
])('a workflow for %s with %j is refused, with words', async (event, more, words) => {
  const refused = await refusal('POST', `ticket-workflows?type=${event}`, workflow(more));
  expect(refused).toMatch(/^400 /);
  expect(refused).toContain(words);
  expect(site.subscriptions).toEqual([]);
});

test('a workflow ends by the address that subscribing gave, not at that of chats', async () => {
  const location = (await subscribe(CREATED)).headers.get('location') ?? '';
  const [, path = ''] = location.split('/connector/');
  expect(path).toMatch(/^ticket-workflows\/[^/]+\?token=\w+$/);
  expect(await refusal('DELETE', path.replace('ticket', 'chat'))).toMatch(/^404 /);
  expect((await call(site, 'DELETE', path)).status).toBe(200);
  expect(site.subscriptions).toEqual([]);
});

test('a site whose filters were replaced applies them not, but board and status', async () => {
  const other = await startDeskDirector({ schemas: { advancedFilters: {}, ticketPayload: 7 } });
  const path = `ticket-workflows?type=${CREATED}`;
  await call(other, 'POST', path, {
    body: workflow({ boardId: 22, advancedFilters: { keywords: 'x', any: 1 } }),
  });
  const schema = await call(other, 'GET', `schema/ticket-workflow-webhook/$request?type=${NOTED}`);
  for (const boardId of [21, 22]) {
    const body = { summary: 'Ink', boardId };
    await call(other, 'POST', 'tickets?requestTypeId=0', { body });
  }
  await other.settled();
  await other.stop();

  expect(await schema.json()).toBe(7);
  expect(receiver.bodies).toMatchObject([[{ ticket: { board: { id: 22 } } }]]);
});
