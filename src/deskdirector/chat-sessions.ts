import type { Bundle, ZObject } from 'zapier-platform-core';
import { readDelivery } from '../chat-session/delivery.ts';
import { type ChatSession, readChatSession } from '../chat-session/payload.ts';
import { isObject, text } from '../chat-session/values.ts';
import { ownerError } from './errors.ts';
import { notTheApi } from './faults.ts';
import { get, isPathSegment, send } from './http.ts';

const LONGEST_ID = 200;

/**
 * The id that was filled in for a session, without spaces and line breaks around it. Throws an
 * owner's error when it can't be one.
 */
export function sessionId(filledIn: unknown): string {
  if (isObject(filledIn) || Array.isArray(filledIn)) throw refusal('is not text');
  const id = text(filledIn)?.trim();
  if (!id) throw refusal('is empty');
  if ([...id].length > LONGEST_ID) throw refusal(`is longer than ${LONGEST_ID} characters`);
  if (!isPathSegment(id) || /\p{Cc}/u.test(id)) throw refusal('holds what no ID has');
  return id;
}

function refusal(problem: string): Error {
  return ownerError(
    `The field "Chat Session" ${problem}. Map the Session ID from an earlier step into it.`,
    'InvalidSessionId',
  );
}

const pathOf = (id: string): string => `/chat-sessions/${encodeURIComponent(id)}`;

/**
 * The session of an id; null when the site has none.
 * DeskDirector: connector API, `GET chat-sessions/{sessionId}`.
 */
export async function findChatSession(
  z: ZObject,
  bundle: Bundle,
  id: string,
): Promise<ChatSession | null> {
  const request = { method: 'GET', path: pathOf(id), accept: [404] } as const;
  const { site, status, data, isEmpty } = await send(z, bundle, request);
  const found: readonly unknown[] = Array.isArray(data) ? data : [data];
  if (status === 404 || isEmpty || data === null || found.length === 0) return null;
  // That it has the shape of a delivered session is not published: so it is read like one.
  const delivery = readDelivery(found);
  const [session] = delivery.usable ? delivery.sessions : [];
  if (session === undefined || found.length > 1) throw notTheApi(site, status);
  return readChatSession(session);
}

/** What can be done to a session, each with the type that describes its body. */
export const SESSION_ACTIONS = {
  'system-messages': 'CreateChatMessageRequest',
  invite: 'CreateChatInviteRequest',
} as const;

export type SessionAction = keyof typeof SESSION_ACTIONS;

/** The JSON Schema of an action's body. */
export function actionSchema(
  z: ZObject,
  bundle: Bundle,
  action: SessionAction,
): Promise<Record<string, unknown>> {
  return dynamicType(z, bundle, SESSION_ACTIONS[action]);
}

/**
 * The JSON Schema of one of DeskDirector's types.
 * DeskDirector: connector API, `GET schema/dynamic-types/{typeId}`.
 *
 * @param isOptional whether the operation goes on without it
 */
export function dynamicType(
  z: ZObject,
  bundle: Bundle,
  id: string,
  isOptional = false,
): Promise<Record<string, unknown>> {
  const path = `/schema/dynamic-types/${encodeURIComponent(id)}`;
  return get(z, bundle, path, { mostMegabytes: 1, isOptional });
}

/**
 * Does something to a session; resolves with the site's answer, if that is an object. It is done
 * whatever else the answer is. Throws an owner's error when there is no such session.
 */
export async function actOnChatSession(
  z: ZObject,
  bundle: Bundle,
  { action, id, body }: { action: SessionAction; id: string; body: object },
): Promise<Record<string, unknown>> {
  const path = `${pathOf(id)}/${action}`;
  const request = { method: 'POST', path, body, accept: [404] } as const;
  const { site, status, data, tellable } = await send(z, bundle, request);
  if (status === 404) {
    throw ownerError(
      `${site} has no chat session ${tellable(id)} (404). Map the Session ID from an earlier step into the field "Chat Session".`,
      'NoSuchChatSession',
      status,
    );
  }
  // By this member the platform tells results of its own making.
  const own = Object.entries(isObject(data) ? data : {}).filter(([name]) => name !== '__type');
  return Object.fromEntries(own);
}
