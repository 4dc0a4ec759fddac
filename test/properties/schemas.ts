import fc from 'fast-check';
import { asObject } from '../../src/values.ts';
import { anyText } from './deliveries.ts';
import { anyJson, objectOf, trickyText } from './property.ts';

/*
 * Two kinds of schemas: any JSON that looks like a schema, and schemas that the app promises to
 * understand. Each schema of the second kind comes with a body that it allows.
 */

const NAMES = ['a', 'b', 'a__b', 'a_site', 'session_id', 'some key', 'Ünï', 'odd'];
const propertyName = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: trickyText },
);

const anyAlternatives = fc.array(
  fc.constantFrom<unknown>(
    { type: 'string' },
    { type: 'null' },
    { type: ['integer', 'string'], pattern: '\\d' },
    { const: 1, title: 'One' },
    { const: 'b', title: 'One' },
    { enum: [null] },
    { properties: { a: { type: 'string' } } },
    { required: ['a'] },
    { $ref: '#/properties/a' },
    true,
    null,
  ),
  { maxLength: 4 },
);

const KEYWORDS: readonly [string, fc.Arbitrary<unknown>][] = [
  ['title', anyText],
  ['x-ms-summary', anyText],
  ['description', anyText],
  ['readOnly', fc.boolean()],
  ['x-ms-visibility', fc.constantFrom('internal', 'advanced', 'important')],
  ['x-ms-dynamic-values', fc.constant({ operationId: 'ListCompanies' })],
  ['x-ms-dynamic-list', fc.constant({ operationId: 'ListMembers' })],
  ['format', fc.constantFrom('date-time', 'multiline', 'html', 'int32', 'email')],
  ['nullable', fc.boolean()],
  ['default', fc.oneof(anyText, fc.integer(), anyJson)],
  ['enum', fc.array(fc.oneof(anyText, fc.integer(), anyJson), { maxLength: 4 })],
  ['const', fc.oneof(anyText, fc.integer(), anyJson)],
  ['minLength', fc.nat(3)],
  ['maxLength', fc.nat(3)],
  ['minimum', fc.integer({ min: -3, max: 3 })],
  ['exclusiveMaximum', fc.oneof(fc.integer(), fc.boolean())],
  ['multipleOf', fc.constantFrom(0, 1, 2, 0.1)],
  ['pattern', fc.constantFrom('^a', '(', '(?i)x', '\\d')],
  ['minItems', fc.nat(2)],
  ['uniqueItems', fc.boolean()],
  ['minProperties', fc.nat(2)],
  ['required', fc.array(propertyName, { maxLength: 3 })],
  ['$ref', fc.constantFrom('#', '#/properties/a', '#/definitions/x', '#/$defs/a~1b', 'x.json')],
  ['x-nullable', fc.boolean()],
  ['x-enumNames', fc.array(fc.oneof(anyText, anyJson), { maxLength: 4 })],
  ['x-enum-varnames', fc.array(anyText, { maxLength: 4 })],
  [
    'x-ms-dynamic-schema',
    fc.constantFrom(
      { operationId: 'GetDynamicSchema', parameters: { typeId: 'Type' } },
      { operationId: 'GetTicketSchema', parameters: {} },
    ),
  ],
  ['oneOf', anyAlternatives],
  ['anyOf', anyAlternatives],
  ['additionalProperties', fc.oneof(fc.boolean(), fc.constant({ type: 'string' }))],
];

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null', 'file'];

/** Any JSON that looks like a schema. Any keyword can have an invalid value. */
export const anySchema: fc.Arbitrary<unknown> = fc
  .letrec<{ schema: unknown; part: unknown }>((tie) => ({
    schema: fc
      .tuple(
        fc
          .subarray([...KEYWORDS], { maxLength: 4 })
          .chain((keywords) =>
            fc.tuple(
              ...keywords.map(([name, value]) =>
                fc.tuple(
                  fc.constant(name),
                  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: anyJson }),
                ),
              ),
            ),
          ),
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...TYPES) },
          fc.array(fc.constantFrom(...TYPES), { maxLength: 2 }),
          anyJson,
        ),
        fc.option(objectOf(propertyName, tie('part'), 4), { nil: undefined }),
        fc.option(tie('part'), { nil: undefined, freq: 2 }),
        fc.option(fc.array(tie('part'), { maxLength: 2 }), { nil: undefined, freq: 1 }),
      )
      .map(([keywords, type, properties, items, allOf]) => ({
        ...Object.fromEntries(keywords),
        ...(properties === undefined ? { type } : { type: 'object', properties }),
        ...(items === undefined ? {} : { items }),
        ...(allOf === undefined ? {} : { allOf }),
      })),
    part: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 1, arbitrary: anyJson },
      { weight: 8, arbitrary: tie('schema') },
    ),
  }))
  .schema.map((schema: unknown): unknown => JSON.parse(JSON.stringify(schema)));

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

/** Limits that allow a value. */
function textLimits(value: string): fc.Arbitrary<Record<string, unknown>> {
  const { length } = [...value];
  return fc.record(
    {
      minLength: fc.integer({ min: 0, max: length }),
      maxLength: fc.integer({ min: length, max: length + 3 }),
      pattern: fc.constantFrom('', '^', '.|\\n', '[^\\u0000]|x'),
    },
    { requiredKeys: [] },
  );
}

function numberLimits(value: number): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    {
      minimum: fc.constantFrom(value, value - 1),
      maximum: fc.constantFrom(value, value + 1),
      exclusiveMinimum: fc.constant(value - 2),
      exclusiveMaximum: fc.constant(value + 2),
      multipleOf: fc.constantFrom(0.125),
    },
    { requiredKeys: [] },
  );
}

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

const plainLeaf: fc.Arbitrary<Described> = fc.oneof(
  filled.chain((value) =>
    fc
      .tuple(orNull('string'), textLimits(value), fc.constantFrom({}, { format: 'multiline' }))
      .map(([type, limits, format]) => ({ schema: { ...type, ...limits, ...format }, value })),
  ),
  fc
    .tuple(orNull('string'), moment)
    .map(([type, value]) => ({ schema: { ...type, format: 'date-time' }, value })),
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
  wholeNumber.chain((value) =>
    fc
      .tuple(orNull('integer'), fc.oneof(numberLimits(value % 1000), fc.constant({})))
      .map(([type, limits]) => ({
        schema: { ...type, ...(Math.abs(value) < 1000 ? limits : {}) },
        value,
      })),
  ),
  plainNumber.chain((value) =>
    fc
      .tuple(orNull('number'), numberLimits(value))
      .map(([type, limits]) => ({ schema: { ...type, ...limits }, value })),
  ),
  fc.tuple(orNull('boolean'), fc.boolean()).map(([type, value]) => ({ schema: type, value })),
  fc.tuple(numberAsText, wholeNumber).map(([schema, value]) => ({ schema, value })),
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

const itemsOf = (schema: Record<string, unknown>, item: fc.Arbitrary<unknown>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((value) => ({ schema, value }));

/** The schema of the items of a list, and some items. */
const items = fc.oneof(
  itemsOf({ type: 'string' }, filled),
  itemsOf({ type: 'integer' }, wholeNumber),
  itemsOf({ type: 'string', format: 'date-time' }, moment),
  itemsOf({ type: 'boolean' }, fc.boolean()),
);

const list: fc.Arbitrary<Described> = items.chain(({ schema, value }) =>
  fc
    .record(
      {
        minItems: fc.integer({ min: 0, max: value.length }),
        maxItems: fc.integer({ min: value.length, max: 5 }),
        uniqueItems: fc.constant(new Set(value).size === value.length),
      },
      { requiredKeys: [] },
    )
    .map((limits) => ({ schema: { type: 'array', items: schema, ...limits }, value })),
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
