import type { Bundle, ZObject } from 'zapier-platform-core';
import {
  asObject,
  decoded,
  idText,
  isObject,
  type JsonObject,
  propertyOf,
  shortened,
  text,
  wordsIn,
} from '../values.ts';
import { passOn, SUBSCRIPTION } from './boundary.ts';
import { messageOf, ownerError } from './errors.ts';
import { NOT_FOUND } from './failures.ts';
import { getList, type ListEntry } from './list.ts';
import { tellable } from './secrets.ts';
import { send } from './send.ts';
import { isPathSegment, refuseBraces } from './sendable-id.ts';
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

/** The code of the error for an event that a site does not offer. */
export const EVENT_NOT_OFFERED = 'EventNotOffered';

/** Identifies a subscription. Zapier keeps it and passes it back to end the subscription. */
interface Subscription {
  readonly id: string;
  readonly token?: string;
}

/**
 * The id of an event on a site. Rejects with an owner's error when the site doesn't offer the event.
 * DeskDirector: connector API, `GET chat-webhook-events`.
 */
export async function findEventId(z: ZObject, bundle: Bundle, event: ChatEvent): Promise<string> {
  const offered = await getList(z, bundle, { operation: 'ListChatWebhookEvents' });
  return offeredId(offered, event, apiKey(bundle.authData.apiKey));
}

/**
 * Asks DeskDirector to post the sessions of an event to a URL. Rejects with an owner's error when the
 * site reports a failure, doesn't name the subscription, or names one that the app could not end
 * later. Before that, the subscription that the site named is ended.
 * DeskDirector: connector API, `POST chat-workflows`.
 */
export async function subscribe(
  z: ZObject,
  bundle: Bundle,
  eventId: string,
  body: { readonly url: string; readonly parameters: JsonObject },
): Promise<Subscription> {
  const { site, data, said, location, refuseFailure } = await send(z, bundle, {
    operation: 'CreateChatWebhook',
    parameters: { type: eventId },
    body,
    rule: SUBSCRIPTION,
  });
  const { passed: located } = await passOn(z, locatedSubscription(location, siteOrigin(site)), {
    site,
    secrets: [apiKey(bundle.authData.apiKey)],
    rule: SUBSCRIPTION,
  });
  const { id, token } = namedSubscription(asObject(located), data);
  if (id === undefined) {
    await refuseFailure(ID_NAMES);
    throw ownerError(
      `${site} did not say which subscription it made.${await said()} This Zap could not be turned off there later, so it was not turned on. ${LEFT_BEHIND} If this happens again, tell DeskDirector's support.`,
      'NoSubscriptionId',
    );
  }
  const subscription = token === undefined ? { id } : { id, token };
  await endIfRefused(z, bundle, subscription, () => refuseFailure(ID_NAMES));
  if (token !== undefined) await endIfRefused(z, bundle, { id }, () => refuseBraces(site, token));
  return subscription;
}

/** The properties of an answer that can hold the id of a subscription. */
const ID_NAMES = ['id', 'workflowId'];

/**
 * The id and the token of a new subscription, each undefined when the site names none. They come from
 * the `Location` header and from the answer. The header comes first when its path is that of a workflow.
 * Another header may lead anywhere, so then the answer comes first.
 */
function namedSubscription(located: JsonObject, data: unknown) {
  const answered = isObject(data) ? data : { id: data };
  const inHeader = { ids: [located.id], token: located.token };
  const inAnswer = {
    ids: ID_NAMES.map((name) => propertyOf(answered, name)),
    token: propertyOf(answered, 'token'),
  };
  const places = located.isWorkflow ? [inHeader, inAnswer] : [inAnswer, inHeader];
  return {
    id: places.flatMap(({ ids }) => ids.map(idText)).find(isPathSegment),
    token: places.map(({ token }) => text(token)).find((token) => token !== null),
  };
}

const LEFT_BEHIND = 'A workflow for it may be left in DeskDirector: look there, and delete it.';

/** Ends a subscription that a check refuses, then throws the check's error. */
async function endIfRefused(
  z: ZObject,
  bundle: Bundle,
  subscription: Subscription,
  check: () => Promise<void> | void,
): Promise<void> {
  try {
    await check();
  } catch (refusal) {
    try {
      await unsubscribe(z, bundle, subscription);
    } catch {
      throw ownerError(`${messageOf(refusal)} ${LEFT_BEHIND}`, 'WorkflowLeft');
    }
    throw refusal;
  }
}

/**
 * Ends a subscription. Resolves also when the subscription no longer exists. Rejects with an owner's
 * error, also when the site reports a failure.
 */
export async function unsubscribe(
  z: ZObject,
  bundle: Bundle,
  { id, token }: Subscription,
): Promise<void> {
  const { refuseFailure } = await send(z, bundle, {
    operation: 'DeleteChatWebhook',
    parameters: { workflowId: id, token },
    accept: NOT_FOUND,
  });
  await refuseFailure(ID_NAMES);
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
    EVENT_NOT_OFFERED,
  );
}

const LONGEST_NAME = 300;

/** A name without case, spaces and punctuation, for comparison. */
export const lettersOf = (name: string): string =>
  name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The id and the token in a `Location` header, such as `/api/…/chat-workflows/5?token=abc`. The id follows `chat-workflows` in the path, or is the
 * last part of another path. The host in the header is ignored: the app sends nothing to it.
 */
function locatedSubscription(
  location: string | null,
  origin: string,
): { isWorkflow: boolean; id: string | null; token: string | null } {
  const url = location === null ? null : URL.parse(location, origin);
  const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  const collection = parts.findLastIndex((part) => part.toLowerCase() === 'chat-workflows');
  const isWorkflow = collection !== -1;
  const id = isWorkflow ? parts[collection + 1] : parts.at(-1);
  const token = [...(url?.searchParams ?? [])].find(([name]) => name.toLowerCase() === 'token');
  return { isWorkflow, id: id === undefined ? null : decoded(id), token: text(token?.[1]) };
}
