import { expect, test } from '@jest/globals';
import { asObject, list } from '../../../src/values.ts';
import { call } from './client.ts';
import { ask, described, site } from './sandbox.ts';

/* People, companies, groups and tickets that are found by what one knows of them. */

const KINDS = {
  contacts: 'Contacts',
  members: 'Members',
  companies: 'Companies',
  tickets: 'Tickets',
  'user-groups': 'UserGroups',
};

/** The ids of what a search finds. Its answer has to be as described. */
async function find(kind: keyof typeof KINDS, body: object) {
  const type = `dynamic-types/Find${KINDS[kind]}Response`;
  const { results, totalResults } = await described(type, 'POST', `${kind}/find`, body);
  const ids = list(results, asObject).map(({ id, contactId }) => id ?? contactId);
  expect(totalResults).toBe(ids.length);
  return ids;
}

test.each<[keyof typeof KINDS, object, number[]]>([
  ['contacts', {}, [501, 502, 503, 504]],
  ['contacts', { name: 'ODDSWORTH' }, [502, 503]],
  ['contacts', { email: 'Tansy.Oddsworth@EXAMPLE.com' }, [503]],
  ['contacts', { email: 'oddsworth@example.com' }, []],
  ['contacts', { companyId: 3102, name: 'bramble' }, [502]],
  ['contacts', { phone: '(202) 555-0104' }, [504]],
  ['contacts', { phone: 'none' }, []],
  ['members', { name: 'worth' }, [72]],
  ['members', { email: 'sprocket.wrenchley@example.com' }, [71]],
  ['companies', { name: 'tours' }, [3103]],
  ['user-groups', { name: 'er' }, [61, 62]],
  ['user-groups', { name: 'crew' }, [63]],
])('of %s, %j finds %j', async (kind, body, ids) => {
  expect(await find(kind, body)).toEqual(ids);
});

test.each<[object, number[]]>([
  [{}, [48301, 48302]],
  [{ openOnly: false }, [48301, 48302, 48303]],
  [{ keywords: 'blue LAMP' }, [48301]],
  [{ keywords: 'lamp', openOnly: false }, [48301, 48303]],
  [{ contactId: 504 }, [48302]],
  [{ companyId: 3101 }, [48301]],
  [{ boardId: 21, statusId: 212 }, [48302]],
])('of tickets, %j finds %j', async (body, ids) => {
  await ask('POST', 'tickets?requestTypeId=0', { summary: 'The lamp is blue', contactId: 501 });
  const more = { summary: 'Ink', contactId: 504, statusId: 212 };
  await ask('POST', 'tickets?requestTypeId=0', more);
  await ask('POST', 'tickets?requestTypeId=0', { summary: 'Old lamp', statusId: 214 });

  expect(await find('tickets', { apiVersion: 'v2', ...body })).toEqual(ids);
});

test('a contact who is created needs neither company nor phone, and can be invited', async () => {
  const body = { firstName: 'Wren', lastName: 'Tidewater', email: 'wren@example.com' };
  const created = await described('dynamic-types/ContactDetails', 'POST', 'contacts', body);
  expect(created).toMatchObject({ name: 'Wren Tidewater', company: null, phone: null });
  const { id } = created;
  const chat = site.chats.request();
  await call(site, 'POST', `chat-sessions/${chat.id}/invite`, { body: { contacts: [id] } });
  expect(site.chats.find(chat.id)?.targetUsers).toMatchObject([{ entityId: id }]);
});
