import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hurried } from '../helpers/clock.ts';
import {
  ask,
  describeAs,
  EMPTY,
  findContact,
  IN_TEST,
  refusal,
  seen,
  sent,
  site,
  UNREADABLE,
} from '../helpers/described-site.ts';
import { Answer, NO_ANSWER } from '../helpers/prepared-site.ts';
import { boolean, integer, list, object, string } from '../helpers/schema.ts';

/* Searches by fields that the site describes. Its names are not those of the sandbox. */

const FORM = object({
  needle: { ...string, title: 'Looking For' },
  town: string,
  isOpen: { ...boolean, default: true },
  team: integer,
  rows: list(object({ word: string })),
});
const CASEY = { contactId: 7, callName: 'Casey' };
const TEST_ANSWERS = {
  ...describeAs('FindContactsRequest', FORM),
  'POST /contacts/find': { results: [CASEY], totalResults: 1 },
  ...describeAs(
    'CreateContactRequest',
    object({ fullName: string, town: string, rows: list(object({ size: string })) }),
  ),
};
/** Replaces some of the answers of the site. */
const answer = (more: object = {}) => site.answer({ ...TEST_ANSWERS, ...more });

beforeEach(() => answer());

const perform = 'searches.find_contact.operation.perform';
const find = (inputData: object, meta: object = {}) => ask(perform, inputData, meta);
const refused = (inputData: object, meta: object = {}) => refusal(perform, inputData, meta);
/** What the site has under an ID of a contact. */
const contacts = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(names).map(([id, callName]) => [
      `GET /contacts/${id}`,
      { id: Number(id), callName },
    ]),
  );

const SEARCHES = [
  ['find_contact', 'contact_id', 'contacts', 'Contact', 'FindContactsRequest'],
  ['find_member', 'member_id', 'members', 'Member', 'FindMembersRequest'],
  ['find_company', 'company_id', 'companies', 'Company', 'FindCompaniesRequest'],
  ['find_ticket', 'ticket_id', 'tickets', 'Ticket', 'FindTicketsRequest'],
] as const;

describe.each(SEARCHES)('%s', (key, idKey, path, noun, type) => {
  const method = `searches.${key}.operation`;
  const thing = noun.toLowerCase();
  const offer = (results: unknown = { results: [{ [`${thing}Id`]: 7 }] }) =>
    answer({ ...describeAs(type, FORM), [`POST /${path}/find`]: results });

  test('gives the same by ID and by search, which takes four requests', async () => {
    offer();
    const byId = await ask(`${method}.perform`, { [idKey]: 7 });
    offer();
    const { results } = await ask(`${method}.perform`, { needle: 'x', team: '3', town: '' });
    expect(results).toEqual(byId.results);
    expect(sent()).toEqual([{ needle: 'x', team: 3 }]);
    expect(seen()).toEqual(
      [
        `GET /schema/dynamic-types/${type}`,
        `POST /${path}/find`,
        `GET /${path}/7`,
        `GET /schema/dynamic-types/${noun}Details`,
      ].toSorted(),
    );
  });

  test('shows the ID and the search fields, all optional', async () => {
    answer(describeAs(type, { ...FORM, required: ['needle', 'team', 'rows'] }));
    const { results } = await ask(`${method}.inputFields`);
    expect(results.map((field) => [field.key, field.required])).toEqual(
      [idKey, 'needle', 'town', 'isOpen', 'team', 'rows'].map((name) => [name, false]),
    );
    expect(results[0]).toMatchObject({
      helpText: expect.stringContaining('Leave empty to use the search fields'),
    });
  });

  test('finds nothing, and says so', async () => {
    offer({ results: [] });
    expect((await ask(`${method}.perform`, { needle: 'x' })).results).toEqual([]);
  });

  test('says which right the key may lack', async () => {
    offer(new Answer('{}', 403));
    const { message } = await refusal(`${method}.perform`, { needle: 'x' });
    expect(message).toContain('whether the key may do more than read');
    expect(message).toContain(`may search for a ${thing}`);
  });
});

describe('ID or search fields', () => {
  test.each([
    { contact_id: '7', needle: 'x' },
    { contact_id: '2000005101', needle: 'Casey Customer' },
    { contact_id: 'casey@example.com', isOpen: 'false' },
    { contact_id: '7', rows: [{ rows__word: 'x' }] },
    { contact_id: '7', needle: { text: 'x' } },
  ])('both are an error that says so: %j', async (input) => {
    for (const meta of [{}, IN_TEST]) {
      answer();
      const { code, message } = await refused(input, meta);
      expect(code).toBe('IdAndSearchFields');
      expect(message).toContain('Both "Contact" and search fields are filled in.');
      // Another test may have left the request for a description behind.
      expect(seen().filter((one) => !one.endsWith('Details'))).toEqual([
        'GET /schema/dynamic-types/FindContactsRequest',
      ]);
    }
  });

  const DEFAULTS = { isOpen: 'true' };
  test.each([
    {},
    { contact_id: '', needle: ' ' },
    { contact_id: null, rows: [{}], needle: [''] },
    { ...DEFAULTS, needle: '' },
    { isOpen: ' TRUE', needle: '' },
    { isOpen: true },
    // What Zapier hands over of the other half of Find or Create is nothing to search by.
    { contact_id: '', fullName: 'Casey', rows: [{ rows__size: '7' }] },
    { _zap_search_success_on_miss: 'true' },
  ])('nothing stops the run, and fails a test: %j', async (input) => {
    const stopped = await refused(input);
    expect([stopped.name, stopped.code]).toEqual(['HaltedError', 'NothingToSearchBy']);
    expect(stopped.message).toContain('Fill in "Contact" or at least one search field.');
    const failed = await refused(input, IN_TEST);
    expect([failed.name, failed.code]).toEqual(['AppError', 'NothingToSearchBy']);
    expect(sent()).toEqual([]);
  });

  test('a default does not decide between them, and is sent with the rest', async () => {
    expect((await find({ contact_id: 7, ...DEFAULTS })).results).toEqual(
      (await findContact()).results,
    );
    expect(sent()).toEqual([]);
    await find({ needle: 'x', ...DEFAULTS });
    expect(sent()).toEqual([{ needle: 'x', isOpen: true }]);
  });

  test.each([
    { needle: 'x', gone: 'y' },
    { gone: 'y' },
    { contact_id: 7, gone: 'y' },
    { needle: 'x', rows: [{ rows__word: 'x', gone: 'y' }] },
  ])('a field that the site no longer has is an error: %j', async (input) => {
    const { code, message } = await refused(input);
    expect(code).toBe('UnknownSearchField');
    expect(message).toContain(
      'no such search field: "gone". Without it this step would find something',
    );
    expect(sent()).toEqual([]);
  });

  test.each([
    [{ needle: 'x', team: 'x' }, '"Team" takes a whole number.'],
    [{ needle: { text: 'x' } }, '"Looking For" takes text.'],
    [{ needle: { text: 'x' } }, '"Looking For" takes text.', IN_TEST],
    [{ town: 'x' }, '"Looking For" is required.'],
    [{ needle: 'x', team: '2000003101' }, '"Team" holds a made-up ID: '],
  ])('a search is made with valid values only: %j', async (input, words, meta: object = {}) => {
    answer(describeAs('FindContactsRequest', { ...FORM, required: ['needle'] }));
    const { message } = await refused(input, meta);
    expect(message.startsWith(words)).toBe(true);
    expect(sent()).toEqual([]);
  });

  test('an e-mail address in place of the ID points to the search fields', async () => {
    const { message } = await refused({ contact_id: 'casey@example.com' });
    expect(message).toMatch(/^The field "Contact" holds an e-mail address instead of an ID/);
    expect(message).toContain('leave it empty and fill in search fields');
    expect(site.requests).toEqual([]);
  });

  test('fields of Create Contact are passed over, and a field of both counts here', async () => {
    const both = { fullName: 'Casey', rows: [{ rows__word: 'x', rows__size: '7' }] };
    await find({ needle: 'x', town: 'Aarhus', ...both });
    expect(sent()).toEqual([{ needle: 'x', town: 'Aarhus', rows: [{ word: 'x' }] }]);
    const { message } = await refused({ needle: 'x', ...both, fullname: 'y' });
    expect(message).toContain('no such search field: "fullname".');
  });
});

test('a search fails when the form of Create Contact can not be read: it may miss a search field', async () => {
  answer(describeAs('CreateContactRequest', UNREADABLE));
  const { code, message } = await refused({ needle: 'x', fullName: 'Casey' });
  expect([code, message]).toEqual(['DeskDirectorError', expect.stringContaining('(500)')]);
  expect(sent()).toEqual([]);
});

describe('what a search finds', () => {
  const mail = 'info@example.com';
  const two = [
    { contactId: 7, mail, callName: 'Casey' },
    { contactId: 8, mail, callName: 'Robin' },
  ];
  const TWO = contacts({ 7: 'Casey', 8: 'Robin' });
  const ids = async () => (await find({ needle: 'x' })).results.map(({ id }) => id);

  test.each([
    ['results', { results: two }],
    ['other capitals', { RESULTS: two, totalResults: 2 }],
    ['a bare list', two],
    ['the only list', { value: two, next: null, count: 2 }],
  ])('are both contacts with one address, in the order of the site: %s', async (_, found) => {
    answer({ ...TWO, 'POST /contacts/find': found });
    expect(await ids()).toEqual(['7', '8']);
  });

  test.each([
    ['null results', { results: null, totalResults: 0 }],
    ['no results of 0', { totalResults: 0 }],
    ['null', null],
    ['204', new Answer('', 204)],
    ['an empty list', []],
    ['an object of nulls', [{ contactId: null, callName: '', site: { town: null } }, {}]],
  ])('is nothing: %s', async (_, found) => {
    answer({ 'POST /contacts/find': found });
    expect(await ids()).toEqual([]);
  });

  test.each([
    ['no list', { contact: CASEY }],
    ['two lists', { contacts: [CASEY], people: [] }],
    ['results that are no list', { results: { 7: CASEY } }],
    ['a list of texts', { results: ['Casey'] }],
    ['text', new Answer('OK')],
    ['a page', new Answer('<!doctype html><p>Login', 200, { 'content-type': 'text/html' })],
    ['a 202', new Answer('{"results":[]}', 202)],
  ])('is an error, and never "may have been done": %s', async (_, found) => {
    answer({ 'POST /contacts/find': found });
    const { code, message } = await refused({ needle: 'x' });
    expect(code).toBe('NotDeskDirector');
    expect(message).not.toContain('may have been done');
  });

  test.each([
    [{ error: 'Not in your plan.' }],
    [{ success: false, message: 'Not in your plan.', results: [] }],
    [[{ error: 'Not in your plan.' }]],
  ])('is an error with the words of the site: %j', async (found) => {
    answer({ 'POST /contacts/find': found });
    const { code, message } = await refused({ needle: 'x' });
    expect(code).toBe('DeskDirectorError');
    expect(message).toMatch(/It says: "Not in your plan\." Check the fields of this step/);
  });

  test('is looked up five times; the rest stays as it came, but complete', async () => {
    const many: object[] = [0, 1, 2, 3, 4, 5].map((n) => ({
      contactId: 11 + n,
      callName: `C${n}`,
    }));
    answer({
      'POST /contacts/find': many.toSpliced(2, 0, { callName: 'No ID' }),
      ...contacts({ 11: 'C0', 12: 'C1', 13: 'C2', 14: 'C3' }),
      // Deleted since it was found.
      'GET /contacts/12': new Answer('{}', 404),
      'GET /contacts/13': { id: 13, callName: 'C2', site: { town: 'Aarhus' } },
    });
    const { results } = await find({ needle: 'x' });
    const entry = (n: number) => ({ ...EMPTY, ...many[n], id: `${11 + n}` });
    expect(results).toEqual([
      { ...EMPTY, id: '11', callName: 'C0' },
      entry(1),
      { ...EMPTY, id: null, callName: 'No ID' },
      { ...EMPTY, id: '13', callName: 'C2', site: { town: 'Aarhus' } },
      { ...EMPTY, id: '14', callName: 'C3' },
      entry(4),
      entry(5),
    ]);
    expect(seen().filter((one) => one.startsWith('GET /contacts/'))).toEqual(
      [11, 12, 13, 14].map((id) => `GET /contacts/${id}`),
    );
    expect(seen().filter((one) => one.includes('ContactDetails'))).toHaveLength(1);
  });

  test('is looked up side by side', async () => {
    answer({ 'POST /contacts/find': two, ...TWO, 'GET /contacts/7': NO_ANSWER });
    const { message } = await hurried(() => refused({ needle: 'x' }));
    expect(message).toContain('no answer in');
    // One after the other, the first look-up would leave no time for the second one.
    expect(seen()).toContain('GET /contacts/8');
  });

  test('may hold what is no contact: it is left out, and the log says so', async () => {
    answer({ 'POST /contacts/find': { results: ['x', CASEY, null, { id: null }] } });
    const { results, warnings } = await find({ needle: 'x' });
    expect(results).toHaveLength(1);
    expect(warnings).toEqual(['Skipped 3 of 4 results that are no contact.']);
  });

  test('is not looked up by its own ID where it names no contact', async () => {
    answer({ 'POST /contacts/find': [{ id: 12, contactId: null, callName: 'Casey' }] });
    expect(await ids()).toEqual([null]);
    expect(seen()).not.toContain('GET /contacts/12');
  });

  test.each([
    ['the most specific name', { id: 1, entityId: 2, contact: { id: 3 }, contactId: 7 }],
    ['the thing inside', { id: 1, entityId: 2, Contact: { ID: 7 } }],
    ['the entity ID', { id: 1, entityId: '7' }],
    ['the ID', { Id: 7 }],
    ['the ID, beside what looks like a failure', { id: 7, errors: ['bounced'] }],
    ['the next name, where one is no ID', { contactId: 'c-7', id: 7 }],
  ])('has its ID under %s', async (_, entry) => {
    answer({ 'POST /contacts/find': [{ ...entry, callName: 'casey ' }] });
    expect(await ids()).toEqual(['7']);
    expect(seen()).toContain('GET /contacts/7');
  });

  test.each([
    [{ contactId: 7, callName: 'Robin' }],
    [{ contactId: '7', id: '7', callName: 'Robin', note: 'Casey' }],
  ])('is an error when its ID is that of another one: %j', async (entry) => {
    answer({ 'POST /contacts/find': [entry], 'GET /contacts/7': { id: '7', callName: 'Casey' } });
    const { code, message } = await refused({ needle: 'x' });
    expect(code).toBe('AnotherFound');
    expect(message).toContain('found a contact, but under the ID of it, 7, it has another one');
  });

  test.each([
    ['a text of several agrees', { contactId: 7, callName: 'Casey', mail: 'other' }],
    ['they share no text', { contactId: 7, displayName: 'Robin', isVip: true }],
    ['a time is written otherwise', { contactId: 7, lastSeen: '2026-03-10T15:00:00+01:00' }],
  ])('counts as the same when %s', async (_, entry) => {
    answer({
      'POST /contacts/find': [entry],
      'GET /contacts/7': {
        ...{ id: 7, callName: 'CASEY', mail: 'one', isVip: false },
        lastSeen: '2026-03-10T14:00:00.0000000Z',
      },
    });
    expect(await ids()).toEqual(['7']);
  });

  test('is as the site sent it when the site describes no contact', async () => {
    answer(describeAs('ContactDetails', UNREADABLE));
    const { results, warnings } = await find({ needle: 'x' });
    expect(results).toMatchObject([{ id: '7', callName: 'Casey', extra: [1] }]);
    expect(warnings).toHaveLength(1);
  });

  test('is an error when it can not be looked up', async () => {
    answer({ 'GET /contacts/7': new Answer('{}', 403) });
    expect((await refused({ needle: 'x' })).message).toContain('may look up a contact');
  });
});

test('a search that can not be reached is tried three times, and was never "done"', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  answer({ 'POST /contacts/find': new Answer('{}', 503) });
  const { code, message } = await refused({ needle: 'x' });
  jest.restoreAllMocks();
  expect(code).toBe('DeskDirectorUnreachable');
  expect(message).not.toContain('may have been done');
  expect(sent()).toHaveLength(3);
});

describe('a test with what a made-up chat holds', () => {
  test.each([
    { needle: 'Casey Customer' },
    { needle: ' casey customer', town: 'Example Bakery', isOpen: 'true', team: '4' },
    { rows: [{ rows__word: 'Robin Colleague' }] },
    { needle: 'x', team: '2000003101' },
    { needle: 'Example Contact Email' },
  ])('finds an example, so that Find or Create makes nobody up: %j', async (input) => {
    const byId = await find({ contact_id: '2000001001' }, IN_TEST);
    const { results } = await find(input, IN_TEST);
    expect(results).toEqual(byId.results);
    expect(results).toMatchObject([{ id: '2000001001', callName: 'Example Called' }]);
    expect(sent()).toEqual([]);
  });

  test.each([
    [{ needle: 'Casey Customer' }, {}],
    [{ needle: 'Casey Customer', town: 'Aarhus' }, IN_TEST],
    [{ needle: 'Casey' }, IN_TEST],
    [{ team: '4' }, IN_TEST],
  ])('is none: %j, %j', async (input, meta) => {
    expect((await find(input, meta)).results).toMatchObject([{ id: '7', callName: 'Casey' }]);
    expect(sent()).toHaveLength(1);
  });
});

describe('find_user_group', () => {
  const operation = 'searches.find_user_group.operation';
  const GROUP = object({ id: integer, label: string, size: integer });
  const groups = (schema: unknown, found: unknown) =>
    answer({
      ...describeAs('FindUserGroupsRequest', FORM),
      ...describeAs('FindUserGroupsResponse', schema),
      'POST /user-groups/find': found,
    });
  const LIST = object({ results: list(GROUP) });
  const ALL = { userGroupId: 4, id: 1, label: 'All' };
  const NONE = { label: 'None', size: '2' };

  const definitions = { groups: list({ $ref: '#/definitions/group' }), group: GROUP };

  test.each([
    ['results', LIST],
    ['other capitals', object({ Results: list(GROUP), more: {} })],
    ['the only list', object({ groups: list(GROUP), n: {} })],
    ['a bare list', list(GROUP)],
    ['references', object({ results: { $ref: '#/definitions/groups' } }, { definitions })],
  ])('gives the entries as they came, described by %s', async (_, schema) => {
    groups(schema, [ALL, NONE]);
    const { results } = await ask(`${operation}.perform`, { needle: 'x' });
    expect(results).toEqual([
      { ...ALL, id: '4', id_site: 1, size: null },
      { ...NONE, id: null, size: 2 },
    ]);
    expect(seen()).toEqual([
      'GET /schema/dynamic-types/FindUserGroupsRequest',
      'GET /schema/dynamic-types/FindUserGroupsResponse',
      'POST /user-groups/find',
    ]);
    const fields = await ask(`${operation}.outputFields`);
    expect(fields.results.map(({ key }) => key)).toEqual(['id', 'label', 'size']);
  });

  test.each([
    ['two lists', object({ a: { type: 'array' }, b: { type: 'array' } })],
    ['no list', object({ a: GROUP })],
    ['nothing', UNREADABLE],
  ])('gives the entries without a description: %s', async (_, schema) => {
    groups(schema, [{ id: 4, label: 'All' }]);
    const { results, warnings } = await ask(`${operation}.perform`, { needle: 'x' });
    expect(results).toEqual([{ id: '4', label: 'All' }]);
    expect(warnings).toEqual([expect.stringContaining("result can't be read")]);
  });

  test('has a note and no ID', async () => {
    groups(LIST, []);
    const { results } = await ask(`${operation}.inputFields`);
    expect(results[0]).toMatchObject({ key: 'site_form_note', type: 'copy' });
    const { message } = await refusal(`${operation}.perform`);
    expect(message).toMatch(/^There is nothing to search by.* Fill in at least one search field\./);
  });
});
