import type { PlainOutputField } from 'zapier-platform-core';
import { type ExampleIds, exampleValue } from './example.ts';
import { type Field, type Form, fieldNames, type OwnField, type Property } from './form.ts';

const TYPES = {
  string: 'string',
  multiline: 'string',
  'date-time': 'datetime',
  integer: 'integer',
  // JavaScript holds 53 of the 64 bits.
  int64: 'string',
  number: 'number',
  boolean: 'boolean',
} as const;

/**
 * The output fields of an answer. A property of an inner object has the key `parent__child`. A list
 * of objects has its properties as children. Each single value has a sample, so that it can be mapped
 * without a test.
 * Zapier: nested objects are mapped under keys joined by `__`.
 *
 * @param own the app's own fields, which stand in place of properties with the same names
 * @param ids the IDs in samples
 */
export function toOutputFields(
  form: Form,
  own: readonly OwnField[],
  ids: ExampleIds,
): PlainOutputField[] {
  const ownKeys = new Set(own.map(({ key }) => key));
  const properties = form.properties.filter(({ name }) => !ownKeys.has(name));
  const names = fieldNames(properties, own);
  return outputFields(properties, 0);

  /** @param depth how many names at the beginning of a path lead to the list that holds the properties */
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
    if (field.kind === 'group') {
      return { key, label, children: outputFields(field.properties, field.path.length) };
    }
    const sample = exampleValue(field, label, ids);
    return { key, label, type: TYPES[field.type], ...(field.isList && { list: true }), sample };
  }
}
