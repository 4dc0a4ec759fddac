import type { Bundle, ZObject } from 'zapier-platform-core';
import { decoded, isObject, lowerCased, shortened, text, wordsIn } from '../values.ts';
import { ownerError, wordsOf } from './errors.ts';
import { getList, isPathSegment, type ListEntry, refuseBraces, send } from './http.ts';
import { tellable } from './secrets.ts';
import { apiKey, siteOrigin } from './site.ts';

/**
 * A kind of event that DeskDirector can announce. Its name is published, its id is not: each site
 * is asked for it when a Zap is turned on.
 */
export interface ChatEvent {
  readonly name: string;
  /** Tells the event by the words of an entry's id and name, where no name matches. */
  readonly looksLike: (words: ReadonlySet<string>) => boolean;
}

export const NEW_CHAT_SESSION: ChatEvent = {
  name: 'New Chat Session',
  looksLike: (words) => (words.has('new') || words.has('created')) && !words.has('status'),
};

export const CHAT_SESSION_STATUS_CHANGED: ChatEvent = {
  name: 'Chat Session Status Changed',
  looksLike: (words) => words.has('status') || words.has('updated'),
};

/** What identifies a subscription when it is to end: Zapier keeps it and hands it back. */
export interface Subscription {
  readonly id: string;
  readonly token?: string;
}

/**
 * The id of an event on a site. Throws an owner's error when the site doesn't offer it.
 * DeskDirector: connector API, `GET chat-webhook-events`.
 */
export async function eventId(z: ZObject, bundle: Bundle, event: ChatEvent): Promise<string> {
  const offered = await getList(z, bundle, 'ListChatWebhookEvents');
  return offeredId(offered, event, apiKey(bundle.authData.apiKey));
}

/**
 * Asks DeskDirector to post an event's sessions to a URL. Throws an owner's error when the site
 * doesn't say which subscription it made, or one that could not be ended later.
 * DeskDirector: connector API, `POST chat-workflows`.
 */
export async function subscribe(
  z: ZObject,
  bundle: Bundle,
  type: string,
  body: { readonly url: string; readonly parameters: Readonly<Record<string, unknown>> },
): Promise<Subscription> {
  const { site, data, location } = await send(z, bundle, {
    operation: 'CreateChatWebhook',
    query: { type },
    body,
  });
  const located = locatedSubscription(location, siteOrigin(site));
  const answered = lowerCased(isObject(data) ? data : { id: data });
  const ids = [located.id, ...[answered.id, answered.workflowid].map(idIn)];
  const id = ids.find(isPathSegment);
  if (id === undefined) {
    throw ownerError(
      `${site} did not say which subscription it made, so this Zap could not be turned off there later. It was not turned on. ${LEFT_BEHIND} If this happens again, tell DeskDirector's support.`,
      'NoSubscriptionId',
    );
  }
  const token = located.token ?? text(answered.token);
  if (token === null) return { id };
  try {
    refuseBraces(site, token);
  } catch (refusal) {
    await giveUp(z, bundle, id, refusal);
  }
  return { id, token };
}

const idIn = (value: unknown): string | null => (typeof value === 'boolean' ? null : text(value));

const LEFT_BEHIND = 'A workflow for it may be left in DeskDirector: look there, and delete it.';

/** Ends a subscription that can't be kept, then throws why. */
async function giveUp(z: ZObject, bundle: Bundle, id: string, refusal: unknown): Promise<never> {
  try {
    await unsubscribe(z, bundle, { id });
  } catch {
    throw ownerError(`${wordsOf(refusal)} ${LEFT_BEHIND}`, 'UnsendableId');
  }
  throw refusal;
}

/** Ends a subscription. One that is already gone is fine. */
export async function unsubscribe(
  z: ZObject,
  bundle: Bundle,
  { id, token }: Subscription,
): Promise<void> {
  await send(z, bundle, {
    operation: 'DeleteChatWebhook',
    id,
    ...(token === undefined ? {} : { query: { token } }),
    accept: [404, 410],
  });
}

function offeredId(
  offered: readonly ListEntry[],
  { name, looksLike }: ChatEvent,
  key: string,
): string {
  const named = offered.find((entry) => lettersOf(entry.name) === lettersOf(name));
  if (named) return named.id;

  const [alike, another] = offered.filter((entry) =>
    looksLike(new Set(wordsIn(`${entry.id} ${entry.name}`).map((word) => word.toLowerCase()))),
  );
  if (alike && !another) return alike.id;

  const names = offered
    .map((entry) => tellable(shortened(entry.name, LONGEST_NAME), [key]))
    .join(', ');
  throw ownerError(
    `Your DeskDirector site does not offer the event "${name}". It offers: ${shortened(names, 300) || 'none at all'}. Ask DeskDirector whether your plan includes chat webhooks.`,
    'EventNotOffered',
  );
}

const LONGEST_NAME = 300;

/** A name whatever its case, spacing and punctuation. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The id and token in a `Location` header: a URL whose path holds the id behind `chat-workflows`, or
 * ends in it. Nothing is ever sent to the host that it names, so only these two are taken out of it.
 */
function locatedSubscription(
  location: string | null,
  origin: string,
): { id: string | null; token: string | null } {
  const url = location === null ? null : URL.parse(location, origin);
  const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  const collection = parts.findLastIndex((part) => part.toLowerCase() === 'chat-workflows');
  const id = collection === -1 ? parts.at(-1) : parts[collection + 1];
  const token = [...(url?.searchParams ?? [])].find(([name]) => name.toLowerCase() === 'token');
  return { id: id === undefined ? null : decoded(id), token: text(token?.[1]) };
}
