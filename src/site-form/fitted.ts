import {
  asObject,
  COMMON_NAMES,
  datetime,
  type JsonObject,
  nameFinder,
  text,
  wordsIn,
} from '../values.ts';
import { type Form, fieldsIn, type Property } from './form.ts';

/**
 * A thing that was found, placed where a form describes such a thing. It is the whole event when the form has
 * a property of the thing. Otherwise the outermost level counts on which an object has one, and there the
 * object that has the most of them. Null when there is no such place, or when several objects have equally many.
 */
export function fitted(
  { properties }: Form,
  thing: JsonObject,
): { event: JsonObject; isWhole: boolean } | null {
  const find = nameFinder(Object.keys(thing).filter((name) => !COMMON_NAMES.includes(name)));
  const shared = (all: readonly Property[]): number =>
    all.filter(({ kind, name }) => kind !== 'leftOut' && find(name) !== undefined).length;
  if (shared(properties) > 0) return { event: thing, isWhole: true };

  let inner = properties;
  for (;;) {
    const groups = inner.filter((one) => one.kind === 'group').filter(({ isList }) => !isList);
    if (groups.length === 0) return null;
    const most = Math.max(...groups.map((group) => shared(group.properties)));
    const [place, another] = groups.filter((group) => shared(group.properties) === most);
    if (most > 0) {
      if (place === undefined || another !== undefined) return null;
      const event = place.path.reduceRight<JsonObject>((value, name) => ({ [name]: value }), thing);
      return { event, isWhole: false };
    }
    inner = groups.flatMap((group) => group.properties);
  }
}

/**
 * Puts records in order, the newest first, by the only described date and time with the word `created` in
 * its name. Without one, or with several, the records stay as they are.
 */
export function newestFirst<T extends JsonObject>(
  { properties }: Form,
  records: readonly T[],
): T[] {
  const [time, another] = fieldsIn(properties).filter(
    (field) =>
      field.kind === 'leaf' &&
      field.type === 'date-time' &&
      wordsIn(field.name).some((word) => word.toLowerCase() === 'created'),
  );
  if (time === undefined || another !== undefined) return [...records];
  const timeOf = (record: T): string => {
    const value = time.path.reduce((inner: unknown, name) => asObject(inner)[name], record);
    // Times without an offset compare like their texts.
    return datetime(value) ?? text(value) ?? '';
  };
  return records.toSorted((one, other) => timeOf(other).localeCompare(timeOf(one)));
}
