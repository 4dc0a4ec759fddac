import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asObject, list } from '../../../src/values.ts';
import { contacts } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { call, clientOf } from './client.ts';

/* People, companies, groups and tickets that are found by what one knows of them. */

let site: DeskDirector;
beforeEach(async () => {
  site = await startDeskDirector();
});
afterEach(() => site.stop());

const { ask, described, refusal } = clientOf(() => site);

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

test.each<[keyof typeof KINDS, object, string]>([
  ['contacts', { email: 'tansy' }, 'body/email must match format "email"'],
  ['contacts', { companyId: '3102' }, 'body/companyId must be integer'],
  ['user-groups', {}, "body must have required property 'name'"],
  ['tickets', {}, "body must have required property 'apiVersion'"],
])('of %s, %j is refused, with words', async (kind, body, words) => {
  const refused = await refusal('POST', `${kind}/find`, body);
  expect(refused).toMatch(/^400 /);
  expect(refused).toContain(words);
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

describe('a contact that is created', () => {
  const body = { firstName: 'Wren', lastName: 'Tidewater', email: 'wren@example.com' };
  const create = (more = {}) =>
    described('dynamic-types/ContactDetails', 'POST', 'contacts', { ...body, ...more });

  test('is found, looked up, and takes part in everything', async () => {
    const created = await create({ companyId: 3103, phone: '+1 202-555-0199' });
    expect(created).toMatchObject({
      name: 'Wren Tidewater',
      email: 'wren@example.com',
      company: { id: 3103 },
    });
    const { id } = created;
    const { json: company } = await ask('GET', 'companies/3103');
    const { json: ticket } = await ask('POST', 'tickets?requestTypeId=0', {
      summary: 'Hello',
      contactId: id,
    });
    const chat = site.chats.request();
    await call(site, 'POST', `chat-sessions/${chat.id}/invite`, { body: { contacts: [id] } });

    expect(await find('contacts', { email: 'WREN@example.com' })).toEqual([id]);
    expect((await ask('GET', `contacts/${id}`)).json).toEqual(created);
    expect(company.contacts).toContainEqual({ id, name: created.name, email: created.email });
    expect(ticket).toMatchObject({ contact: { id }, company: { id: 3103 } });
    expect(site.chats.find(chat.id)?.targetUsers).toMatchObject([{ entityId: id }]);
  });

  test('needs neither company nor phone', async () => {
    expect(await create()).toMatchObject({ company: null, phone: null });
  });

  test.each([
    [{ email: 'Quilla.Fernwhistle@example.com' }, '409 There is a contact with the e-mail address'],
    [{ companyId: 1 }, '400 There is no company with the id 1.'],
  ])('with %j is refused, with words', async (more, words) => {
    expect(await refusal('POST', 'contacts', { ...body, ...more })).toContain(words);
    expect(site.directory.contacts()).toHaveLength(Object.keys(contacts).length);
  });
});
