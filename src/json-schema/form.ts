import { isObject, members } from '../chat-session/values.ts';

/*
 * JSON Schema ↔ Zapier input fields. The scope:
 *
 * - string (plain; `enum` or `const` → choices; format `date-time`; formats for text of several
 *   lines), integer, number, boolean, and lists of these;
 * - nested objects, whose fields stand beside the others with keys joined by `__`;
 * - lists of objects as line items, whose items hold objects and single values, but no list;
 * - `["string", "null"]` and `nullable`, local `$ref`, `allOf`;
 * - `title`, `x-ms-summary`, `description`, `default`, `required`, `readOnly`, `x-ms-visibility`,
 *   `x-ms-dynamic-values`, `x-ms-dynamic-list`.
 *
 * A property beyond that (alternatives, tuples, cycles, more than 8 levels of objects) is left out
 * alone, with the reason. What limits a value (`minimum`, `pattern`, …) is checked when sending;
 * rules beyond these are left to the site, which says in its own words what it does not take.
 */

/** What a field holds, in the schema's terms. */
export type LeafType = 'string' | 'multiline' | 'date-time' | 'integer' | 'number' | 'boolean';

interface Common {
  /** The names of the properties that lead here. */
  readonly path: readonly string[];
  readonly label: string;
  /** Whether the object it belongs to has to have it. */
  readonly isRequired: boolean;
  readonly visibility: 'normal' | 'advanced' | 'internal';
  readonly default: unknown;
  /** What limits its values: the keywords of the schema and of all that it is put together from. */
  readonly limits: readonly Schema[];
}

/** A single value, or a list of these. */
export interface Leaf extends Common {
  readonly kind: 'leaf';
  readonly type: LeafType;
  readonly description: string | null;
  readonly isList: boolean;
  /** The values that are allowed, by their text; null when all are. */
  readonly choices: ReadonlyMap<string, unknown> | null;
  /** The operation that lists the values to choose from. */
  readonly listedBy: string | null;
  /** What limits the values of a list. */
  readonly itemLimits: readonly Schema[];
}

export interface Group extends Common {
  readonly kind: 'group';
  readonly members: readonly Property[];
  /** The names it has to have, those that were left out included. */
  readonly required: readonly string[];
}

/** A list of objects. */
export interface LineItems extends Common {
  readonly kind: 'line items';
  readonly item: Group;
}

export type Property = Leaf | Group | LineItems;

/** A schema, read: what it asks for, and why some of it can't be asked for. */
export interface Form {
  readonly root: Group;
  /** One for each property that was left out: where it is and why. */
  readonly problems: readonly string[];
}

const DEEPEST = 8;
/** Bounds the work that references can multiply: schemas, properties and values all count. */
const MOST_STEPS = 20_000;

export type Schema = Readonly<Record<string, unknown>>;

/** Where in a schema the reader is. */
interface Place {
  readonly path: readonly string[];
  /** The references that led here, to tell a cycle. */
  readonly refs: readonly string[];
  readonly visibility: Common['visibility'];
  readonly isInList: boolean;
}

/** Reads a schema of an object. It never throws; null when it is no such schema. */
export function readForm(schema: unknown): Form | null {
  const problems: string[] = [];
  let steps = 0;

  /** The schema with its references and `allOf` put in place, or why that can't be done. */
  function resolve(raw: unknown, refs: readonly string[], depth = 0): Resolved | string {
    if (!isObject(raw)) return 'is no schema';
    const { $ref, allOf, properties, ...keywords } = raw;
    const own = Object.entries(members(properties)).map(([key, property]) => {
      return [key, { schema: property, refs }] as const;
    });
    steps += 1 + own.length + (allowed(keywords)?.length ?? 0);
    if (steps > MOST_STEPS || depth > 4 * DEEPEST) return 'is too large';

    const parts: Resolved[] = [];
    const further = Array.isArray(allOf) ? allOf.map((part: unknown) => ({ part, led: refs })) : [];
    if (typeof $ref === 'string') {
      if (refs.includes($ref)) return 'refers to itself';
      further.unshift({ part: target(schema, $ref), led: [...refs, $ref] });
    }
    for (const { part, led } of further) {
      const resolved = resolve(part, led, depth + 1);
      if (typeof resolved === 'string') return resolved;
      parts.push(resolved);
    }
    parts.push({
      keywords,
      limits: [keywords],
      properties: isObject(properties) ? new Map(own) : null,
      refs,
    });
    return merged(parts);
  }

  function readProperty(
    raw: unknown,
    isRequired: boolean,
    place: Place,
  ): Property | 'read only' | null {
    const { path } = place;
    const problem = (reason: string) => {
      problems.push(`${path.join('.')} ${reason}`);
      return null;
    };
    const resolved = resolve(raw, place.refs);
    if (typeof resolved === 'string') return problem(resolved);
    const { keywords: property, limits, refs } = resolved;
    // It is part of answers only, even where it is required.
    if (property.readOnly === true) return 'read only';
    if (path.at(-1) === '') return problem('has no name');

    const common: Common = {
      path,
      label: label(property, path),
      isRequired,
      visibility: visibility(property, place.visibility),
      default: property.default,
      limits,
    };
    const inner = { ...place, refs, visibility: common.visibility };

    const type = typeOf(resolved);
    if (type === 'object') {
      if (path.length >= DEEPEST) return problem('is nested too deep');
      const group = readGroup(resolved, inner);
      if (group.members.length === 0) return problem('is an object without fields');
      return { ...common, kind: 'group', ...group };
    }
    if (type !== 'array') {
      const leaf = readLeaf(property, type);
      return typeof leaf === 'string'
        ? problem(leaf)
        : { ...common, ...leaf, isList: false, itemLimits: [] };
    }

    if (place.isInList) return problem('is a list within a list');
    const items = resolve(property.items, refs);
    if (typeof items === 'string') return problem(`holds what ${items}`);
    const itemType = typeOf(items);
    if (itemType === 'object') {
      const group = readGroup(items, { ...inner, isInList: true });
      if (group.members.length === 0) return problem('holds objects without fields');
      const item: Group = {
        ...common,
        kind: 'group',
        isRequired: true,
        limits: items.limits,
        ...group,
      };
      return { ...common, kind: 'line items', item };
    }
    const leaf = readLeaf(items.keywords, itemType);
    if (typeof leaf === 'string') return problem(`holds what ${leaf}`);
    return {
      ...common,
      ...leaf,
      description: words(property.description) ?? leaf.description,
      listedBy: listedBy(property) ?? leaf.listedBy,
      isList: true,
      itemLimits: items.limits,
    };
  }

  function readGroup(
    { keywords, properties }: Resolved,
    place: Place,
  ): Pick<Group, 'members' | 'required'> {
    const required = [keywords.required].flat().filter((name) => typeof name === 'string');
    const readOnly = new Set<string>();
    const read = [...(properties ?? [])].flatMap(([key, { schema: property, refs }]) => {
      const isRequired = required.includes(key);
      const path = [...place.path, key];
      const member = readProperty(property, isRequired, { ...place, path, refs });
      if (member === 'read only') readOnly.add(key);
      return typeof member === 'string' ? [] : (member ?? []);
    });
    return { members: read, required: required.filter((name) => !readOnly.has(name)) };
  }

  const resolved = resolve(schema, ['#']);
  if (typeof resolved === 'string' || (typeOf(resolved) ?? 'object') !== 'object') return null;
  const root: Group = {
    kind: 'group',
    path: [],
    label: '',
    isRequired: true,
    visibility: 'normal',
    default: undefined,
    limits: resolved.limits,
    ...readGroup(resolved, { path: [], refs: [], visibility: 'normal', isInList: false }),
  };
  return { root, problems };
}

/** A schema in one piece. */
interface Resolved {
  /** All but the properties. */
  readonly keywords: Schema;
  /** The same, of each of its parts. */
  readonly limits: readonly Schema[];
  /** Each with the references that led to it; null when the schema knows none. */
  readonly properties: ReadonlyMap<string, { schema: unknown; refs: readonly string[] }> | null;
  readonly refs: readonly string[];
}

/** What a local reference (`#/definitions/address`) refers to; undefined when there is nothing. */
function target(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((part) => unescaped(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? Reflect.get(found, key)
          : undefined,
      root,
    );
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** All parts of a schema in one, where the last one says the last word. */
function merged(parts: readonly Resolved[]): Resolved {
  const properties = new Map<string, { schema: unknown; refs: readonly string[] }>();
  for (const [key, property] of parts.flatMap((part) => [...(part.properties ?? [])])) {
    const other = properties.get(key);
    properties.set(key, {
      // A property of several parts has to be what each of them says.
      schema: other ? { allOf: [other.schema, property.schema] } : property.schema,
      refs: [...new Set([...(other?.refs ?? []), ...property.refs])],
    });
  }
  const keywords = Object.fromEntries(parts.flatMap((part) => Object.entries(part.keywords)));
  const required = parts.flatMap((part) => [part.keywords.required].flat());
  const choices = parts.map((part) => allowed(part.keywords)).filter((values) => values !== null);
  return {
    keywords: {
      ...keywords,
      required,
      ...(choices.length > 1 && { enum: choices.reduce(commonValues) }),
    },
    limits: parts.flatMap((part) => part.limits),
    properties: parts.every((part) => part.properties === null) ? null : properties,
    refs: [...new Set(parts.flatMap((part) => part.refs))],
  };
}

function commonValues(some: unknown[], others: unknown[]): unknown[] {
  const allOthers = new Set(others);
  return some.filter((value) => allOthers.has(value));
}

function typeOf({ keywords, properties }: Resolved): unknown {
  const [type, ...others] = [keywords.type].flat().filter((name) => name !== 'null');
  if (others.length > 0) return 'several types';
  if (type !== undefined) return type;
  if (properties !== null) return 'object';
  return allowed(keywords)?.every((value) => typeof value === 'string') ? 'string' : undefined;
}

/** The values of an `enum`, without null, or the one of a `const`. */
function allowed({ enum: values, const: only }: Schema): unknown[] | null {
  if (Array.isArray(values)) return values.filter((value) => value !== null);
  return only === undefined ? null : [only];
}

/** What a leaf asks for, or why it can't be asked. */
function readLeaf(
  schema: Schema,
  type: unknown,
): Pick<Leaf, 'kind' | 'type' | 'description' | 'choices' | 'listedBy'> | string {
  if (schema.oneOf !== undefined || schema.anyOf !== undefined) return 'offers alternatives';
  if (type !== 'string' && type !== 'integer' && type !== 'number' && type !== 'boolean') {
    const names = [schema.type].flat().filter((name) => typeof name === 'string');
    return `has a type that no field has (${names.join(', ').slice(0, 40) || 'none'})`;
  }
  const choices = type === 'boolean' ? null : choicesOf(schema, type);
  if (choices?.size === 0) return 'allows no value';
  return {
    kind: 'leaf',
    type: type === 'string' && choices === null ? stringType(schema.format) : type,
    description: words(schema.description),
    choices,
    listedBy: listedBy(schema),
  };
}

/** The values to choose from, by their text; null when there is no choice to be made. */
function choicesOf(schema: Schema, type: 'string' | 'integer' | 'number'): Leaf['choices'] {
  const values = allowed(schema)?.filter((value) =>
    type === 'string'
      ? typeof value === 'string' && value.trim() !== ''
      : typeof value === 'number',
  );
  return values === undefined ? null : new Map(values.map((value) => [String(value), value]));
}

function stringType(format: unknown): LeafType {
  if (format === 'date-time') return 'date-time';
  const isMultiline = /^(?:multi-?line|text-?area|html|markdown)$/i;
  return typeof format === 'string' && isMultiline.test(format) ? 'multiline' : 'string';
}

function listedBy(schema: Schema): string | null {
  const { operationId: values } = members(schema['x-ms-dynamic-values']);
  const { operationId: list } = members(schema['x-ms-dynamic-list']);
  return words(values) ?? words(list);
}

function visibility(schema: Schema, inherited: Common['visibility']): Common['visibility'] {
  const own = schema['x-ms-visibility'];
  if (inherited === 'internal' || own === 'internal') return 'internal';
  return inherited === 'advanced' || own === 'advanced' ? 'advanced' : 'normal';
}

function label(schema: Schema, path: readonly string[]): string {
  const readable = path
    .join(' ')
    .replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ')
    .split(/[\s_-]/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  const named =
    words(schema.title) ?? words(schema['x-ms-summary']) ?? (readable || path.join('.'));
  return named.slice(0, 100);
}

/** Text with something to read in it. */
function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
