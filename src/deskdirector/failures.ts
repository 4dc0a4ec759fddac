import { shortened } from '../values.ts';
import type { AnswerKind } from './answer-kind.ts';
import { expiredConnection, ownerError, throttledError } from './errors.ts';
import type { Lost } from './exchange.ts';
import type { FailedEntries } from './failed-answer.ts';
import {
  changesSite,
  isAction,
  isListOperation,
  isRepeatable,
  type OperationId,
  operationOf,
  subjectOf,
} from './operations.ts';

/** What an error message needs to know about a request. */
interface SentRequest {
  /** The host of the site. */
  readonly site: string;
  readonly operation: OperationId;
  readonly mostMegabytes: number;
}

/** An answer that is not a success. */
interface Refusal {
  readonly kind: AnswerKind;
  readonly status: number;
  /** The site's reason, as a sentence; empty when it gives none. */
  readonly said: string;
  /** Whether the answer is words that are no JSON. A firewall answers so, too. */
  readonly isText: boolean;
  /** What the answer depends on, such as `board 2`; empty without it. */
  readonly chosen: string;
  /** The host that a redirect points to; empty without one. */
  readonly pointsTo: string;
  /** The seconds in the `Retry-After` header. */
  readonly retryAfterSeconds: number | null;
  /** Whether another try would be due, but only when the time of the operation is over. */
  readonly isLongWait: boolean;
}

/**
 * The statuses of a site that is down or overloaded for a short time. Cloudflare uses those from 520
 * on.
 */
export const TEMPORARY_FAILURES: readonly number[] = [
  ...[408, 502, 503, 504],
  ...[520, 521, 522, 523, 524, 530],
];
/** The statuses of a thing that does not exist, or no longer. */
export const NOT_FOUND: readonly number[] = [404, 410];
/** The statuses with which a site refuses what an owner filled in. */
const INPUT_REFUSALS: readonly number[] = [400, 409, 413, 422, 423];

/** Who may have answered, where the status alone would not tell. */
const ASIDES: Partial<Record<AnswerKind, string>> = {
  firewall: ' A firewall in front of the site answered.',
  page: " The answer is a page: the site's own, or that of something in front of it, such as a firewall.",
};

/**
 * The error for an answer that is not a success. The first case that fits counts. Who answered comes
 * before most statuses, since a status of a firewall says nothing about DeskDirector.
 */
export function answerFailure(request: SentRequest, refusal: Refusal): Error {
  const { site, operation } = request;
  const { kind, status, said, retryAfterSeconds, isLongWait } = refusal;
  const told = `${said}${ASIDES[kind] ?? ''}`;
  const isTemporary = TEMPORARY_FAILURES.includes(status);

  if (status === 429) {
    return throttled(`${site} gets too many requests (429).${told}`, retryAfterSeconds);
  }
  if (isTemporary && isLongWait) {
    return throttled(`${site} can't be reached now (${status}).${told}`, retryAfterSeconds);
  }
  if (kind === 'firewall' || kind === 'other' || (kind === 'page' && status < 500)) {
    return notTheApi(request, status, kind, said);
  }
  if (isTemporary) {
    const wait = retryAfterSeconds === null ? '' : ` It asks to wait ${retryAfterSeconds} s.`;
    return unreachable(request, `${status}`, { isSent: true, said: `${told}${wait}`, status });
  }
  if (kind === 'redirect') return redirectFailure(request, refusal);
  if (status === 401) return keyFailure(request, refusal);
  if (status === 403) return forbiddenFailure(request, refusal);
  if (NOT_FOUND.includes(status)) return missingFailure(request, refusal);
  if (status < 500) {
    const next =
      INPUT_REFUSALS.includes(status) && hasInput(operation)
        ? `Check the fields of this step and try again.${insteadOf(operation)}`
        : "Check the Site Host of your account and try again. If the error comes again, tell DeskDirector's support.";
    return failure(`${site} refused the request (${status}).${said} ${next}`, status);
  }
  return failure(
    `${site} had an internal error (${status}).${told} ${advice(request, "Try again later. If the error comes again, tell DeskDirector's support.")}`,
    status,
  );
}

const failure = (message: string, status: number): Error =>
  ownerError(message, 'DeskDirectorError', status);

function redirectFailure(request: SentRequest, { status, pointsTo }: Refusal): Error {
  const { site } = request;
  const [target, next] =
    pointsTo === site
      ? [' to another of its pages', 'Ask DeskDirector whether your plan includes the connector.']
      : [
          pointsTo && ` to ${pointsTo}`,
          'Correct the Site Host of your account to the address your site has now.',
        ];
  return failure(
    `${site} answered with a redirect (${status})${target}, which is not followed. ${next}${maybeDone(request)}`,
    status,
  );
}

function keyFailure({ site, operation }: SentRequest, { status, said }: Refusal): Error {
  const message = `${site} did not accept the API key (${status}).${said} Make a new key in the Developer Corner of the DeskDirector admin portal, then connect your account again.`;
  // An owner tests a connection before it exists, so there is none that Zapier could mark as expired.
  return operation === 'TestConnection'
    ? ownerError(message, 'AuthenticationError', status)
    : expiredConnection(message);
}

function forbiddenFailure(
  { site, operation }: SentRequest,
  { status, said, isText }: Refusal,
): Error {
  const { does, method } = operationOf(operation);
  // A key that may only read may be refused a search, too: it is sent as a POST.
  const mayChange = method === 'GET' ? '' : 'the key may do more than read, whether ';
  const [who, next] = isText
    ? [
        'Zapier',
        'Something in front of the site may have answered, such as a firewall: ask whoever runs the site. Otherwise ask',
      ]
    : ['The API key works, but', 'Ask'];
  return failure(
    `${who} may not do this on ${site} (${status}).${said} ${next} your DeskDirector administrator whether ${mayChange}the owner of the key is an administrator and may ${does}, and whether your plan includes the connector.`,
    status,
  );
}

function missingFailure({ site }: SentRequest, { status, said, chosen }: Refusal): Error {
  return chosen === ''
    ? failure(
        `${site} does not offer the API that this step needs (${status}).${said} Check the Site Host of your account, and ask DeskDirector whether your plan includes the connector.`,
        status,
      )
    : ownerError(
        `${site} has no ${chosen} (${status}).${said} Choose another one, or check the Site Host of your account.`,
        'NotFound',
        status,
      );
}

/** What else an owner can do when the site refuses the input, as a further sentence; mostly empty. */
function insteadOf(id: OperationId): string {
  const { instead } = operationOf(id);
  return instead === undefined ? '' : ` ${instead}`;
}

/** Whether an owner fills in a part of the request. */
function hasInput(id: OperationId): boolean {
  const { method } = operationOf(id);
  return method === 'POST' || (method !== 'DELETE' && subjectOf(id) !== undefined);
}

/** The error for a step that Zapier runs again after these seconds: a minute without any, an hour at most. */
function throttled(problem: string, retryAfterSeconds: number | null): Error {
  const seconds = Math.min(Math.max(retryAfterSeconds ?? 60, 1), 3600);
  return throttledError(
    `${problem} Try again in ${seconds} s; a Zap that is on does so by itself.`,
    seconds,
  );
}

const TYPE_THE_ID = 'Where you choose from this list, type the ID instead.';

/** The error for a request that got no readable answer. */
export function lostFailure(request: SentRequest, { kind, reason, wasSent }: Lost): Error {
  const { site, operation, mostMegabytes } = request;
  if (kind === 'too much') {
    const [problem, next] = isListOperation(operation)
      ? ['a list, which is too long to offer', TYPE_THE_ID]
      : ["no answer of DeskDirector's API that this step can read", "Tell DeskDirector's support."];
    return ownerError(
      `${site} answered with more than ${mostMegabytes} MB. That is ${problem}. ${advice(request, next)}`,
      'NotDeskDirector',
    );
  }
  if (kind === 'no time' && !isRepeatable(operation)) {
    const { does } = operationOf(operation);
    const problem = `${site} was so slow that too little time was left to ${does}. Nothing was sent.`;
    return isAction(operation)
      ? throttled(problem, null)
      : ownerError(`${problem} Turn the Zap on again.`, 'DeskDirectorUnreachable');
  }
  if (kind !== 'certificate') return unreachable(request, reason, { isSent: wasSent });
  const flaw = CERTIFICATE_FLAWS[reason];
  return ownerError(
    flaw === undefined
      ? `No secure connection to ${site} can be made (${reason}). Check the Site Host of your account, or ask whoever runs the site to look at its certificate.`
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

/** The error for an answer that the API would not give, such as an HTML page. */
export function notTheApi(
  request: SentRequest,
  status: number,
  kind: Exclude<AnswerKind, 'redirect'> | 'list' = 'api',
  said = '',
): Error {
  const { site, operation } = request;
  const key =
    operation === 'TestConnection'
      ? 'A wrong API key can look the same.'
      : 'A revoked API key can look the same: test the connection.';
  const checkSite = 'Check that the Site Host of your account is your DeskDirector site.';
  const next = {
    firewall:
      "A firewall in front of the site answered: ask whoever runs the site to let Zapier's requests pass.",
    page: `${checkSite} The answer is a page, so something may stand in front of the site, such as a firewall, a login or a notice that it is stopped: ask whoever runs the site. ${key}`,
    other: 'Something in front of the site may have answered: ask whoever runs the site.',
    api: checkSite,
    list: `It should be a list of entries with IDs. ${TYPE_THE_ID} If the error comes again, tell DeskDirector's support.`,
  }[kind];
  const isDone = status < 300 || kind === 'other';
  return ownerError(
    `${site} answered (${status}), but that is no answer of DeskDirector's API.${said}${isDone ? maybeDone(request) : ''} ${next}`,
    'NotDeskDirector',
  );
}

/** The most characters of all failures in an answer. */
const LONGEST_FAILURES = 600;

/**
 * The error for an answer with a success status that says that the request, or a part of it, failed.
 *
 * @param reasonOf the reason that an entry gives, as a sentence, with at most about this many characters
 */
export async function reportedFailure(
  request: SentRequest,
  status: number,
  { failed, count }: FailedEntries,
  reasonOf: (entry: unknown, most: number) => Promise<string>,
): Promise<Error> {
  const most = count === 1 ? 300 : 150;
  const told = await Promise.all(
    failed.map(async ({ position, entry }) => ({ position, reason: await reasonOf(entry, most) })),
  );
  const byReason = Map.groupBy(told, ({ reason }) => reason);
  const failures = [...byReason].map(([reason, entries]) => {
    if (count === 1) return reason;
    const positions = entries.map(({ position }) => position).join(', ');
    return ` ${entries.length === 1 ? 'Entry' : 'Entries'} ${positions} of ${count} failed.${reason}`;
  });
  const isPartlyDone = failed.length < count && changesSite(request.operation);
  const others = isPartlyDone ? ' The other entries count as done.' : '';
  const next = hasInput(request.operation)
    ? 'Check the fields of this step and try again.'
    : "Try again later. If the error comes again, tell DeskDirector's support.";
  return ownerError(
    `${request.site} answered with a success (${status}), but reports a failure.${shortened(failures.join(''), LONGEST_FAILURES)}${others} ${advice(request, next)}${insteadOf(request.operation)}`,
    'DeskDirectorError',
  );
}

function unreachable(
  request: SentRequest,
  reason: string,
  { isSent, said = '', status }: { isSent: boolean; said?: string; status?: number },
): Error {
  const next = 'Check the Site Host of your account and that the site is up, then try again.';
  return ownerError(
    `${request.site} can't be reached now (${reason}).${said} ${isSent ? advice(request, next) : next}`,
    'DeskDirectorUnreachable',
    status,
  );
}

const MAYBE_DONE =
  'The request may have been done all the same: look in DeskDirector before you try again.';

/**
 * What the owner should do next about a request that was sent. A site may have carried it out although
 * it reported a failure. So before an owner repeats a request that is not repeatable, the owner must
 * look.
 */
function advice({ operation }: SentRequest, next: string): string {
  return isRepeatable(operation) ? next : MAYBE_DONE;
}

/** The warning about a request that is not repeatable, as a further sentence; empty for others. */
const maybeDone = ({ operation }: SentRequest): string =>
  isRepeatable(operation) ? '' : ` ${MAYBE_DONE}`;
