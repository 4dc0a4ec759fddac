import { expiredConnection, ownerError, throttledError } from './errors.ts';
import type { Lost } from './exchange.ts';

/** What an owner is to be told about a request that DeskDirector didn't fulfil. */
export interface Refusal {
  /** The host of the site. */
  readonly site: string;
  readonly status: number;
  /** DeskDirector's own short error text, as a sentence; empty when there is none. */
  readonly said: string;
  /** Whether the request may have changed something although its answer says nothing of that. */
  readonly mayBeDone: boolean;
  /** The host that a redirect leads to; empty when there is none. */
  readonly pointsTo: string;
  /** From the `Retry-After` header. */
  readonly retryAfterSeconds: number | null;
}

/** The statuses of a site that is down or overloaded for the moment. */
export const PASSING_STATUSES: readonly number[] = [408, 502, 503, 504];

/** The error for an answer that is no success, by its status. */
export function statusFault(refusal: Refusal): Error {
  const { site, status, said } = refusal;
  const words = (message: string) => ownerError(message, 'DeskDirectorError', status);

  if (status === 401) return expiredConnection(refusedKeyWords(site, said));
  if (status === 403) {
    return words(
      `The API key works, but may not do this on ${site} (403).${said} Ask your DeskDirector administrator whether the key may do more than read, whether its owner is an administrator, and whether your plan includes the connector.`,
    );
  }
  if (status === 404) {
    return words(
      `${site} does not offer the API that this step needs (404).${said} Check the Site Host of your account, and ask DeskDirector whether your plan includes the connector.`,
    );
  }
  if (status === 429) return throttled(refusal);
  if (PASSING_STATUSES.includes(status)) {
    return unreachable(site, String(status), refusal.mayBeDone, refusal);
  }
  if (status < 400) {
    const { pointsTo } = refusal;
    if (pointsTo === site) {
      return words(
        `${site} answered with a redirect (${status}) to another of its pages, which is not followed. Ask DeskDirector whether your plan includes the connector.`,
      );
    }
    return words(
      `${site} answered with a redirect (${status})${pointsTo && ` to ${pointsTo}`}, which is not followed. Correct the Site Host of your account to the address your site has now.`,
    );
  }
  if (status < 500) {
    return words(
      `${site} refused the request (${status}).${said} Check the fields of this step and try again.`,
    );
  }
  return words(
    `${site} had an internal error (${status}).${said} ${
      refusal.mayBeDone ? MAY_BE_DONE : "Try again later; if it stays, tell DeskDirector's support."
    }`,
  );
}

/** A key that the site did not take while an account is being connected. */
export function refusedKey(site: string, said: string): Error {
  return ownerError(refusedKeyWords(site, said), 'AuthenticationError', 401);
}

function refusedKeyWords(site: string, said: string): string {
  return `${site} did not accept the API key (401).${said} Make a new key in the Developer Corner of the DeskDirector admin portal, then connect your account again.`;
}

function throttled({ site, said, retryAfterSeconds }: Refusal): Error {
  const seconds = Math.min(Math.max(retryAfterSeconds ?? 60, 1), 3600);
  return throttledError(
    `${site} gets too many requests (429).${said} Try again in ${seconds} s; a Zap that is on does so by itself.`,
    seconds,
  );
}

/** The error for a request that got no answer. */
export function lostFault(
  site: string,
  lost: Lost,
  { isRepeatable, mostMegabytes }: { isRepeatable: boolean; mostMegabytes: number },
): Error {
  const mayBeDone = lost.wasSent && !isRepeatable;
  if (lost.kind === 'too much') {
    return notTheApi(site, `with more than ${mostMegabytes} MB`, mayBeDone);
  }
  if (lost.kind === 'network') return unreachable(site, lost.reason, mayBeDone);
  const flaw = CERTIFICATE_FLAWS[lost.reason];
  return ownerError(
    flaw === undefined
      ? `No secure connection to ${site} can be made (${lost.reason}). Check the Site Host of your account, or ask whoever runs the site to look at its certificate.`
      : `The certificate of ${site} is not valid: ${flaw}. Check the Site Host of your account, or ask whoever runs the site to mend its certificate.`,
    'InvalidCertificate',
  );
}

const UNKNOWN_ISSUER = 'its issuer is not known, or the site does not send the certificate of it';

const CERTIFICATE_FLAWS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

const MAY_BE_DONE =
  'What was asked of it may have been done all the same: look before you try again.';

function unreachable(
  site: string,
  reason: string,
  mayBeDone: boolean,
  { said, status }: Partial<Refusal> = {},
): Error {
  const advice = mayBeDone
    ? MAY_BE_DONE
    : 'Check the Site Host of your account and that the site is up, then try again.';
  return ownerError(
    `${site} can't be reached now (${reason}).${said ?? ''} ${advice}`,
    'DeskDirectorUnreachable',
    status,
  );
}

/** An answer that the API would never give, an HTML page for example. */
export function notTheApi(site: string, answer: number | string, mayBeDone = false): Error {
  const advice = mayBeDone
    ? MAY_BE_DONE
    : 'Check that the Site Host of your account is your DeskDirector site.';
  return ownerError(
    `${site} answered (${answer}), but that is no answer of DeskDirector's API. ${advice}`,
    'NotDeskDirector',
  );
}
