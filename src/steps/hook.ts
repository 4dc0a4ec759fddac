import {
  type Bundle,
  defineTrigger,
  type PlainInputField,
  type ZObject,
} from 'zapier-platform-core';
import { type ExpectedEntries, readEntries } from '../delivery.ts';
import { messageOf, ownerError, warn } from '../deskdirector/errors.ts';
import {
  callOf,
  type EndId,
  operationOf,
  type ParameterValues,
  type SubscribeId,
} from '../deskdirector/operations.ts';
import {
  isSameSubscription,
  type Subscription,
  subscribe,
  unsubscribe,
} from '../deskdirector/subscriptions.ts';
import {
  hasSiteInput,
  hiddenSiteBody,
  listed,
  siteFields,
  siteGroups,
  siteInput,
} from '../site-form/fields.ts';
import { offerPlainList } from '../site-form/lists.ts';
import type { SchemaRequest } from '../site-form/read.ts';
import { asObject, hasLongNumber, text, wordsIn } from '../values.ts';
import type { OutputFields, StepOf } from './result.ts';

/** What the file of a trigger, and the kind of its payload, say about it. */
export interface Hook<Key extends string> extends StepOf<Key> {
  /** Subscribes to the events. */
  readonly operation: SubscribeId;
  /** One thing that a Zap runs for, such as `a chat`. */
  readonly one: string;
  /** What a delivery should hold. */
  readonly delivered: (bundle: Bundle) => ExpectedEntries;
  readonly inputFieldGroups?: readonly { key: string; label: string; emphasize: boolean }[];
  /** The app's own fields. */
  readonly inputFields: readonly PlainInputField[];
  /** What an owner should know who has filled in the app's own fields so. */
  readonly remarks?: (bundle: Bundle) => readonly string[];
  /**
   * The parameters of the operation, so the event to subscribe to. Rejects with an owner's error when the
   * site does not offer it, and when one that the owner has to choose is not chosen.
   */
  readonly parameters: (z: ZObject, bundle: Bundle) => Promise<ParameterValues>;
  /** Rejects or throws an owner's error when the app's own fields hold what can't be honoured. */
  readonly check?: (z: ZObject, bundle: Bundle) => Promise<void> | void;
  /** Makes the body of the subscription from the filters of the site. */
  readonly makeBody: (bundle: Bundle, url: string, filters: object) => object;
  /** What Zapier keeps beside the ids of the subscription. It never rejects. */
  readonly keep?: (z: ZObject, bundle: Bundle, parameters: ParameterValues) => Promise<object>;
  readonly outputFields: OutputFields;
  readonly sample: Record<string, unknown>;
  /** Makes the records of a delivery from its entries. */
  readonly makeRecords: (
    z: ZObject,
    bundle: Bundle,
    entries: readonly unknown[],
  ) => Record<string, unknown>[];
  /** Makes the records of a test in the Zap editor. */
  readonly listRecords: (
    z: ZObject,
    bundle: Bundle,
  ) => Promise<Record<string, unknown>[]> | Record<string, unknown>[];
}

/**
 * A trigger that DeskDirector calls with events. A Zap runs once for each record that the trigger makes of
 * them.
 */
export function hook<const Key extends string>(step: Hook<Key>) {
  const { key, noun, label, description, operation, one, delivered, inputFields: own } = step;
  const { subscription } = operationOf(operation);
  const filterForm = (values: ParameterValues): SchemaRequest =>
    callOf(subscription.filters, (name) => values[name]);

  const readFilters = siteFields(
    own,
    async (z, bundle) => filterForm(await step.parameters(z, bundle)),
    offerPlainList,
  );

  // The platform's tester finds an operation by its function object, so triggers must not share one.
  return defineTrigger({
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      inputFieldGroups: [
        ...(step.inputFieldGroups ?? []),
        ...siteGroups(
          `Filters of Your DeskDirector Site: applied before it sends ${one}`,
          `Advanced Filters of Your DeskDirector Site: applied before it sends ${one}`,
        ),
      ],
      inputFields: [
        ...own,
        // The filters that the site itself applies.
        async (z: ZObject, bundle: Bundle) => {
          const fields = await readFilters(z, bundle);
          const texts = [...(step.remarks?.(bundle) ?? []), ...ofSameThing(own, fields)];
          const notes = texts.map(
            (helpText, n) => ({ key: `note_${n + 1}`, type: 'copy', helpText }) as const,
          );
          return [...notes, ...fields];
        },
      ],
      outputFields: step.outputFields,
      sample: step.sample,

      performSubscribe: async (z: ZObject, bundle: Bundle) => {
        const { targetUrl } = bundle;
        if (!targetUrl) {
          throw ownerError(
            `Zapier gave no address to send ${delivered(bundle).entries} to. Turn the Zap on again.`,
            'NoTargetUrl',
          );
        }
        await step.check?.(z, bundle);
        const parameters = await step.parameters(z, bundle);
        const filters = await siteFilters(z, bundle, filterForm(parameters), own);
        const kept = await step.keep?.(z, bundle, parameters);
        const body = step.makeBody(bundle, targetUrl, filters);
        const call = callOf(operation, (name) => parameters[name]);
        const until = expiry();
        const made = await subscribe(z, bundle, call, body);
        if (until === null) return { ...kept, ...made };
        await endFormer(z, bundle, subscription.end, made);
        return { ...kept, ...made, expiration_date: until };
      },

      performUnsubscribe: async (z: ZObject, bundle: Bundle) => {
        const kept = subscriptionIn(bundle);
        if (kept !== null) await unsubscribe(z, bundle, subscription.end, kept);
        return {};
      },

      perform: (z: ZObject, bundle: Bundle) =>
        step.makeRecords(z, bundle, deliveredEntries(z, bundle, delivered(bundle))),

      performList: step.listRecords,
    },
  });
}

/**
 * The filters that the site itself applies. Rejects with an owner's error when a required filter is empty, and
 * when the site does not have a filter that the owner set: the Zap would run too often.
 */
async function siteFilters(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
  own: readonly PlainInputField[],
): Promise<object> {
  if (!hasSiteInput(bundle, own)) {
    const { body, missing } = await hiddenSiteBody(z, bundle, request, own);
    if (missing === '') return body;
    throw ownerError(
      `Your DeskDirector site requires these filters, and they are empty: ${missing}. So the Zap was not turned on. Open the trigger of the Zap, fill them in, and turn the Zap on again.`,
      'MissingFilter',
    );
  }
  const { unknown, makeBody } = await siteInput(z, bundle, request, own);
  if (unknown.length === 0) return makeBody().body;
  throw ownerError(
    `Your DeskDirector site has no such filter that can be set here: ${listed(unknown)}. Without these filters the Zap would run more often than you chose, so it was not turned on. Open the trigger of the Zap, refresh the fields, remove the values of these filters, and turn the Zap on again.`,
    'UnknownFilter',
  );
}

/** Ends the subscription that Zapier hands over when it subscribes again, now that there is a new one. */
async function endFormer(
  z: ZObject,
  bundle: Bundle,
  end: EndId,
  made: Subscription,
): Promise<void> {
  const former = subscriptionIn(bundle);
  if (former === null || isSameSubscription(end, former, made)) return;
  try {
    await unsubscribe(z, bundle, end, former);
  } catch (error) {
    warn(z, `The former subscription could not be ended: ${messageOf(error)}`);
  }
}

/**
 * The entries of a delivery, as they came. An empty list is a delivery without entries. Throws an owner's
 * error when there is no delivery, or when none of its values is such an entry.
 */
function deliveredEntries(
  z: ZObject,
  { cleanedRequest, rawRequest }: Bundle,
  expected: ExpectedEntries,
): readonly unknown[] {
  const read = (body: unknown) => readEntries(body, expected);
  let delivery = cleanedRequest === undefined ? undefined : read(cleanedRequest);
  // Zapier parses a body by its content type. If that went wrong, the raw body may still be usable. It also has
  // the last digits of long numbers.
  const isUnread = !delivery?.usable || hasLongNumber(rawRequest?.content);
  if (isUnread && rawRequest?.content !== undefined) {
    const raw = read(rawRequest.content);
    delivery = raw.usable ? raw : (delivery ?? raw);
  }
  if (delivery === undefined) {
    throw ownerError(
      `This trigger runs when DeskDirector delivers ${expected.entries} to its webhook, and there was no delivery. To see it work on your machine, run "npm run demo".`,
      'NoDelivery',
    );
  }
  if (!delivery.usable) {
    throw ownerError(
      `Expected a list of ${expected.entries} from DeskDirector, but got ${delivery.arrived}. ` +
        'Nothing was run. If this happens again, turn the Zap off and on, then tell ' +
        "DeskDirector's support.",
      'UnusableDelivery',
    );
  }
  if (delivery.warning !== null) warn(z, delivery.warning);
  return delivery.entries;
}

/** Texts for the filters of a site that are about the same thing as one of the app's own. */
function ofSameThing(
  own: readonly PlainInputField[],
  fields: readonly PlainInputField[],
): readonly string[] {
  const filters = own.filter(
    ({ dynamic, choices, required }) => required !== true && (dynamic ?? choices) !== undefined,
  );
  return filters.flatMap(({ label, dynamic }) => {
    const subject = stemsOf(label).at(-1);
    const same = fields.find(
      (field) =>
        (dynamic !== undefined && field.dynamic === dynamic) ||
        (subject !== undefined && field.type !== 'copy' && stemsOf(field.label).includes(subject)),
    );
    return same === undefined
      ? []
      : `"${label}" and the filter "${same.label}" of your DeskDirector site are about the same thing. Use that of your site: DeskDirector applies it before it sends anything.`;
  });
}

/** The words of a label without the endings of a plural, in lower case. */
const stemsOf = (label: unknown): string[] =>
  wordsIn(String(label)).map((word) =>
    word
      .toLowerCase()
      .replace(/ies$/, 'y')
      .replace(/(?<=s)es$|(?<![us])s$/, ''),
  );

/** The subscription that Zapier kept when it turned the Zap on; null without one. */
function subscriptionIn({ subscribeData }: Bundle): Subscription | null {
  const kept = Object.entries(asObject(subscribeData)).map(([name, value]) => [name, text(value)]);
  const values: ParameterValues = Object.fromEntries(kept.filter(([, value]) => value !== null));
  const { id } = values;
  return id === undefined ? null : { ...values, id };
}

/**
 * The time at which Zapier subscribes again by itself; null without the environment variable
 * `SUBSCRIPTION_HOURS` of the app. docs/publishing.md says how to try this first.
 * Zapier: `expiration_date`.
 */
function expiry(): string | null {
  const hours = Number(process.env.SUBSCRIPTION_HOURS);
  return hours > 0 ? new Date(Date.now() + hours * 3_600_000).toISOString() : null;
}
