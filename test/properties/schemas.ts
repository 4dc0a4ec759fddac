import fc from 'fast-check';
import { asObject } from '../../src/values.ts';
import { spoilt } from './changes.ts';
import { anyText } from './deliveries.ts';
import { anyJson, objectOf, trickyText } from './property.ts';

/*
 * Two kinds of schemas: any JSON that looks like a schema, and schemas that the app promises to
 * understand. Each schema of the second kind comes with a body that it allows.
 */

const NAMES = ['a', 'b', 'a__b', 'a_site', 'session_id', 'some key', 'Ünï', 'odd'];
/** Input for a field: `"1"`, which fields of most types accept, or any JSON. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('1') },
  anyText,
  fc.integer(),
  anyJson,
);

/** Input for fields of these schemas, and for fields that they do not have. */
export const anyInput: fc.Arbitrary<Record<string, unknown>> = objectOf(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NAMES, 'a__a', 'b__a', 'a__b_site', 'a__odd') },
    trickyText,
  ),
  anyValue,
  6,
);

/** A schema that the app understands, and a body that it allows. */
export interface Described {
  readonly schema: Record<string, unknown>;
  /** Undefined when the schema needs no input. */
  readonly value: unknown;
}

const filled = fc.oneof(
  fc.constantFrom('x', ' y ', 'a\nb', '{{bundle.authData.apiKey}}', '42', 'true', '__proto__'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== ''),
);
const year = (from: number, to: number) => ({
  min: new Date(from, 0),
  max: new Date(to, 0),
  noInvalidDate: true,
});
const moment = fc.date(year(1000, 9998)).map((date) => date.toISOString());
// The app reads numbers in plain digits only.
const plainNumber = fc
  .tuple(fc.integer({ min: -10_000, max: 10_000 }), fc.constantFrom(1, 2, 4, 8))
  .map(([n, parts]) => n / parts);
const wholeNumber = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.maxSafeInteger());

const describedBy = fc.record(
  {
    title: filled,
    'x-ms-summary': filled,
    description: filled,
    'x-ms-visibility': fc.constantFrom('important', 'advanced'),
  },
  { requiredKeys: [] },
);

/** A type, with or without null. */
const orNull = (type: string) =>
  fc.constantFrom<Record<string, unknown>>(
    { type },
    { type: [type, 'null'] },
    { type: ['null', type] },
    { type, nullable: true },
  );

/** The ways in which .NET's schema writers describe an integer. */
const numberAsText = fc.constantFrom<Record<string, unknown>>(
  { type: ['integer', 'string'], pattern: '' },
  { type: ['string', 'integer', 'null'], pattern: '' },
  { format: 'int32' },
);

const described = (schemas: fc.Arbitrary<Described['schema']>, values: fc.Arbitrary<unknown>) =>
  fc.tuple(schemas, values).map(([schema, value]) => ({ schema, value }));

const plainLeaf: fc.Arbitrary<Described> = fc.oneof(
  fc
    .tuple(orNull('string'), fc.constantFrom({}, { format: 'multiline' }), filled)
    .map(([type, format, value]) => ({ schema: { ...type, ...format }, value })),
  described(
    orNull('string').map((type) => ({ ...type, format: 'date-time' })),
    moment,
  ),
  fc.uniqueArray(filled, { minLength: 1, maxLength: 4 }).chain((choices) =>
    fc
      .tuple(fc.constantFrom({}, { type: 'string' }), fc.constantFrom(...choices), fc.boolean())
      .map(([type, value, isConst]) => ({
        schema: isConst ? { ...type, const: value } : { ...type, enum: choices },
        value,
      })),
  ),
  fc.uniqueArray(wholeNumber, { minLength: 1, maxLength: 4 }).chain((choices) =>
    fc.constantFrom(...choices).map((value) => ({
      schema: { type: 'integer', enum: choices },
      value,
    })),
  ),
  described(orNull('integer'), wholeNumber),
  described(orNull('number'), plainNumber),
  described(orNull('boolean'), fc.boolean()),
  described(numberAsText, wholeNumber),
  fc.uniqueArray(wholeNumber, { minLength: 1, maxLength: 4 }).chain((choices) =>
    fc
      .tuple(fc.constantFrom(...choices), fc.constantFrom('x-enumNames', 'oneOf', 'anyOf'), filled)
      .map(([value, way, name]) => ({
        schema:
          way === 'x-enumNames'
            ? { enum: choices, [way]: choices.map((_, n) => `${name} ${n}`) }
            : { [way]: choices.map((choice) => ({ const: choice, title: `${name} ${choice}` })) },
        value,
      })),
  ),
);

/** A plain leaf, or one inside `oneOf` or `anyOf`. */
const leaf: fc.Arbitrary<Described> = fc
  .tuple(plainLeaf, fc.constantFrom('plain', 'plain', 'alone', 'oneOf', 'anyOf'))
  .map(([{ schema, value }, way]) => {
    if (way === 'plain') return { schema, value };
    if (way === 'alone') return { schema: { oneOf: [schema] }, value };
    // With two alternatives for null, `oneOf` allows no null. A format alone allows null, too.
    const types = [schema.type].flat();
    const isNullable =
      types.some((type) => type === undefined || type === 'null') || schema.nullable;
    return { schema: { [isNullable ? 'anyOf' : way]: [{ type: 'null' }, schema] }, value };
  });

/** A list of some items. */
const listOf = (items: Described['schema'], item: fc.Arbitrary<unknown>) =>
  described(fc.constant({ type: 'array', items }), fc.array(item, { minLength: 1, maxLength: 3 }));

const list: fc.Arbitrary<Described> = fc.oneof(
  listOf({ type: 'string' }, filled),
  listOf({ type: 'integer' }, wholeNumber),
  listOf({ type: 'string', format: 'date-time' }, moment),
  listOf({ type: 'boolean' }, fc.boolean()),
);

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom('constructor', 'toString', 'a b', '~', '/') },
);

/** An object with these parts. Some are present, and some are required. */
function object(part: fc.Arbitrary<Described>): fc.Arbitrary<Described> {
  return fc
    .uniqueArray(
      fc.record({
        name,
        part,
        further: describedBy,
        role: fc.constantFrom('required', 'there', 'there', 'absent', 'read only', 'internal'),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
    )
    .map((parts) => {
      const properties = Object.fromEntries(
        parts.map(({ name, part, further, role }) => [
          name,
          {
            ...part.schema,
            ...further,
            ...(role === 'read only' && { readOnly: true }),
            ...(role === 'internal' && { 'x-ms-visibility': 'internal', default: part.value }),
          },
        ]),
      );
      const having = (...roles: string[]) => parts.filter(({ role }) => roles.includes(role));
      const there = having('required', 'there');
      const sent = having('required', 'internal');
      const value = Object.fromEntries(
        [...there, ...having('internal')].map(({ name, part }) => [name, part.value]),
      );
      return {
        schema: {
          type: 'object',
          properties,
          ...(sent.length > 0 && { required: sent.map(({ name }) => name) }),
        },
        // An object without a filled-in value is not part of the body.
        value: there.length > 0 ? value : undefined,
      };
    })
    .filter(({ value }) => value !== undefined);
}

const rows = (depth: number): fc.Arbitrary<Described> =>
  object(depth > 0 ? fc.oneof(leaf, object(leaf)) : leaf).chain(({ schema, value }) =>
    fc.integer({ min: 1, max: 3 }).map((count) => ({
      schema: { type: 'array', items: schema },
      value: Array(count).fill(value),
    })),
  );

const whole = object(
  fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: list },
    { weight: 2, arbitrary: object(fc.oneof(leaf, list, object(leaf))) },
    { weight: 2, arbitrary: rows(1) },
  ),
);

/** A schema as it is, with references, made of parts, or without further properties. */
export const describedBody: fc.Arbitrary<Described> = fc
  .tuple(whole, fc.constantFrom('plain', 'references', 'parts', 'closed'))
  .map(([described, way]) => {
    // A copy, so that the schema and the value share no objects.
    const schema: Described['schema'] = JSON.parse(JSON.stringify(described.schema));
    return { schema: written(schema, way), value: described.value };
  });

function written(schema: Described['schema'], way: string): Described['schema'] {
  const { required, ...rest } = schema;
  const properties = asObject(schema.properties);
  const names = Object.keys(properties);
  switch (way) {
    case 'references': {
      const references = names.map((name) => {
        const pointer = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
        return [name, { $ref: `#/definitions/${pointer}` }];
      });
      return { ...schema, properties: Object.fromEntries(references), definitions: properties };
    }
    case 'parts': {
      const parts = names.map((name) => ({ properties: { [name]: properties[name] } }));
      const allOf = [...parts, ...(required === undefined ? [] : [{ required }])];
      return { ...rest, properties: {}, allOf };
    }
    case 'closed':
      return { ...schema, additionalProperties: false };
    default:
      return schema;
  }
}

/** Schemas that the app does not understand, or only together with others. */
const ODD = [
  ...['#', '#/properties/a', '#/definitions/x', '#/$defs/a~1b', 'x.json'].map(($ref) => ({ $ref })),
  { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  { anyOf: [{ type: 'null' }, { $ref: '#/properties/a' }] },
  { oneOf: [{ const: 1, title: 'One' }, { const: 'b', title: 'One' }, { enum: [null] }] },
  { anyOf: [{ required: ['a'] }, { properties: { a: { type: 'string' } } }, true] },
  { allOf: [{ properties: { a: { type: 'string' } } }, null, { required: ['a', 7] }] },
  { enum: [1, '1', null, ' '], 'x-enumNames': ['One', 7], default: 1 },
  { enum: ['a', 'A'], 'x-enum-varnames': ['A', 'a'], type: ['string', 'integer'] },
  { type: ['integer', 'string'], pattern: '(', multipleOf: 0 },
  { type: 'object', additionalProperties: { type: 'string' }, minProperties: 2 },
  { type: 'array', items: { type: 'array', items: {} } },
  { type: 'array', items: [{ type: 'string' }] },
  { type: 'file' },
  { type: 'string', readOnly: true },
  { type: 'string', 'x-nullable': true, 'x-ms-visibility': 'internal' },
  { type: 'integer', 'x-ms-dynamic-values': { operationId: 'ListCompanies' } },
  { type: 'string', 'x-ms-dynamic-list': { operationId: 'ListMembers' } },
  { 'x-ms-dynamic-schema': { operationId: 'GetDynamicSchema', parameters: { typeId: 'Type' } } },
  { 'x-ms-dynamic-schema': { operationId: 'GetTicketSchema', parameters: {} } },
  { properties: Object.fromEntries(['__proto__', 'toString', ' '].map((name) => [name, {}])) },
];

/** Any JSON that looks like a schema: one that the app understands, with odd parts. */
export const anySchema: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 1, arbitrary: anyJson },
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        describedBody,
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 40 }),
            fc.oneof(fc.constantFrom<unknown>(...ODD), anyText, anyJson),
          ),
          { maxLength: 6 },
        ),
      )
      .map(([{ schema }, changes]) => spoilt(schema, changes)),
  },
);
