import { isBlank, isNoTime, isObject, type JsonObject, nameFinder } from '../values.ts';
import type { Form, LeafType, Property } from './form.ts';
import { isLeafType, readAnswerValue } from './leaf-value.ts';

/**
 * The names and types of an answer, such as `{ name: 'string', tags: ['string'], notes: [{ … }] }`. A list
 * has the type of its entries. Zapier can keep it as JSON.
 */
export interface Shape {
  readonly [name: string]: ShapeValue;
}
type ShapeItem = LeafType | Shape;
type ShapeValue = ShapeItem | readonly [ShapeItem];

/** The shape of what a form describes. Each property with an output field is in it. */
export const shapeOf = ({ properties }: Form): Shape => shapeOfObject(properties);

function shapeOfObject(properties: readonly Property[]): Shape {
  return Object.fromEntries(
    properties.flatMap((property): [string, ShapeValue][] => {
      if (property.kind === 'leftOut') return [];
      const item = property.kind === 'leaf' ? property.type : shapeOfObject(property.properties);
      return [[property.name, property.isList ? [item] : item]];
    }),
  );
}

const isList = (of: ShapeValue): of is readonly [ShapeItem] => Array.isArray(of);

/** A shape that Zapier has kept; null for anything else. */
export const readShape = (kept: unknown): Shape | null => (isShape(kept) ? kept : null);

function isShape(value: unknown): value is Shape {
  const isItem = (item: unknown) => isLeafType(item) || isShape(item);
  return (
    isObject(value) &&
    Object.values(value).every((one) =>
      Array.isArray(one) ? one.length === 1 && isItem(one[0]) : isItem(one),
    )
  );
}

/**
 * An answer with every property of its shape, under the name that the shape has. A property that the site
 * left out is null. A value of another type than described is converted, or else null; `unreadable` lists
 * the properties with such a null.
 *
 * @param undescribed what happens to properties that the shape does not have: they stay as they came, or they go
 */
export function completeAnswer(
  shape: Shape,
  answer: JsonObject,
  undescribed: 'keep' | 'drop' = 'keep',
): { result: Record<string, unknown>; unreadable: ReadonlySet<string> } {
  const unreadable = new Set<string>();
  return { result: completeObject(shape, answer, []), unreadable };

  function completeObject(
    all: Shape,
    value: JsonObject,
    path: readonly string[],
  ): Record<string, unknown> {
    const rest = new Map(undescribed === 'keep' ? Object.entries(value) : []);
    const keyOf = keysByName(Object.keys(all), value);
    const complete = Object.entries(all).map(([name, of]): [string, unknown] => {
      const key = keyOf(name);
      if (key !== undefined) rest.delete(key);
      return [name, completeValue(of, key === undefined ? null : value[key], [...path, name])];
    });
    return Object.fromEntries([...rest, ...complete]);
  }

  function completeValue(of: ShapeValue, value: unknown, path: readonly string[]): unknown {
    if (!isList(of)) return completeItem(of, value, path);
    if (value === null) return null;
    return [value].flat().map((item) => completeItem(of[0], item, path));
  }

  function completeItem(of: ShapeItem, value: unknown, path: readonly string[]): unknown {
    if (typeof of === 'string') {
      const read = readAnswerValue(of, value);
      if (read === null && !isNoValue(value)) unreadable.add(path.join('.'));
      return read;
    }
    if (value !== null && !isObject(value)) unreadable.add(path.join('.'));
    return completeObject(of, isObject(value) ? value : {}, path);
  }
}

/** Null, empty text, or .NET's smallest time, which stands for no time. */
const isNoValue = (value: unknown): boolean => isBlank(value) || isNoTime(value);

/**
 * Finds the key under which a value has a property; undefined when there is none. .NET can describe
 * `Email` and answer with `email`. A key is that of one property only.
 */
function keysByName(names: readonly string[], value: JsonObject) {
  const described = new Set(names);
  const findKey = nameFinder(Object.keys(value).filter((key) => !described.has(key)));
  const findName = nameFinder(names.filter((name) => !Object.hasOwn(value, name)));
  return (name: string): string | undefined => {
    if (Object.hasOwn(value, name)) return name;
    const key = findKey(name);
    return key !== undefined && findName(key) === name ? key : undefined;
  };
}
