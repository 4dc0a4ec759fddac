import { describe, expect, test } from '@jest/globals';
import { asObject } from '../../src/values.ts';
import {
  ANSWERS,
  ask,
  DETAILS,
  describeAs,
  EMPTY,
  findContact,
  IN_TEST,
  isAnyMadeUp,
  MADE_UP_IDS,
  refusal,
  seen,
  site,
  UNREADABLE,
} from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { int64, integer, number, object, string } from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

const SEARCHES = [
  ['find_contact', 'contact_id', 'contacts', 'Contact', 'Contact Entity ID'],
  ['find_member', 'member_id', 'members', 'Member', 'Member Entity ID'],
  ['find_company', 'company_id', 'companies', 'Company', 'Contact Company Entity ID'],
  ['find_ticket', 'ticket_id', 'tickets', 'Ticket', 'Ticket ID'],
] as const;

describe.each(SEARCHES)('%s', (key, input, path, label, field) => {
  const perform = `searches.${key}.operation.perform`;

  test('gives all that the site describes, in two requests', async () => {
    const { results } = await ask(perform, { [input]: ' 7\n' });
    const { id, ...answer } = asObject(ANSWERS[`GET /${path}/7`]);
    expect(results).toEqual([{ ...EMPTY, ...answer, id: '7' }]);
    expect(seen()).toEqual(
      [`GET /${path}/7`, `GET /schema/dynamic-types/${label}Details`].toSorted(),
    );
  });

  test.each([
    ['404', new Answer('{}', 404)],
    ['410', new Answer('{}', 410)],
    ['204', new Answer('', 204)],
    ['null', null],
    ['an empty list', []],
  ])('%s means that there is none', async (_, answer) => {
    site.answer({ [`GET /${path}/7`]: answer });
    expect((await ask(perform, { [input]: 7 })).results).toEqual([]);
  });

  test.each([
    ['seven', 'does not hold an ID, which is a whole number'],
    ['7.5', 'does not hold an ID, which is a whole number'],
    [2 ** 31, 'holds a number too large for an ID'],
    ['9'.repeat(30), 'holds a number too large for an ID'],
    ['nzlancomdev~c~11220', 'holds a user ID'],
    [['7'], 'is not text'],
  ])('an id of %j is an error that names what to map, before any request', async (id, words) => {
    const { message } = await refusal(perform, { [input]: id });
    expect(message).toContain(`The field "${label}" ${words}`);
    expect(message).toContain(field);
    expect(site.requests).toEqual([]);
  });

  test.each(MADE_UP_IDS)('a run with the made-up ID %j is an error', async (id) => {
    const { code, message } = await refusal(perform, { [input]: id });
    expect(code).toBe('MadeUpId');
    expect(message).toMatch(
      new RegExp(`^The field "${label}" holds a made-up ID: .* Map the field again\\.$`),
    );
    expect(site.requests).toEqual([]);
  });

  test('says what the key may not do', async () => {
    site.answer({ [`GET /${path}/7`]: new Answer('{}', 403) });
    const { message } = await refusal(perform, { [input]: 7 });
    expect(message).toContain('may not do this on support.deskdirector.com (403)');
    expect(message).toContain(`may look up a ${label.toLowerCase()}`);
  });

  test('has the output fields that the site describes', async () => {
    const { results } = await ask(`searches.${key}.operation.outputFields`);
    expect(results).toEqual([
      { key: 'id', label: 'ID', type: 'string' },
      { key: 'callName', label: 'Called', type: 'string', sample: 'Example Called' },
      { key: 'isVip', label: 'Is Vip', type: 'boolean', sample: true },
      {
        key: 'lastSeen',
        label: 'Last Seen',
        type: 'datetime',
        sample: '2026-03-10T14:00:00.000Z',
      },
      { key: 'site__town', label: 'Site Town', type: 'string', sample: 'Example Site Town' },
      { key: 'tags', label: 'Tags', type: 'string', list: true, sample: ['Example Tags'] },
      {
        key: 'phones',
        label: 'Phones',
        children: [
          {
            key: 'number',
            label: 'Phones Number',
            type: 'string',
            sample: 'Example Phones Number',
          },
          { key: 'kind', label: 'Phones Kind', type: 'integer', sample: 0 },
        ],
      },
    ]);
  });
});

// The rest is the same for all four: Find Contact stands for them.
describe('a look-up', () => {
  const perform = 'searches.find_contact.operation.perform';

  const TOKENS = object({ ...DETAILS.properties, token: string, Token: string });

  test.each([
    ['it', { id: 7, CALLNAME: 'x' }, { callName: 'x' }],
    ['the ID', { Id: 7 }, {}],
    ['it inside', { id: 7, site: { TOWN: 'x' } }, { site: { town: 'x' } }],
    [
      'it in a row',
      { id: 7, phones: [{ Number: '1' }] },
      { phones: [{ number: '1', kind: null }] },
    ],
  ])('a name in another case stands for %s', async (_, answer, expected) => {
    site.answer({ 'GET /contacts/7': answer });
    expect((await findContact()).results).toEqual([{ ...EMPTY, ...expected, id: '7' }]);
  });

  test.each<[string, unknown, object, object]>([
    ['stays beside the same name', DETAILS, { CALLNAME: 'x', callName: 'y' }, {}],
    ['stays where two could be meant', DETAILS, { CALLNAME: 'x', callname: 'y' }, {}],
    ['stays where it could mean two', TOKENS, { TOKEN: 'x' }, { token: null, Token: null }],
    ['is another property that is described', TOKENS, { Token: 'x' }, { token: null }],
  ])('a name in another case %s', async (_, schema, answer, nulls) => {
    site.answer({
      'GET /contacts/7': { id: 7, ...answer },
      ...describeAs('ContactDetails', schema),
    });
    expect((await findContact()).results).toEqual([{ ...EMPTY, ...answer, ...nulls, id: '7' }]);
  });

  const BIG = '9007199254740993';
  const DECIMAL = '0.12345678901234567';
  test.each<[string, object, string, unknown]>([
    ['an integer of 64 bits is text', int64, '7', '7'],
    ['an integer of 64 bits is text with all digits', int64, BIG, BIG],
    ['an integer of 64 bits, written as text, is text', int64, `"${BIG}"`, BIG],
    ['an integer of 32 bits is a number', { ...integer, format: 'int32' }, '"7"', 7],
    ['an integer of 16 digits is a number', integer, '1234567890123456', 1234567890123456],
    ['an integer beyond those of JavaScript keeps its digits', integer, BIG, BIG],
    ['a number is the nearest one of JavaScript', number, BIG, Number(BIG)],
    ['a long decimal is a number', number, `"${DECIMAL}"`, Number(DECIMAL)],
  ])('a value: %s', async (_, schema, written, read) => {
    site.answer({
      ...describeAs('ContactDetails', object({ amount: schema })),
      'GET /contacts/7': new Answer(`{"id":7,"amount":${written}}`),
    });
    const { results, warnings } = await findContact();
    expect(results).toEqual([{ id: '7', amount: read }]);
    expect(warnings).toEqual([]);
  });

  test('keeps what is beyond 1,000 fields as it came', async () => {
    const names = Array.from({ length: 1200 }, (_, n) => `f${n}`);
    const properties = Object.fromEntries(names.map((name) => [name, integer]));
    site.answer({
      ...describeAs('ContactDetails', object(properties)),
      'GET /contacts/7': { id: 7, f0: '1', f1100: '2' },
    });
    const { results, warnings } = await findContact();
    expect(Object.keys(results[0] ?? {})).toHaveLength(1002);
    expect(results).toMatchObject([{ f0: 1, f999: null, f1100: '2', id: '7' }]);
    expect(warnings).toEqual([
      expect.stringContaining('“F1000”, “F1001”, “F1002” and 197 more (at most 1,000 fields can'),
    ]);
    const fields = await ask('searches.find_contact.operation.outputFields');
    expect(fields.results).toHaveLength(1001);
  });

  test('has no two output fields with the same label', async () => {
    const properties = {
      id: { ...string, title: 'Number' },
      code: { ...string, title: 'Number' },
      guid: { ...string, title: 'Id' },
      ID: string,
    };
    site.answer(describeAs('ContactDetails', object(properties)));
    const { results } = await ask('searches.find_contact.operation.outputFields');
    expect(results.map((field) => [field.key, field.label])).toEqual([
      ['id', 'ID'],
      ['code', 'Number'],
      ['guid', 'Id (guid)'],
      ['ID', 'ID (ID)'],
    ]);
  });

  test.each([UNREADABLE, 'no schema'])('works without a description: %j', async (answer) => {
    site.answer(describeAs('ContactDetails', answer));
    const { results, warnings } = await findContact();
    expect(results).toEqual([{ ...Object(ANSWERS['GET /contacts/7']), id: '7' }]);
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test.each(MADE_UP_IDS)(
    'a test with the made-up ID %j finds an example of what the site describes',
    async (id) => {
      const { results } = await ask(perform, { contact_id: id }, IN_TEST);
      expect(results).toEqual([
        {
          id: String(id).trim(),
          callName: 'Example Called',
          isVip: true,
          lastSeen: '2026-03-10T14:00:00.000Z',
          site: { town: 'Example Site Town' },
          tags: ['Example Tags'],
          phones: [{ number: 'Example Phones Number', kind: 0 }],
        },
      ]);
      expect(seen()).toEqual(['GET /schema/dynamic-types/ContactDetails']);
    },
  );

  test('a test with a made-up ID finds the ID alone without the description', async () => {
    site.answer(describeAs('ContactDetails', UNREADABLE));
    const { results, warnings } = await ask(perform, { contact_id: '2000005101' }, IN_TEST);
    expect(results).toEqual([{ id: '2000005101' }]);
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test.each([
    [7, IN_TEST],
    [2000005104, IN_TEST],
    [2000005104, {}],
  ])('what the site has under the ID %j is not made up: %j', async (contact_id, meta) => {
    site.answer({ 'GET /contacts/2000005104': { id: 2000005104 } });
    const { results } = await ask(perform, { contact_id }, meta);
    expect(results).toMatchObject([{ id: String(contact_id) }]);
    expect(isAnyMadeUp(results)).toBe(false);
    expect(seen()).toContain(`GET /contacts/${contact_id}`);
  });

  test('leaves out a value that is not as described, and says so in the log', async () => {
    site.answer({ 'GET /contacts/7': { id: {}, callName: ['a'], isVip: 'perhaps' } });
    const { results, warnings } = await findContact();
    expect(results).toEqual([{ ...EMPTY, id: '7' }]);
    const words = 'The result has no value for callName, isVip:';
    expect(warnings).toEqual([expect.stringContaining(words)]);
  });

  test('has its static output field when the site describes nothing', async () => {
    site.answer(describeAs('ContactDetails', UNREADABLE));
    const { results } = await ask('searches.find_contact.operation.outputFields');
    expect(results).toEqual([{ key: 'id', label: 'ID', type: 'string' }]);
  });
});

describe('what a look-up finds', () => {
  test.each([
    ['has none of the described properties', { value: [] }, DETAILS],
    ['has them further inside', { data: { callName: 'Casey' } }, DETAILS],
    ['is empty', {}, DETAILS],
    ['has no id, and no description', { callName: 'Casey' }, UNREADABLE],
    ['has no id, and an empty description', { callName: 'Casey' }, {}],
    ['has a null in place of an id, and words', { id: null, message: 'None.' }, DETAILS],
  ])('is an error when it %s', async (_, answer, schema) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await failure(findContact())).code).toBe('NotDeskDirector');
  });

  test.each([
    ['a null in place of an id', { id: null }, DETAILS],
    ['nulls and blanks', { Id: null, callName: ' ', site: { town: null }, tags: [] }, DETAILS],
    ['the values of .NET for nothing', { id: null, isVip: false, visits: 0 }, DETAILS],
    ['a null, without a description', { id: null }, UNREADABLE],
    ['a list of nulls', [{ id: null }, { id: null }], DETAILS],
    ['nulls under described names', { contactId: null, CallName: null, site: {} }, DETAILS],
    ['a null under the name of an id', { ContactId: null, other: 0 }, UNREADABLE],
  ])('is nothing when it holds only %s', async (_, answer, schema) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await findContact()).results).toEqual([]);
  });

  test.each([
    ['an id that is described', { id: 7 }, DETAILS, '7'],
    ['an id that is not described', { contactId: 9 }, DETAILS, '9'],
    ['a described property in place of an id', { id: null, callName: 'x' }, DETAILS, '7'],
    ['an id, beside nothing', [{ id: null }, { id: 7 }], DETAILS, '7'],
    ['an id, without a description', { Id: '4f1c' }, UNREADABLE, '4f1c'],
  ])('is a contact when it has %s', async (_, answer, schema, id) => {
    site.answer({ 'GET /contacts/7': answer, ...describeAs('ContactDetails', schema) });
    expect((await findContact()).results).toEqual([expect.objectContaining({ id })]);
  });
});
