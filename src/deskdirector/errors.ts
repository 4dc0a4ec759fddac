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

/**
 * Text that came from a site, without the secrets that it was sent: as they are, or in one of the
 * ways in which a site that repeats a request may write them.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .map((secret) => secret.toWellFormed())
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
      Buffer.from(secret).toString('base64'),
    ])
    .reduce((masked, writing) => masked.replaceAll(writing, '…'), text);
}
