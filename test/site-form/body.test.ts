import { describe, expect, test } from '@jest/globals';
import { bodyFor, fieldsFor } from '../helpers/form.ts';
import {
  boolean,
  dateTime,
  HIDDEN,
  integer,
  list,
  NULL,
  number,
  object,
  required,
  string,
  typed,
} from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

const street = { ...string, title: 'Street' };
const ADDRESS = object({ street, zip: string }, { required: ['street'] });
const TAKES_TIME = 'takes a date and time with its offset, such as 2026-03-10T14:00:00+01:00.';
const sent = async (schema: object, inputData: object) => (await bodyFor(schema, inputData)).body;
const refusal = async (schema: object, inputData: object) =>
  (await failure(bodyFor(schema, inputData))).message;

describe('values become what the schema asks for', () => {
  const MOMENT = '2026-03-10T14:00:00.000Z';
  const digits = { pattern: '^-?(?:0|[1-9]\\d*)$' };
  const levels = { ...integer, enum: [0, 1] };

  test.each<[string, object, unknown, unknown]>([
    ['text, unchanged', string, ' {{bundle.authData.apiKey}} ', ' {{bundle.authData.apiKey}} '],
    ['a number as text', string, 12, '12'],
    ['a boolean as text', string, true, 'true'],
    ['a single item', string, ['', 'x'], 'x'],
    ['multi-line text', { ...string, format: 'multiline' }, 'a\nb', 'a\nb'],
    ['an integer', integer, ' 42 ', 42],
    ['an integer that is one', integer, -7, -7],
    ['a number', number, ' 12.5', 12.5],
    ['a number with 16 digits that stays', number, '0.1234567890123456', 0.1234567890123456],
    ['a time', dateTime, ' 2026-03-10T14:00:00+01:00', '2026-03-10T13:00:00.000Z'],
    ['true', boolean, true, true],
    ['false', boolean, false, false],
    ['Yes', boolean, ' Yes ', true],
    ['0', boolean, 0, false],
    ['a choice', { enum: ['a', 'b'] }, 'b', 'b'],
    ['a choice with spaces around', { enum: ['a', 'b'] }, ' b ', 'b'],
    ['a choice that has spaces itself', { enum: [' b ', 'b'] }, ' b ', ' b '],
    ['the only choice', { const: 'b' }, 'b', 'b'],
    ['a choice of integers', { ...integer, enum: [1, 2] }, '2', 2],
    ['a choice of numbers', { enum: [0.5, 2] }, '0.5', 0.5],
    ['a choice of a number and its text', { ...integer, enum: [1, '1'] }, '1', 1],
    ['a choice of yes and no', { enum: [true, false] }, 'no', false],
    ['a choice in another case', { enum: ['NEW', 'old'] }, ' new', 'NEW'],
    ['one of two choices that differ in case only', { enum: ['a', 'A'] }, 'A', 'A'],
    ['a label before another case', { enum: ['a', 'b'], 'x-enumNames': ['B', 'A'] }, 'A', 'b'],
    ['a label in another case', { enum: [1], 'x-enumNames': ['High'] }, 'HIGH', 1],
    ['the second of two labels', { enum: [1, 2], 'x-enumNames': ['New', 'New'] }, 'New (2)', 2],
    ['a choice by its value', { ...levels, 'x-enumNames': ['Low', 'High'] }, '1', 1],
    ['a choice by its name', { ...levels, 'x-enum-varnames': ['Low', 'High'] }, ' High ', 1],
    ['alternatives', { oneOf: [{ const: 1, title: 'A' }, { const: 2, title: 'B' }, NULL] }, 'B', 2],
    ['a list', list(integer), ['1', '', 2], [1, 2]],
    ['a list of one', list(string), 'x', ['x']],
    // The ways in which .NET describes plain things.
    ['a whole number that may be text', { type: ['string', 'integer'], ...digits }, ' 42', 42],
    ['or null', { type: ['integer', 'string', 'null'], ...digits }, '42', 42],
    ['a number that may be text', { type: ['number', 'string'], ...digits }, '1.5', 1.5],
    ['a whole number by its format', { format: 'int32' }, '42', 42],
    ['a number by its format', { format: 'double' }, '1.5', 1.5],
    ['text by its format', { format: 'uuid' }, '42', '42'],
    ['a time by its format', { format: 'date-time' }, MOMENT, MOMENT],
    ['the only alternative', { oneOf: [integer] }, '42', 42],
    ['alternatives that only limit it', { ...string, anyOf: [{ minLength: 1 }, {}] }, 'x', 'x'],
    // The site's rules are the site's to check.
    ['a length', { ...string, minLength: 3, maxLength: 1 }, 'xy', 'xy'],
    ['a range', { ...integer, maximum: 3 }, '4', 4],
    ['a pattern of .NET', { ...string, pattern: '(?i)^x$' }, 'y', 'y'],
    ['a pattern for times', { ...dateTime, pattern: '\\d{7}Z$' }, MOMENT, MOMENT],
    ['a multiple', { ...integer, multipleOf: 5 }, 7, 7],
    ['a list without repetition', list(string, { uniqueItems: true }), ['a', 'a'], ['a', 'a']],
    ['the only answer to yes or no', { ...boolean, const: true }, false, false],
  ])('%s', async (_, property, value, expected) => {
    expect(await sent(object({ x: property }), { x: value })).toEqual({ x: expected });
  });

  const many = Array.from({ length: 500 }, (_, n) => `choice ${n}`);
  const TOO_LARGE = 'holds a whole number that is too large: the largest is 9007199254740991.';
  test.each<[string, object, unknown, string | RegExp]>([
    ['text', string, {}, 'takes text.'],
    ['several values', string, ['a', 'b'], 'takes one value, not several.'],
    ['an integer', integer, 'soon', 'takes a whole number.'],
    ['a fraction', integer, '1.5', 'takes a whole number.'],
    ['an infinite number', integer, '1e400', 'takes a whole number.'],
    ['an integer beyond 2^53 − 1', integer, '9007199254740992', TOO_LARGE],
    ['a negative one', integer, '-9007199254740993', TOO_LARGE],
    ['one that is no text', integer, 2 ** 60, TOO_LARGE],
    ['a number', number, '1e3', 'takes a number, such as 12.5.'],
    ['a number that would change', number, '12345678901234567.89', /more than 15 digits\.$/],
    ['a time', dateTime, 'tomorrow', TAKES_TIME],
    ['yes or no', boolean, 'perhaps', 'takes yes or no.'],
    ['a choice', { enum: ['a', 'b'] }, 'c', 'takes one of: a, b.'],
    ['a choice that could be two', { enum: ['ab', 'AB'] }, 'Ab', 'takes one of: ab, AB.'],
    ['a choice from what is no text', { enum: ['a'] }, {}, 'takes one of: a.'],
    [
      'a choice with a name',
      { ...levels, 'x-enumNames': ['Low', 'Top'] },
      'x',
      'takes one of: Low, Top.',
    ],
    ['one of very many', { enum: many }, 'x', /takes one of: choice 0, .{200,300}…\.$/],
    ['an item', list(integer), ['1', 'x'], 'takes a whole number.'],
    ['line items', list(object({ y: string })), 'x', 'takes line items.'],
  ])('what can not be converted names the label: %s', async (_, property, value, words) => {
    const x = { ...property, title: 'The Field' };
    const { code, message } = await failure(bodyFor(object({ x }), { x: value }));
    expect(code).toBe('InvalidField');
    expect(message).toMatch(words);
    expect(message.startsWith('"The Field" ')).toBe(true);
  });
});

describe('a time without an offset', () => {
  const due = { ...dateTime, title: 'Due' };
  const inZone = (value: string, timezone: string | null) =>
    bodyFor(object({ due }), { due: value }, {}, { timezone });

  test.each([
    ['2026-03-10T14:00:00', 'Europe/Vienna', '2026-03-10T13:00:00.000Z'],
    [' 2026-07-10T14:00 ', 'Europe/Vienna', '2026-07-10T12:00:00.000Z'],
    ['2026-07-10T14:00:00.1234567', 'America/New_York', '2026-07-10T18:00:00.123Z'],
    ['2026-01-10T14:00', 'Europe/London', '2026-01-10T14:00:00.000Z'],
    ['2026-03-29T01:59:59', 'Europe/Vienna', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00', 'Europe/Vienna', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Vienna', '2026-10-25T02:00:00.000Z'],
    ['2026-07-10', 'Asia/Kathmandu', '2026-07-09T18:15:00.000Z'],
    ['2026-03-10T14:00:00+01:00', 'America/New_York', '2026-03-10T13:00:00.000Z'],
  ])('%s in %s is %s', async (value, timezone, expected) => {
    expect((await inZone(value, timezone)).body).toEqual({ due: expected });
  });

  test.each([
    ['2026-03-29T02:30', 'Europe/Vienna', 'does not exist'],
    ['2026-03-29', 'Asia/Beirut', 'does not exist'],
    ['2011-12-30T12:00', 'Pacific/Apia', 'does not exist'],
    ['2026-10-25T02:00', 'Europe/Vienna', 'comes twice'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', 'comes twice'],
  ])('%s in %s is refused, because it %s there', async (value, timezone, fault) => {
    expect((await failure(inZone(value, timezone))).message).toBe(
      `"Due" holds a time that ${fault} in the time zone ${timezone}, because the clocks change. ` +
        'Fill in a date and time with its offset, such as 2026-03-10T14:00:00+01:00.',
    );
  });

  test.each([
    ['no time zone', '2026-03-10T14:00:00', null],
    ['an unknown time zone', '2026-03-10T14:00:00', 'Europe/Nowhere'],
    ['a day that is not in the calendar', '2026-02-30', 'Europe/Vienna'],
    ["a day that stands for .NET's no time", '0001-01-01', 'Europe/Vienna'],
    ['a time past the year 9999', '9999-12-31T23:00', 'America/New_York'],
    ['an offset that is no whole minute', '1850-01-01', 'Europe/Vienna'],
  ])('is refused with %s', async (_, value, timezone) => {
    expect((await failure(inZone(value, timezone))).message).toBe(`"Due" ${TAKES_TIME}`);
  });

  test('of the site itself is in no known time zone, so it fills in nothing', async () => {
    const { fields } = await fieldsFor(object({ due: { ...due, default: '2026-03-10T14:00' } }));
    expect(fields).toMatchObject([{ key: 'due' }]);
    expect(fields[0]).not.toHaveProperty('default');
  });
});

describe('what is blank', () => {
  test.each([[undefined], [null], [''], [' \n'], [[]], [['', null]]])(
    '%j is left out',
    async (x) => {
      expect(await sent(object({ x: string, y: list(string) }), { x, y: x })).toEqual({});
    },
  );

  test.each([
    ['a field', string, ' '],
    ['line items, if all of them are', list(object({ y: string })), [{}, { x__y: '' }]],
  ])('is an error where it is required: %s', async (_, property, value) => {
    const x = { ...property, title: 'The Field' };
    expect(await refusal(required({ x }), { x: value })).toBe('"The Field" is required.');
  });
});

describe('a name of a schema in another case', () => {
  test.each([
    ['required', object({ summary: string }, { required: ['Summary'] }), 'summary'],
    [
      'required within an object',
      object({ a: object({ b: string }, { required: ['B'] }) }, { required: ['A'] }),
      'a__b',
    ],
  ])('is that of the property: %s', async (_, schema, key) => {
    const { fields, note } = await fieldsFor(schema);
    expect(fields).toMatchObject([{ key, required: true }]);
    expect(note).toBeNull();
    expect(await refusal(schema, {})).toMatch(/^".+" is required\.$/);
    expect(JSON.stringify(await sent(schema, { [key]: 'y' }))).toContain('"y"');
  });

  test('is another property, when it could be two, or is one itself', async () => {
    const schema = object({ ID: string, id: string }, { required: ['id'] });
    expect(await sent(schema, { id: 'x' })).toEqual({ id: 'x' });
    expect(await refusal(schema, { ID: 'x' })).toBe('"ID (id) 2" is required.');
    expect(await refusal({ ...schema, required: ['Id'] }, { ID: 'x', id: 'y' })).toContain(
      "which can't be filled in here: your site does not describe it",
    );
  });

  test('is that of a definition, or of a type', async () => {
    const named = { operationId: 'getDynamicSchema', parameters: { TypeId: 'Address' } };
    const schema = object(
      { a: { $ref: '#/definitions/address' }, b: { 'x-ms-dynamic-schema': named } },
      { definitions: { Address: object({ street: string }) } },
    );
    const { fields, note } = await fieldsFor(schema, { '/Address': object({ town: string }) });
    expect(fields.map(({ key }) => key)).toEqual(['a__street', 'b__town']);
    expect(note).toBeNull();
  });
});

describe('an error names the label that the form shows', () => {
  const kind = { ...string, title: 'Kind' };
  const other = { ...kind, ...HIDDEN };

  test.each([
    [required({ x: { ...string, title: 'Chat Session' } }), '"Chat Session (x)" is required.'],
    [required({ kind, other }), '"Kind" is required.'],
  ])('%j', async (schema, words) => {
    expect(await refusal(schema, {})).toBe(words);
    const labels = (await fieldsFor(schema)).fields.map(({ label }) => `"${label}"`);
    expect(labels.some((label) => words.startsWith(label))).toBe(true);
  });

  test('and for a property that is not shown, a label of no field', async () => {
    const schema = object({ kind, other }, { required: ['other'] });
    expect(await refusal(schema, {})).toContain('requires "Kind (other)", which');
  });
});

describe('a form of more than 1,000 fields', () => {
  const some = (count: number, value: unknown = string) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, value]));

  test('does not send what is filled in for the others, and says so', async () => {
    const { body, warnings } = await bodyFor(object(some(1001)), { f999: 'x', f1000: 'y' });
    expect(body).toEqual({ f999: 'x' });
    expect(warnings).toEqual([
      'Not sent, since the form of this step does not show these fields: "f1000".',
    ]);
  });

  test('sends what the site hides', async () => {
    const hidden = { const: 'v2', ...HIDDEN };
    const inner = object({ hidden, ...some(2) }, { required: ['hidden'] });
    const schema = object({ ...some(1000), hidden, inner }, { required: ['hidden', 'inner'] });
    const body = { f0: 'x', hidden: 'v2', inner: { hidden: 'v2' } };
    expect(await sent(schema, { f0: 'x' })).toEqual(body);
  });

  test('says which field it can not do without', async () => {
    expect(await refusal(required(some(1001)), some(1000, 'x'))).toContain(
      'requires "F1000", which can\'t be filled in here: at most 1,000 fields can be shown.',
    );
  });
});

describe('objects are put back together', () => {
  test.each<[string, object, object, object]>([
    [
      'from their fields',
      object({ a: object({ b: object({ c: string }) }), d: string }),
      { a__b__c: 'x', d: 'y' },
      { a: { b: { c: 'x' } }, d: 'y' },
    ],
    ['without an optional one of which nothing is filled in', object({ a: ADDRESS }), {}, {}],
    ['with a required one', required({ a: object({ note: string }) }), {}, { a: {} }],
    [
      'with the suffix of a key taken off',
      object({ session_id: string, a__b: string, a: object({ b: string }) }),
      { session_id_site: 'mine', a__b_site: 'one', a__b: 'two' },
      { session_id: 'mine', a__b: 'one', a: { b: 'two' } },
    ],
  ])('%s', async (_, schema, input, body) => {
    expect(await sent(schema, input)).toEqual(body);
  });

  test('an optional one is complete with one of its fields', async () => {
    expect(await refusal(object({ a: ADDRESS }), { a__zip: '1010' })).toBe('"Street" is required.');
  });
});

describe('line items', () => {
  const item = { id: { ...integer, title: 'Number' }, where: object({ street: string }) };
  const schema = object({ rows: list(object(item, { required: ['id'] })) });
  const [first, second] = [{ id: 1, where: { street: 'A' } }, { id: 2 }];

  test.each([
    [
      'as Zapier gives mapped ones',
      { rows: [{ rows__id: '1', rows__where__street: 'A' }, {}, { rows__id: 2 }] },
      [first, second],
    ],
    ['a single one', { rows: { rows__id: '2' } }, [second]],
    ['as columns', { rows__id: ['1', 2], rows__where__street: ['A', ''] }, [first, second]],
    [
      'as columns, one of them a single value',
      { rows__id: [1, 2], rows__where__street: 'A' },
      [first, { id: 2, where: { street: 'A' } }],
    ],
    ['as columns of one', { rows: [], rows__id: '2' }, [second]],
  ])('%s', async (_, inputData, rows) => {
    expect(await sent(schema, inputData)).toEqual({ rows });
  });

  test.each([{ o__rows__x: ['a', 'b'] }, { o__rows: [{ o__rows__x: 'a' }, { o__rows__x: 'b' }] }])(
    'within an optional object ask for that: %j',
    async (inputData) => {
      const schema = object({ o: object({ rows: list(object({ x: string })) }) });
      expect(await sent(schema, inputData)).toEqual({ o: { rows: [{ x: 'a' }, { x: 'b' }] } });
    },
  );

  test('each of them has what is required', async () => {
    const rows = [{ rows__where__street: 'A' }];
    expect(await refusal(schema, { rows })).toBe('"Number" is required.');
  });
});

describe('what is internal', () => {
  const version = { ...string, default: 'x', ...HIDDEN };
  const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);

  test('is sent with its default where it is required, and never as it was filled in', async () => {
    const kind = { ...string, default: 'chat' };
    const meta = object({ kind, at: string }, { required: ['kind'], ...HIDDEN });
    const optional = object({ version, y: string }, { required: ['version'] });
    const schema = object({ meta, other: version, optional }, { required: ['meta'] });
    const body = { meta: { kind: 'chat' } };
    expect(await sent(schema, { other: 'mine', optional__version: 'mine' })).toEqual(body);
    expect(await sent(schema, { optional__y: 'z' })).toEqual({
      ...body,
      optional: { version: 'x', y: 'z' },
    });
  });

  test.each([
    ['its default', { ...integer, default: 2 }, 2],
    ['its only value', { const: 'v2' }, 'v2'],
    ['its only choice', { ...string, enum: ['v2'] }, 'v2'],
    ['its only choice, null aside', { type: ['string', 'null'], enum: ['v2', null] }, 'v2'],
    ['the only alternative', { oneOf: [NULL, { const: 7 }] }, 7],
    ['its only value, whatever its default', { const: 'v2', default: null }, 'v2'],
    ['a list', list(string, { default: ['a'] }), ['a']],
    ['something that no field is for', { type: 'file', default: { a: [1] } }, { a: [1] }],
    ['something that is not described', { $ref: '#/nobody', default: 7 }, 7],
    ['null, where that is allowed', { ...string, 'x-nullable': true }, null],
    ['null, where that is the default', { ...string, default: null }, null],
    ['a value of 32 levels', { default: nested(31) }, nested(31)],
  ])('is sent where it is required: %s', async (_, schema, value) => {
    const hidden = object({ x: { ...schema, ...HIDDEN }, y: string }, { required: ['x'] });
    expect(await sent(hidden, { y: 'z' })).toEqual({ x: value, y: 'z' });
    const { fields, note } = await fieldsFor(hidden);
    expect([fields.map(({ key }) => key), note]).toEqual([['y'], null]);
  });

  const NO_VALUE = 'and gives no value that can be sent.';
  test.each([
    ['a value', string, NO_VALUE],
    ['an object that needs one', required({ kind: string }), NO_VALUE],
    ['an object of which nothing is described', { $ref: '#/nobody' }, NO_VALUE],
    ['a value of 33 levels', { default: nested(32) }, 'and its value has more than 32 levels.'],
  ])('is an error where it is required and can not be sent: %s', async (_, schema, words) => {
    expect(await refusal(required({ version: { ...schema, ...HIDDEN } }), {})).toBe(
      `Your DeskDirector site requires "Version", which can't be filled in here: your site hides it, ${words} Ask whoever runs the site whether it can do without.`,
    );
  });
});

test('rules about a whole object are the site’s to check', async () => {
  const rules = { minProperties: 2, not: { required: ['x'] }, additionalProperties: false };
  expect(await sent(object({ x: string }, rules), { x: 'y' })).toEqual({ x: 'y' });
});

describe('what the form could not show', () => {
  const odd = { oneOf: [string, integer], title: 'Odd' };
  const withOdd = object({ x: string, odd }, { required: ['odd'] });

  test.each([
    [withOdd, {}],
    [object({ o: withOdd }), { o__x: 'x' }],
    [object({ rows: list(withOdd) }), { rows__x: 'x' }],
  ])('is an error before sending where it is required: %j', async (schema, inputData) => {
    expect(await refusal(schema, inputData)).toBe(
      'Your DeskDirector site requires "Odd", which can\'t be filled in here: it takes several ' +
        'kinds of values. Ask whoever runs the site whether it can do without.',
    );
  });

  test('is so too where it is required and nowhere described', async () => {
    expect(await refusal(object({ x: string }, { required: ['gone'] }), { x: 'y' })).toContain(
      'requires "Gone", which can\'t be filled in here: your site does not',
    );
  });

  test('is not in the way of the others', async () => {
    expect(await sent(object({ odd, x: string }), { x: 'y' })).toEqual({ x: 'y' });
  });

  test('what is required of an answer only is not sent', async () => {
    const answer = { ...string, readOnly: true };
    const schema = {
      allOf: [required({ id: answer, other: { $ref: '#/definitions/answer' } })],
      ...required({ x: string }),
      definitions: { answer },
    };
    expect(await sent(schema, { x: 'y' })).toEqual({ x: 'y' });
  });
});

describe('what may be null', () => {
  test.each([
    ['a list of types', { type: ['string', 'null'] }],
    ['nullable', { ...string, nullable: true }],
    ['x-nullable', { ...string, 'x-nullable': true }],
    ['an alternative', { anyOf: [string, NULL] }],
    ['a reference as an alternative', { oneOf: [NULL, { $ref: '#/definitions/text' }] }],
    ['an enum', { enum: ['y', null] }],
    ['a list', { ...list(string), type: ['array', 'null'] }],
    ['an object', { oneOf: [NULL, ADDRESS] }],
    ['line items', list(ADDRESS, { nullable: true })],
    ['what the form can not show', { oneOf: [NULL, string, integer] }],
  ])('is sent as null where it is required and not filled in: %s', async (_, x) => {
    const schema = required({ x }, { definitions: { text: string } });
    expect(await sent(schema, {})).toEqual({ x: null });
    const [field] = (await fieldsFor(schema)).fields;
    expect(field?.required ?? false).toBe(false);
  });

  test('is sent as it was filled in', async () => {
    const schema = required({ x: { anyOf: [NULL, ADDRESS] } });
    expect(await sent(schema, { x__street: 'A' })).toEqual({ x: { street: 'A' } });
  });
});

describe("DeskDirector's types", () => {
  const newer = (value: string) => {
    const parameters = { typeId: { value } };
    return { 'x-ms-dynamic-properties': { operationId: 'GetDynamicSchema', parameters } };
  };

  test('that an object names are read, with their own references, and types that these name', async () => {
    const schema = object({ from: typed('Address'), to: newer('Person') });
    const definitions = { text: { ...string, title: 'Street' } };
    const address = required({ street: { $ref: '#/definitions/text' } }, { definitions });
    const types = { '/Address': address, '/Person': object({ home: newer('Address') }) };
    const { fields, note } = await fieldsFor(schema, types);
    expect(fields.map(({ key, label }) => [key, label])).toEqual([
      ['from__street', 'From Street'],
      ['to__home__street', 'To Home Street'],
    ]);
    expect(note).toBeNull();
    const input = { from__street: 'A', to__home__street: 'B' };
    expect((await bodyFor(schema, input, types)).body).toEqual({
      from: { street: 'A' },
      to: { home: { street: 'B' } },
    });
  });

  test('that can not be read, or contain themselves, are left out alone', async () => {
    const other = typed('Gone', 'GetEmailTemplateProperties');
    const schema = object({ x: string, a: typed('Gone'), b: newer('Person'), other });
    const person = object({ boss: newer('Person'), name: string });
    const { fields, note } = await fieldsFor(schema, { '/Person': person });
    expect(fields.map(({ key }) => key)).toEqual(['x', 'b__name']);
    expect(note).toContain("“A” (its description can't be read. support.deskdirector.com does not");
    expect(note).toContain('“B Boss” (it contains itself)');
    expect(note).toContain('“Other” (none of its fields is described)');
  });

  test('that name ever further ones come to an end', async () => {
    const types = Array.from({ length: 30 }, (_, n) => [
      `/T${n}`,
      object({ [`p${n}`]: string }, { allOf: [newer(`T${n + 1}`)] }),
    ]);
    const schema = object({ x: string, a: newer('T0') });
    const { fields, note, requests } = await fieldsFor(schema, Object.fromEntries(types));
    expect(fields.map(({ key }) => key)).toEqual(['x']);
    expect(note).toContain('“A” (your site describes it in too many pieces)');
    expect(requests).toBe(11);
  });
});

describe('defaults that Zapier fills in by itself', () => {
  const no = { ...boolean, default: false };
  const yes = { ...boolean, default: true };
  const open = object({ open: no, note: string });
  const question = { ...string, title: 'Question' };
  const poll = object({ question, open: no, tags: list(string) }, { required: ['question'] });
  const version = { ...string, default: 'x', ...HIDDEN };
  const complete = required({ version, email: yes });
  const level = { enum: [1, 2], 'x-enumNames': ['Low', 'High'], default: 'low' };
  const levelled = object({ level, note: string }, { required: ['note'] });

  const [OPEN, ALSO_OPEN] = [{ a__open: false }, { a__open: 'no' }];

  test.each<[string, object, object, unknown]>([
    ['do not ask for an optional object', poll, OPEN, undefined],
    [
      'are sent beside another field',
      poll,
      { ...OPEN, a__question: 'x' },
      { question: 'x', open: false },
    ],
    ['as columns, are no item of an optional list', list(poll), { a__open: [false] }, undefined],
    [
      'in the only row, are no item of it',
      list(poll),
      { a: [{}, OPEN, { a__note: '' }] },
      undefined,
    ],
    [
      'are items of several rows',
      list(open),
      { a: [OPEN, ALSO_OPEN] },
      [{ open: false }, { open: false }],
    ],
    [
      'are an item beside another one',
      list(open),
      { a: [OPEN, { a__note: 'x' }] },
      [{ open: false }, { note: 'x' }],
    ],
    [
      'are sent where an object has nothing else',
      object({ email: yes }),
      { a__email: true },
      { email: true },
    ],
    [
      'are sent where an object is complete with them',
      complete,
      { a__email: true },
      { version: 'x', email: true },
    ],
    ['are those of choices', levelled, { a__level: '1' }, undefined],
    ['are sent by themselves', { ...integer, default: 5 }, { a: '5' }, 5],
  ])('%s', async (_, a, input, value) => {
    expect(await sent(object({ a }), input)).toEqual({ a: value });
  });

  test('are an item of a required list', async () => {
    expect(await sent(required({ a: list(open) }), { a: [OPEN] })).toEqual({
      a: [{ open: false }],
    });
  });

  test.each<[string, object, object, string]>([
    ['another value', poll, { a__open: true }, '"Question" is required.'],
    ['what a list was filled in with', poll, { a__tags: ['a'] }, '"Question" is required.'],
    ['another choice', levelled, { a__level: '2' }, '"A Note" is required.'],
  ])('are not %s', async (_, a, input, words) => {
    expect(await refusal(object({ a }), input)).toBe(words);
  });

  test('are shown as the values of choices', async () => {
    expect((await fieldsFor(object({ level }))).fields).toMatchObject([{ default: '1' }]);
  });
});

test('input for a field that is gone, in rows too, is not sent by an action, and logged', async () => {
  const schema = object({ x: string, rows: list(object({ a: string })) });
  const filledIn = { x: 'y', gone: 'z', old: '', rows: [{ rows__a: 'b', rows__gone: 'c' }] };
  expect(await bodyFor(schema, filledIn)).toEqual({
    body: { x: 'y', rows: [{ a: 'b' }] },
    warnings: [
      'Not sent, since the form of this step does not show these fields: "gone", "rows__gone".',
    ],
  });
  expect((await bodyFor(schema, { x: 'y', old: '' })).warnings).toEqual([]);
});

test.each([string, { anyOf: [object({ x: string }), object({ y: string })] }])(
  'nothing is sent when the site does not describe an object: %j',
  async (schema) => {
    expect((await failure(bodyFor(schema, {}))).code).toBe('NotAForm');
  },
);
