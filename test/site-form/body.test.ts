import { describe, expect, test } from '@jest/globals';
import { bodyFor, fieldsFor } from '../helpers/form.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { failure } from '../helpers/zapier.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const string = { type: 'string' };
const sent = async (schema: object, inputData: object) => (await bodyFor(schema, inputData)).body;
const refused = (schema: object, inputData: object) => failure(bodyFor(schema, inputData));

describe('values become what the schema asks for', () => {
  test.each([
    ['text, unchanged', string, ' {{bundle.authData.apiKey}} ', ' {{bundle.authData.apiKey}} '],
    ['a number as text', string, 12, '12'],
    ['a boolean as text', string, true, 'true'],
    ['a single item', string, ['', 'x'], 'x'],
    ['text or null', { type: ['string', 'null'] }, 'x', 'x'],
    ['multi-line text', { ...string, format: 'multiline' }, 'a\nb', 'a\nb'],
    ['an integer', { type: 'integer' }, ' 42 ', 42],
    ['an integer that is one', { type: 'integer' }, -7, -7],
    ['a number', { type: 'number' }, ' 12.5', 12.5],
    [
      'a time',
      { ...string, format: 'date-time' },
      ' 2026-03-10T14:00:00+01:00',
      '2026-03-10T13:00:00.000Z',
    ],
    ['true', { type: 'boolean' }, true, true],
    ['false', { type: 'boolean' }, false, false],
    ['Yes', { type: 'boolean' }, ' Yes ', true],
    ['0', { type: 'boolean' }, 0, false],
    ['a choice', { enum: ['a', 'b'] }, 'b', 'b'],
    ['a choice with spaces around', { enum: ['a', 'b'] }, ' b ', 'b'],
    ['a choice that has spaces itself', { enum: [' b ', 'b'] }, ' b ', ' b '],
    ['the only choice', { const: 'b' }, 'b', 'b'],
    ['a choice of integers', { type: 'integer', enum: [1, 2] }, '2', 2],
    ['a choice of numbers', { enum: [0.5, 2] }, '0.5', 0.5],
    ['a choice of yes and no', { enum: [true, false] }, 'no', false],
    ['a choice in another case', { enum: ['NEW', 'old'] }, ' new', 'NEW'],
    ['one of two choices that differ in case only', { enum: ['a', 'A'] }, 'A', 'A'],
    [
      'the label of a choice before another one in another case',
      { enum: ['a', 'b'], 'x-enumNames': ['B', 'A'] },
      'A',
      'b',
    ],
    ['the label of a choice in another case', { enum: [1], 'x-enumNames': ['High'] }, 'HIGH', 1],
    [
      'a number with 16 digits that stays as it is',
      { type: 'number' },
      '0.1234567890123456',
      0.1234567890123456,
    ],
    [
      'the second of two choices with one name',
      { enum: [1, 2], 'x-enumNames': ['New', 'New'] },
      'New (2)',
      2,
    ],
    ['a list', { type: 'array', items: { type: 'integer' } }, ['1', '', 2], [1, 2]],
    ['a list of one', { type: 'array', items: string }, 'x', ['x']],
  ])('%s', async (_, property, value, expected) => {
    expect(await sent(object({ x: property }), { x: value })).toEqual({ x: expected });
  });

  test('a number that JavaScript would change is not sent', async () => {
    const error = await refused(object({ x: { type: 'number' } }), { x: '12345678901234567.89' });
    expect(error?.message).toBe('"X" holds a number with more than 15 digits.');
  });

  test.each([
    ['text', string, {}, 'text'],
    ['several values', string, ['a', 'b'], 'one value, not several'],
    ['an integer', { type: 'integer' }, 'soon', 'a whole number'],
    ['a fraction', { type: 'integer' }, '1.5', 'a whole number'],
    ['an infinite number', { type: 'integer' }, '1e400', 'a whole number'],
    ['a number', { type: 'number' }, '1e3', 'a number, such as 12.5'],
    [
      'a time',
      { ...string, format: 'date-time' },
      'tomorrow',
      'a date and time with its offset, such as 2026-03-10T14:00:00+01:00',
    ],
    ['yes or no', { type: 'boolean' }, 'perhaps', 'yes or no'],
    ['a choice', { enum: ['a', 'b'] }, 'c', 'one of: a, b'],
    ['a choice that could be two', { enum: ['ab', 'AB'] }, 'Ab', 'one of: ab, AB'],
    ['a choice from what is no text', { enum: ['a'] }, {}, 'one of: a'],
    ['an item', { type: 'array', items: { type: 'integer' } }, ['1', 'x'], 'a whole number'],
    ['line items', { type: 'array', items: object({ y: string }) }, 'x', 'line items'],
  ])('what can not be converted names the label: %s', async (_, property, value, words) => {
    expect(await refused(object({ x: { ...property, title: 'The Field' } }), { x: value })).toEqual(
      {
        name: 'AppError',
        code: 'InvalidField',
        message: `"The Field" takes ${words}.`,
      },
    );
  });
});

test.each(['9007199254740992', '-9007199254740993', 2 ** 60])(
  'a whole number beyond 2^53 − 1 is refused as too large: %s',
  async (value) => {
    const x = { type: 'integer', title: 'The Field' };
    expect((await refused(object({ x }), { x: value })).message).toBe(
      '"The Field" holds a whole number that is too large: the largest is 9007199254740991.',
    );
  },
);

describe('what is blank', () => {
  test.each([[undefined], [null], [''], [' \n'], [[]], [['', null]]])(
    '%j is left out',
    async (x) => {
      const list = { type: 'array', items: string };
      expect(await sent(object({ x: string, list }), { x, list: x })).toEqual({});
    },
  );

  test('is an error where it is required', async () => {
    const schema = object({ x: { ...string, title: 'The Field' } }, { required: ['x'] });
    expect((await refused(schema, { x: ' ' })).message).toBe('"The Field" is required.');
  });

  test('is an error for line items that are required, if all of them are', async () => {
    const schema = object(
      { x: { type: 'array', title: 'Rows', items: object({ y: string }) } },
      { required: ['x'] },
    );
    expect((await refused(schema, { x: [{}, { x__y: '' }] })).message).toBe('"Rows" is required.');
  });
});

describe('a name of a schema in another case', () => {
  const address = object({ street: string }, { required: ['STREET'] });

  test.each([
    ['required', object({ summary: string }, { required: ['Summary'] }), 'summary'],
    [
      'required within an object',
      object({ address }, { required: ['Address'] }),
      'address__street',
    ],
    [
      'required of a definition',
      {
        allOf: [{ $ref: '#/Definitions/Base' }],
        definitions: { base: { ...object({ x: string }), required: ['X'] } },
      },
      'x',
    ],
  ])('is that of the property: %s', async (_, schema, key) => {
    const { fields, note } = await fieldsFor(schema);
    expect(fields).toMatchObject([{ key, required: true }]);
    expect(note).toBeNull();
    expect((await refused(schema, {})).message).toMatch(/^".+" is required\.$/);
    expect(JSON.stringify(await sent(schema, { [key]: 'y' }))).toContain('"y"');
  });

  test('is another property, when it could be two, or is one itself', async () => {
    const schema = object({ ID: string, id: string }, { required: ['id'] });
    expect(await sent(schema, { id: 'x' })).toEqual({ id: 'x' });
    expect((await refused(schema, { ID: 'x' })).message).toBe('"Id (id) 2" is required.');
    const { message } = await refused({ ...schema, required: ['Id'] }, { ID: 'x', id: 'y' });
    expect(message).toContain("which can't be filled in here: your site does not describe it");
  });

  test('is that of a definition, or of a type', async () => {
    const named = { operationId: 'getDynamicSchema', parameters: { TypeId: 'Address' } };
    const schema = {
      ...object({ a: { $ref: '#/definitions/address' }, b: { 'x-ms-dynamic-schema': named } }),
      definitions: { Address: object({ street: string }) },
    };
    const { fields, note } = await fieldsFor(schema, { '/Address': object({ town: string }) });
    expect(fields.map(({ key }) => key)).toEqual(['a__street', 'b__town']);
    expect(note).toBeNull();
  });
});

describe('an error names the label that the form shows', () => {
  const hidden = { ...string, title: 'Kind', 'x-ms-visibility': 'internal' };

  test.each([
    [
      'beside a field of the app',
      object({ x: { ...string, title: 'Chat Session' } }, { required: ['x'] }),
      '"Chat Session (x)" is required.',
    ],
    [
      'beside a property that is not shown',
      object(
        { kind: { ...string, title: 'Kind' }, other: hidden },
        { required: ['kind', 'other'] },
      ),
      '"Kind" is required.',
    ],
  ])('%s', async (_, schema, words) => {
    expect((await refused(schema, {})).message).toBe(words);
    const labels = (await fieldsFor(schema)).fields.map(({ label }) => `"${label}"`);
    expect(labels.some((label) => words.startsWith(label))).toBe(true);
  });

  test('and for a property that is not shown, a label of no field', async () => {
    const schema = object(
      { kind: { ...string, title: 'Kind' }, other: hidden },
      { required: ['other'] },
    );
    expect((await refused(schema, {})).message).toContain('requires "Kind (other)", which');
  });
});

describe('a form of more than 1,000 fields', () => {
  const some = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, string]));

  test('does not send what is filled in for the others, and says so', async () => {
    const schema = object({ ...some(1001) });
    const { body, warnings } = await bodyFor(schema, { f999: 'x', f1000: 'y' });
    expect(body).toEqual({ f999: 'x' });
    expect(warnings).toEqual([
      'Not sent, since the form of this step does not show these fields: "f1000".',
    ]);
  });

  test('sends what the site hides', async () => {
    const hidden = { const: 'v2', 'x-ms-visibility': 'internal' };
    const inner = object({ hidden, ...some(2) }, { required: ['hidden'] });
    const schema = object({ ...some(1000), hidden, inner }, { required: ['hidden', 'inner'] });
    expect(await sent(schema, { f0: 'x' })).toEqual({
      f0: 'x',
      hidden: 'v2',
      inner: { hidden: 'v2' },
    });
  });

  test('says which field it can not do without', async () => {
    const schema = object(some(1001), { required: Object.keys(some(1001)) });
    const { message } = await refused(
      schema,
      Object.fromEntries(Object.keys(some(1000)).map((key) => [key, 'x'])),
    );
    expect(message).toContain(
      'requires "F1000", which can\'t be filled in here: at most 1,000 fields can be shown.',
    );
  });
});

describe('objects are put back together', () => {
  const address = object(
    { street: { ...string, title: 'Street' }, zip: string },
    { required: ['street'] },
  );

  test('from their fields', async () => {
    const schema = object({ a: object({ b: object({ c: string }) }), d: string });
    expect(await sent(schema, { a__b__c: 'x', d: 'y' })).toEqual({ a: { b: { c: 'x' } }, d: 'y' });
  });

  test('an optional one is left out with all its fields, but complete with one of them', async () => {
    expect(await sent(object({ address }), {})).toEqual({});
    expect((await refused(object({ address }), { address__zip: '1010' })).message).toBe(
      '"Street" is required.',
    );
  });

  test('a required one is there without any field', async () => {
    const schema = object({ meta: object({ note: string }) }, { required: ['meta'] });
    expect(await sent(schema, {})).toEqual({ meta: {} });
  });

  test('with the suffix of a key taken off', async () => {
    const schema = object({ session_id: string, a__b: string, a: object({ b: string }) });
    expect(await sent(schema, { session_id_site: 'mine', a__b_site: 'one', a__b: 'two' })).toEqual({
      session_id: 'mine',
      a__b: 'one',
      a: { b: 'two' },
    });
  });

  test('__proto__ and constructor are names like any other', async () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
    );
    expect(await sent(schema, {})).toEqual({});
    const body = await sent(schema, { __proto___site: 'x', constructor_site: 'y' });
    expect(JSON.stringify(body)).toBe('{"__proto__":"x","constructor":"y"}');
  });
});

describe('line items', () => {
  const schema = object({
    rows: {
      type: 'array',
      items: object(
        { id: { type: 'integer', title: 'Number' }, where: object({ street: string }) },
        { required: ['id'] },
      ),
    },
  });
  const rows = [{ id: 1, where: { street: 'A' } }, { id: 2 }];

  test.each([
    [
      'as Zapier gives mapped ones',
      { rows: [{ rows__id: '1', rows__where__street: 'A' }, {}, { rows__id: 2 }] },
      rows,
    ],
    ['a single one', { rows: { rows__id: '2' } }, [{ id: 2 }]],
    ['as columns', { rows__id: ['1', 2], rows__where__street: ['A', ''] }, rows],
    [
      'as columns, one of them a single value',
      { rows__id: [1, 2], rows__where__street: 'A' },
      [rows[0], { id: 2, where: { street: 'A' } }],
    ],
    ['as columns of one', { rows: [], rows__id: '2' }, [{ id: 2 }]],
  ])('%s', async (_, inputData, expected) => {
    expect(await sent(schema, inputData)).toEqual({ rows: expected });
  });

  test('within an optional object ask for that', async () => {
    const rows = { type: 'array', items: object({ x: string }) };
    const o = { rows: [{ x: 'a' }, { x: 'b' }] };
    const schema = object({ o: object({ rows }) });
    expect(await sent(schema, { o__rows__x: ['a', 'b'] })).toEqual({ o });
    const given = [{ o__rows__x: 'a' }, { o__rows__x: 'b' }];
    expect(await sent(schema, { o__rows: given })).toEqual({ o });
  });

  test('each of them has what is required', async () => {
    const { message } = await refused(schema, { rows: [{ rows__where__street: 'A' }] });
    expect(message).toBe('"Number" is required.');
  });
});

describe('what is internal', () => {
  const internal = { 'x-ms-visibility': 'internal' };

  test('is sent with its default where it is required', async () => {
    const schema = object(
      {
        version: { type: 'integer', default: 2, ...internal },
        other: { ...string, default: 'x', ...internal },
        meta: object(
          { kind: { ...string, default: 'chat' }, at: string },
          { required: ['kind'], ...internal },
        ),
        optional: object(
          { version: { ...string, default: 'x', ...internal }, y: string },
          { required: ['version'] },
        ),
      },
      { required: ['version', 'meta'] },
    );
    expect(await sent(schema, { other: 'mine' })).toEqual({ version: 2, meta: { kind: 'chat' } });
    expect(await sent(schema, { optional__y: 'z' })).toMatchObject({
      optional: { version: 'x', y: 'z' },
    });
    expect(await sent(schema, { optional__version: 'mine' })).not.toHaveProperty('optional');
  });

  test.each([
    ['its only value', { const: 'v2' }, 'v2'],
    ['its only choice', { type: 'string', enum: ['v2'] }, 'v2'],
    ['its only choice, null aside', { type: ['string', 'null'], enum: ['v2', null] }, 'v2'],
    ['the only alternative', { oneOf: [{ type: 'null' }, { const: 7 }] }, 7],
    ['its only value, whatever its default', { const: 'v2', default: null }, 'v2'],
    ['a list', { type: 'array', items: string, default: ['a'] }, ['a']],
    ['something that no field is for', { type: 'file', default: { a: [1] } }, { a: [1] }],
    ['something that is not described', { $ref: '#/nobody', default: 7 }, 7],
    ['null, where that is allowed', { type: 'string', 'x-nullable': true }, null],
    ['null, where that is the default', { type: 'string', default: null }, null],
  ])('is sent where it is required: %s', async (_, schema, value) => {
    const hidden = object({ x: { ...schema, ...internal }, y: string }, { required: ['x'] });
    expect(await sent(hidden, { y: 'z' })).toEqual({ x: value, y: 'z' });
    const { fields, note } = await fieldsFor(hidden);
    expect([fields.map(({ key }) => key), note]).toEqual([['y'], null]);
  });

  test.each([
    ['a value', string],
    ['an object that needs one', object({ kind: string }, { required: ['kind'] })],
    ['an object of which nothing is described', { $ref: '#/nobody' }],
  ])(
    'is an error where it is required and the site gives no value for it: %s',
    async (_, schema) => {
      const hidden = object({ version: { ...schema, ...internal } }, { required: ['version'] });
      expect((await refused(hidden, {})).message).toBe(
        'Your DeskDirector site requires "Version", which can\'t be filled in here: your site hides ' +
          'it, and gives no value that can be sent. Ask whoever runs the site whether it can do without.',
      );
    },
  );
});

test('a hidden value that is nested too deeply is not sent', async () => {
  const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);
  const schema = (levels: number) =>
    object({ x: { default: nested(levels), 'x-ms-visibility': 'internal' } }, { required: ['x'] });
  expect(await sent(schema(31), {})).toEqual({ x: nested(31) });
  expect((await refused(schema(32), {})).message).toContain(
    'your site hides it, and its value has more than 32 levels',
  );
});

describe("the site's rules are the site's to check", () => {
  test.each<[string, object, unknown, unknown?]>([
    ['a length', { ...string, minLength: 3, maxLength: 1 }, 'xy', 'xy'],
    ['a range', { type: 'integer', maximum: 3 }, '4', 4],
    ['a pattern', { ...string, pattern: '^\\w+$' }, 'Jörg', 'Jörg'],
    ['a pattern of .NET', { ...string, pattern: '(?i)^x$' }, 'y', 'y'],
    ['a pattern that backtracks for ever', { ...string, pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`],
    [
      'a pattern for times in UTC',
      { ...string, format: 'date-time', pattern: '\\.\\d{7}Z$' },
      '2026-03-10T14:00:00+01:00',
      '2026-03-10T13:00:00.000Z',
    ],
    ['a multiple', { type: 'integer', multipleOf: 5 }, 7, 7],
    ['a list without repetition', { type: 'array', items: string, uniqueItems: true }, ['a', 'a']],
    ['the only answer to yes or no', { type: 'boolean', const: true }, false],
  ])('%s', async (_, x, value, expected = value) => {
    expect(await sent(object({ x }), { x: value })).toEqual({ x: expected });
  });

  test('rules about a whole object', async () => {
    const rules = { minProperties: 2, not: { required: ['x'] }, additionalProperties: false };
    expect(await sent(object({ x: string }, rules), { x: 'y' })).toEqual({ x: 'y' });
  });

  test('what it refuses is told in its own words', async () => {
    const refusal = { title: 'One or more validation errors occurred.', errors: { X: ['Short.'] } };
    const answers = { '/system-messages': new Answer(JSON.stringify(refusal), 400) };
    const { message } = await failure(bodyFor(object({ x: string }), { x: 'y' }, answers));
    expect(message).toBe(
      'support.deskdirector.com refused the request (400). It says: "One or more validation ' +
        'errors occurred. X: Short." Check the fields of this step and try again.',
    );
  });
});

describe('what the form could not show', () => {
  const odd = { oneOf: [string, { type: 'integer' }], title: 'Odd' };

  test('is an error before sending where it is required', async () => {
    const withOdd = object({ x: string, odd }, { required: ['odd'] });
    const rows = { type: 'array', items: withOdd };
    for (const [schema, inputData] of [
      [withOdd, {}],
      [object({ o: withOdd }), { o__x: 'x' }],
      [object({ rows }), { rows__x: 'x' }],
    ] as const) {
      expect((await refused(schema, inputData)).message).toBe(
        'Your DeskDirector site requires "Odd", which can\'t be filled in here: it takes several ' +
          'kinds of values. Ask whoever runs the site whether it can do without.',
      );
    }
  });

  test('is so too where it is required and nowhere described', async () => {
    const { message } = await refused(object({ x: string }, { required: ['gone'] }), { x: 'y' });
    expect(message).toContain(
      'requires "Gone", which can\'t be filled in here: your site does not',
    );
  });

  test('is null where it is required and may be null', async () => {
    const nullable = { oneOf: [{ type: 'null' }, ...odd.oneOf] };
    const schema = object({ x: string, nullable }, { required: ['nullable'] });
    expect(await sent(schema, { x: 'y' })).toEqual({ x: 'y', nullable: null });
  });

  test.each([
    ['a broken reference', { $ref: '#/nobody' }],
    ['a cycle', { $ref: '#/properties/odd' }],
    ['true', true],
    ['null', null],
    ['a list', []],
  ])('is not in the way of the others: %s', async (_, left) => {
    expect(await sent(object({ odd: left, x: string }), { x: 'y' })).toEqual({ x: 'y' });
  });

  test('what is required of an answer only is not sent', async () => {
    const schema = {
      allOf: [
        object({ id: { ...string, readOnly: true }, other: { $ref: '#/definitions/answer' } }),
        { required: ['id', 'other', 'x'] },
      ],
      properties: { x: string },
      definitions: { answer: { ...string, readOnly: true } },
    };
    expect(await sent(schema, { x: 'y' })).toEqual({ x: 'y' });
  });
});

describe('what may be null', () => {
  const address = { title: 'Address', ...object({ street: string }, { required: ['street'] }) };

  test.each([
    ['a list of types', { type: ['string', 'null'] }],
    ['nullable', { ...string, nullable: true }],
    ['x-nullable', { ...string, 'x-nullable': true }],
    ['an alternative', { anyOf: [string, { type: 'null' }] }],
    [
      'a reference as an alternative',
      { oneOf: [{ type: 'null' }, { $ref: '#/definitions/text' }] },
    ],
    ['an enum', { enum: ['y', null] }],
    ['a list', { type: ['array', 'null'], items: string }],
    ['an object', { oneOf: [{ type: 'null' }, address] }],
    ['line items', { type: 'array', nullable: true, items: address }],
  ])('is sent as null where it is required and not filled in: %s', async (_, x) => {
    const schema = { ...object({ x }, { required: ['x'] }), definitions: { text: string } };
    expect(await sent(schema, {})).toEqual({ x: null });
    const [field] = (await fieldsFor(schema)).fields;
    expect(field?.required ?? false).toBe(false);
  });

  test('is sent as it was filled in', async () => {
    const schema = object({ x: { anyOf: [{ type: 'null' }, address] } }, { required: ['x'] });
    expect(await sent(schema, { x__street: 'A' })).toEqual({ x: { street: 'A' } });
  });
});

describe('the ways in which .NET describes plain things', () => {
  const digits = { pattern: '^-?(?:0|[1-9]\\d*)$' };

  test.each([
    ['a whole number that may be text', { type: ['string', 'integer'], ...digits }, ' 42', 42],
    ['or null', { type: ['integer', 'string', 'null'], ...digits }, '42', 42],
    ['a number that may be text', { type: ['number', 'string'], ...digits }, '1.5', 1.5],
    ['a whole number by its format', { format: 'int32' }, '42', 42],
    ['a number by its format', { format: 'double' }, '1.5', 1.5],
    ['text by its format', { format: 'uuid' }, '42', '42'],
    [
      'a time by its format',
      { format: 'date-time' },
      '2026-03-10T14:00Z',
      '2026-03-10T14:00:00.000Z',
    ],
    ['the only alternative', { oneOf: [{ type: 'integer' }] }, '42', 42],
    ['alternatives that only limit it', { ...string, anyOf: [{ minLength: 1 }, {}] }, 'x', 'x'],
    [
      'a choice by its value',
      { type: 'integer', enum: [0, 1], 'x-enumNames': ['Low', 'High'] },
      '1',
      1,
    ],
    [
      'a choice by its name',
      { type: 'integer', enum: [0, 1], 'x-enum-varnames': ['Low', 'High'] },
      ' High ',
      1,
    ],
    [
      'alternatives that are choices',
      {
        oneOf: [{ const: 'a', title: 'First' }, { const: 'b', title: 'Second' }, { type: 'null' }],
      },
      'Second',
      'b',
    ],
  ])('%s', async (_, x, value, expected) => {
    expect(await sent(object({ x }), { x: value })).toEqual({ x: expected });
  });

  test('what is no choice is told with the names of those that there are', async () => {
    const x = { enum: [0, 1], 'x-enumNames': ['Low', 'High'], title: 'Priority' };
    expect((await refused(object({ x }), { x: 'Urgent' })).message).toBe(
      '"Priority" takes one of: Low, High.',
    );
    const many = { enum: Array.from({ length: 500 }, (_, n) => `choice ${n}`) };
    const { message } = await refused(object({ many }), { many: 'x' });
    expect(message).toMatch(/takes one of: choice 0, .+…\.$/);
    expect(message.length).toBeLessThan(400);
  });
});

describe("DeskDirector's types", () => {
  const named = (typeId: string) => ({
    type: 'object',
    'x-ms-dynamic-schema': { operationId: 'GetDynamicSchema', parameters: { typeId } },
  });
  const newer = (typeId: string) => ({
    'x-ms-dynamic-properties': {
      operationId: 'GetDynamicSchema',
      parameters: { typeId: { value: typeId } },
    },
  });
  const address = {
    ...object({ street: { $ref: '#/definitions/text' } }, { required: ['street'] }),
    definitions: { text: { ...string, title: 'Street' } },
  };

  test('that an object names are read, with their own references, and types that these name', async () => {
    const schema = object({ from: named('Address'), to: newer('Person') });
    const types = { '/Address': address, '/Person': object({ home: newer('Address') }) };
    const { fields, note } = await fieldsFor(schema, types);
    const input = { from__street: 'A', to__home__street: 'B' };
    const { body } = await bodyFor(schema, input, types);
    expect(fields.map(({ key, label }) => [key, label])).toEqual([
      ['from__street', 'From Street'],
      ['to__home__street', 'To Home Street'],
    ]);
    expect(note).toBeNull();
    expect(body).toEqual({ from: { street: 'A' }, to: { home: { street: 'B' } } });
  });

  test('that can not be read, or contain themselves, are left out alone', async () => {
    const schema = object({ x: string, a: named('Gone'), b: newer('Person') });
    const person = object({ boss: newer('Person'), name: string });
    const { fields, note } = await fieldsFor(schema, { '/Person': person });
    expect(fields.map(({ key }) => key)).toEqual(['x', 'b__name']);
    expect(note).toContain("“A” (its description can't be read. support.deskdirector.com does not");
    expect(note).toContain('“B Boss” (it contains itself)');
  });

  test('that name ever further ones come to an end', async () => {
    const types = Array.from({ length: 30 }, (_, n) => [
      `/T${n}`,
      { ...object({ [`p${n}`]: string }), allOf: [newer(`T${n + 1}`)] },
    ]);
    const schema = object({ x: string, a: newer('T0') });
    const { fields, note, requests } = await fieldsFor(schema, Object.fromEntries(types));
    expect(fields.map(({ key }) => key)).toEqual(['x']);
    expect(note).toContain('“A” (your site describes it in too many pieces)');
    expect(requests).toBe(11);
  });

  test('of other operations are no schema of the object', async () => {
    const other = { operationId: 'GetEmailTemplateProperties', parameters: { typeId: 'Gone' } };
    const { note } = await fieldsFor(
      object({ a: { type: 'object', 'x-ms-dynamic-schema': other } }),
    );
    expect(note).toContain('“A” (none of its fields is described)');
  });
});

describe('defaults that Zapier fills in by itself', () => {
  const poll = object(
    { question: { ...string, title: 'Question' }, open: { type: 'boolean', default: false } },
    { required: ['question'] },
  );

  test('do not ask for an optional object', async () => {
    expect(await sent(object({ poll }), { poll__open: false })).toEqual({});
    expect((await refused(object({ poll }), { poll__open: true })).message).toBe(
      '"Question" is required.',
    );
    expect(await sent(object({ poll }), { poll__open: 'false', poll__question: 'x' })).toEqual({
      poll: { question: 'x', open: false },
    });
  });

  describe('in a row of line items', () => {
    const open = object({ open: { type: 'boolean', default: false }, note: string });
    const rows = (...all: object[]) => ({ polls: all });
    const byDefault = { polls__open: false };

    test('are no item where the list is optional and the row is the only one', async () => {
      const schema = object({ polls: { type: 'array', items: poll } });
      expect(await sent(schema, { polls__open: [false] })).toEqual({});
      expect(await sent(schema, rows(byDefault))).toEqual({});
      expect(await sent(schema, rows({}, byDefault, { polls__note: '' }))).toEqual({});
    });

    test('are an item where there are several rows', async () => {
      const schema = object({ polls: { type: 'array', items: open } });
      expect(await sent(schema, rows(byDefault, byDefault))).toEqual({
        polls: [{ open: false }, { open: false }],
      });
      expect(await sent(schema, rows(byDefault, { polls__note: 'x' }))).toEqual({
        polls: [{ open: false }, { note: 'x' }],
      });
    });

    test('are an item where the list is required', async () => {
      const polls = { type: 'array', items: open };
      const schema = object({ polls }, { required: ['polls'] });
      expect(await sent(schema, rows(byDefault))).toEqual({ polls: [{ open: false }] });
    });
  });

  test('are sent where somebody may have chosen them', async () => {
    const notify = object({ email: { type: 'boolean', default: true } });
    expect(await sent(object({ notify }), { notify__email: true })).toEqual({
      notify: { email: true },
    });
    const version = { ...string, default: 'x', 'x-ms-visibility': 'internal' };
    const complete = object(
      { version, email: { type: 'boolean', default: true }, note: string },
      { required: ['version', 'email'] },
    );
    expect(await sent(object({ complete }), { complete__email: true })).toEqual({
      complete: { version: 'x', email: true },
    });
    const role = { ...string, default: 'viewer' };
    const items = object({ items: { type: 'array', items: object({ role }) } });
    const roles = (...all: string[]) => ({ items: all.map((one) => ({ items__role: one })) });
    expect(await sent(items, roles('viewer', 'editor'))).toEqual({
      items: [{ role: 'viewer' }, { role: 'editor' }],
    });
    expect(await sent(items, roles('viewer'))).toEqual({});
  });

  test('are not what a list was filled in with', async () => {
    const tags = { type: 'array', items: string };
    const tagged = object(
      { question: { ...string, title: 'Question' }, tags },
      { required: ['question'] },
    );
    expect((await refused(object({ tagged }), { tagged__tags: ['a'] })).message).toBe(
      '"Question" is required.',
    );
  });

  test('are shown as the values of choices', async () => {
    const level = { enum: [1, 2], 'x-enumNames': ['Low', 'High'], default: 'low' };
    const schema = object({ poll: object({ level, note: string }, { required: ['note'] }) });
    expect((await fieldsFor(schema)).fields[0]).toMatchObject({ default: '1' });
    expect(await sent(schema, { poll__level: '1' })).toEqual({});
    expect((await refused(schema, { poll__level: '2' })).message).toBe('"Poll Note" is required.');
  });

  test('are sent by themselves', async () => {
    const schema = object({ x: { type: 'integer', default: 5 } });
    expect(await sent(schema, { x: '5' })).toEqual({ x: 5 });
  });
});

test('input for a field that is gone, in rows too, is not sent by an action, and logged', async () => {
  const rows = { type: 'array', items: object({ a: string }) };
  const filledIn = { x: 'y', gone: 'z', old: '', rows: [{ rows__a: 'b', rows__gone: 'c' }] };
  const { body, warnings } = await bodyFor(object({ x: string, rows }), filledIn);
  expect(body).toEqual({ x: 'y', rows: [{ a: 'b' }] });
  expect(warnings).toEqual([
    'Not sent, since the form of this step does not show these fields: "gone", "rows__gone".',
  ]);
  expect((await bodyFor(object({ x: string }), { x: 'y', old: '' })).warnings).toEqual([]);
});

test('nothing is sent when the site does not describe an object', async () => {
  for (const schema of [
    { type: 'string' },
    { anyOf: [object({ x: string }), object({ y: string })] },
  ]) {
    expect((await refused(schema, {})).code).toBe('NotAForm');
  }
});
