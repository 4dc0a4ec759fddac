import { errors, type ZObject } from 'zapier-platform-core';
import { asObject, shortened } from '../values.ts';

/** What an owner or a log gets to read is never longer than this. */
const LONGEST_WORDS = 1000;

/**
 * An error that the owner of a Zap reads: say what happened and what to do next. It is Zapier's
 * own `z.errors.Error`, because to the message of other errors the platform appends the whole
 * bundle, secrets included.
 */
export function ownerError(message: string, code: string, status?: number): Error {
  return new errors.Error(shortened(message, LONGEST_WORDS), code, status);
}

/**
 * The connection no longer works: Zapier turns the Zap off and asks its owner to reconnect.
 * Without the flag the platform would append the bundle to this message, too.
 */
export function expiredConnection(message: string): Error {
  const error = new errors.ExpiredAuthError(shortened(message, LONGEST_WORDS));
  return Object.assign(error, { doNotContextify: true });
}

/** Zapier runs the step again by itself after the delay, where it can. */
export function throttledError(message: string, delaySeconds: number): Error {
  return new errors.ThrottledError(shortened(message, LONGEST_WORDS), delaySeconds);
}

/** Logs words for whoever looks into a run. */
export function warn(z: ZObject, words: string): void {
  z.console.warn(shortened(words, LONGEST_WORDS));
}

/** What an error says, unpacked: the platform packs an owner's error into JSON. */
export function wordsOf(error: unknown): string {
  const { message } = asObject(error);
  try {
    return String(JSON.parse(String(message)).message);
  } catch {
    return String(message);
  }
}
