import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { readDelivery } from './chat-session/delivery.ts';
import {
  type ChatSessionRecord,
  chatSessionOutputFields,
  toRecord,
} from './chat-session/fields.ts';
import { companies, type Filter, wantedSessions } from './chat-session/filters.ts';
import { readChatSession } from './chat-session/payload.ts';
import { SAMPLE_RECORD, sampleSessions } from './chat-session/samples.ts';
import { isObject, text } from './chat-session/values.ts';
import {
  type ChatEvent,
  eventId,
  parametersSchema,
  subscribe,
  unsubscribe,
} from './deskdirector/chat-workflows.ts';
import { ownerError } from './deskdirector/errors.ts';
import { hasSiteInput, siteBody, siteFields } from './site-fields.ts';

interface ChatSessionHook<Key extends string> {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  /** Begins "Triggers when " and ends with a full stop. Zapier: D021. */
  readonly description: string;
  /** The event of DeskDirector that the hook is subscribed to. */
  readonly event: ChatEvent;
  readonly filters: readonly Filter[];
  /** The keys of the output fields that together tell one event from another, `id` among them. */
  readonly primaryKey: readonly string[];
}

/** A trigger that DeskDirector calls with chat sessions, and that runs once for each it wants. */
export function chatSessionHook<const Key extends string>({
  key,
  noun,
  label,
  description,
  event,
  filters,
  primaryKey,
}: ChatSessionHook<Key>) {
  const ownKeys = filters.map(({ inputField }) => inputField.key);

  // Each trigger gets function objects of its own: the platform's tester finds an operation by them.
  return defineTrigger({
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      inputFields: [
        ...filters.map(({ inputField }) => ({ ...inputField, required: false })),
        // The filters that the site itself can apply.
        siteFields(ownKeys, async (z, bundle) =>
          parametersSchema(z, bundle, await eventId(z, bundle, event)),
        ),
      ],
      outputFields: chatSessionOutputFields(primaryKey),
      sample: SAMPLE_RECORD,

      performSubscribe: async (z: ZObject, bundle: Bundle) => {
        const { targetUrl: url } = bundle;
        if (!url) {
          throw ownerError('Zapier gave no address to send chat sessions to.', 'NoTargetUrl');
        }
        const type = await eventId(z, bundle, event);
        // A filter that was chosen is never dropped in silence: without the schema this fails.
        const parameters = hasSiteInput(bundle, ownKeys)
          ? await siteBody(z, bundle, await parametersSchema(z, bundle, type), ownKeys)
          : {};
        return subscribe(z, bundle, type, { url, parameters });
      },

      performUnsubscribe: async (z: ZObject, bundle: Bundle) => {
        const kept: unknown = bundle.subscribeData;
        const id = isObject(kept) ? text(kept.id) : null;
        const token = isObject(kept) ? text(kept.token) : null;
        if (id !== null) await unsubscribe(z, bundle, token === null ? { id } : { id, token });
        return {};
      },

      perform: (z: ZObject, bundle: Bundle) => {
        const isWanted = wantedSessions(filters, bundle.inputData);
        const events = deliveredSessions(z, bundle).map((delivered) => {
          const session = readChatSession(delivered);
          return { record: toRecord(session), isWanted: isWanted(session) };
        });
        return lastOfEach(events, primaryKey)
          .filter((event) => event.isWanted)
          .map(({ record }) => record);
      },

      performList: (_z: ZObject, bundle: Bundle) => {
        // The samples' companies are made up: a filter for real ones would leave none.
        const applicable = filters.filter((filter) => filter !== companies);
        const sessions = sampleSessions();
        const wanted = sessions.filter(wantedSessions(applicable, bundle.inputData));
        return (wanted.length > 0 ? wanted : sessions).map(toRecord);
      },
    },
  });
}

/** The sessions of the delivery a hook was called with, unread. It never makes any up. */
function deliveredSessions(z: ZObject, bundle: Bundle): readonly unknown[] {
  const { cleanedRequest, rawRequest } = bundle;
  let delivery = cleanedRequest === undefined ? undefined : readDelivery(cleanedRequest);
  // Zapier may have made something else of a body, by its content type: the raw one is as good.
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
  if (delivery.warning !== null) z.console.warn(delivery.warning);
  return delivery.sessions;
}

/** Without the earlier ones of those that are the same event. Zapier: primary keys are unique. */
function lastOfEach<Event extends { readonly record: ChatSessionRecord }>(
  events: readonly Event[],
  primaryKey: readonly string[],
): readonly Event[] {
  // Nearly always each session is there once, and that is known several times faster.
  const ids = new Set(events.map(({ record }) => record.id));
  if (ids.size === events.length) return events;

  const byKey = new Map<string, Event>();
  for (const event of events) {
    const key = JSON.stringify(primaryKey.map((name) => event.record[name]));
    byKey.delete(key);
    byKey.set(key, event);
  }
  return [...byKey.values()];
}
