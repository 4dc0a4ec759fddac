import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { readDelivery } from '../chat-session/delivery.ts';
import {
  type ChatSessionRecord,
  chatSessionOutputFields,
  toRecord,
} from '../chat-session/fields.ts';
import { companies, type Filter, readFilters } from '../chat-session/filters.ts';
import { type ChatSession, readChatSession } from '../chat-session/payload.ts';
import type { Samples } from '../chat-session/samples.ts';
import {
  type ChatEvent,
  findEventId,
  subscribe,
  unsubscribe,
} from '../deskdirector/chat-workflows.ts';
import { ownerError, warn } from '../deskdirector/errors.ts';
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
import { isObject, text } from '../values.ts';

interface ChatSessionHook<Key extends string> {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  /** Begins "Triggers when " and ends with a full stop. Zapier: D021. */
  readonly description: string;
  /** The event of DeskDirector that the hook is subscribed to. */
  readonly event: ChatEvent;
  readonly filters: readonly Filter[];
  /** The Zap editor shows these, since no call lists real sessions. */
  readonly samples: Samples;
  /** The keys of the output fields that together identify an event. One of them is `id`. */
  readonly primaryKey: readonly string[];
}

/** The group of the app's own filters. */
const OWN = 'filters';

/** A text in the form. Owners read it before they test the trigger. */
const TEST_NOTE = {
  key: 'test_note',
  type: 'copy',
  helpText:
    'The chats that you see while testing this trigger are made up, because DeskDirector has no way to list real ones. They have all the fields of real chats. Their IDs are made up, too. In a test, a search finds a made-up result for such an ID, and an action does not send it. Your first real chat fills the same fields with its own values. A field without a value is empty.',
} as const;

/**
 * A trigger that DeskDirector calls with chat sessions. A Zap runs once for each session it wants.
 */
export function chatSessionHook<const Key extends string>({
  key,
  noun,
  label,
  description,
  event,
  filters,
  samples,
  primaryKey,
}: ChatSessionHook<Key>) {
  const own = [TEST_NOTE, ...filters.map(({ inputField }) => inputField)];

  // The platform's tester finds an operation by its function object, so triggers must not share one.
  return defineTrigger({
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      inputFieldGroups: [
        {
          key: OWN,
          label: 'Filters in Zapier: applied to each chat that DeskDirector has sent',
          emphasize: true,
        },
        ...siteGroups(
          'Filters of Your DeskDirector Site: applied before it sends a chat',
          'Advanced Filters of Your DeskDirector Site: applied before it sends a chat',
        ),
      ],
      inputFields: [
        TEST_NOTE,
        ...filters.map(({ inputField }) => ({ ...inputField, required: false, group: OWN })),
        // The filters that the site itself applies.
        siteFields(
          own,
          async (z, bundle) => filterForm(await findEventId(z, bundle, event)),
          offerPlainList,
        ),
      ],
      outputFields: chatSessionOutputFields(primaryKey),
      sample: samples.record,

      performSubscribe: async (z: ZObject, bundle: Bundle) => {
        const { targetUrl: url } = bundle;
        if (!url) {
          throw ownerError(
            'Zapier gave no address to send chat sessions to. Turn the Zap on again.',
            'NoTargetUrl',
          );
        }
        // Throws when a filter is invalid. The test itself is not needed here.
        filterTest(bundle, filters);
        const eventId = await findEventId(z, bundle, event);
        const parameters = await siteParameters(z, bundle, eventId);
        return subscribe(z, bundle, eventId, { url, parameters });
      },

      performUnsubscribe: async (z: ZObject, bundle: Bundle) => {
        const kept: unknown = bundle.subscribeData;
        const id = isObject(kept) ? text(kept.id) : null;
        const token = isObject(kept) ? text(kept.token) : null;
        if (id !== null) await unsubscribe(z, bundle, token === null ? { id } : { id, token });
        return {};
      },

      perform: (z: ZObject, bundle: Bundle) => {
        const isWanted = filterTest(bundle, filters);
        // The filters come first: an event that does not pass them must not replace one that does.
        const wanted = deliveredSessions(z, bundle).map(readChatSession).filter(isWanted);
        return latestOfEach(wanted.map(toRecord), primaryKey);
      },

      performList: (_z: ZObject, bundle: Bundle) => {
        // Throws when a filter is invalid.
        filterTest(bundle, filters);
        // The companies of the samples are made up, so the Companies filter would leave no sample.
        const others = filters.filter((filter) => filter !== companies);
        const sessions = samples.sessions();
        const wanted = sessions.filter(filterTest(bundle, others));
        // Without any sample an owner could not test the trigger, so then all samples are shown.
        return (wanted.length > 0 ? wanted : sessions).map(toRecord);
      },
    },
  });

  /**
   * The parameters for the filters that the site itself applies. Rejects with an owner's error when a
   * required filter is empty. Also when the site does not have a filter that the owner set: the Zap would
   * run for too many chats.
   */
  async function siteParameters(z: ZObject, bundle: Bundle, eventId: string) {
    if (!hasSiteInput(bundle, own)) {
      const { body, missing } = await hiddenSiteBody(z, bundle, filterForm(eventId), own);
      if (missing === '') return body;
      throw ownerError(
        `Your DeskDirector site requires these filters, and they are empty: ${missing}. So the Zap was not turned on. Open the trigger of the Zap, fill them in, and turn the Zap on again.`,
        'MissingFilter',
      );
    }
    const { unknown, makeBody } = await siteInput(z, bundle, filterForm(eventId), own);
    if (unknown.length === 0) return makeBody().body;
    throw ownerError(
      `Your DeskDirector site has no such filter that can be set here: ${listed(unknown)}. Without these filters the Zap would run for more chats than you chose, so it was not turned on. Open the trigger of the Zap, refresh the fields, remove the values of these filters, and turn the Zap on again.`,
      'UnknownFilter',
    );
  }
}

/** The request for the schema of the filters that a site itself applies to an event with this id. */
const filterForm = (type: string): SchemaRequest => ({
  operation: 'GetChatWorkflowRequestParameterSchema',
  parameters: { type },
});

/**
 * Whether a session passes the filters of a Zap. Throws an owner's error when a filter is invalid.
 */
function filterTest(
  { inputData }: Bundle,
  filters: readonly Filter[],
): (session: ChatSession) => boolean {
  const read = readFilters(filters, inputData);
  if ('isWanted' in read) return read.isWanted;
  throw ownerError(read.refusal, 'InvalidFilter');
}

/**
 * The sessions of a delivery, as they came. An empty list is a delivery without sessions. Throws an
 * owner's error when there is no delivery, or when no entry of it is a session.
 */
function deliveredSessions(z: ZObject, bundle: Bundle): readonly unknown[] {
  const { cleanedRequest, rawRequest } = bundle;
  let delivery = cleanedRequest === undefined ? undefined : readDelivery(cleanedRequest);
  // Zapier parses a body by its content type. If that went wrong, the raw body may still be usable.
  if (!delivery?.usable && rawRequest?.content !== undefined) {
    const raw = readDelivery(rawRequest.content);
    delivery = raw.usable ? raw : (delivery ?? raw);
  }
  if (delivery === undefined) {
    throw ownerError(
      'This trigger runs when DeskDirector delivers chat sessions to its webhook, and there was no ' +
        'delivery. To see it work on your machine, run "npm run demo".',
      'NoDelivery',
    );
  }
  if (!delivery.usable) {
    throw ownerError(
      `Expected a list of chat sessions from DeskDirector, but got ${delivery.arrived}. ` +
        'Nothing was run. If this happens again, turn the Zap off and on, then tell ' +
        "DeskDirector's support.",
      'UnusableDelivery',
    );
  }
  if (delivery.warning !== null) warn(z, delivery.warning);
  return delivery.sessions;
}

/**
 * One record for each primary key: the one modified last, or the last one without readable times.
 * Zapier refuses two records with the same primary key in one answer.
 */
function latestOfEach(
  records: readonly ChatSessionRecord[],
  primaryKey: readonly string[],
): ChatSessionRecord[] {
  const byKey = new Map<string, ChatSessionRecord>();
  for (const record of records) {
    const key = JSON.stringify(primaryKey.map((name) => record[name]));
    const kept = byKey.get(key);
    if (kept !== undefined && modifiedAt(kept) > modifiedAt(record)) continue;
    byKey.delete(key);
    byKey.set(key, record);
  }
  return [...byKey.values()];
}

/** When a session was modified, for comparison: the texts of two times compare like the times. */
const modifiedAt = ({ last_modified_at }: ChatSessionRecord): string =>
  String(last_modified_at ?? '');
