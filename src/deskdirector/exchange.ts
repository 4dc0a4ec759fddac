import type { HttpRequestOptions, HttpResponse, ZObject } from 'zapier-platform-core';
import { asObject, parseJson, text } from '../values.ts';

/**
 * A repeatable request takes at most 10 s, so that a retry still fits into the 25 s of the run of a
 * step.
 */
const LONGEST_TRY_MS = 10_000;
/** A repeatable request is not sent when less time than this is left. */
export const LEAST_TRY_MS = 2_000;
/**
 * The same for an action, and for a subscription that is made. Without the answer, an owner could not
 * tell whether it was done.
 */
const LEAST_ONLY_TRY_MS = 8_000;
/** The same for an optional request. Those of a step have 3 seconds together, and each may use what is left. */
const LEAST_OPTIONAL_TRY_MS = 250;

/** Why a request got no readable answer. */
export interface Lost {
  readonly kind: 'network' | 'no time' | 'certificate' | 'too much';
  /** A code such as `ECONNREFUSED`, or words. */
  readonly reason: string;
  /** Whether the site may have got the request. */
  readonly wasSent: boolean;
}

interface Times {
  /** When the answer must be there, in milliseconds since 1970. */
  readonly deadline: number;
  /** When the first try began, in milliseconds since 1970. */
  readonly started: number;
  readonly isRepeatable: boolean;
  /** Whether the step goes on without the answer. */
  readonly isOptional: boolean;
}

export type Outcome = { readonly response: HttpResponse } | { readonly lost: Lost };

/**
 * Sends a request once and reads the whole answer before the deadline. A repeatable request waits at
 * most 10 seconds. It never throws: the platform's own errors would show the URL.
 */
export async function exchange(
  z: ZObject,
  options: HttpRequestOptions & { readonly url: string },
  { deadline, started, isRepeatable, isOptional }: Times,
): Promise<Outcome> {
  const timeLeft = deadline - Date.now();
  const leastRequired = isRepeatable ? LEAST_TRY_MS : LEAST_ONLY_TRY_MS;
  if (timeLeft < (isOptional ? LEAST_OPTIONAL_TRY_MS : leastRequired)) {
    return { lost: { kind: 'no time', reason: 'no time was left', wasSent: false } };
  }
  const limit = new AbortController();
  const milliseconds = isRepeatable ? Math.min(LONGEST_TRY_MS, timeLeft) : timeLeft;
  const timer = setTimeout(() => limit.abort(), milliseconds);
  try {
    const timed = { ...options, signal: limit.signal };
    const response = await z.request(timed);
    return isCut(response) ? { lost: BROKEN_OFF } : { response };
  } catch (error) {
    if (!limit.signal.aborted) return { lost: lostFor(error) };
    const reason = `no answer in ${Math.round((Date.now() - started) / 1000)} seconds`;
    return { lost: { kind: 'network', reason, wasSent: true } };
  } finally {
    clearTimeout(timer);
    // Closes the connection when the answer was not read to its end.
    limit.abort();
  }
}

const BROKEN_OFF: Lost = { kind: 'network', reason: 'the answer broke off', wasSent: true };

/**
 * Whether a packed answer to a successful request was cut. Of a cut gzip, the HTTP client gives what
 * it could unpack, which may be nothing. Of a coding that it does not know, it gives the bytes.
 */
function isCut({ status, headers, content }: HttpResponse): boolean {
  const isPacked = /gzip|deflate|compress|br|zstd/i.test(headers.get('content-encoding') ?? '');
  if (!isPacked || status === 204 || status >= 300) return false;
  if (content === '') return headers.get('content-length') !== '0';
  return /^\s*[[{"]|\ufffd/.test(content) && parseJson(content) === undefined;
}

/** The codes of zlib, of Brotli (`ERR__ERROR_…`), and of a chunked answer without its end. */
const BROKEN_OFF_CODES = /^(?:Z_|ERR__|ERR_STREAM_PREMATURE_CLOSE)/;
/** The codes of a connection that TLS refuses, such as `CERT_HAS_EXPIRED`. */
const CERTIFICATE_CODES =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_CERT_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_|EPROTO)/;
/** The codes of a connection that was never made. */
const UNSENT_CODES = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** Why a request got no answer, by the error of the HTTP client. */
function lostFor(error: unknown): Lost {
  const { code, type } = asObject(error);
  const reason = text(code) ?? 'no answer';
  if (type === 'max-size') return { kind: 'too much', reason, wasSent: true };
  if (BROKEN_OFF_CODES.test(reason)) return BROKEN_OFF;
  if (CERTIFICATE_CODES.test(reason)) return { kind: 'certificate', reason, wasSent: false };
  return { kind: 'network', reason, wasSent: !UNSENT_CODES.test(reason) };
}
