import { errors } from 'zapier-platform-core';
import { members } from '../chat-session/values.ts';

/**
 * An error that the owner of a Zap reads: say what happened and what to do next. It is Zapier's
 * own `z.errors.Error`, because to the message of other errors the platform appends the whole
 * bundle, secrets included.
 */
export function ownerError(message: string, code: string, status?: number): Error {
  return new errors.Error(message, code, status);
}

/**
 * The connection no longer works: Zapier turns the Zap off and asks its owner to reconnect.
 * Without the flag the platform would append the bundle to this message, too.
 */
export function expiredConnection(message: string): Error {
  return Object.assign(new errors.ExpiredAuthError(message), { doNotContextify: true });
}

/** What an error says, unpacked: the platform packs an owner's error into JSON. */
export function wordsOf(error: unknown): string {
  const { message } = members(error);
  try {
    return String(JSON.parse(String(message)).message);
  } catch {
    return String(message);
  }
}
