import { wordsIn } from '../values.ts';
import { type Field, type Form, fieldNames, type Leaf, type Property } from './form.ts';
import { readAnswerValue } from './leaf-value.ts';

/** The IDs in an example. No site may have them. */
export interface ExampleIds {
  readonly number: number;
  readonly text: string;
}

const TIME = '2026-03-10T14:00:00.000Z';

/**
 * A made-up answer: a value for every output field of a form, of its type. Texts say that they are
 * examples. A number that is no ID is 0, since no thing has the ID 0.
 *
 * @param ids the values of properties whose names end in the word *id*, *guid* or *uuid*
 */
export function exampleOf({ properties }: Form, ids: ExampleIds): Record<string, unknown> {
  const names = fieldNames(properties, []);
  return objectOf(properties);

  function objectOf(all: readonly Property[]): Record<string, unknown> {
    return Object.fromEntries(
      all.flatMap((property) =>
        property.kind === 'leftOut' ? [] : [[property.name, fieldValue(property)]],
      ),
    );
  }

  function fieldValue(field: Field): unknown {
    if (field.kind === 'leaf') return exampleValue(field, names(field).label, ids);
    const value = objectOf(field.properties);
    return field.isList ? [value] : value;
  }
}

/** A made-up value of a leaf, of its type; null when none of its choices is of its type. */
export function exampleValue(leaf: Leaf, label: string, ids: ExampleIds) {
  const value = singleValue(leaf, label, ids);
  return leaf.isList ? [value] : value;
}

function singleValue({ name, type, choices }: Leaf, label: string, ids: ExampleIds) {
  if (choices !== null) {
    const values = [...choices.values()].map(({ value }) => readAnswerValue(type, value));
    return values.find((value) => value !== null) ?? null;
  }
  const isId = /^(?:gu|uu)?ids?$/i.test(String(wordsIn(name).at(-1)));
  if (type === 'boolean') return true;
  if (type === 'date-time') return TIME;
  const number = isId ? ids.number : 0;
  if (type === 'int64') return String(number);
  if (type === 'integer' || type === 'number') return number;
  return isId ? ids.text : `Example ${label}`;
}
