import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { readForm } from '../../src/site-form/form.ts';
import { readShape, shapeOf } from '../../src/site-form/shape.ts';
import { eventRecords } from '../../src/steps/event-record.ts';
import { asObject, isObject } from '../../src/values.ts';
import { flaws } from '../helpers/output-fields.ts';
import { anyChanges, spoilt } from './changes.ts';
import { anyJson, holds, objectOf } from './property.ts';
import { anySchema, describedBody } from './schemas.ts';

const type = (name: string) => ({ type: name });
/** Types, each with a value. */
const TYPES = [
  { schema: type('integer'), value: 71 },
  { schema: type('string'), value: 'a-guid' },
  { schema: type('boolean'), value: true },
  { schema: { type: 'object', properties: { value: type('string') } }, value: { value: 'x' } },
  { schema: { type: 'array', items: type('integer') }, value: [71] },
];
/** Properties that the app reads, or has fields for itself. */
const namesOfTheApp = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('id', 'ticketId', 'TicketID', 'entityId', 'ticket', 'event_key', 'type'),
      fc.constantFrom(...TYPES),
    ),
    { selector: ([name]) => name, maxLength: 3 },
  )
  .map((all) => ({
    names: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
    conforming: Object.fromEntries(all.map(([name, { value }]) => [name, value])),
  }));
const values = objectOf(
  fc.constantFrom('id', 'ticketId', 'ticket', 'entityId', 'event_key', 'headline'),
  fc.oneof(fc.constantFrom<unknown>(71, '72', 'a-guid', 2 ** 40, { id: 73 }), anyJson),
  4,
);

/** What a trigger makes of a description, a payload and found tickets differs in keys or types. */
function disagreements(
  schema: object,
  payload: unknown,
  found: readonly unknown[],
  conforming?: object,
) {
  const { form } = readForm(schema, new Map(), 'answer');
  if (form === null) return null;
  return [undefined, 'ticket' as const].flatMap((thing) => {
    const { own, fields, record, testRecords } = eventRecords(thing);
    const all = [...own, ...fields(form)];
    const kept = readShape(JSON.parse(JSON.stringify(shapeOf(form))));
    const live = record(kept, asObject(payload)).record;
    const tests = testRecords(form, found.filter(isObject));
    const keys = Object.keys(live);
    const ofApp = conforming && Object.keys(record(kept, { ...conforming }).record);
    return [
      // Properties that are not described pass in a run, and are not in a test.
      ...(ofApp ?? []).filter(
        (key) => !(key in asObject(conforming)) && !tests.every((one) => key in one),
      ),
      ...[live, ...tests].flatMap((one) => flaws(one, all)),
      ...tests.flatMap(Object.keys).filter((key) => !keys.includes(key)),
      ...(new Set(all.map(({ key }) => key)).size === all.length ? [] : ['a key twice']),
    ];
  });
}

describe('records, output fields and the records of a test agree in keys and types', () => {
  holds(
    'for descriptions within the scope, and payloads that leave out or spoil some values',
    1000,
    fc.tuple(describedBody, namesOfTheApp, values, anyChanges),
    ([{ schema, value }, { names, conforming }, more, changes]) => {
      const described = { ...schema, properties: { ...asObject(schema.properties), ...names } };
      const payload = spoilt({ ...asObject(value), ...more }, changes);
      const found = [value, more, payload];
      const whole = { ...asObject(value), ...conforming };
      expect(disagreements(described, payload, found, whole)).toEqual([]);
    },
    // The id of a ticket is of another type than the site describes.
    [
      [
        {
          schema: { type: 'object', properties: { a: { type: 'array', items: type('integer') } } },
          value: { a: [0] },
        },
        {
          names: { id: type('integer'), event_key: type('integer') },
          conforming: { id: 71, event_key: 71 },
        },
        { id: { id: 73 }, event_key: 71 },
        [[3, undefined]],
      ],
    ],
  );

  holds(
    'for any JSON as a description, as a payload and as a ticket',
    500,
    fc.tuple(anySchema, anyJson, values),
    ([schema, payload, found]) => {
      const all = disagreements(asObject(schema), payload, [found]);
      if (all === null) return false;
      expect(all).toEqual([]);
      return true;
    },
  );
});
