import { afterAll, expect, test } from '@jest/globals';
import { asObject } from '../../src/values.ts';
import { contacts, members } from '../../tools/desk-director/people.ts';
import { call, connectedDeskDirector, deliver, failure } from '../helpers/zapier.ts';

/* The steps after a chat, one after the other, against the sandbox. Each maps an earlier result. */

const site = await connectedDeskDirector();
afterAll(() => site.stop());

type Fields = Readonly<Record<string, unknown>>;

const ask = async <T>(method: string, inputData: object) =>
  (await call<T>(method, { inputData })).results;
const create = (key: string, inputData: object) =>
  ask<Fields>(`creates.${key}.operation.perform`, inputData);
async function find(key: string, inputData: object): Promise<Fields> {
  const [found, ...others] = await ask<Fields[]>(`searches.${key}.operation.perform`, inputData);
  expect(others).toEqual([]);
  return asObject(found);
}

test('an abandoned chat is followed up from its record', async () => {
  const chat = site.chats.miss(site.chats.request({ contact: contacts.tansy }).id);
  const [record = {}] = (await deliver([chat])).results;

  const contact = await find('find_contact', { contact_id: record.contact_entity_id });
  expect(contact).toMatchObject({ id: '503', email: 'tansy.oddsworth@example.com' });
  const company = { company_id: record.contact_company_entity_id };
  expect(await find('find_company', company)).toMatchObject({ address: { city: 'Exampleton' } });
  expect(await find('find_member', { member_id: '72' })).toMatchObject({ isActive: true });

  const ticket = await create('create_ticket', {
    request_type_id: '12',
    summary: record.name,
    contactId: contact.id,
    boardId: '22',
    statusId: '222',
    chatSessionId: record.id,
    employee__name: 'Wren',
    equipment: [{ equipment__item: 'Laptop', equipment__quantity: '2' }],
  });
  expect(ticket).toMatchObject({ summary: record.name, status: { name: 'Under Way' } });
  // Nothing is chosen for it, and its properties are there all the same.
  expect(ticket.owner).toEqual({ id: null, name: null });

  const { ticket_id } = await find('find_chat_session', { session_id: record.id });
  expect(ticket_id).toBe(ticket.id);
  const update = { ticket_id, ownerId: '72', note: 'Called.' };
  const updated = await create('update_ticket', update);
  expect(updated).toMatchObject({ owner: { id: 72 }, notes: [{ text: 'Called.' }] });
  expect(await find('find_ticket', { ticket_id })).toEqual(updated);

  const message = `Please call ${contact.phone}.`;
  await create('send_member_notification', { member_id: 72, message, ticketId: ticket.id });
  const toContact = { contact_id: contact.id, title: 'Your chat', message: 'We call you.' };
  await create('send_contact_notification', toContact);
  expect(site.notifications.list()).toMatchObject([
    { recipient: { userId: contacts.tansy.userId }, body: { title: 'Your chat' } },
    { recipient: { userId: members.pixel.userId }, body: { message, ticketId: Number(ticket.id) } },
  ]);
});

test.each([
  ['board_list', {}, ['Projects', 'Service Desk']],
  ['priority_list', {}, ['Low', 'Normal', 'Urgent']],
  ['source_list', {}, ['Chat', 'Email', 'Phone']],
  ['request_type_list', {}, ['Report a Problem', 'Set Up a New Employee', 'Something Else']],
  ['status_list', { request_type_id: '12', boardId: '22' }, ['Done', 'Planned', 'Under Way']],
])('%s for %j lists %j', async (list, inputData, names) => {
  const entries = await ask<Fields[]>(`triggers.${list}.operation.perform`, inputData);
  expect(entries.map(({ name }) => name)).toEqual(names);
});

test('a mail from a customer becomes a ticket, for a new contact and for a known one', async () => {
  const mail = { email: 'wren@example.com', firstName: 'Wren', lastName: 'Tidewater' };
  const asked = async <T>(run: () => Promise<T>) => {
    const before = site.requests.length;
    const result = await run();
    return { result, requests: site.requests.length - before };
  };
  const search = () => ask<Fields[]>('searches.find_contact.operation.perform', mail);
  expect(await search()).toEqual([]);
  const { email } = mail;
  const created = await asked(() => create('create_contact', { ...mail, companyId: '3103' }));
  const found = await asked(() => find('find_contact', { email }));
  const byId = await asked(() => find('find_contact', { contact_id: created.result.id }));
  expect([created, found, byId].map(({ requests }) => requests)).toEqual([3, 4, 2]);
  expect(created.result).toMatchObject({ email, company: { name: 'Marzipan Lighthouse Tours' } });
  expect(found.result).toEqual(created.result);
  expect(byId.result).toEqual(created.result);

  // The same mail again: Find or Create finds, and both times the ticket is for the same contact.
  const [contact = {}] = await search();
  const form = { request_type_id: '0', summary: 'No light', contactId: contact.id };
  const ticket = await create('create_ticket', form);
  expect(await find('find_ticket', { keywords: 'light', openOnly: 'true' })).toEqual(ticket);
  expect(ticket.contact).toMatchObject({ id: Number(created.result.id), email });

  const exists = call('creates.create_contact.operation.perform', {
    inputData: mail,
  });
  expect((await failure(exists)).message).toMatch(
    /\(409\)\. It says: "There is a contact with .*" Check .* use Find or Create Contact instead\./,
  );
});

test('people, companies and groups are found by what one knows of them', async () => {
  const member = { name: 'Pixel', email: 'pixel.debugsworth@example.com' };
  expect(await find('find_member', member)).toMatchObject({ id: '72', isActive: true });
  const company = await find('find_company', { name: 'clockmakers' });
  expect(company).toMatchObject({ id: '3102', address: { city: 'Exampleton' } });
  const group = await find('find_user_group', { name: 'approvers' });
  expect(group).toEqual({ id: '62', name: 'Approvers', description: expect.any(String) });
  const both = await ask<Fields[]>('searches.find_contact.operation.perform', {
    ...{ name: 'oddsworth', companyId: company.id },
  });
  expect(both.map(({ name }) => name)).toEqual(['Bramble Oddsworth', 'Tansy Oddsworth']);
});
