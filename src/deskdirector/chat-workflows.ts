import type { Bundle, ZObject } from 'zapier-platform-core';
import {
  asObject,
  decoded,
  idText,
  isObject,
  lowerCased,
  shortened,
  text,
  wordsIn,
} from '../values.ts';
import { passOn, SUBSCRIPTION } from './boundary.ts';
import { ownerError, wordsOf } from './errors.ts';
import { NOT_FOUND } from './failures.ts';
import { getList, isPathSegment, type ListEntry, refuseBraces, send } from './http.ts';
import { tellable } from './secrets.ts';
import { apiKey, siteOrigin } from './site.ts';

/**
 * A kind of event that DeskDirector announces. Its name is published, its id is not. The app asks the
 * site for the id when an owner turns a Zap on.
 */
export interface ChatEvent {
  readonly name: string;
  /** Recognises the event by the words of its id and name, when no name matches exactly. */
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

/** Identifies a subscription. Zapier keeps it and passes it back to end the subscription. */
interface Subscription {
  readonly id: string;
  readonly token?: string;
}

/**
 * The id of an event on a site. Rejects with an owner's error when the site doesn't offer the event.
 * DeskDirector: connector API, `GET chat-webhook-events`.
 */
export async function eventId(z: ZObject, bundle: Bundle, event: ChatEvent): Promise<string> {
  const offered = await getList(z, bundle, { operation: 'ListChatWebhookEvents' });
  return offeredId(offered, event, apiKey(bundle.authData.apiKey));
}

/**
 * Asks DeskDirector to post the sessions of an event to a URL. Rejects with an owner's error when the
 * site doesn't name the subscription, or names one that the app could not end later.
 * DeskDirector: connector API, `POST chat-workflows`.
 */
export async function subscribe(
  z: ZObject,
  bundle: Bundle,
  type: string,
  body: { readonly url: string; readonly parameters: Readonly<Record<string, unknown>> },
): Promise<Subscription> {
  const { site, data, said, location } = await send(z, bundle, {
    operation: 'CreateChatWebhook',
    id: type,
    body,
    rule: SUBSCRIPTION,
  });
  const { answer } = await passOn(z, locatedSubscription(location, siteOrigin(site)), {
    site,
    secrets: [apiKey(bundle.authData.apiKey)],
    rule: SUBSCRIPTION,
  });
  const located = asObject(answer);
  const answered = lowerCased(isObject(data) ? data : { id: data });
  const ids = [located.id, answered.id, answered.workflowid].map(idText);
  const id = ids.find(isPathSegment);
  if (id === undefined) {
    throw ownerError(
      `${site} did not say which subscription it made.${await said()} This Zap could not be turned off there later, so it was not turned on. ${LEFT_BEHIND} If this happens again, tell DeskDirector's support.`,
      'NoSubscriptionId',
    );
  }
  const token = text(located.token) ?? text(answered.token);
  if (token === null) return { id };
  try {
    refuseBraces(site, token);
  } catch (refusal) {
    await giveUp(z, bundle, id, refusal);
  }
  return { id, token };
}

const LEFT_BEHIND = 'A workflow for it may be left in DeskDirector: look there, and delete it.';

/** Ends a subscription that the app can't keep, then throws the reason. */
async function giveUp(z: ZObject, bundle: Bundle, id: string, refusal: unknown): Promise<never> {
  try {
    await unsubscribe(z, bundle, { id });
  } catch {
    throw ownerError(`${wordsOf(refusal)} ${LEFT_BEHIND}`, 'UnsendableId');
  }
  throw refusal;
}

/** Ends a subscription. Resolves also when the subscription no longer exists. */
export async function unsubscribe(
  z: ZObject,
  bundle: Bundle,
  { id, token }: Subscription,
): Promise<void> {
  await send(z, bundle, {
    operation: 'DeleteChatWebhook',
    id,
    ...(token === undefined ? {} : { token }),
    accept: NOT_FOUND,
  });
}

async function offeredId(
  offered: readonly ListEntry[],
  { name, looksLike }: ChatEvent,
  key: string,
): Promise<string> {
  const named = offered.find((entry) => lettersOf(entry.name) === lettersOf(name));
  if (named) return named.id;

  const [alike, another] = offered.filter((entry) =>
    looksLike(new Set(wordsIn(`${entry.id} ${entry.name}`).map((word) => word.toLowerCase()))),
  );
  if (alike && !another) return alike.id;

  const names = await Promise.all(
    offered.map((entry) => tellable(shortened(entry.name, LONGEST_NAME), [key])),
  );
  throw ownerError(
    `Your DeskDirector site does not offer the event "${name}". It offers: ${shortened(names.join(', '), 300) || 'none at all'}. Ask DeskDirector whether your plan includes chat webhooks.`,
    'EventNotOffered',
  );
}

const LONGEST_NAME = 300;

/** A name without case, spaces and punctuation, for comparison. */
export const lettersOf = (name: string): string =>
  name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The id and the token in a `Location` header. The id follows `chat-workflows` in the path, or is the
 * last part of the path. The host in the header is ignored: the app sends nothing to it.
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
