import { createHash } from 'node:crypto';
import { MADE_UP_ID, MADE_UP_IDS } from '../chat-session/made-up.ts';
import { exampleOf } from '../site-form/example.ts';
import { fitted, newestFirst } from '../site-form/fitted.ts';
import type { Form } from '../site-form/form.ts';
import { type Shape, shapeOf } from '../site-form/shape.ts';
import { isObject, type JsonObject } from '../values.ts';
import { describedFields, describedRecord } from './described.ts';
import { entityIdIn, hasOwnId } from './ids.ts';
import { withoutMark } from './result.ts';

const TICKET_ID = { key: 'id', label: 'Ticket ID', type: 'string' } as const;

/** Identifies an event for Zapier: two results with the same key are one event. */
const EVENT_KEY = { key: 'event_key', label: 'Event Key', type: 'string', primary: true } as const;

/** Zapier's editor shows this many records. */
const MOST_RECORDS = 3;

/**
 * What a trigger makes of events whose payload the site describes. Its output fields, its records and those
 * of a test agree in keys and types.
 *
 * @param thing the kind of thing that the events are about, when it can be told: the records have its ID
 */
export function eventRecords(thing: 'ticket' | undefined) {
  const own = thing === undefined ? [EVENT_KEY] : [TICKET_ID, EVENT_KEY];
  const ownValues = (entry: JsonObject) => ({
    ...(thing !== undefined && { id: entityIdIn(entry, thing) }),
    event_key: eventKey(entry),
  });
  // An `id` that is text can be the GUID of an event.
  const isOfThing = (shape: Shape) =>
    thing !== undefined && shape.id === 'integer' && !hasOwnId(shape, thing);
  const others = (shape: Shape) =>
    own
      .map(({ key }) => key)
      .filter((key) => Object.hasOwn(shape, key) && !(key === 'id' && isOfThing(shape)));

  return {
    own,
    sample: ownValues({ id: MADE_UP_ID }),

    /** The output fields besides the app's own. */
    fields: (form: Form | null) => describedFields(form, own, others),

    /** The record of an entry of a delivery. */
    record: (shape: Shape | null, entry: JsonObject) =>
      describedRecord(shape, withoutMark(entry), ownValues(entry), others),

    /** The records of a test: of things that were found, otherwise one of a made-up event. */
    testRecords(form: Form, found: readonly JsonObject[]) {
      const shape = shapeOf(form);
      const record = (entry: JsonObject, placed: JsonObject) =>
        describedRecord(shape, placed, ownValues(entry), others, 'drop').record;
      const records = found.flatMap((entry) => {
        const placed = fitted(form, entry);
        if (placed === null) return [];
        // The `id` of the description is that of an event, which a found thing does not have.
        const isOther = placed === entry && others(shape).includes('id');
        return record(entry, isOther ? { ...entry, id: null } : placed);
      });
      if (records.length > 0) return newestFirst(form, records).slice(0, MOST_RECORDS);
      const example = exampleOf(form, MADE_UP_IDS);
      return [record({ ...example, id: MADE_UP_ID }, example)];
    },
  };
}

/**
 * A hash of a whole entry, whatever the order of its properties: the same for a repeated delivery, and
 * another for the next change.
 */
const eventKey = (entry: JsonObject): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(entry)))
    .digest('hex')
    .slice(0, 32);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
