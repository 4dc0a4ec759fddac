import type { Bundle, ZObject } from 'zapier-platform-core';
import { type ExpectedEntries, isOfKind } from '../delivery.ts';
import { warn } from '../deskdirector/errors.ts';
import {
  callOf,
  operationOf,
  type ParameterValues,
  type SubscribeId,
} from '../deskdirector/operations.ts';
import { readSiteForm, type SiteForm } from '../site-form/read.ts';
import { readShape, type Shape, shapeOf } from '../site-form/shape.ts';
import {
  asObject,
  isDeeperThan,
  isObject,
  type JsonObject,
  kindOf,
  nameFinder,
} from '../values.ts';
import { idNames, logged, readable } from './described.ts';
import { eventRecords, onePerKey } from './event-record.ts';
import { type Hook, hook } from './hook.ts';

/** A trigger for events whose payload the site describes. */
interface EventHook<Key extends string>
  extends Omit<
    Hook<Key>,
    'delivered' | 'keep' | 'listRecords' | 'one' | 'makeRecords' | 'outputFields' | 'sample'
  > {
  readonly operation: Exclude<SubscribeId, 'CreateChatWebhook'>;
  /** The kind of thing that the events are about, when it can be told. The records then have its ID. */
  readonly thing?: 'ticket';
  /** Finds real things for a test. Without it, or when it finds nothing, the test has a made-up event. */
  readonly find?: (z: ZObject, bundle: Bundle) => Promise<JsonObject[]>;
}

/** The most bytes of what Zapier keeps of a description. A form of 1,000 fields can be larger. */
const MOST_KEPT = 32 * 1024;

/** The most levels of an event. A recursion over more could fail. */
const DEEPEST = 100;

/**
 * A trigger for events whose payload the site describes. The names and types of the payload are kept with
 * the subscription, so that a record has every described property, and a delivery needs no request.
 */
export function eventHook<const Key extends string>({
  thing,
  find = async () => [],
  ...step
}: EventHook<Key>) {
  const { own, sample, fields, record, testRecords } = eventRecords(thing);
  const { payload } = operationOf(step.operation).subscription;

  return hook({
    ...step,
    one: 'an event',
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
        return fields(form);
      },
    ],
    sample,

    makeRecords: (z, { subscribeData }, entries) => {
      const shape = keptShape(subscribeData);
      return onePerKey(entries.filter(isObject).map((entry) => logged(z, record(shape, entry))));
    },

    listRecords: async (z, bundle) => {
      const parameters = await step.parameters(z, bundle);
      const form = await description(z, bundle, async () => parameters);
      // Without a description, nothing tells where in an event a found thing stands.
      return form === null ? [sample] : testRecords(form, await find(z, bundle));
    },
  });

  /** What the site describes of the payload; null when it can't be read. */
  function description(
    z: ZObject,
    bundle: Bundle,
    parameters: () => Promise<ParameterValues>,
    optional?: 'before',
  ): Promise<SiteForm | null> {
    return readable(z, async () => {
      const values = await parameters();
      const call = callOf(payload, (name) => values[name]);
      return readSiteForm(z, bundle, { ...call, optional }, 'answer');
    });
  }
}

/** The names and types of a payload that were kept with a subscription; null without them. */
const keptShape = (subscribeData: unknown): Shape | null =>
  readShape(asObject(subscribeData).payload);

/** What a delivery of events should hold. */
function expectedEvents(thing: string | undefined, shape: Shape | null): ExpectedEntries {
  const names = Object.keys(shape ?? {});
  const find = nameFinder([...names, ...(thing === undefined ? [] : idNames(thing))]);
  const flaw = (entry: unknown) => {
    if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
    if (Object.keys(entry).length === 0) return 'an object without keys';
    if (isDeeperThan(DEEPEST, entry)) return `an object of more than ${DEEPEST} levels`;
    const isKnown = (name: string) => find(name) !== undefined;
    const isEvent =
      names.length === 0 || (isOfKind(entry, isKnown) && Object.keys(entry).some(isKnown));
    return isEvent ? '' : 'an object without any property of such an event';
  };
  return { entry: 'an event', entries: 'events', flaw };
}
