import { expect, test } from '@jest/globals';
import { asObject } from '../../../src/values.ts';
import { complaintAbout } from '../../desk-director/schemas/validation.ts';
import { startDeskDirector } from '../../desk-director/server.ts';
import { call } from './client.ts';
import { ask, receiver, refusal, site } from './sandbox.ts';

const CREATED = 'ticket-created';
const MOVED = 'ticket-status-changed';
const NOTED = 'ticket-note-created';
const workflow = (more = {}) => ({
  ...{ description: '', advancedFilters: {}, url: receiver.url },
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

const status = (name: string) => ({ ticket: { status: { name } } });
test.each<[string, object[]]>([
  [CREATED, [{ ticketId: 48301, ticket: { id: 48301, summary: 'Ink', contact: { id: 504 } } }]],
  [
    MOVED,
    [
      { ...status('In Progress'), previousStatus: 'New' },
      { ...status('Planned'), previousStatus: 'In Progress' },
    ],
  ],
  [
    NOTED,
    [{ note: { text: 'Ordered.' } }, { note: { text: 'It is here.' }, ...status('Planned') }],
  ],
])('a subscriber to %s gets each, from a request or a technician', async (event, expected) => {
  await subscribe(event);
  const ticketId = await create({ summary: 'Ink', contactId: 504 });
  await ask('PATCH', `tickets/${ticketId}`, { statusId: 212, note: 'Ordered.' });
  site.tickets.update(ticketId, { statusId: 212, summary: 'Blue ink' });
  site.tickets.update(ticketId, { boardId: 22, note: 'It is here.' });

  const entries = await delivered(event);
  expect(entries).toMatchObject(expected);
  expect(new Set(entries.map(({ eventId }) => eventId)).size).toBe(expected.length);
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
