import { asObject, words, wordsIn } from '../values.ts';
import {
  createResolver,
  DEEPEST,
  describesMore,
  isSchema,
  type PlacedSchema,
  type Reason,
  type Resolved,
  type Schema,
  type SiteTypes,
} from './schema.ts';

/*
 * Reads a JSON Schema into a form. docs/integration.md lists the supported keywords, and the reasons.
 * A property that is not supported is left out, with its reason, and its neighbours stay. The limits
 * of a value (`minimum`, `pattern`) are not read: the site checks them and says what it refuses.
 */

export type LeafType = 'string' | 'multiline' | 'date-time' | 'integer' | 'number' | 'boolean';

interface Common {
  readonly name: string;
  /** The names of the objects around the property, then its own name. */
  readonly path: readonly string[];
  /** Its label, then longer labels that begin with the labels of the objects around it. */
  readonly labels: readonly [string, ...string[]];
  /** Whether the object around it requires it. */
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly isAdvanced: boolean;
}

/** A single value, or a list of single values. */
export interface Leaf extends Common {
  readonly kind: 'leaf';
  readonly type: LeafType;
  readonly isList: boolean;
  /** The allowed values with their labels, by the text of the value; null when all are allowed. */
  readonly choices: ReadonlyMap<string, { readonly value: unknown; readonly label: string }> | null;
  /** The keywords of the schema. For a list, those of its items and of the list itself. */
  readonly keywords: Schema;
}

/** An object, or a list of objects: line items. */
export interface Group extends Common {
  readonly kind: 'group';
  readonly isList: boolean;
  readonly properties: readonly Property[];
}

/** A property without an input field. */
interface Unshown extends Common {
  readonly kind: 'unshown';
  /** The value that the site gives for a property that it hides; undefined when it gives none. */
  readonly value: unknown;
  readonly reason: Reason;
}

export type Property = Leaf | Group | Unshown;
/** A property with an input field of its own. A group has one when it is a list. */
export type Field = Leaf | Group;

/** What a schema describes, for an owner to fill in. */
export interface Form {
  readonly properties: readonly Property[];
  /** The properties that were left out, each with its reason, in an owner's words. */
  readonly problems: readonly string[];
}

const HIDDEN: Reason = 'your site hides it and gives no value for it';

/** The objects around a property. */
type Place = Pick<Common, 'path' | 'isAdvanced'> & {
  readonly labels: readonly string[];
  readonly isInternal: boolean;
  readonly isInList: boolean;
};
const TOP: Place = { path: [], labels: [], isAdvanced: false, isInternal: false, isInList: false };

/**
 * Reads the schema of the body of a request, or of an answer. It never throws. The form is null when
 * the schema does not describe an object. The missing types are those that the schema names and the
 * caller did not give: fetch them and call again.
 */
export function readForm(
  schema: unknown,
  types: SiteTypes,
  use: 'body' | 'answer' = 'body',
): { readonly form: Form | null; readonly missingTypes: ReadonlySet<string> } {
  const { resolve, beginProperty, missingTypes } = createResolver(types);
  const problems: string[] = [];

  function readProperty(
    placed: readonly PlacedSchema[],
    name: string,
    isRequired: boolean,
    around: Place,
  ): Property | null {
    const resolved = name === '' ? 'it has no name' : resolve(placed);
    const isRead = typeof resolved !== 'string';
    const keywords = isRead ? resolved.keywords : asObject(placed[0]?.schema);
    // A read-only property is only in answers, even when it is required. A write-only property is only
    // in bodies.
    if ((use === 'body' ? keywords.readOnly : keywords.writeOnly) === true) return null;
    const visibility = keywords['x-ms-visibility'];
    const path = [...around.path, name];
    const label = labelOf(keywords, path);
    const common: Common = {
      name,
      path,
      labels: [label, ...around.labels.map((parent) => `${parent} ${label}`)],
      // JSON Schema, draft 3: a property itself says whether it is required.
      isRequired: isRequired || keywords.required === true,
      isNullable: isRead && resolved.isNullable,
      isAdvanced: around.isAdvanced || visibility === 'advanced',
    };
    const isInternal = around.isInternal || visibility === 'internal';
    const place: Place = { ...around, ...common, isInternal };
    if (isInternal) {
      const value =
        keywords.const ?? keywords.default ?? (isRead ? hiddenValue(resolved, place) : undefined);
      return { ...common, kind: 'unshown', value, reason: HIDDEN };
    }
    const read = isRead ? readShown(resolved, common, place) : resolved;
    if (typeof read !== 'string') return read;
    problems.push(`“${label}” (${read})`);
    return { ...common, kind: 'unshown', value: undefined, reason: read };
  }

  function readShown(resolved: Resolved, common: Common, place: Place): Property | Reason {
    const isList = typeOf(resolved) === 'array';
    if (isList && place.isInList) return 'it is a list within a list';
    const values = isList ? resolve(resolved.items) : resolved;
    if (typeof values === 'string') return values;
    if (typeOf(values) !== 'object') {
      const read = readLeaf(values);
      const keywords = { ...values.keywords, ...resolved.keywords };
      return typeof read === 'string'
        ? read
        : { ...common, ...read, kind: 'leaf', isList, keywords };
    }
    if (place.path.length >= DEEPEST) return `it lies deeper than ${DEEPEST} levels`;
    const properties = readProperties(values, { ...place, isInList: place.isInList || isList });
    if (properties.length === 0) return 'none of its fields is described';
    return isList && fieldsIn(properties).length === 0
      ? { ...common, kind: 'unshown', value: undefined, reason: HIDDEN }
      : { ...common, kind: 'group', isList, properties };
  }

  function readProperties(resolved: Resolved, place: Place): Property[] {
    const described = new Map(resolved.properties);
    for (const name of resolved.required) {
      // The schema may require a property that it does not describe.
      if (typeof name === 'string' && !described.has(name)) described.set(name, []);
    }
    const properties = [...described].flatMap(([name, placed]) => {
      if (place === TOP) beginProperty();
      return readProperty(placed, name, resolved.required.includes(name), place) ?? [];
    });
    if (properties.length > 0 && describesMore(resolved) && !place.isInternal) {
      const where = place.labels[0] === undefined ? '' : ` in “${place.labels[0]}”`;
      problems.push(`alternatives or further fields${where}`);
    }
    return properties;
  }

  /** The value that a site gives for a hidden property; undefined when it gives none. */
  function hiddenValue(resolved: Resolved, place: Place): unknown {
    const { keywords, choices, isNullable } = resolved;
    if (choices?.length === 1) return choices[0]?.value;
    if (isNullable || keywords.default === null) return null;
    if (typeOf(resolved) !== 'object' || place.path.length >= DEEPEST) return undefined;
    const values = readProperties(resolved, place).flatMap((property) =>
      property.kind === 'unshown' && property.isRequired ? [[property.name, property.value]] : [],
    );
    return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
  }

  const resolved = resolve([{ schema, document: schema, trail: [schema] }]);
  if (
    !isSchema(schema) ||
    typeof resolved === 'string' ||
    (typeOf(resolved) ?? 'object') !== 'object'
  ) {
    return { form: null, missingTypes };
  }
  const properties = readProperties(resolved, TOP);
  const isUnreadable = properties.length === 0 && describesMore(resolved);
  return { form: isUnreadable ? null : { properties, problems }, missingTypes };
}

/** All properties that have an input field, at every level. */
export function fieldsIn(properties: readonly Property[]): Field[] {
  return properties.flatMap((property): Field[] => {
    if (property.kind !== 'group') return property.kind === 'leaf' ? [property] : [];
    const inner = fieldsIn(property.properties);
    return property.isList ? [property, ...inner] : inner;
  });
}

/** The leaf at the first of these paths that there is; undefined when there is none. */
export function leafAt(
  { properties }: Form,
  paths: readonly (readonly string[])[],
): Leaf | undefined {
  const leaves = fieldsIn(properties).filter((field) => field.kind === 'leaf');
  return paths
    .map((path) => leaves.find((leaf) => leaf.path.join('/') === path.join('/')))
    .find((leaf) => leaf !== undefined);
}

/** The name of a schema's type; `several` types, or undefined when there is none. */
function typeOf({ keywords, properties, choices }: Resolved): unknown {
  const types = [keywords.type].flat().filter((type) => type !== undefined && type !== 'null');
  const numeric = types.filter((type) => type === 'integer' || type === 'number');
  // .NET describes a number that may be sent as text as ["integer", "string"] with a pattern.
  const isText = types.length === 2 && types.includes('string') && isString(keywords.pattern);
  if (isText && numeric.length === 1) return numeric[0];
  if (types.length > 0) return types.length === 1 ? types[0] : 'several';
  if (properties !== null) return 'object';
  const values = choices?.map(({ value }) => value);
  if (values?.every(isString)) return 'string';
  if (values?.every((value) => typeof value === 'boolean')) return 'boolean';
  if (values?.every(Number.isInteger)) return 'integer';
  if (values?.every(Number.isFinite)) return 'number';
  if (values !== undefined || !isString(keywords.format)) return undefined;
  if (/^u?int\d*$/i.test(keywords.format)) return 'integer';
  return /^(?:float|double|decimal)$/i.test(keywords.format) ? 'number' : 'string';
}

const isString = (value: unknown): value is string => typeof value === 'string';

/** The type and the choices of a single value, or why it can't have an input field. */
function readLeaf(values: Resolved): Pick<Leaf, 'type' | 'choices'> | Reason {
  const { keywords, choices: allowed, hasAlternatives } = values;
  const type = typeOf(values);
  if (hasAlternatives || type === 'several') return 'it takes several kinds of values';
  if (type !== 'string' && type !== 'integer' && type !== 'number' && type !== 'boolean') {
    return 'it takes a kind of value that no field here is for';
  }
  if (type === 'boolean') return { type, choices: null };
  if (allowed === null) {
    return { type: type === 'string' ? stringType(keywords.format) : type, choices: null };
  }
  const choices = allowed
    .filter(({ value }) => (type === 'string' ? words(value) !== null : Number.isFinite(value)))
    .map(({ value, name }) => ({ value, label: name ?? String(value) }));
  const sameLabel = Map.groupBy(choices, ({ label }) => label);
  const named = choices.map(({ value, label }) => {
    const isUnique = sameLabel.get(label)?.length === 1;
    return [String(value), { value, label: isUnique ? label : `${label} (${value})` }] as const;
  });
  if (named.length > 0) return { type, choices: new Map(named) };
  return allowed.length === 0 ? 'it allows no value' : 'it allows no value of its type';
}

function stringType(format: unknown): LeafType {
  if (format === 'date-time') return 'date-time';
  const isMultiline = /^(?:multi-?line|text-?area|html|markdown)$/i.test(String(words(format)));
  return isMultiline ? 'multiline' : 'string';
}

function labelOf(keywords: Schema, path: readonly string[]): string {
  const capitalised = path.flatMap(wordsIn).map((word) => word[0]?.toUpperCase() + word.slice(1));
  const label = words(keywords.title) ?? words(keywords['x-ms-summary']);
  return (label ?? (capitalised.join(' ') || path.join('.'))).slice(0, 100);
}
