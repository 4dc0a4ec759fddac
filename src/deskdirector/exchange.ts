import type { HttpRequestOptions, HttpResponse, ZObject } from 'zapier-platform-core';
import { asObject, text } from '../values.ts';

/** So that one that is lost leaves time for another try. */
const LONGEST_TRY_MS = 10_000;
/** A request that has less time than this is better not sent. */
export const LEAST_TRY_MS = 2_000;

/** Why a request got no answer that could be read. */
export interface Lost {
  readonly kind: 'network' | 'certificate' | 'too much';
  /** A short code (`ECONNREFUSED`) or words. */
  readonly reason: string;
  /** Whether the site may have got the request. */
  readonly wasSent: boolean;
}

export type Outcome = { readonly response: HttpResponse } | { readonly lost: Lost };

/**
 * Sends one request, once, and waits for its answer to the last byte, not beyond the deadline, and at
 * most 10 seconds where it can be sent again. It never throws: what the platform throws would show
 * the URL.
 */
export async function exchange(
  z: ZObject,
  options: HttpRequestOptions & { readonly url: string },
  { deadline, isRepeatable }: { deadline: number; isRepeatable: boolean },
): Promise<Outcome> {
  const timeLeft = deadline - Date.now();
  if (timeLeft < LEAST_TRY_MS) {
    return { lost: { kind: 'network', reason: 'no time was left', wasSent: false } };
  }
  const limit = new AbortController();
  const milliseconds = isRepeatable ? Math.min(LONGEST_TRY_MS, timeLeft) : timeLeft;
  const timer = setTimeout(() => limit.abort(), milliseconds);
  try {
    const timed = { ...options, signal: limit.signal };
    return { response: await z.request(timed) };
  } catch (error) {
    if (!limit.signal.aborted) return { lost: lostFor(error) };
    const reason = `no answer in ${Math.round(milliseconds / 1000)} seconds`;
    return { lost: { kind: 'network', reason, wasSent: true } };
  } finally {
    clearTimeout(timer);
    // Closes a connection whose answer was given up, so that nothing more of it is read.
    limit.abort();
  }
}

function lostFor(error: unknown): Lost {
  const { code, type } = asObject(error);
  const reason = text(code) ?? 'no answer';
  if (type === 'max-size') return { kind: 'too much', reason, wasSent: true };
  const isCertificate =
    /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_CERT_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_|EPROTO)/;
  if (isCertificate.test(reason)) return { kind: 'certificate', reason, wasSent: false };
  const isUnsent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(reason);
  return { kind: 'network', reason, wasSent: !isUnsent };
}
