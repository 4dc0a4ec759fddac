import { isObject, text } from '../values.ts';
import { type ChatSessionRecord, toRecord } from './fields.ts';
import { beginnings, changes } from './samples.ts';

/** The ID of a made-up thing that no made-up chat names, such as a new ticket. */
export const MADE_UP_ID = '2000001001';

/** The value of every ID that is text in a made-up thing. */
export const MADE_UP_TEXT_ID = 'Example ID';

/** The IDs of a made-up thing that no made-up chat names, as a number and as text. */
export const MADE_UP_IDS = { number: Number(MADE_UP_ID), text: MADE_UP_TEXT_ID };

const IS_MADE_UP =
  "holds a made-up ID: it belongs to the made-up chat or event of the trigger's test, or to a step whose test was skipped.";

/** Why an action does not send a made-up ID, after the label of its field. */
export const MADE_UP_ID_SENT = `${IS_MADE_UP} Nothing was sent, since your site has no such thing. For a test, put a real ID in its place, leave the field empty if it is optional, or skip the test. Map the field again before you turn the Zap on.`;

/** What is wrong with a made-up ID in a search outside a test, after the label of its field. */
export const MADE_UP_ID_IN_RUN = `${IS_MADE_UP} Your site has no such thing. The ID was filled in as a fixed value, so it is the same in every run. Map the field again.`;

const chats = (): ChatSessionRecord[] =>
  [beginnings, changes].flatMap(({ sessions }) => sessions().map(toRecord));

/** The values under the keys that end in `id`, also within line items. */
const idsIn = (records: readonly object[]): string[] =>
  records.flatMap(Object.entries).flatMap(([key, value]) => {
    if (Array.isArray(value)) return idsIn(value.filter(isObject));
    return /(?:^|_)id$/.test(key) ? (text(value) ?? []) : [];
  });

/** Made when it is needed: a delivery starts faster, and needs none. */
let madeUpIds: ReadonlySet<string> | undefined;

/**
 * Whether a value as a whole is a made-up ID. A text in which one occurs is none. The list is exact,
 * so that an ID of a site is never taken for a made-up one.
 */
export function isMadeUp(value: unknown): boolean {
  madeUpIds ??= new Set([MADE_UP_ID, MADE_UP_TEXT_ID, ...idsIn(chats())]);
  return madeUpIds.has(text(value)?.trim() ?? '');
}

/** The texts of records, also within line items, without the words for kinds and statuses. */
const textsIn = (records: readonly object[]): string[] =>
  records.flatMap(Object.entries).flatMap(([key, value]) => {
    if (Array.isArray(value)) return textsIn(value.filter(isObject));
    return typeof value === 'string' && !/type|status/.test(key) ? plain(value) : [];
  });

const plain = (text: string): string => text.trim().toLowerCase();

/**
 * Whether a value as a whole is a text of the made-up chats, such as the name of the customer, or of an
 * example, such as `Example Name`.
 */
export const isMadeUpText = (value: unknown): boolean => {
  const written = plain(text(value) ?? '');
  return textsIn(chats()).includes(written) || /^example \S/.test(written);
};

/** The made-up chat with this ID, as a record. An ID of something else gets the sample's chat. */
export const madeUpChat = (id: string): ChatSessionRecord => ({
  ...(chats().find((chat) => chat.id === id) ?? changes.record),
  id,
});
