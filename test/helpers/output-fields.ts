import { asObject, isObject, list } from '../../src/values.ts';

type Fields = Readonly<Record<string, unknown>>;

const isString = (value: unknown) => typeof value === 'string';
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isString,
  text: isString,
  // What JavaScript can't hold exactly stays as its digits.
  integer: (value) =>
    Number.isSafeInteger(value) ||
    (/^-?\d+$/.test(String(value)) && isString(value) && !Number.isSafeInteger(Number(value))),
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d|$)/.test(String(value)),
};

/** The values that Zapier maps under a key: `a__b` is `b` in `a`, or else `a__b` itself. */
export function mapped(record: Fields, key: string): unknown[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (isObject(value)) {
      return key.startsWith(`${name}__`) ? mapped(value, key.slice(name.length + 2)) : [];
    }
    return name === key ? [value] : [];
  });
}

/** How a record differs from the output fields in keys and types. Null is of every type. */
export function flaws(record: Fields, fields: unknown): string[] {
  return list(fields, asObject).flatMap(({ key, type = 'string', list: isList, children }) => {
    const values = mapped(record, String(key));
    if (values.length === 0) return [`${key} is missing`];
    // `a__b` and `b` in `a` are one to Zapier. Its types can't hold for both.
    if (values.length > 1) return [];
    return values.flatMap((value) => {
      if (value === null) return [];
      if ((children || isList) && !Array.isArray(value)) return [`${key} is no list`];
      return [value].flat().flatMap((one) => {
        if (children) return isObject(one) ? flaws(one, children) : [`${key} has no row`];
        const isOfType = one === null || TYPES[String(type)]?.(one);
        return isOfType ? [] : [`${key} is ${JSON.stringify(one)}, which is no ${type}`];
      });
    });
  });
}
