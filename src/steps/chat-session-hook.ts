import type { Bundle, ZObject } from 'zapier-platform-core';
import {
  type ChatSessionRecord,
  chatSessionOutputFields,
  toRecord,
} from '../chat-session/fields.ts';
import { companies, type Filter, readFilters, remarks } from '../chat-session/filters.ts';
import { CHAT_SESSIONS, type ChatSession, readChatSession } from '../chat-session/payload.ts';
import type { Samples } from '../chat-session/samples.ts';
import { ownerError } from '../deskdirector/errors.ts';
import { findEventId, type SiteEvent } from '../deskdirector/events.ts';
import { hook } from './hook.ts';
import type { StepOf } from './result.ts';

interface ChatSessionHook<Key extends string> extends StepOf<Key> {
  /** The event of DeskDirector that the hook is subscribed to. */
  readonly event: SiteEvent;
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
    'The chats that you see while testing this trigger are made up, and so are their IDs, because DeskDirector has no way to list real ones. A real chat fills the same fields; one without a value is empty. In a test, a search finds a made-up result for such an ID, and an action does not send it. Active Users are in the chat now, Participants took part at any time, Invited Users have not joined yet. For other steps, the ID of a person is Contact Entity ID or Member Entity ID. The unit of Creator Waited and of Chat Duration is not published.',
} as const;

/** A trigger for chat sessions. A Zap runs once for each session it wants. */
export function chatSessionHook<const Key extends string>({
  event,
  filters,
  samples,
  primaryKey,
  ...step
}: ChatSessionHook<Key>) {
  return hook({
    ...step,
    operation: event.subscribe,
    one: 'a chat',
    delivered: () => CHAT_SESSIONS,
    inputFieldGroups: [
      {
        key: OWN,
        label: 'Filters in Zapier: applied to each chat that DeskDirector has sent',
        emphasize: true,
      },
    ],
    inputFields: [
      TEST_NOTE,
      ...filters.map(({ inputField }) => ({ ...inputField, required: false, group: OWN })),
    ],
    remarks: ({ inputData }) => remarks(filters, inputData),
    parameters: async (z, bundle) => ({ type: await findEventId(z, bundle, event) }),
    // Throws when a filter is invalid. The test itself is not needed here.
    check: (_z, bundle) => void filterTest(bundle, filters),
    makeBody: (_bundle, url, filters) => ({ url, parameters: filters }),
    outputFields: chatSessionOutputFields(primaryKey),
    sample: samples.record,

    makeRecords: (_z, bundle, entries) => {
      const isWanted = filterTest(bundle, filters);
      // The filters come first: an event that does not pass them must not replace one that does.
      const wanted = entries.map(readChatSession).filter(isWanted);
      return latestOfEach(wanted.map(toRecord), primaryKey);
    },

    listRecords: (_z: ZObject, bundle: Bundle) => {
      // Throws when a filter is invalid.
      filterTest(bundle, filters);
      // The companies of the samples are made up, so the Companies filter would leave no sample.
      const others = filters.filter((filter) => filter !== companies);
      const sessions = samples.sessions();
      const wanted = sessions.filter(filterTest(bundle, others));
      // Without any sample an owner could not test the trigger, so then all samples are shown.
      return (wanted.length > 0 ? wanted : sessions).map(toRecord);
    },
  });
}

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
