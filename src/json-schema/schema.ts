import { asObject, decoded, isObject, words } from '../values.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** A schema where it stands. */
export interface PlacedSchema {
  readonly schema: unknown;
  /** What its local references (`#/definitions/address`) refer to. */
  readonly document: unknown;
  /** The schemas that references led through, to tell a schema that contains itself. */
  readonly trail: readonly unknown[];
}

/** The values that are allowed, null aside, each with the name that the site gives it. */
type Choices = readonly { readonly value: unknown; readonly name: string | null }[];

/** A schema in one piece. Where two of its parts say something else, the last one counts. */
export interface Resolved {
  readonly keywords: Schema;
  /** The schemas that each property has to keep to; null when no property is described. */
  readonly properties: ReadonlyMap<string, readonly PlacedSchema[]> | null;
  /** Those that the items of a list have to keep to. */
  readonly items: readonly PlacedSchema[];
  /** The names of the properties that an object has to have. */
  readonly required: readonly unknown[];
  /** Null when no list of them is given. */
  readonly choices: Choices | null;
  readonly isNullable: boolean;
  /** Whether it describes alternatives that no single field stands for. */
  readonly hasAlternatives: boolean;
}

/** Why something can't be asked for, in an owner's words. */
export type Reason = string;

/** The schemas of DeskDirector's types by their ids, with a reason for one that can't be read. */
export type SiteTypes = ReadonlyMap<string, { readonly schema: unknown } | Reason>;

const NOT_DESCRIBED: Reason = 'your site does not describe it';

/** The levels of objects in a form. */
export const DEEPEST = 8;
/** Schemas, properties and choices all count: references can multiply them. */
const MOST_STEPS = 20_000;
const MOST_STEPS_IN_ALL = 1_000_000;

/**
 * Puts schemas into one piece: with what they refer to, `allOf`, types of DeskDirector, and the
 * alternatives that stand for something plain.
 *
 * @param types those that the schemas may name
 */
export function createResolver(types: SiteTypes) {
  const missingTypes = new Set<string>();
  let stepsLeft = MOST_STEPS;
  let stepsLeftInAll = MOST_STEPS_IN_ALL;

  /** What all of these schemas together describe, or why that can't be told. */
  function resolve(placed: readonly PlacedSchema[]): Resolved | Reason {
    const parts: Part[] = [];
    const reasons = placed.map((one) => addParts(parts, one, 0));
    return reasons.find((reason) => reason !== null) ?? merged(parts);
  }

  /** Adds a schema to the parts, behind all that it refers to. Returns why it can't, or null. */
  function addParts(parts: Part[], placed: PlacedSchema, depth: number): Reason | null {
    const { schema, document, trail } = placed;
    if (!isObject(schema)) return NOT_DESCRIBED;
    const work = 1 + sizeOf(schema.properties) + sizeOf(schema.enum);
    stepsLeft -= work;
    stepsLeftInAll -= work;
    if (stepsLeft < 0 || stepsLeftInAll < 0 || depth > 4 * DEEPEST) {
      return 'its description is too large';
    }
    const referred: Pick<PlacedSchema, 'schema' | 'document'>[] = [];
    const { $ref } = schema;
    if (typeof $ref === 'string') referred.push({ schema: target(document, $ref), document });
    const typeId = siteType(schema);
    if (typeId !== null) {
      const type = types.get(typeId);
      if (type === undefined) missingTypes.add(typeId);
      if (type === undefined || typeof type === 'string') return type ?? NOT_DESCRIBED;
      referred.push({ ...type, document: type.schema });
    }
    if (referred.some((one) => trail.includes(one.schema))) return 'it contains itself';

    const alternatives = [schema.oneOf, schema.anyOf].map(plainlySaid);
    const inner = [schema.allOf, ...alternatives].flatMap((all) => (Array.isArray(all) ? all : []));
    for (const part of [
      ...referred.map((one) => ({ ...one, trail: [...trail, one.schema] })),
      ...inner.map((one) => ({ ...placed, schema: one })),
    ]) {
      const reason = addParts(parts, part, depth + 1);
      if (reason !== null) return reason;
    }
    parts.push({ ...placed, schema, hasAlternatives: alternatives.includes(null) });
    return null;
  }

  return {
    resolve,
    /** The ids of the types that the schemas name and that are not among those given. */
    missingTypes,
    /** Counts the work for one property by itself: a large one does not take its neighbours along. */
    beginProperty() {
      stepsLeft = MOST_STEPS;
    },
  };
}

/** One of the schemas that one is put together from. */
type Part = PlacedSchema & { readonly schema: Schema; readonly hasAlternatives: boolean };

function merged(parts: readonly Part[]): Resolved | Reason {
  if (parts.length === 0) return NOT_DESCRIBED;
  const properties = new Map<string, PlacedSchema[]>();
  for (const { schema, ...place } of parts) {
    for (const [name, property] of Object.entries(asObject(schema.properties))) {
      properties.set(name, [...(properties.get(name) ?? []), { ...place, schema: property }]);
    }
  }
  return {
    keywords: Object.assign({}, ...parts.map(({ schema }) => schema)),
    properties: parts.some(({ schema }) => isObject(schema.properties)) ? properties : null,
    items: parts.flatMap(({ schema: { items }, ...place }) =>
      items === undefined ? [] : { ...place, schema: items },
    ),
    required: parts.flatMap(({ schema }) => schema.required),
    choices: parts.map(({ schema }) => choicesIn(schema)).findLast((some) => some !== null) ?? null,
    isNullable: parts.some(({ schema }) => isNullable(schema)),
    hasAlternatives: parts.some((part) => part.hasAlternatives),
  };
}

/** What a local reference refers to; undefined when there is nothing. */
function target(document: unknown, reference: string): unknown {
  const [start, ...names] = reference.split('/');
  if (start !== '#') return undefined;
  return names
    .map((name) => decoded(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (found, name) => Object.entries(Object(found)).find(([key]) => key === name)?.[1],
      document,
    );
}

/**
 * The id of DeskDirector's type that describes an object; null when none is named.
 * Microsoft: `x-ms-dynamic-properties`, `x-ms-dynamic-schema`. DeskDirector: `GetDynamicSchema`.
 */
function siteType(schema: Schema): string | null {
  const { 'x-ms-dynamic-schema': older, 'x-ms-dynamic-properties': newer } = schema;
  const { operationId, parameters } = { ...asObject(older), ...asObject(newer) };
  const { typeId } = asObject(parameters);
  const id = isObject(typeId) ? typeId.value : typeId;
  return operationId === 'GetDynamicSchema' && typeof id === 'string' ? id : null;
}

/**
 * The schemas that say plainly what the alternatives of a `oneOf` or `anyOf` stand for: the only one,
 * null aside, or a choice. Null when one field can't stand for them.
 */
function plainlySaid(alternatives: unknown): unknown[] | null {
  if (!Array.isArray(alternatives)) return [];
  const some = alternatives.filter((one) => !allowsOnlyNull(one));
  const choices = some.map((one) => choicesIn(asObject(one)) ?? []);
  if (some.length < 2) return some;
  if (choices.every((all) => all.length === 1)) {
    const names = some.map((one) => asObject(one).title);
    return [{ enum: choices.map(([only]) => only?.value), 'x-enumNames': names }];
  }
  // Alternatives that only limit a value (`minLength`, `required`) are the site's to check.
  return some.some(describesShape) ? null : [];
}

const allowsOnlyNull = (schema: unknown): boolean =>
  asObject(schema).type === 'null' || choicesIn(asObject(schema))?.length === 0;

const sizeOf = (value: unknown): number => Object.keys(Object(value)).length;

const SHAPES = ['type', 'enum', 'const', 'properties', 'items', '$ref', 'allOf', 'oneOf', 'anyOf'];

const describesShape = (schema: unknown): boolean =>
  !isObject(schema) || SHAPES.some((name) => schema[name] !== undefined);

/** Whether an object can have members that are no properties of it, but are described. */
export function describesMore({ keywords, hasAlternatives }: Resolved): boolean {
  const { then, else: otherwise, additionalProperties, patternProperties } = keywords;
  const schemas = [then, otherwise, additionalProperties].filter(isObject);
  const isByName = isObject(patternProperties) || isObject(keywords.dependentSchemas);
  return hasAlternatives || isByName || schemas.some(describesShape);
}

/**
 * The values of an `enum` or `const`, null aside, with their names: NSwag writes `x-enumNames`,
 * OpenAPI Generator `x-enum-varnames`. Null when neither is there.
 */
function choicesIn(schema: Schema): Choices | null {
  const { enum: values, const: only } = schema;
  if (!Array.isArray(values) && only === undefined) return null;
  const all: readonly unknown[] = Array.isArray(values) ? values : [only];
  const names: unknown = schema['x-enumNames'] ?? schema['x-enum-varnames'];
  return all
    .map((value, n) => ({ value, name: Array.isArray(names) ? words(names[n]) : null }))
    .filter(({ value }) => value !== null);
}

function isNullable(schema: Schema): boolean {
  const { type, enum: values, oneOf, anyOf } = schema;
  return (
    [schema.nullable, schema['x-nullable']].includes(true) ||
    [type, values, schema.const].flat().includes(null) ||
    [type].flat().includes('null') ||
    [oneOf, anyOf].flat().some(allowsOnlyNull)
  );
}
