import { asObject, decoded, isObject, nameAmong, propertyOf, trimmedText } from '../values.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** A schema and where it stands. */
export interface PlacedSchema {
  readonly schema: unknown;
  /** The document that its local references (`#/definitions/address`) point into. */
  readonly document: unknown;
  /** The references that led here. A schema that occurs in its own trail contains itself. */
  readonly trail: readonly unknown[];
}

/** The allowed values without null, each with the name that the site gives it. */
type Choices = readonly { readonly value: unknown; readonly name: string | null }[];

/** A schema merged from its parts. When two parts contradict each other, the last one counts. */
export interface Resolved {
  readonly keywords: Schema;
  /** Its own title or summary, not that of a definition it refers to; null when it has none. */
  readonly title: string | null;
  /** The schemas of each property; null when no property is described. */
  readonly properties: ReadonlyMap<string, readonly PlacedSchema[]> | null;
  /** The schemas of the items of a list. */
  readonly items: readonly PlacedSchema[];
  /** The names of the required properties. */
  readonly required: readonly unknown[];
  /** Null when the schema does not limit the values to a list. */
  readonly choices: Choices | null;
  readonly isNullable: boolean;
  /** Whether it describes alternatives that one input field can't offer. */
  readonly hasAlternatives: boolean;
}

/**
 * Why a property can't have an input field, in an owner's words. A function that reads a part of a
 * schema returns either what it read, or such a reason.
 */
export type Reason = string;

export const isReason = (read: unknown): read is Reason => typeof read === 'string';

/**
 * The schemas of DeskDirector's types by their ids. A type that can't be read has a reason instead.
 */
export type SiteTypes = ReadonlyMap<string, { readonly schema: unknown } | Reason>;

const NOT_DESCRIBED: Reason = 'your site does not describe it';

/** The most levels of objects in a form. */
export const DEEPEST = 8;
/** The most schemas within schemas that are merged, and the most levels of a value that is sent. */
export const MOST_LEVELS = 32;
/** The most schemas, properties and choices that are read. References can multiply them. */
const MOST_STEPS = 20_000;
const MOST_STEPS_IN_ALL = 500_000;

/**
 * Merges schemas with everything that they refer to: `$ref`, `allOf`, types of DeskDirector, and
 * alternatives that one input field can offer.
 *
 * @param types the types that the schemas may name
 */
export function createResolver(types: SiteTypes) {
  const missingTypes = new Set<string>();
  const readings = new Map<Schema, Reading>();
  let stepsLeft = MOST_STEPS;
  let stepsLeftInAll = MOST_STEPS_IN_ALL;

  /** What these schemas describe together, or why they can't be read. */
  function resolve(placed: readonly PlacedSchema[]): Resolved | Reason {
    const parts: Part[] = [];
    const reasons = placed.map((one) => addParts(parts, { ...one, isOwn: true }, 0));
    return reasons.find((reason) => reason !== null) ?? merged(parts);
  }

  /**
   * Adds a schema to the parts, after everything that it refers to. Returns null, or why it can't.
   */
  function addParts(
    parts: Part[],
    placed: PlacedSchema & { readonly isOwn: boolean },
    depth: number,
  ): Reason | null {
    const { schema, document, trail } = placed;
    if (!isObject(schema)) return NOT_DESCRIBED;
    const reading = readings.get(schema) ?? readingOf(schema, document);
    readings.set(schema, reading);
    stepsLeft -= reading.work;
    stepsLeftInAll -= reading.work;
    if (stepsLeft < 0 || stepsLeftInAll < 0 || depth > MOST_LEVELS) {
      return 'its description is too large';
    }
    const referred: Pick<PlacedSchema, 'schema' | 'document'>[] = [...reading.referred];
    if (reading.typeId !== null) {
      const type = types.get(reading.typeId);
      if (type === undefined) missingTypes.add(reading.typeId);
      if (type === undefined || isReason(type)) return type ?? NOT_DESCRIBED;
      referred.push({ ...type, document: type.schema });
    }
    if (referred.some((one) => trail.includes(one.schema))) return 'it contains itself';

    for (const part of [
      ...referred.map((one) => ({ ...one, trail: [...trail, one.schema], isOwn: false })),
      ...reading.inner.map((one) => ({ ...placed, schema: one })),
    ]) {
      const reason = addParts(parts, part, depth + 1);
      if (reason !== null) return reason;
    }
    parts.push({ ...placed, schema, reading });
    return null;
  }

  return {
    resolve,
    /** The ids of the types that the schemas name and `types` does not hold. */
    missingTypes,
    /** Each property has a limit of its own, so that a large one does not cost its neighbours. */
    beginProperty() {
      stepsLeft = MOST_STEPS;
    },
  };
}

/** What a schema says by itself. It is read once, since references can lead to it any number of times. */
interface Reading {
  /** The schemas, properties and choices that it holds. */
  readonly work: number;
  readonly referred: readonly Pick<PlacedSchema, 'schema' | 'document'>[];
  readonly typeId: string | null;
  /** The schemas that it is merged with. */
  readonly inner: readonly unknown[];
  readonly hasAlternatives: boolean;
  readonly choices: Choices | null;
  readonly isNullable: boolean;
}

function readingOf(schema: Schema, document: unknown): Reading {
  const { $ref, allOf, oneOf, anyOf } = schema;
  const alternatives = [oneOf, anyOf].map(oneFieldFor);
  const held = [schema.properties, schema.required, schema.enum, oneOf, anyOf];
  return {
    work: held.reduce((sum: number, one) => sum + sizeOf(one), 1),
    referred: typeof $ref === 'string' ? [{ schema: target(document, $ref), document }] : [],
    typeId: siteType(schema),
    inner: [...(Array.isArray(allOf) ? allOf : []), ...alternatives.flatMap(({ inner }) => inner)],
    hasAlternatives: alternatives.some(({ isTooMuch }) => isTooMuch),
    choices: choicesIn(schema),
    isNullable: isNullable(schema),
  };
}

/** One of the schemas that are merged. */
interface Part extends PlacedSchema {
  readonly schema: Schema;
  readonly reading: Reading;
  /** Whether it stands at the place itself, and not in a definition. */
  readonly isOwn: boolean;
}

function merged(parts: readonly Part[]): Resolved | Reason {
  if (parts.length === 0) return NOT_DESCRIBED;
  const properties = new Map<string, PlacedSchema[]>();
  for (const { schema, document, trail } of parts) {
    for (const [name, property] of Object.entries(asObject(schema.properties))) {
      const placed = properties.get(name) ?? [];
      properties.set(name, placed);
      placed.push({ schema: property, document, trail });
    }
  }
  const readings = parts.map(({ reading }) => reading);
  const titles = parts.map(({ schema, isOwn }) => (isOwn ? titleIn(schema) : null));
  return {
    keywords: Object.fromEntries(parts.flatMap(({ schema }) => Object.entries(schema))),
    title: titles.findLast((title) => title !== null) ?? null,
    properties: parts.some(({ schema }) => isObject(schema.properties)) ? properties : null,
    items: parts.flatMap(({ schema: { items }, document, trail }) =>
      items === undefined ? [] : { schema: items, document, trail },
    ),
    required: parts.flatMap(({ schema }) => schema.required),
    choices: readings.findLast(({ choices }) => choices !== null)?.choices ?? null,
    isNullable: readings.some((reading) => reading.isNullable),
    hasAlternatives: readings.some((reading) => reading.hasAlternatives),
  };
}

/** The title of a schema, or its summary; null when it has neither. */
export const titleIn = (schema: Schema): string | null =>
  trimmedText(schema.title) ?? trimmedText(schema['x-ms-summary']);

/** The schema that a local reference points to; undefined when there is none. */
function target(document: unknown, reference: string): unknown {
  const [start, ...names] = reference.split('/');
  if (start !== '#') return undefined;
  return names
    .map((name) => decoded(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (found, name) =>
        Array.isArray(found) ? found[Number(name)] : propertyOf(asObject(found), name),
      document,
    );
}

/**
 * The id of the DeskDirector type that describes an object; null when the schema names none.
 * Microsoft: `x-ms-dynamic-properties`, `x-ms-dynamic-schema`. DeskDirector: `GetDynamicSchema`.
 */
function siteType(schema: Schema): string | null {
  const { 'x-ms-dynamic-schema': older, 'x-ms-dynamic-properties': newer } = schema;
  const { operationId, parameters } = { ...asObject(older), ...asObject(newer) };
  const typeId = propertyOf(asObject(parameters), 'typeId');
  const id = isObject(typeId) ? typeId.value : typeId;
  const isType = nameAmong(['GetDynamicSchema'], String(operationId)) !== undefined;
  return isType && typeof id === 'string' ? id : null;
}

/**
 * The schemas that stand for a `oneOf` or `anyOf` in one input field. One alternative, apart from null,
 * stays as it is. Alternatives with one value each become a choice. Alternatives that only limit a
 * value are left out. All others are too much for one input field.
 */
function oneFieldFor(alternatives: unknown): { inner: readonly unknown[]; isTooMuch: boolean } {
  const all: readonly unknown[] = Array.isArray(alternatives) ? alternatives : [];
  const some = all.filter((one) => !allowsOnlyNull(one));
  const choices = some.map((one) => choicesIn(asObject(one)) ?? []);
  if (some.length < 2) return { inner: some, isTooMuch: false };
  if (choices.every((values) => values.length === 1)) {
    const names = some.map((one) => asObject(one).title);
    const choice = { enum: choices.map(([only]) => only?.value), 'x-enumNames': names };
    return { inner: [choice], isTooMuch: false };
  }
  // The site checks alternatives that only limit a value (`minLength`, `required`).
  return { inner: [], isTooMuch: some.some(describesShape) };
}

const allowsOnlyNull = (schema: unknown): boolean =>
  asObject(schema).type === 'null' || choicesIn(asObject(schema))?.length === 0;

const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : Object.keys(asObject(value)).length;

/**
 * Whether an object can be a JSON Schema. Sites also answer with errors, or put the schema
 * elsewhere.
 */
export const isSchema = (value: unknown): boolean =>
  isObject(value) &&
  (Object.keys(value).length === 0 || SCHEMA_KEYWORDS.some((name) => value[name] !== undefined));

const SHAPES = ['type', 'enum', 'const', 'properties', 'items', '$ref', 'allOf', 'oneOf', 'anyOf'];

const SCHEMA_KEYWORDS = [
  ...[...SHAPES, '$schema', 'required', 'additionalProperties', 'patternProperties'],
  ...['x-ms-dynamic-schema', 'x-ms-dynamic-properties'],
];

const describesShape = (schema: unknown): boolean =>
  !isObject(schema) || SHAPES.some((name) => schema[name] !== undefined);

/** Whether the schema describes values of an object that `properties` does not list. */
export function describesMore({ keywords, hasAlternatives }: Resolved): boolean {
  const { then, else: otherwise, additionalProperties, patternProperties } = keywords;
  const schemas = [then, otherwise, additionalProperties].filter(isObject);
  const isByName = isObject(patternProperties) || isObject(keywords.dependentSchemas);
  return hasAlternatives || isByName || schemas.some(describesShape);
}

/**
 * The values of an `enum` or `const` without null and what was left out, with their names: NSwag writes
 * `x-enumNames`, OpenAPI Generator `x-enum-varnames`. Null when the schema has neither.
 */
function choicesIn(schema: Schema): Choices | null {
  const { enum: values, const: only } = schema;
  if (!Array.isArray(values) && !('const' in schema)) return null;
  const all: readonly unknown[] = Array.isArray(values) ? values : [only];
  const names: unknown = schema['x-enumNames'] ?? schema['x-enum-varnames'];
  return (
    all
      .map((value, n) => ({ value, name: Array.isArray(names) ? trimmedText(names[n]) : null }))
      // JSON has no undefined: such a value was left out of the answer.
      .filter(({ value }) => value !== null && value !== undefined)
  );
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
