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
const idType = fc.constantFrom(
  ...['integer', 'string', 'boolean'].map(type),
  { type: 'object', properties: { value: type('string') } },
  { type: 'array', items: type('integer') },
);
/** Properties that the app reads, or has fields for itself. */
const namesOfTheApp = objectOf(
  fc.constantFrom('id', 'ticketId', 'TicketID', 'entityId', 'ticket', 'event_key', 'type'),
  idType,
  3,
);
const values = objectOf(
  fc.constantFrom('id', 'ticketId', 'ticket', 'entityId', 'event_key', 'headline'),
  fc.oneof(fc.constantFrom<unknown>(71, '72', 'a-guid', 2 ** 40, { id: 73 }), anyJson),
  4,
);

/** What a trigger makes of a description, a payload and found tickets differs in keys or types. */
function disagreements(schema: object, payload: unknown, found: readonly unknown[]) {
  const { form } = readForm(schema, new Map(), 'answer');
  if (form === null) return null;
  return [undefined, 'ticket' as const].flatMap((thing) => {
    const { own, fields, record, testRecords } = eventRecords(thing);
    const all = [...own, ...fields(form)];
    const kept = readShape(JSON.parse(JSON.stringify(shapeOf(form))));
    const live = record(kept, asObject(payload)).record;
    const tests = testRecords(form, found.filter(isObject));
    const keys = Object.keys(live);
    return [
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
    ([{ schema, value }, names, more, changes]) => {
      const described = { ...schema, properties: { ...asObject(schema.properties), ...names } };
      const payload = spoilt({ ...asObject(value), ...more }, changes);
      const found = [value, more, payload];
      expect(disagreements(described, payload, found)).toEqual([]);
    },
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
