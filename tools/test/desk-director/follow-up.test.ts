import { describe, expect, test } from '@jest/globals';
import { companies, contacts, members } from '../../desk-director/people.ts';
import { ask, described, site } from './sandbox.ts';

/* What comes after a chat: contacts, members, companies, tickets and notifications. */

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
});

test.each([
  ['contacts', contacts.quilla, { title: 'Your chat', message: 'We call you.' }],
  ['members', members.pixel, { message: 'Please call.', importance: 'high' }],
] as const)(
  'a notification to one of the %s is kept before the earlier ones, and answered as described',
  async (path, { entityId: id, name, userId }, body) => {
    const send = () =>
      answerOf('CreateNotificationResponse', 'POST', `${path}/${id}/notifications`, body);
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ recipient: { id, name, userId } });
    expect(site.notifications.list()).toEqual([
      { ...second, body },
      { ...first, body },
    ]);
  },
);
