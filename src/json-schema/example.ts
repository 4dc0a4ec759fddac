import { wordsIn } from '../values.ts';
import type { Form, Leaf, Property } from './form.ts';
import { readAnswerValue } from './leaf-value.ts';

/** The IDs in an example. No site may have them. */
interface ExampleIds {
  readonly number: number;
  readonly text: string;
}

const TIME = '2026-03-10T14:00:00.000Z';

/**
 * A made-up answer with a value for every field of a form, of the type of its output field. Texts say
 * that they are examples. Numbers other than IDs are 0, which is the ID of nothing.
 *
 * @param ids the values of properties whose names end in the word *id*
 */
export function exampleOf(
  { properties }: Pick<Form, 'properties'>,
  ids: ExampleIds,
): Record<string, unknown> {
  return Object.fromEntries(
    properties.map((property) => [property.name, exampleValue(property, ids)]),
  );
}

function exampleValue(property: Property, ids: ExampleIds): unknown {
  if (property.kind === 'unshown') return null;
  const value = property.kind === 'leaf' ? leafValue(property, ids) : exampleOf(property, ids);
  return property.isList ? [value] : value;
}

function leafValue({ name, labels, type, choices }: Leaf, ids: ExampleIds): unknown {
  if (choices !== null) {
    const values = [...choices.values()].map(({ value }) => readAnswerValue(type, value));
    return values.find((value) => value !== null) ?? null;
  }
  const isId = /^ids?$/i.test(wordsIn(name).at(-1) ?? '');
  if (type === 'boolean') return true;
  if (type === 'date-time') return TIME;
  if (type === 'integer' || type === 'number') return isId ? ids.number : 0;
  return isId ? ids.text : `Example ${labels[0]}`;
}
