import type { Bundle, ZObject } from 'zapier-platform-core';
import { isObject, text } from '../chat-session/values.ts';
import { ownerError, withoutSecrets } from './errors.ts';
import { get, getList, isPathSegment, type ListEntry, refuseBraces, send } from './http.ts';
import { apiKey, siteOrigin } from './site.ts';

/**
 * A kind of event that DeskDirector can announce. Its name is published, its id is not: each site
 * is asked for it when a Zap is turned on.
 */
export interface ChatEvent {
  readonly name: string;
  /** Tells the event by an entry's id and name, in lower case, where no name matches. */
  readonly looksLike: (words: string) => boolean;
}

export const NEW_CHAT_SESSION: ChatEvent = {
  name: 'New Chat Session',
  looksLike: (words) => /new|created/.test(words) && !words.includes('status'),
};

export const CHAT_SESSION_STATUS_CHANGED: ChatEvent = {
  name: 'Chat Session Status Changed',
  looksLike: (words) => /status|updated/.test(words),
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
  const offered = await getList(z, bundle, '/chat-webhook-events');
  return offeredId(offered, event, apiKey(bundle.authData.apiKey));
}

/** The JSON Schema of the filters that a site applies to an event by itself. */
export function parametersSchema(
  z: ZObject,
  bundle: Bundle,
  type: string,
): Promise<Record<string, unknown>> {
  const path = '/schema/chat-workflow-webhook/$parameters';
  return get(z, bundle, path, { query: { type }, mostMegabytes: 1 });
}

/**
 * Asks DeskDirector to post an event's sessions to a URL. Throws an owner's error when the site
 * doesn't say which subscription it made.
 * DeskDirector: connector API, `POST chat-workflows`.
 */
export async function subscribe(
  z: ZObject,
  bundle: Bundle,
  type: string,
  body: { readonly url: string; readonly parameters: Readonly<Record<string, unknown>> },
): Promise<Subscription> {
  const { site, data, location } = await send(z, bundle, {
    method: 'POST',
    path: '/chat-workflows',
    query: { type },
    body,
  });

  const answered = isObject(data) ? data : {};
  const located = locatedSubscription(location, siteOrigin(site));
  const id = [located.id, text(answered.id)].find(isPathSegment);
  if (id === undefined) {
    throw ownerError(
      `${site} did not say which subscription it made, so this Zap could not be turned off there later. It was not turned on. If this happens again, tell DeskDirector's support.`,
      'NoSubscriptionId',
    );
  }
  const token = located.token ?? text(answered.token);
  if (token === null) return { id };
  // Better now than when the Zap is turned off: it could not be sent then.
  refuseBraces(site, token);
  return { id, token };
}

/** Ends a subscription. One that is already gone is fine. */
export async function unsubscribe(
  z: ZObject,
  bundle: Bundle,
  { id, token }: Subscription,
): Promise<void> {
  await send(z, bundle, {
    method: 'DELETE',
    path: `/chat-workflows/${encodeURIComponent(id)}`,
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
    looksLike(`${entry.id} ${entry.name}`.toLowerCase()),
  );
  if (alike && !another) return alike.id;

  const names = withoutSecrets(offered.map((entry) => entry.name).join(', '), [key]);
  throw ownerError(
    `Your DeskDirector site does not offer the event "${name}". It offers: ${names.slice(0, 300) || 'none at all'}. Ask DeskDirector whether your plan includes chat webhooks.`,
    'EventNotOffered',
  );
}

/** A name whatever its case, spacing and punctuation. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The id and token in a `Location` header: a URL whose path ends in the id. Nothing is ever sent to
 * the host that it names, so only these two are taken out of it.
 */
function locatedSubscription(
  location: string | null,
  origin: string,
): { id: string | null; token: string | null } {
  const url = location === null ? null : URL.parse(location, origin);
  const last = url?.pathname.split('/').findLast((part) => part !== '');
  return {
    id: last === undefined || last === 'chat-workflows' ? null : decoded(last),
    token: text(url?.searchParams.get('token')),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
