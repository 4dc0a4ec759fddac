import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { companies, contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { clientOf, statusChanged, subscribe } from './client.ts';
import { startReceiver } from './receiver.ts';

/* What comes after a chat: contacts, members, companies, tickets and notifications. */

let site: DeskDirector;
beforeEach(async () => {
  site = await startDeskDirector();
});
afterEach(() => site.stop());

const { ask, described, refusal } = clientOf(() => site);
const answerOf = (type: string, method: string, path: string, body?: unknown) =>
  described(`dynamic-types/${type}`, method, path, body);

describe('the entity id in a chat finds', () => {
  test.each(Object.values(contacts))('the contact $name', async (person) => {
    const { entityId, name, userId, company } = person;
    const found = await answerOf('ContactDetails', 'GET', `contacts/${entityId}`);
    expect(found).toMatchObject({
      id: entityId,
      name,
      userId,
      company: { id: company?.entityId, name: company?.name },
      email: expect.stringMatching(/^[a-z.]+@example\.com$/),
      phone: expect.stringMatching(/^\+1 \d{3}-555-01\d\d$/),
    });
  });

  test.each(Object.values(members))('the member $name', async ({ entityId, name, userId }) => {
    const found = await answerOf('MemberDetails', 'GET', `members/${entityId}`);
    expect(found).toMatchObject({ id: entityId, name, userId });
  });

  test.each(Object.values(companies))('the company $name', async ({ entityId, ...company }) => {
    const found = await answerOf('CompanyDetails', 'GET', `companies/${entityId}`);
    expect(found).toMatchObject({ id: entityId, ...company });
    expect(found.contacts).toHaveLength(entityId === companies.oddsworth.entityId ? 2 : 1);
  });
});

const PROBLEM = {
  summary: 'No sound',
  contactId: 503,
  workStopped: true,
  device: { kind: 'Phone', serialNumber: 'A1' },
};
const NEW_EMPLOYEE = {
  summary: 'Wren starts',
  description: 'On Monday.',
  contactId: 501,
  companyId: 3103,
  boardId: 21,
  statusId: 212,
  priorityId: 31,
  sourceId: 41,
  ownerId: 72,
  employee: { name: 'Wren', startsAt: '2026-03-10T08:00:00Z' },
  equipment: [{ item: 'Laptop', quantity: 1 }],
};

describe('a ticket', () => {
  test.each([
    [11, PROBLEM],
    [12, NEW_EMPLOYEE],
    [0, { summary: 'A question' }],
  ])('of request type %s is kept, and looked up, as it is described', async (type, body) => {
    const created = await answerOf('TicketDetails', 'POST', `tickets?requestTypeId=${type}`, body);
    expect(created).toMatchObject({ summary: body.summary, requestType: { id: type } });
    expect(await answerOf('TicketDetails', 'GET', `tickets/${created.id}`)).toEqual(created);
    expect(site.tickets.list()).toEqual([created]);
  });

  test("has its contact's company, and the first status of its request type's board", async () => {
    expect((await ask('POST', 'tickets?requestTypeId=11', PROBLEM)).json).toMatchObject({
      company: { id: companies.oddsworth.entityId },
      board: { name: 'Service Desk' },
      status: { name: 'New' },
      priority: null,
      source: null,
      owner: null,
      chatSessionId: null,
    });
  });

  test.each([
    [11, { contactId: 503 }, "must have required property 'summary'"],
    [12, { ...NEW_EMPLOYEE, employee: {} }, "body/employee must have required property 'name'"],
    [0, { summary: 'x', device: {} }, '("device")'],
    [0, { summary: 'x', contactId: 99 }, 'There is no contact with the id 99.'],
    [0, { summary: 'x', statusId: 221 }, 'There is no status of board 21 with the id 221.'],
    [0, { summary: 'x', chatSessionId: '1-1' }, 'There is no chat session 1-1.'],
  ])('of request type %s with the body %j is refused, with words', async (type, body, words) => {
    const refused = await refusal('POST', `tickets?requestTypeId=${type}`, body);
    expect(refused).toMatch(/^400 /);
    expect(refused).toContain(words);
    expect(site.tickets.list()).toEqual([]);
  });

  test('is updated, and keeps what the update leaves out', async () => {
    const { json: created } = await ask('POST', 'tickets?requestTypeId=12', NEW_EMPLOYEE);
    const path = `tickets/${created.id}`;
    await ask('PATCH', path, { note: 'Called.' });
    const updated = await answerOf('TicketDetails', 'PATCH', path, {
      requestTypeId: 0,
      boardId: 22,
      note: 'Called again.',
    });

    const time = expect.any(String);
    expect(updated).toEqual({
      ...created,
      requestType: { id: 0, name: 'Something Else' },
      board: { id: 22, name: 'Projects' },
      status: { id: 221, name: 'Planned' },
      notes: [
        { text: 'Called.', createdDateTime: time },
        { text: 'Called again.', createdDateTime: time },
      ],
      lastModifiedDateTime: time,
    });
    expect(site.tickets.list()).toEqual([updated]);
  });

  test.each([
    [{}, 'must NOT have fewer than 1 properties'],
    [{ contactId: 501 }, '("contactId")'],
    [{ statusId: 221 }, 'There is no status of board 21'],
  ])('is not updated by %j', async (body, words) => {
    const { json: created } = await ask('POST', 'tickets?requestTypeId=11', PROBLEM);
    const refused = await refusal('PATCH', `tickets/${created.id}`, body);
    expect(refused).toMatch(/^400 /);
    expect(refused).toContain(words);
    expect(site.tickets.list()).toEqual([created]);
  });
});

describe('a ticket for a chat', () => {
  const create = async (chatSessionId: string) =>
    (await ask('POST', 'tickets?requestTypeId=0', { summary: 'Call back', chatSessionId })).json;

  test('is the reference of the chat, in look-ups and in later deliveries', async () => {
    const receiver = await startReceiver();
    await subscribe(site, statusChanged, receiver.url);
    const { id, lastModifiedDateTime } = site.chats.request();
    const ticket = await create(id);
    const sentByItself = site.counts.sent;
    const found = await answerOf('Chat', 'GET', `chat-sessions/${id}`);
    site.chats.miss(id);
    await site.settled();
    await receiver.stop();

    const reference = { type: 'ticket', id: `${ticket.id}` };
    expect(ticket.chatSessionId).toBe(id);
    expect(found).toMatchObject({ status: 'created', reference });
    expect(found.lastModifiedDateTime).not.toBe(lastModifiedDateTime);
    expect(sentByItself).toBe(0);
    expect(receiver.bodies).toMatchObject([[{ id, status: 'missed', reference }]]);
  });
});

describe.each([
  ['contacts', contacts.quilla, { title: 'Your chat', message: 'We call you.' }, 'title'],
  ['members', members.pixel, { message: 'Please call.', importance: 'high' }, 'message'],
] as const)(
  'a notification to one of the %s',
  (path, { entityId: id, name, userId }, body, must) => {
    const target = `${path}/${id}/notifications`;

    test('is kept before the earlier ones, and answered as it is described', async () => {
      const first = await answerOf('CreateNotificationResponse', 'POST', target, body);
      const second = await answerOf('CreateNotificationResponse', 'POST', target, body);
      expect(second).toMatchObject({ recipient: { id, name, userId } });
      expect(site.notifications.list()).toEqual([
        { ...second, body },
        { ...first, body },
      ]);
    });

    test('is refused without what its form requires', async () => {
      expect(await refusal('POST', target, {})).toContain(
        `400 body must have required property '${must}'`,
      );
      expect(site.notifications.list()).toEqual([]);
    });

    test('needs its recipient, whatever the body', async () => {
      expect(await refusal('POST', `${path}/99/notifications`, {})).toMatch(/^404 .* id 99\.$/);
    });
  },
);
