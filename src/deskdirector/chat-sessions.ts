import type { Bundle, ZObject } from 'zapier-platform-core';
import { readDelivery } from '../chat-session/delivery.ts';
import { type ChatSession, readChatSession } from '../chat-session/payload.ts';
import { isObject, text } from '../values.ts';
import { ownerError } from './errors.ts';
import { isPathSegment, send } from './http.ts';
import type { ActionId } from './operations.ts';

const LONGEST_ID = 200;

/**
 * The filled-in id of a session, without spaces and line breaks around it. Throws an owner's error
 * when it can't be an id.
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

/**
 * The session with this id; null when the site has no such session. Rejects with an owner's error.
 * DeskDirector: connector API, `GET chat-sessions/{sessionId}`.
 */
export async function findChatSession(
  z: ZObject,
  bundle: Bundle,
  id: string,
): Promise<ChatSession | null> {
  const request = { operation: 'GetChatSession', id, accept: [404] } as const;
  const { status, data, isEmpty, notTheApi } = await send(z, bundle, request);
  const found: readonly unknown[] = Array.isArray(data) ? data : [data];
  if (status === 404 || isEmpty || data === null || found.length === 0) return null;
  // The shape of the answer is not published, so it is read like a delivery.
  const delivery = readDelivery(found);
  const [session] = delivery.usable ? delivery.sessions : [];
  if (session === undefined || found.length > 1) throw notTheApi();
  return readChatSession(session);
}

/**
 * Acts on a session. Resolves with the site's answer when that is an object, otherwise with an empty
 * object. Rejects with an owner's error, for example when the site has no such session.
 */
export async function actOnChatSession(
  z: ZObject,
  bundle: Bundle,
  { action, id, body }: { action: ActionId; id: string; body: object },
): Promise<Record<string, unknown>> {
  const request = { operation: action, id, body, accept: [404] };
  const { site, status, data, tellable } = await send(z, bundle, request);
  if (status === 404) {
    throw ownerError(
      `${site} has no chat session ${tellable(id)} (404). Map the Session ID from an earlier step into the field "Chat Session".`,
      'NoSuchChatSession',
      status,
    );
  }
  // The platform marks its own results with `__type`: never pass one on from a site.
  const own = Object.entries(isObject(data) ? data : {}).filter(([name]) => name !== '__type');
  return Object.fromEntries(own);
}
