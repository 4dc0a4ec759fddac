import { type Bundle, errors, type ZObject } from 'zapier-platform-core';
import { asObject, shortened, unpackedError } from '../values.ts';

/** The code of the error of a list or a form that waits for a choice of its owner. Nothing failed. */
export const WAITS_FOR_CHOICE = 'WaitsForChoice';

/** The most characters of an error or of a line in the log. */
const LONGEST_MESSAGE = 1000;

/**
 * An error for the owner of a Zap. Its message says what happened and what to do next. It must be
 * Zapier's own `z.errors.Error`: the platform appends the whole bundle, with its secrets, to the
 * messages of other errors.
 */
export function ownerError(message: string, code: string, status?: number): Error {
  return new errors.Error(shortened(message, LONGEST_MESSAGE), code, status);
}

/**
 * The error for a connection that no longer works. Zapier turns the Zap off and asks its owner to
 * reconnect. The flag keeps the platform from appending the bundle to the message.
 */
export function expiredConnection(message: string): Error {
  const error = new errors.ExpiredAuthError(shortened(message, LONGEST_MESSAGE));
  return Object.assign(error, { doNotContextify: true });
}

/**
 * Whether Zapier's editor started the call. Zapier's tools for developers can leave `meta` out.
 * Zapier: `bundle.meta.isLoadingSample`.
 */
export const isTest = ({ meta }: Bundle): boolean => asObject(meta).isLoadingSample === true;

/**
 * The error for a run that can't go on, because something that it needs is not there. Zapier stops the
 * run, and leaves the Zap on. In a test of the Zap editor it is an owner's error. The flag keeps the
 * platform from appending the bundle to the message.
 * Zapier: `HaltedError`.
 */
export function stoppedRun(bundle: Bundle, message: string, code: string): Error {
  if (isTest(bundle)) return ownerError(message, code);
  const error = new errors.HaltedError(shortened(message, LONGEST_MESSAGE));
  return Object.assign(error, { code, doNotContextify: true });
}

/** The error for too many requests. Zapier runs the step of a live Zap again after the delay. */
export function throttledError(message: string, delaySeconds: number): Error {
  return new errors.ThrottledError(shortened(message, LONGEST_MESSAGE), delaySeconds);
}

/** Logs a warning. Zapier shows it in the logs of a run. */
export function warn(z: ZObject, message: string): void {
  z.console.warn(shortened(message, LONGEST_MESSAGE));
}

/** The message of an error, without the JSON that the platform packs it into. */
export const messageOf = (error: unknown): string => unpackedError(error).message;
