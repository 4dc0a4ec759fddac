import { type Schema, type ValidationError, Validator } from 'jsonschema';
import { datetime, integer, isObject, members, number, text } from '../chat-session/values.ts';
import type { Form, Group, Leaf, LeafType, LineItems, Property } from './form.ts';
import { fieldKeys, fieldsIn, type KeyOf } from './input-fields.ts';

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

/** Whether nothing was filled in. */
export function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isBlank);
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
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
    // An optional object is there once something in it is: then its required members are, too.
    return isRequired || isFilledIn(property, input, keyOf)
      ? groupValue(property, input, keyOf)
      : undefined;
  }
  const value = isFilledIn(property, input, keyOf)
    ? property.kind === 'leaf'
      ? leafValue(property, own(input, keyOf(property)))
      : itemValues(property, input, keyOf)
    : undefined;
  if (value === undefined && isRequired) throw new FieldProblem(`"${label}" is required.`);
  return value;
}

function internalValue(property: Property, input: InputData, keyOf: KeyOf): unknown {
  if (property.default !== undefined) return property.default;
  if (property.kind === 'group') return groupValue(property, input, keyOf);
  throw new FieldProblem(`"${property.label}" is required, and DeskDirector keeps it to itself.`);
}

function isFilledIn(property: Property, input: InputData, keyOf: KeyOf): boolean {
  if (property.visibility === 'internal') return false;
  if (property.kind === 'group') {
    return property.members.some((member) => isFilledIn(member, input, keyOf));
  }
  if (!isBlank(own(input, keyOf(property)))) return true;
  return property.kind === 'line items' && isFilledIn(property.item, input, keyOf);
}

/** The objects of a list; undefined when there are none. */
function itemValues(
  property: LineItems,
  input: InputData,
  keyOf: KeyOf,
): Record<string, unknown>[] | undefined {
  const given = own(input, keyOf(property));
  const rows = isBlank(given) ? rowsOf(property.item, input, keyOf) : [given].flat();
  const items = rows.flatMap((row): Record<string, unknown>[] => {
    if (!isObject(row)) throw new FieldProblem(`"${property.label}" takes line items.`);
    return isFilledIn(property.item, row, keyOf) ? [groupValue(property.item, row, keyOf)] : [];
  });
  return items.length > 0 ? items : undefined;
}

/** Zapier gives line items as such only where some were mapped, else the columns by themselves. */
function rowsOf(item: Group, input: InputData, keyOf: KeyOf): Record<string, unknown>[] {
  const columns = fieldsIn(item).flatMap((field) => {
    const key = keyOf(field);
    const value = own(input, key);
    return isBlank(value) ? [] : { key, cells: [value].flat() };
  });
  const length = Math.max(...columns.map(({ cells }) => cells.length));
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(columns.map(({ key, cells }) => [key, cells[index]])),
  );
}

function leafValue(leaf: Leaf, value: unknown): unknown {
  const values = [value].flat().filter((one) => !isBlank(one));
  if (leaf.isList) return values.map((one) => converted(leaf, one));
  if (values.length > 1) throw new FieldProblem(`"${leaf.label}" takes one value, not several.`);
  return converted(leaf, values[0]);
}

/** What a type takes, in words, and how it reads a value: null for what it can't take. */
const TYPES: Readonly<Record<LeafType, [words: string, read: (value: string) => unknown]>> = {
  string: ['text', (value) => value],
  multiline: ['text', (value) => value],
  'date-time': [
    'a date and time with its offset, such as 2026-03-10T14:00:00+01:00',
    (value) => datetime(value.trim()),
  ],
  integer: ['a whole number', (value) => integer(value.trim())],
  number: ['a number, such as 12.5', (value) => number(value.trim())],
  boolean: ['yes or no', (value) => YES_OR_NO.get(value.trim().toLowerCase()) ?? null],
};

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function converted({ type, choices, label }: Leaf, value: unknown): unknown {
  const written = text(value);
  if (choices !== null) {
    const chosen = [written, written?.trim()].find((key) => choices.has(key ?? ''));
    if (chosen != null) return choices.get(chosen);
    throw new FieldProblem(`"${label}" takes one of: ${[...choices.keys()].join(', ')}.`);
  }
  const [words, read] = TYPES[type];
  const result = written === null ? null : read(written);
  if (result === null) throw new FieldProblem(`"${label}" takes ${words}.`);
  return result;
}

/** Throws a FieldProblem unless the body is what the schema describes. */
function validate(body: Record<string, unknown>, form: Form): void {
  const errors = validationErrors(body, form.schema);
  // The one for an `allOf` only says that there is another.
  const error = errors.find(({ name }) => name !== 'allOf');
  if (error === undefined) return;
  const path = error.path.filter((name) => typeof name === 'string');
  const label = labelAt(form.root, path) ?? path.join('.');
  const subject = label === '' ? 'What is sent' : `"${label}"`;
  throw new FieldProblem(`${subject} ${error.message}, as DeskDirector describes it.`);
}

function validationErrors(body: unknown, schema: unknown): ValidationError[] {
  try {
    return new Validator().validate(body, withoutReadOnly(schema)).errors;
  } catch {
    throw new FieldProblem('DeskDirector describes its fields in a way that can not be checked.');
  }
}

/** A property that is read only is never sent, even where it is required of an answer. */
function withoutReadOnly(schema: unknown): Schema {
  return JSON.parse(JSON.stringify(schema), (_, value) => {
    if (!isObject(value) || !Array.isArray(value.required) || !isObject(value.properties)) {
      return value;
    }
    const properties = value.properties;
    const isSent = (name: unknown) => !(members(properties[String(name)]).readOnly === true);
    return { ...value, required: value.required.filter(isSent) };
  });
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
