import { describe, expect, test } from '@jest/globals';
import markdownIt from 'markdown-it';
import { fieldsFor } from '../helpers/form.ts';
import { call, connectedDeskDirector } from '../helpers/zapier.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const fieldFor = async (property: object) => {
  const { fields, note } = await fieldsFor(object({ some_key: property }));
  return { field: fields[0], count: fields.length, note };
};
const YES_OR_NO = [
  { value: 'true', label: 'Yes', sample: 'true' },
  { value: 'false', label: 'No', sample: 'false' },
];
const LEFT_OUT = 'This form does not show all that your DeskDirector site describes. Left out:';
const TOO_LARGE = 'its description is too large';
const keysFor = async (schema: object) => (await fieldsFor(schema)).fields.map(({ key }) => key);

describe('a property becomes a field', () => {
  const plain = { key: 'some_key', label: 'Some Key', required: false };
  test.each([
    ['string', { type: 'string' }, { ...plain, type: 'string' }],
    ['string or null', { type: ['string', 'null'] }, { ...plain, type: 'string' }],
    ['nullable string', { type: 'string', nullable: true }, { ...plain, type: 'string' }],
    ['multi-line text', { type: 'string', format: 'multiline' }, { ...plain, type: 'text' }],
    ['HTML', { type: 'string', format: 'html' }, { ...plain, type: 'text' }],
    ['a text area', { type: 'string', format: 'textArea' }, { ...plain, type: 'text' }],
    ['another format', { type: 'string', format: 'uuid' }, { ...plain, type: 'string' }],
    ['a longer format', { type: 'string', format: 'html5' }, { ...plain, type: 'string' }],
    ['a format that ends alike', { type: 'string', format: 'xhtml' }, { ...plain, type: 'string' }],
    ['a format that is none', { type: 'string', format: ['html'] }, { ...plain, type: 'string' }],
    [
      'boolean',
      { type: 'boolean', default: false },
      { ...plain, type: 'string', default: 'false', choices: YES_OR_NO },
    ],
    [
      'integer, as text',
      { type: 'integer', default: 0 },
      { ...plain, type: 'string', default: '0', helpText: 'A whole number.' },
    ],
    [
      'number, as text with a hint behind its description',
      { type: 'number', description: ' From 0 to 1. ' },
      { ...plain, type: 'string', helpText: 'From 0 to 1. A number; decimals with a point.' },
    ],
    [
      'date-time, as text',
      { type: 'string', format: 'date-time' },
      {
        ...plain,
        type: 'string',
        helpText:
          'A date and time, such as `2026-03-10T14:00:00+01:00`. Without an offset, it is in the time zone of the Zap.',
      },
    ],
    [
      'enum, without what is blank',
      { type: ['string', 'null'], enum: ['b', 'a', '', ' ', 7, null], default: 'a' },
      {
        ...plain,
        type: 'string',
        default: 'a',
        choices: [
          { value: 'b', label: 'b', sample: 'b' },
          { value: 'a', label: 'a', sample: 'a' },
        ],
      },
    ],
    [
      'enum without a type, a default outside of it left out',
      { enum: ['b', null], default: 'a' },
      { ...plain, type: 'string', choices: [{ value: 'b', label: 'b', sample: 'b' }] },
    ],
    [
      'enum of integers, without the hint',
      { type: 'integer', enum: [1, 2, 'x'], default: 2 },
      {
        ...plain,
        type: 'string',
        default: '2',
        choices: [
          { value: '1', label: '1', sample: '1' },
          { value: '2', label: '2', sample: '2' },
        ],
      },
    ],
    [
      'enum, whatever its format and list of the API',
      {
        type: 'string',
        enum: ['x'],
        format: 'multiline',
        'x-ms-dynamic-values': { operationId: 'ListCompanies' },
      },
      { ...plain, type: 'string', choices: [{ value: 'x', label: 'x', sample: 'x' }] },
    ],
    [
      'const',
      { const: 'x' },
      { ...plain, type: 'string', choices: [{ value: 'x', label: 'x', sample: 'x' }] },
    ],
    [
      'list of integers, with no default',
      { type: 'array', items: { type: 'integer' }, default: [1], description: 'Some.' },
      { ...plain, type: 'string', list: true, helpText: 'Some. A whole number.' },
    ],
    [
      'list whose items are described',
      { type: 'array', items: { type: 'string', description: 'One.' } },
      { ...plain, type: 'string', list: true, helpText: 'One.' },
    ],
    [
      'title',
      { type: 'string', title: ' Given ', 'x-ms-summary': 'Other' },
      { ...plain, label: 'Given', type: 'string' },
    ],
    [
      'x-ms-summary',
      { type: 'string', 'x-ms-summary': 'Given' },
      { ...plain, label: 'Given', type: 'string' },
    ],
    ['a title of nothing but spaces', { type: 'string', title: ' ' }, { ...plain, type: 'string' }],
    [
      'a long title, cut',
      { type: 'string', title: 'x'.repeat(200) },
      { ...plain, label: `${'x'.repeat(99)}…`, type: 'string' },
    ],
    [
      'a long title and a long description, cut between two characters',
      { type: 'string', title: `${'x'.repeat(97)}👍🏽y`, description: `${'x'.repeat(996)}👍🏽yy` },
      {
        ...plain,
        label: `${'x'.repeat(97)}…`,
        type: 'string',
        helpText: `${'x'.repeat(996)}…`,
      },
    ],
    [
      'a title in several lines',
      { type: 'string', title: 'In two\n  lines' },
      { ...plain, label: 'In two lines', type: 'string' },
    ],
    [
      'help text that says no more than the label is left out',
      { type: 'string', title: 'Given', description: 'Given' },
      { ...plain, label: 'Given', type: 'string' },
    ],
    [
      'a list of the API',
      { type: 'integer', 'x-ms-dynamic-values': { operationId: 'ListCompanies' } },
      { ...plain, type: 'string', dynamic: 'company_list.id.name' },
    ],
    [
      'a list of the API for the items of a list',
      {
        type: 'array',
        items: { type: 'string', 'x-ms-dynamic-list': { operationId: 'ListMembers' } },
      },
      { ...plain, type: 'string', list: true, dynamic: 'member_list.id.name' },
    ],
    [
      'a list of the API on the list itself',
      {
        type: 'array',
        items: { type: 'string' },
        'x-ms-dynamic-list': { operationId: 'ListMembers' },
      },
      { ...plain, type: 'string', list: true, dynamic: 'member_list.id.name' },
    ],
    [
      'a list of the API with a parameter that its dropdown knows',
      {
        type: 'integer',
        'x-ms-dynamic-values': {
          operationId: 'ListRequestTypes',
          parameters: { withSomethingElse: true },
        },
      },
      { ...plain, type: 'string', dynamic: 'request_type_list.id.name' },
    ],
    [
      'a list of the API that has no dropdown: the help text says which id is asked for',
      { type: 'integer', 'x-ms-dynamic-values': { operationId: 'ListArticles' } },
      {
        ...plain,
        type: 'string',
        helpText: "A whole number. The ID of one of DeskDirector's articles.",
      },
    ],
  ])('%s', async (_, property, expected) => {
    const { field, count, note } = await fieldFor(property);
    expect(field).toEqual(expected);
    expect({ count, note }).toEqual({ count: 1, note: null });
  });

  test.each([
    ['preferredTime_start', 'Preferred Time Start'],
    ['ticket-id2Name', 'Ticket Id2 Name'],
    ['APIKeyIDs', 'API Key IDs'],
    ['***', '***'],
    ['_', '_'],
  ])('a key without a title is made readable: %s', async (key, label) => {
    const { fields } = await fieldsFor(object({ [key]: { type: 'string' } }));
    expect(fields[0]).toMatchObject({ label });
  });

  test('a key within another, without a letter, keeps both', async () => {
    const { fields } = await fieldsFor(object({ _: object({ '-': { type: 'string' } }) }));
    expect(fields[0]).toMatchObject({ label: '_.-' });
  });

  test('help text has 1,000 characters at most, with its hint', async () => {
    const { field } = await fieldFor({ type: 'integer', description: 'x'.repeat(2000) });
    expect(field?.helpText).toHaveLength(1000);
    expect(field?.helpText).toMatch(/x… A whole number\.$/);
  });
});

describe('objects', () => {
  test('are fields beside the others; what is required in an optional one is not on its own', async () => {
    const inner = object(
      { street: { type: 'string' }, zip: { type: 'string' } },
      { required: ['street'] },
    );
    const { fields } = await fieldsFor(
      object(
        { home: inner, work: inner, name: { type: 'string', title: 'Name' } },
        { required: ['work', 'name'] },
      ),
    );
    expect(fields.map(({ key, label, required }) => [key, label, required])).toEqual([
      ['home__street', 'Home Street', false],
      ['home__zip', 'Home Zip', false],
      ['work__street', 'Work Street', true],
      ['work__zip', 'Work Zip', false],
      ['name', 'Name', true],
    ]);
  });

  test('in a list are line items, without lists', async () => {
    const item = object(
      {
        id: { type: 'integer' },
        where: object({ street: { type: 'string' } }),
        tags: { type: 'array', items: { type: 'string' } },
      },
      { required: ['id'] },
    );
    const { fields, note } = await fieldsFor(
      object({ rows: { type: 'array', items: item } }, { required: ['rows'] }),
    );
    expect(fields).toEqual([
      {
        key: 'rows',
        label: 'Rows',
        required: true,
        children: [
          {
            key: 'rows__id',
            label: 'Rows Id',
            type: 'string',
            required: true,
            helpText: 'A whole number.',
          },
          {
            key: 'rows__where__street',
            label: 'Rows Where Street',
            type: 'string',
            required: false,
          },
        ],
      },
    ]);
    expect(note).toBe(`${LEFT_OUT} “Rows Tags” (it is a list within a list).`);
  });

  test('allOf and local references are put in place', async () => {
    const { fields, note } = await fieldsFor({
      allOf: [
        { $ref: '#/definitions/base' },
        object({ b: { type: 'string' } }, { required: ['b'] }),
      ],
      properties: { c: { $ref: '#/$defs/a~1b%20c~0d', title: 'Own title' }, a: { maxLength: 5 } },
      definitions: { base: object({ a: { type: 'string', title: 'A' } }, { required: ['a'] }) },
      $defs: { 'a/b c~d': { type: 'boolean', title: 'Title' } },
    });
    expect(fields.map(({ key, label, type, required }) => [key, label, type, required])).toEqual([
      ['a', 'A', 'string', true],
      ['b', 'B', 'string', true],
      ['c', 'Own title', 'string', false],
    ]);
    expect(note).toBeNull();
  });

  test('a reference can lead into a list', async () => {
    const { fields } = await fieldsFor({
      allOf: [object({ a: { type: 'boolean' } })],
      properties: { b: { $ref: '#/allOf/0/properties/a' } },
    });
    expect(fields[1]).toMatchObject({ key: 'b', choices: YES_OR_NO });
  });

  test('what has properties is an object, with or without a type', async () => {
    const inner = { properties: { b: { type: 'string' } } };
    expect(await keysFor({ properties: { a: inner } })).toEqual(['a__b']);
  });

  test('the same reference in two places is no cycle', async () => {
    const schema = {
      allOf: [{ $ref: '#/definitions/address' }, { $ref: '#/definitions/address' }],
      properties: { previous: { $ref: '#/definitions/address' } },
      definitions: { address: object({ street: { type: 'string' } }) },
    };
    expect(await keysFor(schema)).toEqual(['street', 'previous__street']);
  });
});

describe('alternatives and further fields beside properties', () => {
  const x = { x: { type: 'string' } };
  const y = { properties: { y: { type: 'string' } } };

  test.each([
    ['alternatives', { anyOf: [y, {}] }],
    ['other alternatives', { oneOf: [y, { $ref: '#/nobody' }] }],
    ['fields that depend on others', Object.fromEntries([['then', y]])],
    ['fields that depend on others', { if: { required: ['x'] }, else: y }],
    ['fields that depend on one', { dependentSchemas: { x: y } }],
    ['fields without a fixed name', { additionalProperties: { type: 'string' } }],
    ['fields with names of a kind', { patternProperties: { '^z': { type: 'string' } } }],
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
    ['members that are not described', { additionalProperties: {} }],
    ['the only alternative', { oneOf: [{ type: 'null' }, {}] }],
  ])('are none: %s', async (_, more) => {
    expect((await fieldsFor(object(x, more))).note).toBeNull();
  });

  test('alternatives at the root are told where there is nothing else', async () => {
    const { fields, note } = await fieldsFor({ anyOf: [object(x), y] });
    expect(fields).toEqual([]);
    expect(note).toMatch(/^The fields of your DeskDirector site can't be shown: Your .+ in a way/);
    expect((await fieldsFor({ oneOf: [object(x), { type: 'null' }] })).fields).toHaveLength(1);
  });
});

describe('labels are told apart where one would stand twice', () => {
  const name = { type: 'string', title: 'Name' };
  const labelsFor = async (properties: object) =>
    (await fieldsFor(object(properties))).fields.flatMap(({ label, children }) =>
      Array.isArray(children) ? [label, ...children.map((child) => child.label)] : [label],
    );

  test('by the object that is around them, as far out as needed', async () => {
    const person = (title: string) =>
      object({ name, home: object({ name }, { title: 'Home' }) }, { title });
    expect(await labelsFor({ from: person('From'), to: person('To'), name })).toEqual([
      'From Name',
      'From Home Name',
      'To Name',
      'To Home Name',
      'Name (name)',
    ]);
  });

  test('by their place, where the objects around them are titled alike, or none is', async () => {
    const inner = object({ name }, { title: 'Person' });
    expect(await labelsFor({ a: inner, b: inner })).toEqual(['Name (a.name)', 'Name (b.name)']);
    expect(await labelsFor({ a: name, b: { ...name, title: 'NAME' } })).toEqual([
      'Name (a)',
      'NAME (b)',
    ]);
  });

  test('in line items, too', async () => {
    const rows = { type: 'array', title: 'Rows', items: object({ name }) };
    expect(await labelsFor({ first: name, rows })).toEqual(['Name (first)', 'Rows', 'Rows Name']);
  });
});

describe('a label of a property', () => {
  const level = { type: 'string', title: 'Level' };
  const labelsFor = async (properties: object) =>
    (await fieldsFor({ ...object(properties), definitions: { level } })).fields.map(
      ({ label }) => label,
    );
  const $ref = '#/definitions/level';

  test.each([
    ['its name before the title of a definition', { severity: { $ref } }, 'Severity'],
    ['its title before that', { severity: { $ref, title: 'How bad' } }, 'How bad'],
    ['its summary before that', { severity: { $ref, 'x-ms-summary': 'How bad' } }, 'How bad'],
    ['its name, whatever alternative is null', { x: { oneOf: [{ type: 'null' }, { $ref }] } }, 'X'],
    ['its title in a part', { x: { allOf: [{ $ref }, { title: 'Mine' }] } }, 'Mine'],
    ['its name, whatever the title of a part', { x: { allOf: [{ allOf: [{ $ref }] }] } }, 'X'],
    ['its name for a list', { x: { type: 'array', items: { $ref } } }, 'X'],
  ])('is %s', async (_, properties, label) => {
    expect(await labelsFor(properties)).toEqual([label]);
  });

  test('is of its own where two refer to one definition', async () => {
    const properties = { severity: { $ref }, urgency: { $ref } };
    expect(await labelsFor(properties)).toEqual(['Severity', 'Urgency']);
  });

  test.each([
    ['Chat Session', 'Chat Session (x)'],
    ['CHAT session', 'CHAT session (x)'],
  ])('is not that of a field of the app: %s', async (title, label) => {
    expect(await labelsFor({ x: { type: 'string', title } })).toEqual([label]);
  });

  test('is not a label that was made for another field', async () => {
    const name = { type: 'string', title: 'Name' };
    expect(await labelsFor({ a: name, b: name, c: { ...name, title: 'name (A)' } })).toEqual([
      'Name (a)',
      'Name (b)',
      'name (A) (c)',
    ]);
    expect(
      await labelsFor({ 'a.b': name, a: object({ b: name }), A: object({ B: name }) }),
    ).toEqual(['Name (a.b) 3', 'Name (a.b) 2', 'Name (A.B)']);
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
    ['[x](data:text/html,x)', 'x'],
    ['[x](//example.com)', 'x'],
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
      object({ some_key: { type: 'string', title: 'T', description: written }, odd }),
    );
    expect(fields[0]?.helpText).toBe(shown);
    for (const text of [fields[0]?.helpText, note]) {
      const [links, safe] = [/<(?:a|img|svg)\b/g, /<a href="https:\/\//g].map(
        (tag) => html.render(String(text)).match(tag) ?? [],
      );
      expect(links).toHaveLength(safe?.length ?? 0);
    }
  });

  test('a title of which nothing is left is no label', async () => {
    const title = '<img src=x>';
    const labels = async (name: string) =>
      (await fieldsFor(object({ [name]: { type: 'string', title } }))).fields[0]?.label;
    expect(await labels('logo')).toBe('Logo');
    expect(await labels('![]()')).toBe('Field');
  });
});

describe('a list of the API', () => {
  const listed = (keywords: object) => ({ type: 'string', ...keywords });
  const values = (more: object) =>
    listed({ 'x-ms-dynamic-values': { operationId: 'ListCompanies', ...more } });
  const list = (more: object) =>
    listed({ 'x-ms-dynamic-list': { operationId: 'ListMembers', ...more } });

  test.each([
    ['the value path', values({ 'value-path': 'name' }), 'company_list.name.name'],
    ['the value path of a list', list({ itemValuePath: 'name' }), 'member_list.name.name'],
    [
      'a value and a title that are not published',
      values({ 'value-path': 'identifier', 'value-title': 'shortName' }),
      'company_list.identifier.shortName',
    ],
    ['no parameters', values({ 'value-path': 'id', parameters: {} }), 'company_list.id.name'],
  ])('is a dropdown by %s', async (_, property, dynamic) => {
    expect((await fieldFor(property)).field).toMatchObject({ dynamic });
  });

  test.each([
    [
      'parameters',
      values({ parameters: { type: 'x' } }),
      "The ID of one of DeskDirector's companies.",
    ],
    [
      'a path that a dropdown can not follow',
      list({ itemValuePath: 'company/id' }),
      "The company id of one of DeskDirector's members.",
    ],
    [
      'a list that the app does not know',
      listed({ 'x-ms-dynamic-list': { operationId: 'GetSLAPolicies', itemValuePath: 'name' } }),
      "The name of one of DeskDirector's sla policies.",
    ],
  ])('is a plain field that says which id is asked for: %s', async (_, property, helpText) => {
    const { field } = await fieldFor(property);
    expect(field).toMatchObject({ helpText });
    expect(field).not.toHaveProperty('dynamic');
  });
});

test('choices have the names that the site gives them', async () => {
  const choices = [
    { value: '0', label: 'Low', sample: '0' },
    { value: '1', label: 'High', sample: '1' },
    { value: '2', label: '2', sample: '2' },
  ];
  for (const property of [
    { type: 'integer', enum: [0, 1, 2], 'x-enumNames': ['Low', 'High', ' '] },
    { enum: [null, 0, 1, 2], 'x-enum-varnames': [null, 'Low', 'High'], default: 5 },
    { oneOf: [{ const: 0, title: 'Low' }, { const: 1, title: 'High' }, { const: 2 }] },
    {
      anyOf: [
        { type: 'null' },
        { oneOf: [{ const: 0, title: 'Low' }, { enum: [1], title: 'High' }, { const: 2 }] },
      ],
    },
  ]) {
    expect((await fieldFor(property)).field).toEqual({
      key: 'some_key',
      label: 'Some Key',
      required: false,
      type: 'string',
      choices,
    });
  }
});

test('a large list of choices does not take the fields behind it along', async () => {
  const large = { enum: Array.from({ length: 20_001 }, (_, n) => `${n}`) };
  const wide = { enum: Array.from({ length: 9_000 }, (_, n) => `${n}`) };
  const { fields, note } = await fieldsFor(
    object({ large, a: wide, b: wide, c: wide, d: { type: 'string' } }),
  );
  expect(fields.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect(note).toBe(`${LEFT_OUT} “Large” (${TOO_LARGE}).`);
});

describe('a default is shown where it can be sent', () => {
  test.each([
    ['an object', { type: 'string', default: { x: 1 } }],
    ['text for a number', { type: 'integer', default: 'soon' }],
    ['neither yes nor no', { type: 'boolean', default: 'nope' }],
    ['nothing', { type: 'string', default: '' }],
    ['null', { type: 'string', default: null }],
  ])('not %s', async (_, property) => {
    expect((await fieldFor(property)).field).not.toHaveProperty('default');
  });
});

test('a property without a name is left out', async () => {
  const { fields, note } = await fieldsFor(object({ '': { type: 'string' } }));
  expect(fields).toEqual([]);
  expect(note).toBe(`${LEFT_OUT} “” (it has no name).`);
});

test('a schema that says nothing describes an object without fields', async () => {
  expect(await fieldsFor({})).toEqual({ fields: [], note: null });
});

describe('a form of more than 1,000 fields', () => {
  const string = { type: 'string' };
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
    const { fields } = await fieldsFor({
      ...object(
        {
          ...some(999, 'f'),
          optional: { $ref: '#/definitions/last' },
          last: { $ref: '#/definitions/last' },
        },
        { required: ['last', 'optional'] },
      ),
      definitions: {
        last: object({ a: string, b: string }, { required: ['b'] }),
      },
    });
    expect(fields).toHaveLength(1000);
    expect(fields.slice(-4).map(({ key }) => key)).toEqual([
      'f996',
      'f997',
      'optional__b',
      'last__b',
    ]);
  });

  test('counts a list and each of its columns, and no hidden property', async () => {
    const hidden = { ...string, default: 'x', 'x-ms-visibility': 'internal' };
    const rows = { type: 'array', items: object({ ...some(3, 'c'), ...some(10, 'h', hidden) }) };
    const keys = async (count: number) =>
      (await fieldsFor(object({ ...some(count, 'f'), rows, ...some(10, 'h', hidden) }))).fields
        .slice(count)
        .map(({ children }) => (Array.isArray(children) ? children.map(({ key }) => key) : null));
    expect(await keys(996)).toEqual([['rows__c0', 'rows__c1', 'rows__c2']]);
    expect(await keys(998)).toEqual([['rows__c0']]);
    expect(await keys(999)).toEqual([]);
  });

  test('references that multiply to 100,000 fields give 1,000', async () => {
    const item = object(some(40, 'c'));
    const { fields, note } = await fieldsFor({
      ...object(some(2500, 'f', { $ref: '#/definitions/item' })),
      definitions: { item },
    });
    expect(fields).toHaveLength(1000);
    expect(note).toContain('and 98,997 more');
  });
});

describe('what is shown, and where', () => {
  test('read-only and internal properties are not shown, advanced ones come last', async () => {
    const schema = object({
      answer: { type: 'string', readOnly: true },
      secret: { type: 'string', 'x-ms-visibility': 'internal' },
      secrets: object({ one: { type: 'string' } }, { 'x-ms-visibility': 'Internal' }),
      late: object(
        { first: { type: 'string' }, x: { type: 'string', 'x-ms-visibility': 'internal' } },
        { 'x-ms-visibility': 'ADVANCED' },
      ),
      early: { type: 'string', 'x-ms-visibility': 'important' },
      rows: {
        type: 'array',
        items: object({ x: { type: 'string', 'x-ms-visibility': 'internal' } }),
      },
    });
    const { fields, note } = await fieldsFor(schema);
    expect(fields.map(({ key }) => key)).toEqual(['early', 'late__first']);
    expect(note).toBeNull();
  });
});

describe('keys', () => {
  test('one of ours, one with "__" and one that every object has get a suffix', async () => {
    const string = { type: 'string' };
    expect(
      await keysFor(
        object({
          session_id: string,
          a__b: string,
          a: object({ b: string }),
          constructor: string,
          a__b_site: string,
        }),
      ),
    ).toEqual(['session_id_site', 'a__b_site', 'a__b', 'constructor_site', 'a__b_site_site']);
  });

  test('two that would be the same are told apart, whatever their order', async () => {
    const string = { type: 'string' };
    const a = object({ b_site: string });
    expect(await keysFor(object({ a, a__b: string }))).toEqual(['a__b_site', 'a__b_site_']);
    expect(await keysFor(object({ a__b: string, a }))).toEqual(['a__b_site_', 'a__b_site']);
  });

  test('an object with "__" gives a suffix to all that is in it', async () => {
    const string = { type: 'string' };
    expect(
      await keysFor(
        object({ a__b: object({ c: string }), a: object({ b: object({ c: string }) }) }),
      ),
    ).toEqual(['a__b__c_site', 'a__b__c']);
    expect(await keysFor(object({ a__b: object({ c: string }) }))).toEqual(['a__b__c_site']);
  });

  test('__proto__ is a key like any other', async () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}');
    expect(await keysFor(schema)).toEqual(['__proto___site']);
  });
});

/** A text schema inside this many other schemas. */
function within(schemas: number): object {
  const inner = schemas === 1 ? { type: 'string' } : within(schemas - 1);
  return { allOf: [inner] };
}

const NOT_DESCRIBED = 'your site does not describe it';
const SEVERAL_KINDS = 'it takes several kinds of values';
const NO_FIELD = 'it takes a kind of value that no field here is for';

describe('a property that can not be shown is left out by itself, with the reason', () => {
  test.each([
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, SEVERAL_KINDS],
    [
      'alternatives beside null',
      { anyOf: [{ type: 'null' }, { type: 'string' }, { type: 'array' }] },
      SEVERAL_KINDS,
    ],
    ['several types', { type: ['string', 'integer'] }, SEVERAL_KINDS],
    ['text or yes', { type: ['string', 'boolean'], pattern: 'x' }, SEVERAL_KINDS],
    ['no type', {}, NO_FIELD],
    ['a type that is no name', { type: 7 }, NO_FIELD],
    ['nothing but null', { type: 'null' }, NO_FIELD],
    ['no value but null', { type: ['string', 'null'], const: null }, 'it allows no value'],
    ['an unknown type', { type: 'file' }, NO_FIELD],
    ['mixed values', { enum: [1, 'a'] }, NO_FIELD],
    ['no value at all', { enum: [] }, 'it allows no value'],
    ['no value', { type: 'string', enum: [null, ''] }, 'it allows no value of its type'],
    ['true', true, NOT_DESCRIBED],
    [
      'a list of lists',
      { type: 'array', items: { type: 'array', items: { type: 'string' } } },
      NO_FIELD,
    ],
    ['an object without fields', { type: 'object' }, 'none of its fields is described'],
    [
      'a dictionary',
      { type: 'object', additionalProperties: { type: 'string' } },
      'none of its fields is described',
    ],
    ['a tuple', { type: 'array', items: [{ type: 'string' }] }, NOT_DESCRIBED],
    ['a list of whatever', { type: 'array' }, NOT_DESCRIBED],
    [
      'objects without fields',
      { type: 'array', items: { type: 'object' } },
      'none of its fields is described',
    ],
    ['a broken reference', { $ref: '#/definitions/nobody' }, NOT_DESCRIBED],
    ['a reference within text', { $ref: '#/type/x' }, NOT_DESCRIBED],
    ['a reference within a list', { $ref: '#/properties/odd/allOf/x', allOf: [] }, NOT_DESCRIBED],
    [
      'a reference through null',
      { $ref: '#/properties/odd/default/x', default: null },
      NOT_DESCRIBED,
    ],
    ['a reference without a place', { $ref: '' }, NOT_DESCRIBED],
    ['a badly encoded reference', { $ref: '#/definitions/%zz' }, NOT_DESCRIBED],
    ['a reference to elsewhere', { $ref: 'https://example.com/#/a' }, NOT_DESCRIBED],
    ['a reference to another host', { $ref: '//properties/good' }, NOT_DESCRIBED],
    ['a reference to a file', { $ref: 'address.json' }, NOT_DESCRIBED],
    ['a reference of another kind', { $ref: '#anchor' }, NOT_DESCRIBED],
    ['itself', { $ref: '#/properties/odd' }, 'it contains itself'],
    ['the whole', { $ref: '#' }, 'it contains itself'],
    ['20,001 choices', { enum: Array.from({ length: 20_001 }, (_, n) => `${n}`) }, TOO_LARGE],
  ])('%s', async (_, odd, reason) => {
    const { fields, note } = await fieldsFor(object({ odd, good: { type: 'string' } }));
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(note).toBe(`${LEFT_OUT} “Odd” (${reason}).`);
  });

  test('a cycle ends where it begins again', async () => {
    const { fields, note } = await fieldsFor({
      ...object({ quote: { $ref: '#/definitions/quote' } }),
      definitions: {
        quote: object({ text: { type: 'string' }, quote: { $ref: '#/definitions/quote' } }),
      },
    });
    expect(fields.map(({ key }) => key)).toEqual(['quote__text']);
    expect(note).toContain('“Quote Quote” (it contains itself)');
  });

  test('a list of itself', async () => {
    const { note } = await fieldsFor({
      ...object({ rows: { $ref: '#/definitions/rows' } }),
      definitions: { rows: { type: 'array', items: { $ref: '#/definitions/rows' } } },
    });
    expect(note).toContain('“Rows” (it contains itself)');
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
      const { fields, note } = await fieldsFor(object({ x: { type: 'string' } }, more));
      expect(fields.map(({ key }) => key)).toEqual(['x']);
      expect(note).toBe(`${LEFT_OUT} further fields (${reason}).`);
    });
  });

  test('what is nested deeper than 8 levels', async () => {
    let schema: object = object({ leaf: { type: 'string' } });
    for (let level = 0; level < 100; level += 1)
      schema = object({ o: schema, leaf: { type: 'string' } });
    const { fields, note } = await fieldsFor(schema);
    expect(fields.map(({ key }) => String(key).split('__').length)).toEqual([
      8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(note).toContain('“O O O O O O O O” (it lies deeper than 8 levels)');
  });

  test.each([
    ['20,000 values', TOO_LARGE, { enum: Array.from({ length: 20_000 }, (_, n) => `${n}`) }],
    [
      '20,000 properties',
      TOO_LARGE,
      object(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, true]))),
    ],
    ['33 schemas within each other', TOO_LARGE, within(33)],
  ])('what has %s', async (_, reason, odd) => {
    const { fields, note } = await fieldsFor(object({ good: { type: 'string' }, odd }));
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(note).toBe(`${LEFT_OUT} “Odd” (${reason}).`);
  });

  test('but not what has a little less', async () => {
    const values = { enum: Array.from({ length: 15_000 }, (_, n) => `${n}`) };
    const { fields, note } = await fieldsFor(object({ values, nested: within(32) }));
    expect(fields.map(({ key }) => key)).toEqual(['values', 'nested']);
    expect(note).toBeNull();
  });

  test('references that multiply', async () => {
    const definitions: Record<string, object> = { d0: { type: 'string' } };
    for (let n = 1; n < 30; n += 1) {
      const $ref = `#/definitions/d${n - 1}`;
      definitions[`d${n}`] = { allOf: [{ $ref }, { $ref }] };
    }
    const { fields, note } = await fieldsFor({
      ...object({ good: { type: 'string' }, odd: { $ref: '#/definitions/d29' } }),
      definitions,
    });
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(note).toContain('“Odd” (its description is too large)');
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
    ['another type', { type: 'string' }, notAForm],
    ['a broken reference', { $ref: '#/nobody' }, notAForm],
    ['itself', { $ref: '#' }, notAForm],
  ])('%s', async (_, schema, reason) => {
    const { fields, note } = await fieldsFor(schema);
    expect(fields).toEqual([]);
    expect(note).toMatch(/^The fields of your DeskDirector site can't be shown: /);
    expect(note).toContain(reason);
  });
});

test.each([
  ['triggers.new_chat_session', 2],
  ['creates.send_chat_system_message', 1],
])("the sandbox's fields for %s take %i requests", async (step, requests) => {
  const site = await connectedDeskDirector();
  try {
    const { authData } = site;
    const { results } = await call(`${step}.operation.inputFields`, { authData });
    expect(results.length).toBeGreaterThan(3);
    expect(site.requests).toHaveLength(requests);
  } finally {
    await site.stop();
  }
});
