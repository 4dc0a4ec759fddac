import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { readForm } from '../../src/json-schema/form.ts';
import { completeAnswer, toOutputFields } from '../../src/json-schema/output-fields.ts';
import { isObject } from '../../src/values.ts';
import { anyJson, holds } from './property.ts';
import { anySchema, describedBody } from './schemas.ts';

interface OutputField {
  readonly key: string;
  readonly label?: string;
  readonly type?: string;
  readonly list?: boolean;
  readonly children?: readonly OutputField[];
}

const LOCAL_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d|$)/;
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string' && LOCAL_TIME.test(value),
};

/** The values that Zapier maps under a key: `a__b` is `b` in `a`, or else `a__b` itself. */
function mapped(record: Record<string, unknown>, key: string): unknown[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (isObject(value)) {
      return key.startsWith(`${name}__`) ? mapped(value, key.slice(name.length + 2)) : [];
    }
    return name === key ? [value] : [];
  });
}

/** Where a result is not as the output fields say. */
function flaws(record: Record<string, unknown>, fields: readonly OutputField[]): string[] {
  return fields.flatMap(({ key, type, list = false, children }) => {
    const values = mapped(record, key);
    if (values.length === 0) return [`${key} is missing`];
    // `a__b` and `b` in `a` are one to Zapier. Its types can't hold for both.
    if (values.length > 1) return [];
    return values.flatMap((value) => {
      if (value === null) return [];
      const isList = children !== undefined || list;
      if (isList && !Array.isArray(value)) return [`${key} is no list`];
      return [value].flat().flatMap((one) => {
        if (children !== undefined) {
          return isObject(one) ? flaws(one, children) : [`${key} has no row`];
        }
        const isOfType = one === null || type === undefined || TYPES[type]?.(one);
        return isOfType ? [] : [`${key} is ${JSON.stringify(one)}, which is no ${type}`];
      });
    });
  });
}

const formFor = (schema: unknown) =>
  readForm(
    schema,
    new Map([['Type', { schema: { properties: { a: { type: 'string' } } } }]]),
    'answer',
  ).form;

/** An answer with some of its values left out, null, or of any kind. */
const spoilt = (value: unknown, changes: readonly (readonly [number, unknown])[]): unknown => {
  let n = 0;
  return JSON.parse(JSON.stringify(value), (_, inner) => {
    n += 1;
    const change = changes.find(([at]) => at === n);
    return change === undefined ? inner : change[1];
  });
};
const anyChanges = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.oneof(fc.constant(undefined), fc.constant(null), anyJson),
  ),
  { maxLength: 4 },
);

describe('the result of a step agrees with its output fields in keys and types', () => {
  holds(
    'for schemas within the scope, and answers that leave out or spoil some values',
    1000,
    fc.tuple(describedBody, anyChanges),
    ([{ schema, value }, changes]) => {
      const form = formFor(schema);
      if (form === null) throw new Error('This is no form.');
      const answer = spoilt(value, changes);
      const { result } = completeAnswer(form, isObject(answer) ? answer : {});
      expect(flaws(result, toOutputFields(form))).toEqual([]);
    },
  );

  holds(
    'for any JSON as a schema, and any JSON as an answer',
    1000,
    fc.tuple(anySchema, anyJson),
    ([schema, answer]) => {
      const form = formFor(schema);
      if (form === null) return false;
      const fields = toOutputFields(form);
      const { result } = completeAnswer(form, isObject(answer) ? answer : {});
      expect(flaws(result, fields)).toEqual([]);
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      return fields.length > 0;
    },
  );

  holds(
    'an answer that is as the schema says stays as it came',
    500,
    describedBody,
    ({ schema, value }) => {
      const form = formFor(schema);
      if (form === null || !isObject(value)) throw new Error('This is no form.');
      const { result, unreadable } = completeAnswer(form, value);
      expect([...unreadable]).toEqual([]);
      expect(result).toMatchObject(value);
    },
  );
});
