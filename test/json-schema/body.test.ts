import { describe, expect, test } from '@jest/globals';
import { failure } from '../zapier.ts';
import { bodyFor } from './form.ts';

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
    ['a list', { type: 'array', items: { type: 'integer' } }, ['1', '', 2], [1, 2]],
    ['a list of one', { type: 'array', items: string }, 'x', ['x']],
  ])('%s', async (_, property, value, expected) => {
    expect(await sent(object({ x: property }), { x: value })).toEqual({ x: expected });
  });

  test.each([
    ['text', string, {}, 'text'],
    ['several values', string, ['a', 'b'], 'one value, not several'],
    ['an integer', { type: 'integer' }, 'soon', 'a whole number'],
    ['a fraction', { type: 'integer' }, '1.5', 'a whole number'],
    ['a number', { type: 'number' }, '1e3', 'a number, such as 12.5'],
    [
      'a time',
      { ...string, format: 'date-time' },
      'tomorrow',
      'a date and time with its offset, such as 2026-03-10T14:00:00+01:00',
    ],
    ['yes or no', { type: 'boolean' }, 'perhaps', 'yes or no'],
    ['a choice', { enum: ['a', 'b'] }, 'c', 'one of: a, b'],
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
    expect(await sent(object({ o: object({ rows }) }), { o__rows__x: ['a', 'b'] })).toEqual({
      o: { rows: [{ x: 'a' }, { x: 'b' }] },
    });
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

  test('is an error where it is required and has no default', async () => {
    const schema = object(
      { version: { ...string, title: 'Version', ...internal } },
      { required: ['version'] },
    );
    expect((await refused(schema, {})).message).toBe(
      'Your DeskDirector site requires "Version", but hides it and gives no value for it. Tell ' +
        "DeskDirector's support.",
    );
  });
});

describe('the body is what the schema describes', () => {
  test.each([
    [
      'a limit',
      { ...string, minLength: 3, title: 'Field' },
      'x',
      '"Field" does not meet minimum length of 3',
    ],
    [
      'a limit of what may be null',
      { ...string, nullable: true, minLength: 3, title: 'Field' },
      'x',
      '"Field" does not meet minimum length of 3',
    ],
    [
      'a limit of an item',
      { type: 'array', items: { type: 'integer', maximum: 3 }, title: 'Field' },
      ['1', '4'],
      '"Field" must be less than or equal to 3',
    ],
    [
      'a limit within allOf',
      { allOf: [{ ...string, pattern: '^a$' }], title: 'Field' },
      'x',
      '"Field" does not match pattern "^a$"',
    ],
    [
      'the only answer to yes or no',
      { type: 'boolean', const: true, title: 'Field' },
      false,
      '"Field" does not exactly match expected constant: true',
    ],
    [
      'an enum that allows one answer and null',
      { type: ['boolean', 'null'], enum: [true, null], title: 'Field' },
      false,
      '"Field" is not one of enum values: true,null',
    ],
    [
      'a multiple',
      { type: 'integer', multipleOf: 5, title: 'Field' },
      7,
      '"Field" is not a multiple of (divisible by) 5',
    ],
    [
      'a list without repetition',
      { type: 'array', items: string, uniqueItems: true, title: 'Field' },
      ['a', 'a'],
      '"Field" contains duplicate item',
    ],
  ])('%s', async (_, x, value, words) => {
    expect((await refused(object({ x }), { x: value })).message).toBe(`${words}.`);
  });

  test('a limit within objects and line items', async () => {
    const limited = object({ z: { ...string, minLength: 3, title: 'Deep' } });
    const schema = object({ o: limited, rows: { type: 'array', items: limited } });
    for (const inputData of [{ o__z: 'x' }, { rows: [{ rows__z: 'x' }] }]) {
      expect((await refused(schema, inputData)).message).toMatch(/^"Deep" does not meet/);
    }
  });

  test('what is required but can not be shown is named', async () => {
    const withOdd = object({ x: string, odd: { oneOf: [string] } }, { required: ['odd'] });
    const rows = { type: 'array', items: withOdd };
    for (const [schema, inputData] of [
      [withOdd, {}],
      [object({ o: withOdd }), { o__x: 'x' }],
      [object({ rows }), { rows__x: 'x' }],
    ] as const) {
      expect((await refused(schema, inputData)).message).toMatch(
        /^Your DeskDirector site requires "odd", which can't be filled in here\./,
      );
    }
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

  test('a choice is one that all parts of a schema allow', async () => {
    const x = { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }], title: 'Field' };
    expect(await sent(object({ x }), { x: 'b' })).toEqual({ x: 'b' });
    expect((await refused(object({ x }), { x: 'c' })).message).toBe('"Field" takes one of: b.');
  });

  test.each([
    ['a broken reference', { $ref: '#/nobody' }],
    ['a reference to elsewhere', { $ref: 'https://example.com/schema.json' }],
    ['a cycle', { $ref: '#/properties/odd' }],
    ['true', true],
    ['null', null],
    ['a list', []],
  ])('what was left out of the form is not in the way: %s', async (_, odd) => {
    expect(await sent(object({ odd, x: string }), { x: 'y' })).toEqual({ x: 'y' });
  });

  test.each([['(?i)^y$'], ['('], ['^\\p{L}\\-?$'], [7]])(
    'a pattern that JavaScript does not know is left to the site: %s',
    async (pattern) => {
      expect(await sent(object({ x: { ...string, pattern } }), { x: 'y' })).toEqual({ x: 'y' });
    },
  );

  const list = { type: 'array', items: string };
  test.each([
    [string, { enum: 'z' }, 'y'],
    [string, { minLength: 'x' }, 'y'],
    [string, { maxLength: {} }, 'y'],
    [string, { allOf: [{ type: { minLength: 3 } }] }, 'y'],
    [string, { allOf: [{ type: ['integer', { minLength: 3 }] }] }, 'y'],
    [{ enum: ['y'] }, { type: [] }, 'y'],
    [{ type: 'integer' }, { multipleOf: 0 }, 7],
    [{ type: 'integer' }, { multipleOf: '5' }, 7],
    [list, { uniqueItems: 'x' }, ['y', 'y']],
    [list, { enum: ['z', ['y', 'z']] }, ['y']],
    [list, { const: ['z'] }, ['y']],
  ])('a limit that is none limits nothing: %j, %j', async (type, limit, value) => {
    expect(await sent(object({ x: { ...type, ...limit } }), { x: value })).toEqual({ x: value });
  });

  test('so are rules that are not about single values', async () => {
    const schema = object({ x: string }, { not: { required: ['x'] }, additionalProperties: false });
    expect(await sent(schema, { x: 'y' })).toEqual({ x: 'y' });
  });

  test('an internal default that does not fit names its label', async () => {
    const meta = object(
      { kind: { ...string, title: 'Kind' } },
      { default: { kind: 7, odd: { deep: 1 } }, 'x-ms-visibility': 'internal', title: 'Meta' },
    );
    const { message } = await refused(object({ meta }, { required: ['meta'] }), {});
    expect(message).toBe('"Kind" is not of a type(s) string.');
  });

  test('null is an internal default where the schema allows it', async () => {
    const x = { default: null, 'x-ms-visibility': 'internal', title: 'Field' };
    const withX = (more: object) => object({ x: { ...x, ...more } }, { required: ['x'] });
    expect(await sent(withX({ ...string, nullable: true }), {})).toEqual({ x: null });
    expect(await sent(withX({ type: ['string', 'null'] }), {})).toEqual({ x: null });
    expect((await refused(withX(string), {})).message).toBe('"Field" is not of a type(s) string.');
    expect((await refused(withX({ ...string, nullable: true, default: 7 }), {})).message).toBe(
      '"Field" is not of a type(s) string,null.',
    );
  });

  test('rules about a whole object name it, if it has a name', async () => {
    const o = object({ a: string, b: string }, { minProperties: 2, title: 'Group' });
    expect((await refused(object({ o }), { o__a: 'x' })).message).toMatch(/^"Group" does not meet/);
    const { message } = await refused(object({ a: string }, { minProperties: 1 }), {});
    expect(message).toBe('What was filled in does not meet minimum property length of 1.');
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

  test('do not make a line item', async () => {
    const schema = object({ polls: { type: 'array', items: poll } });
    expect(await sent(schema, { polls__open: [false] })).toEqual({});
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

  test('are sent by themselves', async () => {
    const schema = object({ x: { type: 'integer', default: 5 } });
    expect(await sent(schema, { x: '5' })).toEqual({ x: 5 });
  });
});

test('input for a field that is gone is ignored, and logged', async () => {
  const filledIn = { x: 'y', gone: 'z', too: 'z', old: '' };
  const { body, warnings } = await bodyFor(object({ x: string }), filledIn);
  expect(body).toEqual({ x: 'y' });
  expect(warnings).toEqual(["Ignored, since your site's form has no such fields: gone, too"]);
  expect((await bodyFor(object({ x: string }), { x: 'y', old: '' })).warnings).toEqual([]);
});

test('nothing is sent when the site does not describe an object', async () => {
  expect((await refused({ type: 'string' }, {})).code).toBe('NotAForm');
});
