import type { Bundle, ZObject } from 'zapier-platform-core';
import {
  asObject,
  decoded,
  idText,
  isObject,
  type JsonObject,
  propertyOf,
  text,
} from '../values.ts';
import { passOn, SUBSCRIPTION } from './boundary.ts';
import { messageOf, ownerError } from './errors.ts';
import { NOT_FOUND } from './failures.ts';
import {
  type Call,
  callOf,
  type EndId,
  operationOf,
  type ParameterValues,
  parametersOf,
  type SubscribeId,
} from './operations.ts';
import { send, sendUnchecked } from './send.ts';
import { isPathSegment, refuseBraces } from './sendable-id.ts';
import { apiKey, siteOrigin } from './site.ts';

/**
 * Identifies a subscription. Zapier keeps it and passes it back to end the subscription. Further ids, which
 * end it too, stand under the names of their parameters.
 */
export type Subscription = ParameterValues & { readonly id: string; readonly token?: string };

/**
 * Asks DeskDirector to post events to a URL. Rejects with an owner's error when the site reports a failure,
 * doesn't name the subscription, or names one that the app could not end later. Before that, the
 * subscription that the site named is ended.
 * DeskDirector: connector API, `POST chat-workflows`, `POST ticket-workflows`, `POST workflows/…/actions`.
 */
export async function subscribe(
  z: ZObject,
  bundle: Bundle,
  call: Call<SubscribeId>,
  body: object,
): Promise<Subscription> {
  const request = { ...call, body, rule: SUBSCRIPTION };
  const { site, data, said, location, throwIfFailed } = await sendUnchecked(z, bundle, request);
  const collection = collectionOf(call.operation);
  const inHeader = locatedSubscription(location, siteOrigin(site), collection);
  const { passed: located } = await passOn(z, inHeader, {
    site,
    secrets: [apiKey(bundle.authData.apiKey)],
    rule: SUBSCRIPTION,
  });
  const { end } = operationOf(call.operation).subscription;
  const further = furtherIds(end, call);
  const { id, token } = namedSubscription(end, further, asObject(located), data);
  const names = idNames(end);
  if (id === undefined) {
    await throwIfFailed(names);
    throw ownerError(
      `${site} did not say which subscription it made.${await said()} This Zap could not be turned off there later, so it was not turned on. ${leftBehind(end)} If this happens again, tell DeskDirector's support.`,
      'NoSubscriptionId',
    );
  }
  const withoutToken = { ...further, id };
  const subscription = token === undefined ? withoutToken : { ...withoutToken, token };
  await endIfRefused(z, bundle, end, subscription, () => throwIfFailed(names));
  if (token !== undefined) {
    await endIfRefused(z, bundle, end, withoutToken, () => refuseBraces(site, token));
  }
  return subscription;
}

/**
 * The properties of an answer that can hold the id of a subscription. The `id` in the answer about an action
 * of a workflow can be that of the workflow, so there it comes last.
 */
const idNames = (end: EndId): string[] =>
  end === 'UnsubscribeFromWorkflow'
    ? ['actionId', 'id']
    : ['id', ...parametersOf(end).filter((name) => name !== 'token')];

/** The last part of the path of a subscription before its id, such as `chat-workflows`. */
const collectionOf = (operation: SubscribeId): string =>
  operationOf(operation).path.replace(/\?.*/, '').replace(/.*\//, '');

/** The ids that end a subscription beside its own: those that were needed to make it, too. */
function furtherIds(end: EndId, { parameters }: Call<SubscribeId>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => parametersOf(end).some((one) => one === name)),
  );
}

/**
 * The id and the token of a new subscription, each undefined when the site names none. They come from
 * the `Location` header and from the answer. The header comes first when its path is that of a
 * subscription. Another header may lead anywhere, so then the answer comes first, and the header counts only
 * when no further id ends the subscription: it could lead to the thing with that id.
 */
function namedSubscription(
  end: EndId,
  further: ParameterValues,
  located: JsonObject,
  data: unknown,
) {
  const answered = isObject(data) ? data : { id: data };
  const others = Object.values(further);
  const answeredId = (name: string): string | null => {
    const id = idText(propertyOf(answered, name));
    return name === 'id' && others.some((other) => isSameId(other, id)) ? null : id;
  };
  const inHeader = { ids: [idText(located.id)], token: located.token };
  const inAnswer = {
    ids: idNames(end).map(answeredId),
    token: propertyOf(answered, 'token'),
  };
  const elsewhere = others.length === 0 ? [inAnswer, inHeader] : [inAnswer];
  const places = located.isOfCollection ? [inHeader, inAnswer] : elsewhere;
  return {
    id: places.flatMap(({ ids }) => ids).find(isPathSegment),
    token: places.map(({ token }) => text(token)).find((token) => token !== null),
  };
}

/** Whether two ids are one. A GUID can be written in capitals or not. */
const isSameId = (one: string | undefined, other: string | null): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

/** Whether the same ids end two subscriptions. */
export const isSameSubscription = (end: EndId, one: Subscription, other: Subscription): boolean =>
  ['id', ...parametersOf(end)].every((name) => name === 'token' || one[name] === other[name]);

/** What an owner can do about a subscription that the app can't end. */
const leftBehind = (end: EndId): string =>
  end === 'UnsubscribeFromWorkflow'
    ? 'An action for it may be left in the workflow: look at the workflow in DeskDirector, and remove the action.'
    : 'A workflow for it may be left in DeskDirector: look there, and delete it.';

/** Ends a subscription that a check refuses, then throws the check's error. */
async function endIfRefused(
  z: ZObject,
  bundle: Bundle,
  end: EndId,
  subscription: Subscription,
  check: () => Promise<void> | void,
): Promise<void> {
  try {
    await check();
  } catch (refusal) {
    try {
      await unsubscribe(z, bundle, end, subscription);
    } catch {
      throw ownerError(`${messageOf(refusal)} ${leftBehind(end)}`, 'WorkflowLeft');
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
  end: EndId,
  { id, token, ...further }: Subscription,
): Promise<void> {
  const call = callOf(end, (name) => (name === 'token' ? token : (further[name] ?? id)));
  await send(z, bundle, { ...call, accept: NOT_FOUND, described: idNames(end) });
}

/**
 * The id and the token in a `Location` header, such as `/api/…/chat-workflows/5?token=abc`. The id follows
 * the name of the collection in the path, or is the last part of another path. The host in the header is
 * ignored: the app sends nothing to it.
 */
function locatedSubscription(
  location: string | null,
  origin: string,
  collection: string,
): { isOfCollection: boolean; id: string | null; token: string | null } {
  const url = location === null ? null : URL.parse(location, origin);
  const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  const position = parts.findLastIndex((part) => part.toLowerCase() === collection);
  const isOfCollection = position !== -1;
  const id = isOfCollection ? parts[position + 1] : parts.at(-1);
  const token = [...(url?.searchParams ?? [])].find(([name]) => name.toLowerCase() === 'token');
  return { isOfCollection, id: id === undefined ? null : decoded(id), token: text(token?.[1]) };
}
