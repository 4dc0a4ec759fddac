import { asObject, words, wordsIn } from '../values.ts';
import {
  createResolver,
  DEEPEST,
  describesMore,
  type PlacedSchema,
  type Reason,
  type Resolved,
  type Schema,
  type SiteTypes,
} from './schema.ts';

/*
 * What a JSON Schema asks for. docs/integration.md lists what is read, and why just that. A property
 * beyond that is left out by itself, with the reason. What limits a value (`minimum`, `pattern`) is
 * the site's to check: the site says in its own words what it does not take.
 */

export type LeafType = 'string' | 'multiline' | 'date-time' | 'integer' | 'number' | 'boolean';

interface Common {
  /** The names of the properties that lead here. */
  readonly path: readonly string[];
  /** What it can be called: the label by itself, then with those of the objects around it. */
  readonly labels: readonly [string, ...string[]];
  /** Whether the object it belongs to has to have it. */
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly isAdvanced: boolean;
}

/** A single value, or a list of these. */
export interface Leaf extends Common {
  readonly kind: 'leaf';
  readonly type: LeafType;
  readonly isList: boolean;
  /** The values that are allowed, by their text, each with its label; null when all are. */
  readonly choices: ReadonlyMap<string, { readonly value: unknown; readonly label: string }> | null;
  /** Those of the schema, and of the list around it. */
  readonly keywords: Schema;
}

/** An object, or a list of these: line items. */
export interface Group extends Common {
  readonly kind: 'group';
  readonly isList: boolean;
  readonly members: readonly Property[];
}

/** What is not asked for. */
interface Unshown extends Common {
  readonly kind: 'unshown';
  /** What the site gives for what it hides. Undefined when it gives nothing. */
  readonly value: unknown;
  readonly reason: Reason;
}

export type Property = Leaf | Group | Unshown;
/** What has an input field of its own. A group has one when it is a list. */
export type Field = Leaf | Group;

/** What a schema asks for. */
export interface Form {
  readonly members: readonly Property[];
  /** What can't be asked for, each in an owner's words. */
  readonly problems: readonly string[];
}

const HIDDEN: Reason = 'your site hides it and gives no value for it';

/** What is around a property. */
type Place = Pick<Common, 'path' | 'isAdvanced'> & {
  readonly labels: readonly string[];
  readonly isInternal: boolean;
  readonly isInList: boolean;
};
const TOP: Place = { path: [], labels: [], isAdvanced: false, isInternal: false, isInList: false };

/**
 * Reads a schema of an object; it never throws. The form is null when this is no such schema. The
 * missing types are those that the schema names and that were not given: with them it can be read
 * again.
 */
export function readForm(
  schema: unknown,
  types: SiteTypes,
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
    // It is part of answers only, even where it is required.
    if (keywords.readOnly === true) return null;
    const visibility = keywords['x-ms-visibility'];
    const path = [...around.path, name];
    const label = labelOf(keywords, path);
    const common: Common = {
      path,
      labels: [label, ...around.labels.map((parent) => `${parent} ${label}`)],
      isRequired,
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
    const members = readMembers(values, { ...place, isInList: place.isInList || isList });
    if (members.length === 0) return 'none of its fields is described';
    return isList && fieldsIn(members).length === 0
      ? { ...common, kind: 'unshown', value: undefined, reason: HIDDEN }
      : { ...common, kind: 'group', isList, members };
  }

  function readMembers(resolved: Resolved, place: Place): Property[] {
    const properties = new Map(resolved.properties);
    for (const name of resolved.required) {
      // What is required and nowhere described can't be asked for either.
      if (typeof name === 'string' && !properties.has(name)) properties.set(name, []);
    }
    const members = [...properties].flatMap(([name, placed]) => {
      if (place === TOP) beginProperty();
      return readProperty(placed, name, resolved.required.includes(name), place) ?? [];
    });
    if (members.length > 0 && describesMore(resolved) && !place.isInternal) {
      const where = place.labels[0] === undefined ? '' : ` in “${place.labels[0]}”`;
      problems.push(`alternatives or further fields${where}`);
    }
    return members;
  }

  /** The value that a site gives for what it hides; undefined when there is none. */
  function hiddenValue(resolved: Resolved, place: Place): unknown {
    const { keywords, choices, isNullable } = resolved;
    if (choices?.length === 1) return choices[0]?.value;
    if (isNullable || keywords.default === null) return null;
    if (typeOf(resolved) !== 'object' || place.path.length >= DEEPEST) return undefined;
    const values = readMembers(resolved, place).flatMap((member) =>
      member.kind === 'unshown' && member.isRequired ? [[member.path.at(-1), member.value]] : [],
    );
    return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
  }

  const resolved = resolve([{ schema, document: schema, trail: [schema] }]);
  if (typeof resolved === 'string' || (typeOf(resolved) ?? 'object') !== 'object') {
    return { form: null, missingTypes };
  }
  const members = readMembers(resolved, TOP);
  const isUnreadable = members.length === 0 && describesMore(resolved);
  return { form: isUnreadable ? null : { members, problems }, missingTypes };
}

/** All of these that have an input field of their own, those within them included. */
export function fieldsIn(members: readonly Property[]): Field[] {
  return members.flatMap((member): Field[] => {
    if (member.kind !== 'group') return member.kind === 'leaf' ? [member] : [];
    const inner = fieldsIn(member.members);
    return member.isList ? [member, ...inner] : inner;
  });
}

/** The name of a schema's type; `several` types, or undefined when there is none. */
function typeOf({ keywords, properties, choices }: Resolved): unknown {
  const types = [keywords.type].flat().filter((type) => type !== undefined && type !== 'null');
  const numeric = types.filter((type) => type === 'integer' || type === 'number');
  // .NET: a number that may be written as text. The pattern tells which texts are numbers.
  const isText = types.length === 2 && types.includes('string') && isString(keywords.pattern);
  if (isText && numeric.length === 1) return numeric[0];
  if (types.length > 0) return types.length === 1 ? types[0] : 'several';
  if (properties !== null) return 'object';
  const values = choices?.map(({ value }) => value);
  if (values?.every(isString)) return 'string';
  if (values?.every(Number.isInteger)) return 'integer';
  if (values?.every(Number.isFinite)) return 'number';
  if (values !== undefined || !isString(keywords.format)) return undefined;
  if (/^u?int\d*$/i.test(keywords.format)) return 'integer';
  return /^(?:float|double|decimal)$/i.test(keywords.format) ? 'number' : 'string';
}

const isString = (value: unknown): value is string => typeof value === 'string';

/** What a single value asks for, or why it can't be asked for. */
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
    .map(({ value, name }) => [String(value), { value, label: name ?? String(value) }] as const);
  return choices.length === 0 ? 'it allows no value' : { type, choices: new Map(choices) };
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
