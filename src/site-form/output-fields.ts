import type { PlainOutputField } from 'zapier-platform-core';
import { isBlank, isObject, type JsonObject, nameFinder } from '../values.ts';
import { type Field, type Form, fieldNames, type OwnField, type Property } from './form.ts';
import { readAnswerValue } from './leaf-value.ts';

const TYPES = {
  string: 'string',
  multiline: 'string',
  'date-time': 'datetime',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
} as const;

/**
 * The output fields of an answer. A property of an inner object has the key `parent__child`. A list
 * of objects has its properties as children.
 * Zapier: nested objects are mapped under keys joined by `__`.
 *
 * @param own the app's own fields, which stand in place of properties with the same names
 */
export function toOutputFields(form: Form, own: readonly OwnField[]): PlainOutputField[] {
  const ownKeys = new Set(own.map(({ key }) => key));
  const properties = form.properties.filter(({ name }) => !ownKeys.has(name));
  const names = fieldNames(properties, own);
  return outputFields(properties, 0);

  /** @param depth the number of names that belong to the list around the properties */
  function outputFields(all: readonly Property[], depth: number): PlainOutputField[] {
    const fields = all.flatMap((property) => {
      if (property.kind === 'leftOut') return [];
      if (property.kind === 'group' && !property.isList) {
        return outputFields(property.properties, depth);
      }
      return outputField(property, depth);
    });
    // `a__b` and `b` in `a` have the same key. Zapier allows each key once.
    const byKey = Map.groupBy(fields, ({ key }) => key);
    return fields.filter((field) => byKey.get(field.key)?.[0] === field);
  }

  function outputField(field: Field, depth: number): PlainOutputField {
    const key = field.path.slice(depth).join('__');
    const { label } = names(field);
    return field.kind === 'group'
      ? { key, label, children: outputFields(field.properties, field.path.length) }
      : { key, label, type: TYPES[field.type], ...(field.isList && { list: true }) };
  }
}

/**
 * An answer with every property for which there is an output field, under the name that the form has.
 * A property that the site left out is null. A value of another type than described is converted, or
 * else null; `unreadable` lists the properties with such a null. Other properties stay as they came.
 */
export function completeAnswer(
  { properties }: Form,
  answer: JsonObject,
): { result: Record<string, unknown>; unreadable: ReadonlySet<string> } {
  const unreadable = new Set<string>();
  return { result: completeObject(properties, answer), unreadable };

  function completeObject(all: readonly Property[], value: JsonObject): Record<string, unknown> {
    const others = new Map(Object.entries(value));
    const keyOf = keysByName(all, value);
    const complete = all.flatMap((property): [string, unknown][] => {
      if (property.kind === 'leftOut') return [];
      const key = keyOf(property.name);
      if (key !== undefined) others.delete(key);
      return [[property.name, completeValue(property, key === undefined ? null : value[key])]];
    });
    return Object.fromEntries([...others, ...complete]);
  }

  function completeValue(field: Field, value: unknown): unknown {
    if (!field.isList) return completeItem(field, value);
    if (value === null) return null;
    return [value].flat().map((item) => completeItem(field, item));
  }

  function completeItem(field: Field, value: unknown): unknown {
    if (field.kind === 'leaf') {
      const read = readAnswerValue(field.type, value);
      if (read === null && !isNoValue(value)) unreadable.add(field.path.join('.'));
      return read;
    }
    if (value !== null && !isObject(value)) unreadable.add(field.path.join('.'));
    return completeObject(field.properties, isObject(value) ? value : {});
  }
}

/** Null, empty text, or .NET's smallest time, which stands for no time. */
const isNoValue = (value: unknown): boolean =>
  isBlank(value) || (typeof value === 'string' && value.startsWith('0001-01-01'));

/**
 * Finds the key under which a value has a property; undefined when there is none. .NET can describe
 * `Email` and answer with `email`. A key is that of one property only.
 */
function keysByName(all: readonly Property[], value: JsonObject) {
  const names = all.map(({ name }) => name);
  const described = new Set(names);
  const findKey = nameFinder(Object.keys(value).filter((key) => !described.has(key)));
  const findName = nameFinder(names.filter((name) => !Object.hasOwn(value, name)));
  return (name: string): string | undefined => {
    if (Object.hasOwn(value, name)) return name;
    const key = findKey(name);
    return key !== undefined && findName(key) === name ? key : undefined;
  };
}
