import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { call } from '../zapier.ts';
import { fieldsFor } from './form.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const fieldFor = async (property: object) => {
  const { fields, warnings } = await fieldsFor(object({ some_key: property }));
  return { field: fields[0], count: fields.length, warnings };
};
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
      { ...plain, type: 'boolean', default: 'false' },
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
        helpText: 'Fill in a date and time with its offset, such as `2026-03-10T14:00:00+01:00`.',
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
      { ...plain, label: 'x'.repeat(100), type: 'string' },
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
      'a list of the API that has no dropdown',
      { type: 'string', 'x-ms-dynamic-values': { operationId: 'toString' } },
      { ...plain, type: 'string' },
    ],
  ])('%s', async (_, property, expected) => {
    const { field, count, warnings } = await fieldFor(property);
    expect(field).toEqual(expected);
    expect({ count, warnings }).toEqual({ count: 1, warnings: [] });
  });

  test.each([
    ['preferredTime_start', 'Preferred Time Start'],
    ['ticket-id2Name', 'Ticket Id2 Name'],
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
    expect(field?.helpText).toMatch(/x A whole number\.$/);
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
    const { fields, warnings } = await fieldsFor(
      object({ rows: { type: 'array', items: item } }, { required: ['rows'] }),
    );
    expect(fields).toEqual([
      {
        key: 'rows',
        label: 'Rows',
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
    expect(warnings).toEqual([
      'Left out of the fields that your site describes: rows.tags is a list within a list',
    ]);
  });

  test('allOf and local references are put in place', async () => {
    const { fields, warnings } = await fieldsFor({
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
      ['c', 'Own title', 'boolean', false],
    ]);
    expect(warnings).toEqual([]);
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
  const { fields, warnings } = await fieldsFor(object({ '': { type: 'string' } }));
  expect(fields).toEqual([]);
  expect(warnings[0]).toContain('has no name');
});

test('a schema that says nothing describes an object without fields', async () => {
  expect(await fieldsFor({})).toEqual({ fields: [], warnings: [] });
});

describe('what is shown, and where', () => {
  test('read-only and internal properties are not shown, advanced ones come last', async () => {
    const schema = object({
      answer: { type: 'string', readOnly: true },
      secret: { type: 'string', 'x-ms-visibility': 'internal' },
      secrets: object({ one: { type: 'string' } }, { 'x-ms-visibility': 'internal' }),
      late: object(
        { first: { type: 'string' }, x: { type: 'string', 'x-ms-visibility': 'internal' } },
        { 'x-ms-visibility': 'advanced' },
      ),
      early: { type: 'string', 'x-ms-visibility': 'important' },
      rows: {
        type: 'array',
        items: object({ x: { type: 'string', 'x-ms-visibility': 'internal' } }),
      },
    });
    const { fields, warnings } = await fieldsFor(schema);
    expect(fields.map(({ key }) => key)).toEqual(['early', 'late__first']);
    expect(warnings).toEqual([]);
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

/** A schema of text, within so many others. */
function within(schemas: number): object {
  const inner = schemas === 1 ? { type: 'string' } : within(schemas - 1);
  return { allOf: [inner] };
}

describe('a property that can not be shown is left out alone, with the reason', () => {
  test.each([
    ['alternatives', { oneOf: [{ type: 'string' }] }, 'offers alternatives'],
    ['other alternatives', { type: 'string', anyOf: [{ minLength: 1 }] }, 'offers alternatives'],
    [
      'several types',
      { type: ['string', 'integer'] },
      'has a type that no field has (string, integer)',
    ],
    ['no type', {}, 'has a type that no field has (none)'],
    ['a type that is no name', { type: 7 }, 'has a type that no field has (none)'],
    [
      'a type with a long name',
      { type: 'x'.repeat(99) },
      `has a type that no field has (${'x'.repeat(40)})`,
    ],
    ['nothing but null', { type: ['string', 'null'], const: null }, 'allows no value'],
    ['an unknown type', { type: 'file' }, 'has a type that no field has (file)'],
    ['mixed values', { enum: [1, 'a'] }, 'has a type that no field has (none)'],
    ['no value', { type: 'string', enum: [null, ''] }, 'allows no value'],
    ['true', true, 'is no schema'],
    [
      'a list of lists',
      { type: 'array', items: { type: 'array' } },
      'holds what has a type that no field has (array)',
    ],
    ['an object without fields', { type: 'object' }, 'is an object without fields'],
    ['a tuple', { type: 'array', items: [{ type: 'string' }] }, 'holds what is no schema'],
    [
      'objects without fields',
      { type: 'array', items: { type: 'object' } },
      'holds objects without fields',
    ],
    ['a broken reference', { $ref: '#/definitions/nobody' }, 'is no schema'],
    ['a reference within text', { $ref: '#/type/x' }, 'is no schema'],
    [
      'a reference through null',
      { $ref: '#/properties/odd/default/x', default: null },
      'is no schema',
    ],
    ['a reference without a place', { $ref: '' }, 'is no schema'],
    ['a badly encoded reference', { $ref: '#/definitions/%zz' }, 'is no schema'],
    ['a reference to elsewhere', { $ref: 'https://example.com/#/a' }, 'is no schema'],
    ['a reference to another host', { $ref: '//properties/good' }, 'is no schema'],
    ['a reference to a file', { $ref: 'address.json' }, 'is no schema'],
    ['a reference of another kind', { $ref: '#anchor' }, 'is no schema'],
    ['itself', { $ref: '#/properties/odd' }, 'refers to itself'],
    ['the whole', { $ref: '#' }, 'refers to itself'],
  ])('%s', async (_, odd, reason) => {
    const { fields, warnings } = await fieldsFor(object({ odd, good: { type: 'string' } }));
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(warnings).toEqual([`Left out of the fields that your site describes: odd ${reason}`]);
  });

  test('a cycle ends where it begins again', async () => {
    const { fields, warnings } = await fieldsFor({
      ...object({ quote: { $ref: '#/definitions/quote' } }),
      definitions: {
        quote: object({ text: { type: 'string' }, quote: { $ref: '#/definitions/quote' } }),
      },
    });
    expect(fields.map(({ key }) => key)).toEqual(['quote__text']);
    expect(warnings[0]).toContain('quote.quote refers to itself');
  });

  test('a list of itself', async () => {
    const { warnings } = await fieldsFor({
      ...object({ rows: { $ref: '#/definitions/rows' } }),
      definitions: { rows: { type: 'array', items: { $ref: '#/definitions/rows' } } },
    });
    expect(warnings[0]).toContain('rows holds what refers to itself');
  });

  test('what is nested deeper than 8 levels', async () => {
    let schema: object = object({ leaf: { type: 'string' } });
    for (let level = 0; level < 100; level += 1)
      schema = object({ o: schema, leaf: { type: 'string' } });
    const { fields, warnings } = await fieldsFor(schema);
    expect(fields.map(({ key }) => String(key).split('__').length)).toEqual([
      8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(warnings[0]).toContain('o.o.o.o.o.o.o.o is nested too deep');
  });

  test.each([
    ['20,000 values', 'is too large', { enum: Array.from({ length: 20_000 }, (_, n) => `${n}`) }],
    [
      '20,000 properties',
      'is too large',
      object(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, true]))),
    ],
    ['33 schemas within each other', 'is too large', within(33)],
  ])('what has %s', async (_, reason, odd) => {
    const { fields, warnings } = await fieldsFor(object({ good: { type: 'string' }, odd }));
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(warnings).toEqual([`Left out of the fields that your site describes: odd ${reason}`]);
  });

  test('but not what has a little less', async () => {
    const values = { enum: Array.from({ length: 15_000 }, (_, n) => `${n}`) };
    const { fields, warnings } = await fieldsFor(object({ values, nested: within(32) }));
    expect(fields.map(({ key }) => key)).toEqual(['values', 'nested']);
    expect(warnings).toEqual([]);
  });

  test('references that multiply', async () => {
    const definitions: Record<string, object> = { d0: { type: 'string' } };
    for (let n = 1; n < 30; n += 1) {
      const $ref = `#/definitions/d${n - 1}`;
      definitions[`d${n}`] = { allOf: [{ $ref }, { $ref }] };
    }
    const { fields, warnings } = await fieldsFor({
      ...object({ good: { type: 'string' }, odd: { $ref: '#/definitions/d29' } }),
      definitions,
    });
    expect(fields.map(({ key }) => key)).toEqual(['good']);
    expect(warnings[0]).toContain('odd is too large');
  });

  test('the log stays short', async () => {
    const odd = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`odd${n}`, {}]));
    const { warnings } = await fieldsFor(object(odd));
    expect(warnings).toEqual([expect.stringMatching(/: odd0 has .+ \(none\); odd1 has .+…$/)]);
    expect(warnings[0]?.length).toBeLessThan(2100);
  });
});

describe('what is no schema of an object adds no field, and is logged', () => {
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
    const { fields, warnings } = await fieldsFor(schema);
    expect(fields).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^The fields that your site describes can't be shown: /);
    expect(warnings[0]).toContain(reason);
  });
});

test("all that the sandbox describes passes Zapier's own validation", async () => {
  const { connectedDeskDirector } = await import('../zapier.ts');
  const site = await connectedDeskDirector();
  const { authData } = site;
  try {
    for (const [kind, key] of [
      ['triggers', 'new_chat_session'],
      ['triggers', 'chat_session_status_changed'],
      ['creates', 'send_chat_system_message'],
      ['creates', 'invite_users_to_chat'],
    ] as const) {
      const before = site.requests.length;
      const { results } = await call<object[]>(`${kind}.${key}.operation.inputFields`, {
        authData,
      });
      expect(site.requests).toHaveLength(before + (kind === 'triggers' ? 2 : 1));
      expect(results.length).toBeGreaterThan(3);
      const definition = JSON.parse(
        JSON.stringify(app, (_, value) => (typeof value === 'function' ? '$func$2$f$' : value)),
      );
      definition[kind][key].operation.inputFields = results;
      expect(await validationErrors(definition)).toEqual([]);
    }
  } finally {
    await site.stop();
  }
});

async function validationErrors(definition: object): Promise<unknown> {
  const { createRequire } = await import('node:module');
  const { validateAppDefinition } = createRequire(import.meta.url)('zapier-platform-schema');
  return validateAppDefinition(definition).errors;
}
