import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { exampleOf } from '../../src/site-form/example.ts';
import { readForm, type Use } from '../../src/site-form/form.ts';
import { toOutputFields } from '../../src/site-form/output-fields.ts';
import { completeAnswer, shapeOf } from '../../src/site-form/shape.ts';
import { asObject, isObject, type JsonObject, list } from '../../src/values.ts';
import { flaws, mapped } from '../helpers/output-fields.ts';
import { anyChanges, spoilt } from './changes.ts';
import { anyJson, holds } from './property.ts';
import { anySchema, describedBody } from './schemas.ts';

const formFor = (schema: unknown, use: Use = 'answer') =>
  readForm(schema, new Map([['Type', { schema: { properties: { a: { type: 'string' } } } }]]), use)
    .form;

/** The ways in which a site can describe an answer with a list of such entries, and one without. */
const LISTS: readonly ((entry: JsonObject) => readonly [schema: unknown, use: Use])[] = [
  (entry) => [entry, 'answer'],
  ({ definitions, ...items }) => [{ type: 'array', items, definitions }, 'entries'],
  ...['results', 'Results', 'found'].map(
    (name) =>
      ({ definitions, ...items }: JsonObject) =>
        [
          { properties: { [name]: { type: 'array', items }, total: {} }, definitions },
          'entries',
        ] as const,
  ),
];

const IDS = { number: 2000001001, text: 'Example ID' };

/** The keys of output fields for which a record has no value at all. */
const blanks = (record: Record<string, unknown>, fields: unknown): string[] =>
  list(fields, asObject).flatMap(({ key, children }) => {
    const values = mapped(record, String(key));
    // `a__b` and `b` in `a` are one to Zapier. The field is that of the first one.
    if (values.length > 1) return [];
    if (children) {
      return values.flat().flatMap((row) => (isObject(row) ? blanks(row, children) : String(key)));
    }
    return values.flat().some((value) => value !== null) ? [] : [String(key)];
  });

/** The samples of output fields, under their keys. */
const samplesOf = (fields: unknown): Record<string, unknown> =>
  Object.fromEntries(
    list(fields, asObject).map(({ key, sample, children }) => [
      String(key),
      children ? [samplesOf(children)] : sample,
    ]),
  );

describe('the results of a step agree with its output fields in keys and types', () => {
  holds(
    'for schemas within the scope',
    1000,
    fc.tuple(describedBody, anyChanges, fc.constantFrom(...LISTS)),
    ([{ schema, value }, changes, listOf]) => {
      const form = formFor(...listOf(schema));
      if (form === null || !isObject(value)) throw new Error('This is no form.');
      const fields = toOutputFields(form, [], IDS);

      // An example has a value for each field.
      const example = exampleOf(form, IDS);
      expect(flaws(example, fields)).toEqual([]);
      expect(blanks(example, fields)).toEqual([]);
      expect(completeAnswer(shapeOf(form), example).result).toEqual(example);

      // So have the samples of the fields.
      expect(flaws(samplesOf(fields), fields)).toEqual([]);
      expect(blanks(samplesOf(fields), fields)).toEqual([]);

      // An answer that is as the schema says stays as it came.
      const { result, unreadable } = completeAnswer(shapeOf(form), value);
      expect([...unreadable]).toEqual([]);
      expect(result).toMatchObject(value);

      // Any other answer is completed.
      const answer = spoilt(value, changes);
      const completed = completeAnswer(shapeOf(form), isObject(answer) ? answer : {});
      expect(flaws(completed.result, fields)).toEqual([]);
    },
  );

  holds(
    'for any JSON as a schema, and any JSON as an answer',
    1000,
    fc.tuple(anySchema, anyJson, fc.constantFrom(...LISTS)),
    ([schema, answer, listOf]) => {
      const form = formFor(...listOf(asObject(schema)));
      if (form === null) return false;
      const fields = toOutputFields(form, [], IDS);
      const { result } = completeAnswer(shapeOf(form), isObject(answer) ? answer : {});
      expect(flaws(result, fields)).toEqual([]);
      expect(flaws(exampleOf(form, IDS), fields)).toEqual([]);
      expect(flaws(samplesOf(fields), fields)).toEqual([]);
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      return fields.length > 0;
    },
  );
});
