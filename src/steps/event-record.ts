import { MADE_UP_ID, MADE_UP_IDS } from '../chat-session/made-up.ts';
import { exampleOf } from '../site-form/example.ts';
import { fitted, newestFirst } from '../site-form/fitted.ts';
import type { Form } from '../site-form/form.ts';
import { isInteger } from '../site-form/leaf-value.ts';
import { type Shape, shapeOf } from '../site-form/shape.ts';
import { isObject, type JsonObject, withoutMark } from '../values.ts';
import { describedFields, describedRecord, entityIdIn, siteHasOtherId } from './described.ts';

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
  const ownValues = (entry: JsonObject, shape?: Shape | null) => ({
    ...(thing !== undefined && { id: entityIdIn(entry, thing, shape ?? {}) }),
    event_key: eventKey(entry),
  });
  // An `id` that is text can be the GUID of an event, so only an integer is taken for the ID of the thing.
  const isOfThing = (shape: Shape) =>
    thing !== undefined && isInteger(shape.id) && !siteHasOtherId(shape, thing);
  /** The app's own keys under which the site describes something else. */
  const clashesIn = (shape: Shape) =>
    own
      .map(({ key }) => key)
      .filter((key) => Object.hasOwn(shape, key) && !(key === 'id' && isOfThing(shape)));

  return {
    own,
    sample: ownValues({ id: MADE_UP_ID }),

    /** The output fields besides the app's own. */
    fields: (form: Form | null) => describedFields(form, own, clashesIn),

    /** The record of an entry of a delivery. */
    record: (shape: Shape | null, entry: JsonObject) =>
      describedRecord(shape, withoutMark(entry), ownValues(entry, shape), clashesIn),

    /** The records of a test: of things that were found, otherwise one of a made-up event. */
    testRecords(form: Form, found: readonly JsonObject[]) {
      const shape = shapeOf(form);
      const eventHasId = clashesIn(shape).includes('id');
      const example = exampleOf(form, MADE_UP_IDS);
      const ofExample = ownValues(example);
      const record = (event: JsonObject, values: ReturnType<typeof ownValues>) =>
        describedRecord(shape, event, values, clashesIn, 'drop').record;
      const records = found.flatMap((one) => {
        const place = fitted(form, one);
        if (place === null) return [];
        const { event, isWhole } = place;
        // A found thing that stands for the whole event does not have the ID of an event.
        if (isWhole) return record(eventHasId ? { ...event, id: null } : event, ownValues(one));
        // Of a thing within an event, a run has the ID only where the app looks for it.
        return record(event, { ...ownValues(one), ...(ofExample.id === null && { id: null }) });
      });
      if (records.length > 0) return newestFirst(form, onePerKey(records)).slice(0, MOST_RECORDS);
      return [record(example, ofExample)];
    },
  };
}

/** One record of each event. Zapier refuses two records with the same primary key in one answer. */
export const onePerKey = <T extends { readonly event_key: string }>(records: readonly T[]): T[] => [
  ...new Map(records.map((one) => [one.event_key, one])).values(),
];

/** A hash of a whole entry, whatever the order of its properties. Entries with equal content have the same. */
const eventKey = (entry: JsonObject): string =>
  // An import would also load Node's Web Crypto, which takes 2 ms of each cold start.
  process
    .getBuiltinModule('node:crypto')
    .createHash('sha256')
    .update(JSON.stringify(sorted(entry)))
    .digest('hex')
    .slice(0, 32);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
