import { createHash } from 'node:crypto';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { MADE_UP_ID, MADE_UP_TEXT_ID } from '../chat-session/made-up.ts';
import { type Expected, isOfKind } from '../delivery.ts';
import { warn } from '../deskdirector/errors.ts';
import {
  callOf,
  operationOf,
  type ParameterValues,
  type SubscribeId,
} from '../deskdirector/operations.ts';
import { exampleOf } from '../site-form/example.ts';
import { fitted, newestFirst } from '../site-form/fitted.ts';
import { isDeeperThan } from '../site-form/form.ts';
import type { SiteForm } from '../site-form/read.ts';
import { readShape, type Shape, shapeOf } from '../site-form/shape.ts';
import { asObject, isObject, type JsonObject, kindOf, nameFinder } from '../values.ts';
import { describedFields, describedRecord, readDescription } from './described.ts';
import { type Hook, hook } from './hook.ts';
import { entityIdIn, hasOwnId, idNames } from './ids.ts';
import { withoutMark } from './result.ts';

/** A trigger for events whose payload the site describes. */
interface EventHook<Key extends string>
  extends Omit<
    Hook<Key>,
    'delivered' | 'keep' | 'listRecords' | 'makeRecords' | 'outputFields' | 'sample'
  > {
  readonly operation: Exclude<SubscribeId, 'CreateChatWebhook'>;
  /** The kind of thing that the events are about, when it can be told. The records then have its ID. */
  readonly thing?: 'ticket';
  /** Finds real things for a test. Without it, or when it finds nothing, the test has a made-up event. */
  readonly find?: (z: ZObject, bundle: Bundle) => Promise<JsonObject[]>;
}

const TICKET_ID = { key: 'id', label: 'Ticket ID', type: 'string' } as const;

/** Identifies an event for Zapier: two results with the same key are one event. */
const EVENT_KEY = { key: 'event_key', label: 'Event Key', type: 'string', primary: true } as const;

/** The most bytes of what Zapier keeps of a description. A form of 1,000 fields can be larger. */
const MOST_KEPT = 32 * 1024;

/** The most levels of an event. A recursion over more could fail. */
const DEEPEST = 100;

/** Zapier's editor shows this many records. */
const MOST_RECORDS = 3;

/**
 * A trigger for events whose payload the site describes. The names and types of the payload are kept with
 * the subscription, so that a record has every described property, and a delivery needs no request.
 */
export function eventHook<const Key extends string>({
  thing,
  find = async () => [],
  ...step
}: EventHook<Key>) {
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
  const { payload } = operationOf(step.operation).subscription;

  return hook({
    ...step,
    delivered: ({ subscribeData }) => expectedEvents(thing, keptShape(subscribeData)),

    keep: async (z, bundle, parameters) => {
      const form = await description(z, bundle, async () => parameters, 'before');
      const shape = form === null ? null : shapeOf(form);
      const isKept = shape !== null && Buffer.byteLength(JSON.stringify(shape)) <= MOST_KEPT;
      if (isKept) return { payload: shape };
      const flaw = shape === null ? "can't be read" : 'is too long to be kept';
      warn(
        z,
        `The site's description of the event ${flaw}. So a record of this Zap has only the fields that DeskDirector sends with its event.`,
      );
      return {};
    },

    outputFields: [
      ...own,
      async (z, bundle) => {
        const form = await description(z, bundle, () => step.parameters(z, bundle));
        return describedFields(form, own, others);
      },
    ],
    sample: ownValues({ id: MADE_UP_ID }),

    makeRecords: (z, { subscribeData }, entries) => {
      const shape = keptShape(subscribeData);
      const records = entries.filter(isObject).map((entry) => {
        return describedRecord(z, shape, withoutMark(entry), ownValues(entry), others);
      });
      // Zapier refuses two records with the same primary key in one answer.
      return [...new Map(records.map((one) => [one.event_key, one])).values()];
    },

    listRecords: async (z, bundle) => {
      const parameters = await step.parameters(z, bundle);
      const form = await description(z, bundle, async () => parameters);
      // Then nothing tells where in an event a found thing stands.
      if (form === null) return [ownValues({ id: MADE_UP_ID })];
      const shape = shapeOf(form);
      const record = (entry: JsonObject, placed: JsonObject) =>
        describedRecord(z, shape, placed, ownValues(entry), others, 'drop');
      const records = (await find(z, bundle)).flatMap((entry) => {
        const placed = fitted(form, entry);
        if (placed === null) return [];
        // The `id` of the description is that of an event, which a found thing does not have.
        const isOther = placed === entry && others(shape).includes('id');
        return record(entry, isOther ? { ...entry, id: null } : placed);
      });
      if (records.length > 0) return newestFirst(form, records).slice(0, MOST_RECORDS);
      const example = exampleOf(form, { number: Number(MADE_UP_ID), text: MADE_UP_TEXT_ID });
      return [record({ ...example, id: MADE_UP_ID }, example)];
    },
  });

  /** What the site describes of the payload; null when it can't be read. */
  function description(
    z: ZObject,
    bundle: Bundle,
    parameters: () => Promise<ParameterValues>,
    optional?: 'before',
  ): Promise<SiteForm | null> {
    return readDescription(z, bundle, async () => {
      const values = await parameters();
      return { ...callOf(payload, (name) => values[name]), optional };
    });
  }
}

/** The names and types of a payload that were kept with a subscription; null without them. */
const keptShape = (subscribeData: unknown): Shape | null =>
  readShape(asObject(subscribeData).payload);

/** What a delivery of events should hold. */
function expectedEvents(thing: string | undefined, shape: Shape | null): Expected {
  const names = Object.keys(shape ?? {});
  const find = nameFinder([...names, ...(thing === undefined ? [] : idNames(thing))]);
  const flaw = (entry: unknown) => {
    if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
    if (Object.keys(entry).length === 0) return 'an object without keys';
    if (isDeeperThan(DEEPEST, entry)) return `an object of more than ${DEEPEST} levels`;
    const isEvent = names.length === 0 || isOfKind(entry, (name) => find(name) !== undefined);
    return isEvent ? '' : 'an object without any property of such an event';
  };
  return { entry: 'an event', entries: 'events', flaw };
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
