import { plainLinks } from '../markdown.ts';
import {
  asObject,
  isDeeperThan,
  isObject,
  nameAmong,
  nameFinder,
  shortened,
  trimmedText,
  wordsIn,
} from '../values.ts';
import {
  createResolver,
  DEEPEST,
  describesMore,
  isReason,
  isSchema,
  MOST_LEVELS,
  type PlacedSchema,
  type Reason,
  type Resolved,
  type Schema,
  type SiteTypes,
  titleIn,
} from './schema.ts';

/*
 * Reads a JSON Schema into a form. docs/integration.md lists the supported keywords, and the reasons.
 * A property that is not supported is left out, with its reason, and its neighbours stay. The limits
 * of a value (`minimum`, `pattern`) are not read: the site checks them and says what it refuses.
 */

export type LeafType =
  | 'string'
  | 'multiline'
  | 'date-time'
  | 'integer'
  | 'int64'
  | 'number'
  | 'boolean';

interface Common {
  readonly name: string;
  /** The names of the objects around the property, then its own name. */
  readonly path: readonly string[];
  /** The title that the site gives it; null when there is none. */
  readonly title: string | null;
  /** The object around it; null when that is the whole body. */
  readonly around: Common | null;
  /** Whether the object around it requires it. */
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  /** Whether an owner has to fill it in: it is required, and so is each object around it. */
  readonly isNeeded: boolean;
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

/** A property that is left out: it has no input field. */
interface LeftOut extends Common {
  readonly kind: 'leftOut';
  /** The value that the site gives for a property that it hides; undefined when it gives none. */
  readonly value: unknown;
  readonly reason: Reason;
}

export type Property = Leaf | Group | LeftOut;
/** A property with an input field of its own. A group has one when it is a list. */
export type Field = Leaf | Group;

/**
 * What a schema describes: the body of a request, the body of a change, an answer, or an answer with a list
 * of entries. In a change, an empty field changes nothing, so what may be null is not required.
 */
export type Use = 'body' | 'change' | 'answer' | 'entries';

/** What a schema describes: the fields of a body, which an owner fills in, or the properties of an answer. */
export interface Form {
  readonly properties: readonly Property[];
}

/** A part of what a site describes that was left out. */
interface LeftOutPart {
  /** What it is, with its reason, for an owner to read. */
  readonly words: string;
  /** The same without the titles of the site; null for properties, which have their own reasons. */
  readonly untitled: string | null;
}

/** The most fields of a form or a result. A list and each of its columns count as one. */
const MOST_FIELDS = 1000;
// Not by `toLocaleString`: the first number format of a process takes 10 MB, and a delivery needs none.
const TOO_MANY_FIELDS: Reason = 'at most 1,000 fields can be shown';
const HIDDEN_BY_SITE: Reason = 'your site hides it, and gives no value that can be sent';
const NO_LIST: Reason = 'it does not describe one list';
const TOO_DEEP: Reason = `your site hides it, and its value has more than ${MOST_LEVELS} levels`;

/** Not more parts than these are told. An owner reads only the first ones. */
const MOST_TOLD = 50;

const withoutField = (common: Common, reason: Reason, value?: unknown): LeftOut => ({
  ...common,
  kind: 'leftOut',
  value,
  reason,
});

/** Where a property stands. */
interface Place {
  readonly around: Common | null;
  readonly isHidden: boolean;
  readonly isInList: boolean;
}
const TOP: Place = { around: null, isHidden: false, isInList: false };

/**
 * Reads a schema. It never throws. An answer that is a list gives the form of its entries. The form is
 * null when the schema does not describe an object. The missing types are those that the schema names and the
 * caller did not give: fetch them and call again.
 */
export function readForm(
  schema: unknown,
  types: SiteTypes,
  use: Use = 'body',
): {
  readonly form: Form | null;
  readonly leftOut: readonly LeftOutPart[];
  readonly missingTypes: ReadonlySet<string>;
} {
  const { resolve, beginProperty, missingTypes } = createResolver(types);
  const isBody = use === 'body' || use === 'change';
  const leftOut: LeftOutPart[] = [];
  const tell = (words: string, untitled: string | null) => {
    if (leftOut.length < MOST_TOLD) leftOut.push({ words, untitled });
  };

  const place = { document: schema, trail: [schema] };
  let resolved = resolve([{ ...place, schema }]);
  const { type, properties: described, required } = asObject(schema);
  if (isReason(resolved) && isObject(described)) {
    // A part that the schema refers to can't be read. What the schema itself describes still can.
    const what = `further fields (${resolved})`;
    tell(what, what);
    resolved = resolve([{ ...place, schema: { type, properties: described, required } }]);
  }
  if (!isBody && !isReason(resolved)) resolved = entryIn(resolved, use, resolve);
  if (!isSchema(schema) || isReason(resolved) || (typeOf(resolved) ?? 'object') !== 'object') {
    return { form: null, leftOut, missingTypes };
  }
  const all = readProperties(resolved, TOP);
  if (all.length === 0 && describesMore(resolved)) return { form: null, leftOut, missingTypes };
  const { properties, others } = atMost(MOST_FIELDS, all, isBody);
  if (others.length > 0) {
    leftOut.unshift({ words: `${namesOf(others)} (${TOO_MANY_FIELDS})`, untitled: null });
  }
  return { form: { properties }, leftOut, missingTypes };

  function readProperty(
    placed: readonly PlacedSchema[],
    name: string,
    isListedRequired: boolean,
    place: Place,
  ): Property | null {
    const resolved = name === '' ? 'it has no name' : resolve(placed);
    const isRead = !isReason(resolved);
    const keywords = isRead ? resolved.keywords : asObject(placed[0]?.schema);
    // A read-only property is only in answers, even when it is required. A write-only property is only
    // in bodies.
    if ((isBody ? keywords.readOnly : keywords.writeOnly) === true) return null;
    const { around } = place;
    const visibility = trimmedText(keywords['x-ms-visibility'])?.toLowerCase();
    // JSON Schema, draft 3: a property itself says whether it is required.
    const isDemanded = isListedRequired || keywords.required === true;
    const isNullable = isRead && resolved.isNullable;
    const isRequired = isDemanded && !(isNullable && use === 'change');
    const common: Common = {
      name,
      path: [...(around?.path ?? []), name],
      title: isRead ? resolved.title : titleIn(keywords),
      around,
      isRequired,
      isNullable,
      isNeeded: isRequired && !isNullable && (around === null || around.isNeeded),
      isAdvanced: around?.isAdvanced === true || visibility === 'advanced',
    };
    const isHidden = place.isHidden || visibility === 'internal';
    const inside: Place = { ...place, around: common, isHidden };
    if (isHidden) {
      const value =
        keywords.const ?? keywords.default ?? (isRead ? hiddenValue(resolved, common) : undefined);
      return isDeeperThan(MOST_LEVELS, value)
        ? withoutField(common, TOO_DEEP)
        : withoutField(common, HIDDEN_BY_SITE, value);
    }
    const read = isRead ? readField(resolved, common, inside) : resolved;
    if (!isReason(read)) return read;
    tell(`“${labelOf(common)}” (${read})`, null);
    return withoutField(common, read);
  }

  function readField(resolved: Resolved, common: Common, place: Place): Property | Reason {
    const ownType = typeOf(resolved);
    const isList = ownType === 'array';
    if (isList && place.isInList) return 'it is a list within a list';
    const values = isList ? resolve(resolved.items) : resolved;
    if (isReason(values)) return values;
    const type = isList ? typeOf(values) : ownType;
    if (type !== 'object') {
      const read = readLeaf(values, type);
      const keywords = { ...values.keywords, ...resolved.keywords };
      return isReason(read) ? read : { ...common, ...read, kind: 'leaf', isList, keywords };
    }
    if (common.path.length >= DEEPEST) return `it lies deeper than ${DEEPEST} levels`;
    const properties = readProperties(values, { ...place, isInList: place.isInList || isList });
    if (properties.length === 0) return 'none of its fields is described';
    return isList && fieldsIn(properties).length === 0
      ? withoutField(common, HIDDEN_BY_SITE)
      : { ...common, kind: 'group', isList, properties };
  }

  /** @param place where the properties of the object stand */
  function readProperties(resolved: Resolved, place: Place): Property[] {
    const described = new Map(resolved.properties);
    const find = nameFinder(described.keys());
    const required = new Set<string>();
    for (const written of resolved.required) {
      if (typeof written !== 'string') continue;
      // The schema may require a property that it does not describe.
      const name = find(written) ?? written;
      required.add(name);
      if (!described.has(name)) described.set(name, []);
    }
    const { around } = place;
    const properties = [...described].flatMap(([name, placed]) => {
      if (around === null) beginProperty();
      return readProperty(placed, name, required.has(name), place) ?? [];
    });
    if (properties.length > 0 && describesMore(resolved) && !place.isHidden) {
      const what = 'alternatives or further fields';
      tell(around === null ? what : `${what} in “${labelOf(around)}”`, what);
    }
    return properties;
  }

  /** The value that a site gives for a hidden property; undefined when it gives none. */
  function hiddenValue(resolved: Resolved, object: Common): unknown {
    const { keywords, choices, isNullable } = resolved;
    if (choices?.length === 1) return choices[0]?.value;
    if (isNullable || keywords.default === null) return null;
    if (typeOf(resolved) !== 'object' || object.path.length >= DEEPEST) return undefined;
    const place: Place = { around: object, isHidden: true, isInList: false };
    const values = readProperties(resolved, place).flatMap((property) =>
      property.kind === 'leftOut' && property.isRequired ? [[property.name, property.value]] : [],
    );
    return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
  }
}

/** What one entry of an answer is, or the answer itself when it has no entries. */
function entryIn(
  answer: Resolved,
  use: Use,
  resolve: (placed: readonly PlacedSchema[]) => Resolved | Reason,
): Resolved | Reason {
  if (typeOf(answer) === 'array') return resolve(answer.items);
  if (use === 'answer') return answer;
  const properties = new Map(answer.properties);
  const results = properties.get(nameAmong([...properties.keys()], 'results') ?? '');
  const lists = [...(results === undefined ? properties.values() : [results])]
    .map(resolve)
    .filter((one) => !isReason(one) && typeOf(one) === 'array');
  const [list, another] = lists;
  if (list === undefined || isReason(list) || another !== undefined) return NO_LIST;
  return resolve(list.items);
}

/**
 * The properties with at most this many fields, in the same order. Fields that have to be filled in
 * come first. `others` lists the rest. Those that an object requires stay in a body, without a
 * field.
 */
function atMost(most: number, all: readonly Property[], isBody: boolean) {
  const fields = fieldsIn(all);
  const neededFirst = fields.toSorted(
    (one, other) => Number(other.isNeeded) - Number(one.isNeeded),
  );
  const kept = new Set(neededFirst.slice(0, most));
  const others: Field[] = [];
  return { properties: fields.length > most ? keptOf(all) : all, others };

  function keptOf(properties: readonly Property[]): Property[] {
    return properties.flatMap((property) => {
      if (property.kind === 'leftOut') return property;
      const isField = property.kind === 'leaf' || property.isList;
      if (isField && !kept.has(property)) return without(property);
      if (property.kind === 'leaf') return property;
      const inner = keptOf(property.properties);
      // A body has a required object, also without any field.
      const isSent = isBody && property.isRequired && !property.isList;
      const isKept = isSent || fieldsIn(inner).length > 0;
      return isKept ? { ...property, properties: inner } : without(property);
    });
  }

  function without(property: Field): Property[] {
    if (property.kind === 'leaf' || property.isList) others.push(property);
    const isNoted = isBody && property.isRequired;
    return isNoted ? [withoutField(property, TOO_MANY_FIELDS)] : [];
  }
}

/** The names of the first of these fields, and how many more there are. */
function namesOf(fields: readonly Field[]): string {
  const named = fields.slice(0, 3).map((field) => `“${labelOf(field)}”`);
  const others = fields.length - named.length;
  return others > 0
    ? `${named.join(', ')} and ${others.toLocaleString('en')} more`
    : named.join(', ');
}

/** All properties that have an input field, at every level. */
export function fieldsIn(properties: readonly Property[]): Field[] {
  return properties.flatMap((property): Field[] => {
    if (property.kind !== 'group') return property.kind === 'leaf' ? [property] : [];
    const inner = fieldsIn(property.properties);
    return property.isList ? [property, ...inner] : inner;
  });
}

/** Finds the leaf at the first of some paths that there is; undefined when there is none. */
export function leafFinder({ properties }: Form) {
  const leaves = new Map(
    fieldsIn(properties)
      .filter((field) => field.kind === 'leaf')
      .map((leaf) => [leaf.path.join('/'), leaf]),
  );
  const find = nameFinder(leaves.keys());
  return (paths: readonly (readonly string[])[]): Leaf | undefined =>
    paths.map((path) => leaves.get(find(path.join('/')) ?? '')).find((leaf) => leaf !== undefined);
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
function readLeaf(values: Resolved, type: unknown): Pick<Leaf, 'type' | 'choices'> | Reason {
  const { keywords, choices: allowed, hasAlternatives } = values;
  if (hasAlternatives || type === 'several') return 'it takes several kinds of values';
  if (type !== 'string' && type !== 'integer' && type !== 'number' && type !== 'boolean') {
    return 'it takes a kind of value that no field here is for';
  }
  if (type === 'boolean') return { type, choices: null };
  if (allowed === null) {
    if (type === 'string') return { type: stringType(keywords.format), choices: null };
    const isLong = type === 'integer' && /^u?int64$/i.test(String(keywords.format));
    return { type: isLong ? 'int64' : type, choices: null };
  }
  const choices = allowed
    .filter(({ value }) =>
      type === 'string' ? trimmedText(value) !== null : Number.isFinite(value),
    )
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
  const isMultiline = /^(?:multi-?line|text-?area|html|markdown)$/i.test(
    String(trimmedText(format)),
  );
  return isMultiline ? 'multiline' : 'string';
}

const LONGEST_LABEL = 100;
const LONGEST_PATH = 200;

/** The label of a property: its title, otherwise its name after those of the objects around it. */
function labelOf({ title, path }: Common): string {
  const capitalised = path.flatMap(wordsIn).map((word) => {
    const capitals = /^ids?$/i.test(word) ? 2 : 1;
    return word.slice(0, capitals).toUpperCase() + word.slice(capitals);
  });
  const labels = [title ?? '', capitalised.join(' '), path.join('.')].map((text) =>
    trimmedText(plainLinks(shortened(text, LONGEST_LABEL)).replace(/\s+/g, ' ')),
  );
  return labels.find((label) => label !== null) ?? (path.at(-1) === '' ? '' : 'Field');
}

/** The label of a property, then longer labels that begin with those of the objects around it. */
function labelsOf(property: Common): [string, ...string[]] {
  const label = labelOf(property);
  const outer = property.around === null ? [] : labelsOf(property.around);
  return [label, ...outer.map((one) => `${one} ${label}`)];
}

/** One of the app's own fields, which share a form or a result with those of a site. */
export interface OwnField {
  readonly key: string;
  readonly label?: string;
}

/** Finds the key and the label of a property. Those of a property without a field are of no field. */
export type NamesOf = (property: Property) => { readonly key: string; readonly label: string };

/**
 * Makes the keys and labels of all fields. A key is the path to the property, joined by `__`. A key
 * that could belong to another field gets a suffix. No two keys and no two labels are the same, those
 * of the app's own fields included, and the order of the properties makes no difference. Labels that
 * differ only in case are the same.
 */
export function fieldNames(properties: readonly Property[], own: readonly OwnField[]): NamesOf {
  const fields = fieldsIn(properties);
  /** The labels that fields could have. A label that two fields could have is given to neither. */
  const wishes = Map.groupBy(fields.flatMap(labelsOf), (label) => label.toLowerCase());
  const names = new Map<Property, ReturnType<NamesOf>>();
  const keys = new Set(own.map(({ key }) => key));
  const labels = new Set(own.map(({ label }) => label?.toLowerCase()));
  // The fields come first, so that they get the plain names.
  for (const field of fields.toSorted((one, other) => (id(one) < id(other) ? -1 : 1))) {
    nameOf(field);
  }
  return nameOf;

  function nameOf(property: Property): ReturnType<NamesOf> {
    const name = names.get(property) ?? { key: freeKey(property), label: freeLabel(property) };
    names.set(property, name);
    keys.add(name.key);
    labels.add(name.label.toLowerCase());
    return name;
  }

  /** A key that no field has yet, and that no other field could have. */
  function freeKey({ path }: Property): string {
    const plain = path.join('__');
    const isAmbiguous = path.some((name) => name.includes('__'));
    // Zapier's validation also refuses the names that every JavaScript object has.
    let key = isAmbiguous || keys.has(plain) || plain in {} ? `${plain}_site` : plain;
    while (keys.has(key)) key += '_';
    return key;
  }

  /** A label that no field has yet, and that no other field could have. */
  function freeLabel(property: Property): string {
    const isFree = (label: string) => !labels.has(label.toLowerCase());
    const isOfOne = (label: string) => (wishes.get(label.toLowerCase())?.length ?? 0) < 2;
    const all = labelsOf(property);
    const path = shortened(property.path.join('.'), LONGEST_PATH);
    const place = plainLinks(`${all[0]} (${path})`);
    let label = all.find((one) => isFree(one) && isOfOne(one)) ?? place;
    for (let n = 2; !isFree(label); n += 1) label = `${place} ${n}`;
    return label;
  }
}

const id = ({ path }: Field): string => JSON.stringify(path);
