import { type Schema, Validator } from 'jsonschema';
import { isBlank, isObject, text } from '../chat-session/values.ts';
import type { Form, Group, Leaf, LineItems, Property } from './form.ts';
import { fieldKeys, fieldsIn, type KeyOf } from './input-fields.ts';
import { readValue, takes } from './leaf-value.ts';

/** Why a body can't be made of what was filled in: its message names the field. */
class FieldProblem extends Error {}

type InputData = Readonly<Record<string, unknown>>;

/** What was filled in, made into what the schema describes. */
export interface Body {
  readonly body: Record<string, unknown>;
  /** The keys of input that no field asked for. */
  readonly ignored: readonly string[];
}

/**
 * Makes the body that a schema describes from the values of its input fields: converted to the
 * schema's types, blank optional ones left out, internal ones with their default where they are
 * required. What comes back validates against the schema.
 *
 * Throws an error for what can't be converted, is missing, or doesn't validate.
 */
export function toBody(form: Form, inputData: InputData, ownKeys: readonly string[]): Body {
  const keyOf = fieldKeys(form, ownKeys);
  const known = new Set([...ownKeys, ...fieldsIn(form.root).map(keyOf)]);
  const body = groupValue(form.root, inputData, keyOf);
  validate(body, form);
  return {
    body,
    ignored: Object.keys(inputData).filter((key) => !known.has(key) && !isBlank(inputData[key])),
  };
}

function groupValue(group: Group, input: InputData, keyOf: KeyOf): Record<string, unknown> {
  return Object.fromEntries(
    group.members
      .map((member) => [member.path.at(-1), propertyValue(member, input, keyOf)])
      .filter(([, value]) => value !== undefined),
  );
}

/** The value of a property; undefined when it is to be left out. */
function propertyValue(property: Property, input: InputData, keyOf: KeyOf): unknown {
  const { isRequired, visibility, label } = property;
  if (visibility === 'internal')
    return isRequired ? internalValue(property, input, keyOf) : undefined;
  if (property.kind === 'group') {
    return isRequired || isWanted(property, input, keyOf)
      ? groupValue(property, input, keyOf)
      : undefined;
  }
  const value =
    property.kind === 'leaf'
      ? leafValue(property, own(input, keyOf(property)))
      : itemValues(property, input, keyOf);
  if (value === undefined && isRequired) throw new FieldProblem(`"${label}" is required.`);
  return value;
}

function internalValue(property: Property, input: InputData, keyOf: KeyOf): unknown {
  if (property.default !== undefined) return property.default;
  if (property.kind === 'group') return groupValue(property, input, keyOf);
  throw new FieldProblem(
    `Your DeskDirector site requires "${property.label}", but hides it and gives no value for it. Tell DeskDirector's support.`,
  );
}

/**
 * Whether an optional object is to be there: once something in it was filled in. Zapier fills in
 * defaults by itself, so these alone don't ask for an object of which something required is missing.
 */
function isWanted(group: Group, input: InputData, keyOf: KeyOf): boolean {
  const isComplete = group.members.every(
    (member) =>
      !member.isRequired ||
      member.visibility === 'internal' ||
      isFilledIn(member, input, keyOf, true),
  );
  return isFilledIn(group, input, keyOf, isComplete);
}

function isFilledIn(
  property: Property,
  input: InputData,
  keyOf: KeyOf,
  defaultsCount: boolean,
): boolean {
  if (property.visibility === 'internal') return false;
  if (property.kind === 'group') {
    return property.members.some((member) => isFilledIn(member, input, keyOf, defaultsCount));
  }
  const value = own(input, keyOf(property));
  if (!isBlank(value)) {
    return defaultsCount || text(value) === null || text(value) !== text(property.default);
  }
  return property.kind === 'line items' && isFilledIn(property.item, input, keyOf, defaultsCount);
}

/** The objects of a list; undefined when there are none. */
function itemValues(
  property: LineItems,
  input: InputData,
  keyOf: KeyOf,
): Record<string, unknown>[] | undefined {
  const given = own(input, keyOf(property));
  const rows = isBlank(given) ? rowsOf(property.item, input, keyOf) : [given].flat();
  // A single row of nothing but defaults is what Zapier fills in by itself.
  const defaultsCount = rows.length > 1;
  const items = rows.flatMap((row): Record<string, unknown>[] => {
    if (!isObject(row)) throw new FieldProblem(`"${property.label}" takes line items.`);
    const isRow = isFilledIn(property.item, row, keyOf, defaultsCount);
    return isRow ? [groupValue(property.item, row, keyOf)] : [];
  });
  return items.length > 0 ? items : undefined;
}

/**
 * Zapier gives line items as such only where some were mapped, else the columns by themselves. A
 * single value is for all rows.
 */
function rowsOf(item: Group, input: InputData, keyOf: KeyOf): Record<string, unknown>[] {
  const columns = fieldsIn(item).flatMap((field) => {
    const key = keyOf(field);
    const value = own(input, key);
    return isBlank(value) ? [] : { key, cells: [value].flat() };
  });
  const length = Math.max(...columns.map(({ cells }) => cells.length));
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(
      columns.map(({ key, cells }) => [key, cells.length === 1 ? cells[0] : cells[index]]),
    ),
  );
}

/** The value of a leaf; undefined when nothing was filled in. */
function leafValue(leaf: Leaf, value: unknown): unknown {
  const values = [value].flat().filter((one) => !isBlank(one));
  if (values.length === 0) return undefined;
  if (values.length > 1 && !leaf.isList) {
    throw new FieldProblem(`"${leaf.label}" takes one value, not several.`);
  }
  const read = values.map((one) => readValue(leaf, one));
  if (read.includes(null)) throw new FieldProblem(`"${leaf.label}" takes ${takes(leaf)}.`);
  return leaf.isList ? read : read[0];
}

/** Throws a FieldProblem unless the body is what the form describes. */
function validate(body: Record<string, unknown>, form: Form): void {
  const { errors } = new Validator().validate(structuredClone(body), schemaOf(form.root));
  // The one for an `allOf` only says that there is another.
  const error = errors.find(({ name }) => name !== 'allOf');
  if (error === undefined) return;

  const path = error.path.filter((name) => typeof name === 'string');
  if (error.name === 'required') {
    const name = JSON.stringify(error.argument);
    throw new FieldProblem(
      `Your DeskDirector site requires ${name}, which can't be filled in here. Ask whoever runs the site whether it can do without.`,
    );
  }
  const label = labelAt(form.root, path);
  throw new FieldProblem(
    `${label === null ? 'What was filled in' : `"${label}"`} ${error.message}.`,
  );
}

/**
 * The schema of what is sent, as far as the form knows it, without references: what was left out of
 * the form can't be in the way, and the work is bounded.
 */
function schemaOf(property: Property): Schema {
  const limits = property.limits.map(limitsOf);
  if (property.kind === 'leaf') {
    const items = { allOf: property.itemLimits.map(limitsOf) };
    return property.isList ? { allOf: limits, items } : { allOf: limits };
  }
  if (property.kind === 'line items') return { allOf: limits, items: schemaOf(property.item) };
  return {
    allOf: limits,
    required: [...property.required],
    properties: Object.fromEntries(
      property.members.map((member) => [member.path.at(-1), schemaOf(member)]),
    ),
  };
}

const NUMERIC_LIMITS = [
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
];

/** The keywords that limit a value, each with what it can be: one that is something else is none. */
const LIMITS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['type', isType],
  ['enum', (value) => Array.isArray(value) && value.every(isScalar)],
  ['const', isScalar],
  ['pattern', isPattern],
  ['uniqueItems', (value) => typeof value === 'boolean'],
  ['multipleOf', (value) => typeof value === 'number' && value > 0],
  ...NUMERIC_LIMITS.map((name) => [name, (value: unknown) => typeof value === 'number'] as const),
]);

function limitsOf(keywords: Readonly<Record<string, unknown>>): Schema {
  const limits = Object.fromEntries(
    Object.entries(keywords).filter(([name, value]) => LIMITS.get(name)?.(value)),
  );
  const { type } = limits;
  return keywords.nullable === true && type !== undefined
    ? { ...limits, type: [type, 'null'].flat().map(String) }
    : limits;
}

/** One name, or several of which a value's type has to be one. */
function isType(type: unknown): boolean {
  const names = [type].flat();
  return names.length > 0 && names.every((name) => typeof name === 'string');
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** Other languages know patterns that JavaScript doesn't: `(?i)` in .NET, for one. */
function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** The label of the property at a path, or of the nearest one above it. */
function labelAt(group: Group, [name, ...rest]: readonly string[]): string | null {
  const member = group.members.find(({ path }) => path.at(-1) === name);
  if (member === undefined) return null;
  const inner =
    member.kind === 'group' ? member : member.kind === 'line items' ? member.item : null;
  return (inner && labelAt(inner, rest)) ?? member.label;
}

function own(input: InputData, key: string): unknown {
  return Object.hasOwn(input, key) ? input[key] : undefined;
}
