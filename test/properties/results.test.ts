import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { exampleOf } from '../../src/site-form/example.ts';
import { readForm } from '../../src/site-form/form.ts';
import { completeAnswer, toOutputFields } from '../../src/site-form/output-fields.ts';
import { asObject, isObject, list } from '../../src/values.ts';
import { flaws, mapped } from '../helpers/output-fields.ts';
import { anyJson, holds } from './property.ts';
import { anySchema, describedBody } from './schemas.ts';

const formFor = (schema: unknown) =>
  readForm(
    schema,
    new Map([['Type', { schema: { properties: { a: { type: 'string' } } } }]]),
    'answer',
  ).form;

/** An answer in which some values are missing, null, or any JSON. */
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

const IDS = { number: 2000001001, text: 'Example ID' };

/** The keys of output fields for which a record has no value at all. */
const blanks = (record: Record<string, unknown>, fields: unknown): string[] =>
  list(fields, asObject).flatMap(({ key, children }) => {
    const values = mapped(record, String(key));
    if (children) {
      return values.flat().flatMap((row) => (isObject(row) ? blanks(row, children) : String(key)));
    }
    return values.flat().some((value) => value !== null) ? [] : [String(key)];
  });

describe('the results of a step agree with its output fields in keys and types', () => {
  holds(
    'for schemas within the scope',
    1000,
    fc.tuple(describedBody, anyChanges),
    ([{ schema, value }, changes]) => {
      const form = formFor(schema);
      if (form === null || !isObject(value)) throw new Error('This is no form.');
      const fields = toOutputFields(form, []);

      // An example has a value for each field.
      const example = exampleOf(form, IDS);
      expect(flaws(example, fields)).toEqual([]);
      expect(blanks(example, fields)).toEqual([]);
      expect(completeAnswer(form, example).result).toEqual(example);

      // An answer that is as the schema says stays as it came.
      const { result, unreadable } = completeAnswer(form, value);
      expect([...unreadable]).toEqual([]);
      expect(result).toMatchObject(value);

      // Any other answer is completed.
      const answer = spoilt(value, changes);
      const completed = completeAnswer(form, isObject(answer) ? answer : {});
      expect(flaws(completed.result, fields)).toEqual([]);
    },
  );

  holds(
    'for any JSON as a schema, and any JSON as an answer',
    1000,
    fc.tuple(anySchema, anyJson),
    ([schema, answer]) => {
      const form = formFor(schema);
      if (form === null) return false;
      const fields = toOutputFields(form, []);
      const { result } = completeAnswer(form, isObject(answer) ? answer : {});
      expect(flaws(result, fields)).toEqual([]);
      expect(flaws(exampleOf(form, IDS), fields)).toEqual([]);
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      return fields.length > 0;
    },
  );
});
