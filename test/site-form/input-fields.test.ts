import { describe, expect, test } from '@jest/globals';
import markdownIt from 'markdown-it';
import { fieldsFor } from '../helpers/form.ts';
import {
  boolean,
  dateTime,
  fromList,
  HIDDEN,
  integer,
  list,
  NULL,
  number,
  object,
  required,
  string,
} from '../helpers/schema.ts';

const fieldFor = async (property: object) => {
  const { fields, note } = await fieldsFor(object({ some_key: property }));
  return { field: fields[0], count: fields.length, note };
};
const plain = { key: 'some_key', label: 'Some Key', required: false, type: 'string' };
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);
const choices = (...values: string[]) =>
  values.map((value) => ({ value, label: value, sample: value }));
const YES_OR_NO = [
  { value: 'true', label: 'Yes', sample: 'true' },
  { value: 'false', label: 'No', sample: 'false' },
];
const LEFT_OUT = 'This form does not show all that your DeskDirector site describes. Left out:';
const TOO_LARGE = 'its description is too large';

describe('a property becomes a field', () => {
  const long = (count: number) => 'x'.repeat(count);

  test.each([
    ['string', string, {}],
    ['string or null', { type: ['string', 'null'] }, {}],
    ['multi-line text', { ...string, format: 'multiline' }, { type: 'text' }],
    ['HTML', { ...string, format: 'html' }, { type: 'text' }],
    ['a text area', { ...string, format: 'textArea' }, { type: 'text' }],
    ['a longer format', { ...string, format: 'html5' }, {}],
    ['a format that ends alike', { ...string, format: 'xhtml' }, {}],
    ['a format that is none', { ...string, format: ['html'] }, {}],
    ['boolean', { ...boolean, default: false }, { default: 'false', choices: YES_OR_NO }],
    ['integer, as text', { ...integer, default: 0 }, { default: '0', helpText: 'A whole number.' }],
    [
      'number, as text with a hint behind its description',
      { ...number, description: ' From 0 to 1. ' },
      { helpText: 'From 0 to 1. A number; decimals with a point.' },
    ],
    [
      'date-time, as text',
      dateTime,
      {
        helpText:
          'A date and time, such as `2026-03-10T14:00:00+01:00`. Without an offset, it is in the time zone of the Zap.',
      },
    ],
    [
      'enum, without what is blank',
      { type: ['string', 'null'], enum: ['b', 'a', '', ' ', 7, null], default: 'a' },
      { default: 'a', choices: choices('b', 'a') },
    ],
    [
      'enum without a type, a default outside of it left out',
      { enum: ['b', null], default: 'a' },
      { choices: choices('b') },
    ],
    [
      'enum of integers, without the hint',
      { ...integer, enum: [1, 2, 'x'], default: 2 },
      { default: '2', choices: choices('1', '2') },
    ],
    [
      'enum, whatever its format and list of the API',
      { ...fromList('ListCompanies'), ...string, enum: ['x'], format: 'multiline' },
      { choices: choices('x') },
    ],
    ['const', { const: 'x' }, { choices: choices('x') }],
    [
      'list of integers, with no default',
      list(integer, { default: [1], description: 'Some.' }),
      { list: true, helpText: 'Some. A whole number.' },
    ],
    [
      'list whose items are described',
      list({ ...string, description: 'One.' }),
      { list: true, helpText: 'One.' },
    ],
    ['title', { ...string, title: ' Given ', 'x-ms-summary': 'Other' }, { label: 'Given' }],
    ['a title of nothing but spaces', { ...string, title: ' ' }, {}],
    ['a long title, cut', { ...string, title: long(200) }, { label: `${long(99)}…` }],
    [
      'a long title and a long description, cut between two characters',
      { ...string, title: `${long(97)}👍🏽y`, description: `${long(996)}👍🏽yy` },
      { label: `${long(97)}…`, helpText: `${long(996)}…` },
    ],
    [
      'help text of 1,000 characters at most, with its hint',
      { ...integer, description: long(2000) },
      { helpText: `${long(983)}… A whole number.` },
    ],
    ['a title in lines', { ...string, title: 'In two\n  lines' }, { label: 'In two lines' }],
    [
      'help text that says no more than the label is left out',
      { ...string, title: 'Given', description: 'Given' },
      { label: 'Given' },
    ],
  ])('%s', async (_, property, expected) => {
    const { field, count, note } = await fieldFor(property);
    expect(field).toEqual({ ...plain, ...expected });
    expect({ count, note }).toEqual({ count: 1, note: null });
  });
});

describe('objects', () => {
  test('are fields beside the others; what is required in an optional one is not on its own', async () => {
    const inner = object({ street: string, zip: string }, { required: ['street'] });
    const name = { ...string, title: 'Name' };
    const more = { required: ['work', 'name'] };
    const { fields } = await fieldsFor(object({ home: inner, work: inner, name }, more));
    expect(fields.map(({ key, label, required }) => [key, label, required])).toEqual([
      ['home__street', 'Home Street', false],
      ['home__zip', 'Home Zip', false],
      ['work__street', 'Work Street', true],
      ['work__zip', 'Work Zip', false],
      ['name', 'Name', true],
    ]);
  });

  test('in a list are line items, without lists', async () => {
    const where = object({ street: string });
    const item = object({ id: integer, where, tags: list(string) }, { required: ['id'] });
    const { fields, note } = await fieldsFor(object({ rows: list(item) }, { required: ['rows'] }));
    const id = { key: 'rows__id', label: 'Rows ID', helpText: 'A whole number.', required: true };
    const street = { key: 'rows__where__street', label: 'Rows Where Street', required: false };
    const children = [id, street].map((child) => ({ type: 'string', ...child }));
    expect(fields).toEqual([{ key: 'rows', label: 'Rows', required: true, children }]);
    expect(note).toBe(`${LEFT_OUT} “Rows Tags” (it is a list within a list).`);
  });

  test('allOf and local references are put in place', async () => {
    const { fields, note } = await fieldsFor({
      allOf: [{ $ref: '#/definitions/base' }, required({ b: string })],
      properties: { c: { $ref: '#/$defs/a~1b%20c~0d', title: 'Own title' }, a: { maxLength: 5 } },
      definitions: { base: required({ a: { ...string, title: 'A' } }) },
      $defs: { 'a/b c~d': { ...boolean, title: 'Title' } },
    });
    expect(fields.map(({ key, label, type, required }) => [key, label, type, required])).toEqual([
      ['a', 'A', 'string', true],
      ['b', 'B', 'string', true],
      ['c', 'Own title', 'string', false],
    ]);
    expect(note).toBeNull();
  });

  test('a reference can lead into a list', async () => {
    const more = { allOf: [object({ a: boolean })] };
    const { fields } = await fieldsFor(object({ b: { $ref: '#/allOf/0/properties/a' } }, more));
    expect(fields[1]).toMatchObject({ key: 'b', choices: YES_OR_NO });
  });
});

describe('the keys of the fields', () => {
  const c = object({ c: string });
  const hidden = { ...string, ...HIDDEN };
  const address = { $ref: '#/definitions/address' };
  const definitions = { address: object({ street: string }) };

  test.each<[string, object, string[]]>([
    ['an object without a type', { properties: { a: { properties: { b: string } } } }, ['a__b']],
    [
      'one reference in two places, which is no cycle',
      object({ previous: address }, { allOf: [address, address], definitions }),
      ['street', 'previous__street'],
    ],
    [
      'what is shown: advanced properties come last',
      object({
        answer: { ...string, readOnly: true },
        secret: hidden,
        secrets: object({ one: string }, { 'x-ms-visibility': 'Internal' }),
        late: object({ first: string, x: hidden }, { 'x-ms-visibility': 'ADVANCED' }),
        early: { ...string, 'x-ms-visibility': 'important' },
        rows: list(object({ x: hidden })),
      }),
      ['early', 'late__first'],
    ],
    [
      'a suffix for keys of ours, keys with "__" and those that every object has',
      object({
        ...{ session_id: string, a__b: string, a: object({ b: string }) },
        ...{ constructor: string, a__b_site: string },
      }),
      ['session_id_site', 'a__b_site', 'a__b', 'constructor_site', 'a__b_site_site'],
    ],
    [
      'a further suffix for two that would be the same',
      object({ a__b: string, a: object({ b_site: string }) }),
      ['a__b_site_', 'a__b_site'],
    ],
    [
      'a suffix for all that is in an object with "__"',
      object({ a__b: c, a: object({ b: c }) }),
      ['a__b__c_site', 'a__b__c'],
    ],
    ['the same where nothing else has the key', object({ a__b: c }), ['a__b__c_site']],
    ['no field', {}, []],
  ])('%s', async (_, schema, keys) => {
    const { fields, note } = await fieldsFor(schema);
    expect(fields.map(({ key }) => key)).toEqual(keys);
    expect(note).toBeNull();
  });
});

describe('alternatives and further fields beside properties', () => {
  const x = { x: string };
  const y = { properties: { y: string } };

  test.each([
    ['alternatives', { anyOf: [y, {}] }],
    ['other alternatives', { oneOf: [y, { $ref: '#/nobody' }] }],
    ['fields that depend on others', Object.fromEntries([['then', y]])],
    ['fields that depend on others', { if: { required: ['x'] }, else: y }],
    ['fields that depend on one', { dependentSchemas: { x: y } }],
    ['fields without a fixed name', { additionalProperties: string }],
    ['fields with names of a kind', { patternProperties: { '^z': string } }],
  ])('are told: %s', async (_, more) => {
    const root = await fieldsFor(object(x, more));
    expect(root.fields.map(({ key }) => key)).toEqual(['x']);
    expect(root.note).toBe(`${LEFT_OUT} alternatives or further fields.`);

    const inner = await fieldsFor(object({ inner: object(x, { ...more, title: 'Inner' }) }));
    expect(inner.fields.map(({ key }) => key)).toEqual(['inner__x']);
    expect(inner.note).toBe(`${LEFT_OUT} alternatives or further fields in “Inner”.`);
  });

  test.each([
    ['rules about what belongs together', { anyOf: [{ required: ['x'] }, { required: ['y'] }] }],
    ['properties that are not described', { additionalProperties: {} }],
    ['the only alternative', { oneOf: [NULL, {}] }],
  ])('are none: %s', async (_, more) => {
    expect((await fieldsFor(object(x, more))).note).toBeNull();
  });

  test('alternatives at the root are told where there is nothing else', async () => {
    const { fields, note } = await fieldsFor({ anyOf: [object(x), y] });
    expect(fields).toEqual([]);
    expect(note).toMatch(/^The fields of your DeskDirector site can't be shown: Your .+ in a way/);
    expect((await fieldsFor({ oneOf: [object(x), NULL] })).fields).toHaveLength(1);
  });
});

describe('the labels of the fields', () => {
  const $ref = '#/definitions/level';
  const level = { ...string, title: 'Level' };
  const name = { ...string, title: 'Name' };
  const capitals = { ...string, title: 'NAME' };
  const person = (title: string) =>
    object({ name, home: object({ name }, { title: 'Home' }) }, { title });
  const inner = object({ name }, { title: 'Person' });

  test.each<[string, object, string[]]>([
    ['the name before the title of a definition', { how: { $ref }, bad: { $ref } }, ['How', 'Bad']],
    ['the title before that', { severity: { $ref, title: 'How bad' } }, ['How bad']],
    ['the summary before that', { severity: { $ref, 'x-ms-summary': 'How bad' } }, ['How bad']],
    ['the name, if an alternative is null', { x: { oneOf: [NULL, { $ref }] } }, ['X']],
    ['the title in a part', { x: { allOf: [{ $ref }, { title: 'Mine' }] } }, ['Mine']],
    ['the name, whatever the title of a part', { x: { allOf: [{ allOf: [{ $ref }] }] } }, ['X']],
    ['the name of a list', { x: list({ $ref }) }, ['X']],
    [
      'the object around a title that stands twice, as far out as needed',
      { from: person('From'), to: person('To'), name },
      ['From Name', 'From Home Name', 'To Name', 'To Home Name', 'Name (name)'],
    ],
    [
      'the place, if objects have one title',
      { a: inner, b: inner },
      ['Name (a.name)', 'Name (b.name)'],
    ],
    ['the place, if there is no object', { a: name, b: capitals }, ['Name (a)', 'NAME (b)']],
    [
      'the place, in line items too',
      { first: name, rows: list(object({ name }), { title: 'Rows' }) },
      ['Name (first)', 'Rows', 'Rows Name'],
    ],
    [
      'not that of a field of the app',
      { x: { ...string, title: 'CHAT session' } },
      ['CHAT session (x)'],
    ],
    [
      'not one that was made for another field',
      { a: name, b: name, c: { ...name, title: 'name (A)' } },
      ['Name (a)', 'Name (b)', 'name (A) (c)'],
    ],
    [
      'nor one in capitals',
      { 'a.b': name, a: object({ b: name }), A: object({ B: name }) },
      ['Name (a.b) 3', 'Name (a.b) 2', 'Name (A.B)'],
    ],
    ['not a title of which nothing is left', { logo: { ...string, title: '<img>' } }, ['Logo']],
    ['nor such a name', { '![]()': { ...string, title: '<img>' } }, ['Field']],
    ['words of a name', { preferredTime_start: string }, ['Preferred Time Start']],
    ['words with numbers', { 'ticket-id2Name': string }, ['Ticket Id2 Name']],
    ['words in capitals', { APIKeyIDs: string }, ['API Key IDs']],
    ['a name without a letter', { '***': string, _: string }, ['***', '_']],
    ['the same within another', { _: object({ '-': string }) }, ['_.-']],
  ])('%s', async (_, properties, labels) => {
    const { fields } = await fieldsFor({ ...object(properties), definitions: { level } });
    expect(
      fields.flatMap(({ label, children }) =>
        Array.isArray(children) ? [label, ...children.map((child) => child.label)] : [label],
      ),
    ).toEqual(labels);
  });
});

describe('in texts of a site, nothing but a link with https is a link', () => {
  const html = markdownIt({ html: true });

  test.each([
    ['[a guide](http://intern/guide)', 'a guide'],
    [
      '[a guide](https://help.example.com/a_(b) "Title")',
      '[a guide](https://help.example.com/a_(b))',
    ],
    ['[a guide](<https://help.example.com>)', '[a guide](https://help.example.com)'],
    ['[x](javascript:alert(1))', 'x'],
    ['[x](/admin)', 'x'],
    ['![Logo](https://example.com/logo.png)', 'Logo'],
    ['[![Logo](https://a.example/b.png)](https://c.example)', '[Logo](https://c.example)'],
    [
      '![Logo][1]\n\n[1]: https://example.com/logo.png',
      '![Logo][1]\n\n(1): https://example.com/logo.png',
    ],
    ['[x][1]\n\n> [1]: http://example.com', '[x][1]\n\n> (1): example.com'],
    ['[x](http://a b) [y](', 'x (y)('],
    ['[a [b] c](http://example.com)', '[a [b] c)(example.com)'],
    ['\\\\[x](https://example.com)', '\\\\(x)(https://example.com)'],
    ['<http://intern/guide> <https://example.com>', 'intern/guide https://example.com'],
    ['<me@example.com> <1@example.com>', '‹me@example.com> ‹1@example.com>'],
    ['<a@example.com>', '‹a@example.com>'],
    ['See http://intern/guide, ftp://a and https://b.', 'See intern/guide, a and https://b.'],
    ['<a href="http://intern">a guide</a><img src=x>', 'a guide'],
    ['<svg onload=x> and List<string>, but 1 < 2', '‹svg onload=x> and List‹string>, but 1 < 2'],
    ['a list: [USD], **bold**, `code`', 'a list: [USD], **bold**, `code`'],
  ])('%s', async (written, shown) => {
    const odd = { title: `${written} odd`.slice(0, 90) };
    const { fields, note } = await fieldsFor(
      object({ some_key: { ...string, title: 'T', description: written }, odd }),
    );
    expect(fields[0]?.helpText).toBe(shown);
    for (const text of [fields[0]?.helpText, note]) {
      const [links, safe] = [/<(?:a|img|svg)\b/g, /<a href="https:\/\//g].map(
        (tag) => html.render(String(text)).match(tag) ?? [],
      );
      expect(links).toHaveLength(safe?.length ?? 0);
    }
  });
});

describe('a list of the API', () => {
  const listed = (keywords: object) => ({ ...string, ...keywords });
  const values = (more: object) =>
    listed({ 'x-ms-dynamic-values': { operationId: 'ListCompanies', ...more } });
  const members = (more: object) =>
    listed({ 'x-ms-dynamic-list': { operationId: 'ListMembers', ...more } });
  const policies = members({ operationId: 'GetSLAPolicies', itemValuePath: 'name' });

  test.each([
    ['the value path', values({ 'value-path': 'name' }), 'company_list.name.name'],
    ['the value path of a list', members({ itemValuePath: 'name' }), 'member_list.name.name'],
    [
      'a value and a title that are not published',
      values({ 'value-path': 'identifier', 'value-title': 'shortName' }),
      'company_list.identifier.shortName',
    ],
    ['no parameters', values({ 'value-path': 'id', parameters: {} }), 'company_list.id.name'],
    [
      'a parameter that the dropdown knows',
      values({ operationId: 'ListRequestTypes', parameters: { withSomethingElse: true } }),
      'request_type_list.id.name',
    ],
  ])('is a dropdown by %s', async (_, property, dynamic) => {
    expect((await fieldFor(property)).field).toEqual({ ...plain, dynamic });
  });

  test.each([
    ['the items', list(members({}))],
    ['the list itself', { ...members({}), ...list(string) }],
  ])('is a dropdown for several values by %s', async (_, property) => {
    const dynamic = 'member_list.id.name';
    expect((await fieldFor(property)).field).toEqual({ ...plain, list: true, dynamic });
  });

  test.each([
    ['parameters', values({ parameters: { type: 'x' } }), 'ID', 'companies'],
    ['a path into an object', members({ itemValuePath: 'company/id' }), 'company id', 'members'],
    ['an unknown list', policies, 'name', 'sla policies'],
  ])('is a plain field that says which id is asked for: %s', async (_, property, id, things) => {
    const { field } = await fieldFor(property);
    const helpText = `The ${id} of one of DeskDirector's ${things}.`;
    expect(field).toEqual({ ...plain, helpText });
  });
});

test.each([
  { ...integer, enum: [0, 1, 2], 'x-enumNames': ['Low', 'High', ' '] },
  { enum: [null, 0, 1, 2], 'x-enum-varnames': [null, 'Low', 'High'], default: 5 },
  { oneOf: [{ const: 0, title: 'Low' }, { const: 1, title: 'High' }, { const: 2 }] },
  {
    anyOf: [
      NULL,
      { oneOf: [{ const: 0, title: 'Low' }, { enum: [1], title: 'High' }, { const: 2 }] },
    ],
  },
])('choices have the names that the site gives them: %j', async (property) => {
  const { field } = await fieldFor(property);
  expect(field).not.toHaveProperty('default');
  expect(field?.choices).toEqual([
    { value: '0', label: 'Low', sample: '0' },
    { value: '1', label: 'High', sample: '1' },
    { value: '2', label: '2', sample: '2' },
  ]);
});

test('a property without a name is left out', async () => {
  const { fields, note } = await fieldsFor(object({ '': string }));
  expect(fields).toEqual([]);
  expect(note).toBe(`${LEFT_OUT} “” (it has no name).`);
});

test('a large list of choices does not take the fields behind it along', async () => {
  const large = { enum: numbers(20_001) };
  const wide = { enum: numbers(9_000) };
  const { fields, note } = await fieldsFor(object({ large, a: wide, b: wide, c: wide, d: string }));
  expect(fields.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect(note).toBe(`${LEFT_OUT} “Large” (${TOO_LARGE}).`);
});

describe('a default is shown where it can be sent', () => {
  test.each([
    ['an object', { ...string, default: { x: 1 } }],
    ['text for a number', { ...integer, default: 'soon' }],
    ['neither yes nor no', { ...boolean, default: 'nope' }],
    ['nothing', { ...string, default: '' }],
    ['null', { ...string, default: null }],
  ])('not %s', async (_, property) => {
    expect((await fieldFor(property)).field).not.toHaveProperty('default');
  });
});

describe('a form of more than 1,000 fields', () => {
  /** Some properties with names that begin alike. */
  const some = (count: number, name: string, schema: object = string) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}`, schema]));

  test('shows the first 1,000, and names others', async () => {
    const { fields, note } = await fieldsFor(object(some(1200, 'f')));
    expect(fields.map(({ key }) => key)).toEqual(Object.keys(some(1000, 'f')));
    expect(note).toBe(
      `${LEFT_OUT} “F1000”, “F1001”, “F1002” and 197 more (at most 1,000 fields can be shown).`,
    );
    expect((await fieldsFor(object(some(1000, 'f')))).note).toBeNull();
  });

  test('chooses the required ones first, and keeps the order of the site', async () => {
    const ab = object({ a: string, b: string }, { required: ['b'] });
    const properties = { ...some(999, 'f'), optional: ab, last: ab };
    const { fields } = await fieldsFor(object(properties, { required: ['last', 'optional'] }));
    const keys = fields.map(({ key }) => key);
    expect(keys).toEqual([...Object.keys(some(998, 'f')), 'optional__b', 'last__b']);
  });

  test('counts a list and each of its columns, and no hidden property', async () => {
    const hidden = { ...string, default: 'x', ...HIDDEN };
    const rows = list(object({ ...some(3, 'c'), ...some(10, 'h', hidden) }));
    const keys = async (count: number) =>
      (await fieldsFor(object({ ...some(count, 'f'), rows, ...some(10, 'h', hidden) }))).fields
        .slice(count)
        .map(({ children }) => (Array.isArray(children) ? children.map(({ key }) => key) : null));
    expect(await keys(996)).toEqual([['rows__c0', 'rows__c1', 'rows__c2']]);
    expect(await keys(998)).toEqual([['rows__c0']]);
    expect(await keys(999)).toEqual([]);
  });

  test('references that multiply to 100,000 fields give 1,000', async () => {
    const { fields, note } = await fieldsFor({
      ...object(some(2500, 'f', { $ref: '#/definitions/item' })),
      definitions: { item: object(some(40, 'c')) },
    });
    expect(fields).toHaveLength(1000);
    expect(note).toContain('and 98,997 more');
  });
});

/** A text schema inside this many other schemas. */
const within = (schemas: number): object =>
  schemas === 0 ? string : { allOf: [within(schemas - 1)] };

const NOT_DESCRIBED = 'your site does not describe it';
const SEVERAL_KINDS = 'it takes several kinds of values';
const NO_FIELD = 'it takes a kind of value that no field here is for';
const NOTHING_DESCRIBED = 'none of its fields is described';

describe('a property that can not be shown is left out by itself, with the reason', () => {
  test.each([
    ['alternatives', { oneOf: [string, integer] }, SEVERAL_KINDS],
    ['alternatives and null', { anyOf: [NULL, string, { type: 'array' }] }, SEVERAL_KINDS],
    ['several types', { type: ['string', 'integer'] }, SEVERAL_KINDS],
    ['text or yes', { type: ['string', 'boolean'], pattern: 'x' }, SEVERAL_KINDS],
    ['no type', {}, NO_FIELD],
    ['a type that is no name', { type: 7 }, NO_FIELD],
    ['nothing but null', NULL, NO_FIELD],
    ['no value but null', { type: ['string', 'null'], const: null }, 'it allows no value'],
    ['an unknown type', { type: 'file' }, NO_FIELD],
    ['mixed values', { enum: [1, 'a'] }, NO_FIELD],
    ['no value at all', { enum: [] }, 'it allows no value'],
    ['no value', { ...string, enum: [null, ''] }, 'it allows no value of its type'],
    ['true', true, NOT_DESCRIBED],
    ['null', null, NOT_DESCRIBED],
    ['a list of nothing', [], NOT_DESCRIBED],
    ['a list of lists', list(list(string)), NO_FIELD],
    ['an object without fields', { type: 'object' }, NOTHING_DESCRIBED],
    ['a dictionary', { type: 'object', additionalProperties: string }, NOTHING_DESCRIBED],
    ['a tuple', list([string]), NOT_DESCRIBED],
    ['a list of whatever', { type: 'array' }, NOT_DESCRIBED],
    ['objects without fields', list({ type: 'object' }), NOTHING_DESCRIBED],
    ['a broken reference', { $ref: '#/definitions/nobody' }, NOT_DESCRIBED],
    ['a reference within text', { $ref: '#/type/x' }, NOT_DESCRIBED],
    ['a reference within a list', { $ref: '#/properties/odd/allOf/x', allOf: [] }, NOT_DESCRIBED],
    ['one through null', { $ref: '#/properties/odd/default/x', default: null }, NOT_DESCRIBED],
    ['a badly encoded reference', { $ref: '#/definitions/%zz' }, NOT_DESCRIBED],
    ['a reference to elsewhere', { $ref: 'https://example.com/#/a' }, NOT_DESCRIBED],
    ['a reference to another host', { $ref: '//properties/good' }, NOT_DESCRIBED],
    ['a reference of another kind', { $ref: '#anchor' }, NOT_DESCRIBED],
    ['itself', { $ref: '#/properties/odd' }, 'it contains itself'],
    ['the whole', { $ref: '#' }, 'it contains itself'],
    ['a list of itself', { $ref: '#/definitions/rows' }, 'it contains itself'],
    ['20,000 values', { enum: numbers(20_000) }, TOO_LARGE],
    ['20,000 properties', object({ ...numbers(20_000) }), TOO_LARGE],
    ['33 schemas within each other', within(33), TOO_LARGE],
    ['references that multiply', { $ref: '#/definitions/d29' }, TOO_LARGE],
  ])('%s', async (_, odd, reason) => {
    const twice = numbers(30).map((n) => {
      const $ref = `#/definitions/d${Number(n) - 1}`;
      return [`d${n}`, n === '0' ? string : { allOf: [{ $ref }, { $ref }] }];
    });
    const rows = list({ $ref: '#/definitions/rows' });
    const definitions = { rows, ...Object.fromEntries(twice) };
    const { fields, note } = await fieldsFor(object({ odd, good: string }, { definitions }));
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(note).toBe(`${LEFT_OUT} “Odd” (${reason}).`);
  });

  test('a cycle ends where it begins again', async () => {
    const { fields, note } = await fieldsFor({
      ...object({ quote: { $ref: '#/definitions/quote' } }),
      definitions: { quote: object({ text: string, quote: { $ref: '#/definitions/quote' } }) },
    });
    expect(fields.map(({ key }) => key)).toEqual(['quote__text']);
    expect(note).toContain('“Quote Quote” (it contains itself)');
  });

  describe('the whole schema, where a part of it can not be read', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`d${n}`, { $ref: `#/definitions/d${n + 1}` }]),
    );
    test.each([
      ['a broken reference', { $ref: '#/nobody' }, NOT_DESCRIBED],
      ['a deep part', { allOf: [within(40)] }, TOO_LARGE],
      ['a long chain', { $ref: '#/definitions/d0', definitions: chain }, TOO_LARGE],
    ])('shows its own properties: %s', async (_, more, reason) => {
      const { fields, note } = await fieldsFor(object({ x: string }, more));
      expect(fields.map(({ key }) => key)).toEqual(['x']);
      expect(note).toBe(`${LEFT_OUT} further fields (${reason}).`);
    });
  });

  test('what is nested deeper than 8 levels', async () => {
    let schema: object = object({ leaf: string });
    for (let level = 0; level < 100; level += 1) schema = object({ o: schema, leaf: string });
    const { fields, note } = await fieldsFor(schema);
    expect(fields.map(({ key }) => String(key).split('__').length)).toEqual([
      8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(note).toContain('“O O O O O O O O” (it lies deeper than 8 levels)');
  });

  test('but not what has a little less', async () => {
    const values = { enum: numbers(15_000) };
    const { fields, note } = await fieldsFor(object({ values, nested: within(32) }));
    expect(fields.map(({ key }) => key)).toEqual(['values', 'nested']);
    expect(note).toBeNull();
  });

  test('the note stays short', async () => {
    const odd = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`odd${n}`, {}]));
    const { note } = await fieldsFor(object(odd));
    expect(note).toMatch(/Left out: “Odd0” \(.+\); “Odd1” \(.+…\.$/);
    expect(note?.length).toBeLessThanOrEqual(1000);
  });
});

describe('what is no schema of an object adds no field, and is told', () => {
  const notTheApi = "no answer of DeskDirector's API";
  const notAForm =
    'Your DeskDirector site describes its fields in a way this app does not understand. Tell ' +
    "DeskDirector's support.";
  test.each([
    ['a list', [], notTheApi],
    ['text', '"x"', notTheApi],
    ['another type', string, notAForm],
    ['a schema inside', { schema: { properties: {} } }, notAForm],
    ['nothing but definitions', { definitions: {} }, notAForm],
    ['properties in capitals', { Properties: {} }, notAForm],
    ['a list of entries', { results: [] }, notAForm],
    ['a broken reference', { $ref: '#/nobody' }, notAForm],
    ['itself', { $ref: '#' }, notAForm],
  ])('%s', async (_, schema, reason) => {
    const { fields, note } = await fieldsFor(schema);
    expect(fields).toEqual([]);
    expect(note).toMatch(/^The fields of your DeskDirector site can't be shown: /);
    expect(note).toContain(reason);
  });
});
