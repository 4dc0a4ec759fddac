import type { FaultKind } from '../../tools/desk-director/server.ts';

/*
 * What a site, or something in front of it, can answer in place of what it should, and what that must lead
 * to. All tests of faults use this list.
 */

/** What an owner reads of an action that may have been done although it failed. */
export const MAY_BE_DONE =
  'The request may have been done all the same: look in DeskDirector before you try again.';

interface Consequence {
  /** The name of the error, or its code. */
  readonly error: string;
  /** A part of the error's message. */
  readonly words: string | RegExp;
  /** Whether a request that may be repeated is sent three times. */
  readonly isPassing?: boolean;
  /** What is known of an action. Without this, it was not done. */
  readonly action?: 'done' | 'may be done';
  /** Whether a subscription counts as ended. */
  readonly isEnded?: boolean;
}

export interface Fault extends Consequence {
  readonly name: string;
  readonly kind: FaultKind;
}

const statuses = (all: readonly number[], answer: { body?: string } = {}): FaultKind[] =>
  all.map((status) => ({ kind: 'status', status, ...answer }));
const pages = (...all: number[]): FaultKind[] => all.map((status) => ({ kind: 'html', status }));
const firewalls = (...all: number[]): FaultKind[] =>
  all.map((status) => ({ kind: 'status', status, headers: { 'cf-mitigated': 'challenge' } }));

const FAILED = { error: 'DeskDirectorError' };
const PERHAPS = { ...FAILED, action: 'may be done' } as const;
const DOWN = { error: 'DeskDirectorUnreachable', isPassing: true, action: 'may be done' } as const;
const NO_API = { error: 'NotDeskDirector' };
const A_PAGE = 'The answer is a page, so something may stand in front of the site';
const ITS_PAGE = "The answer is a page: the site's own, or that of something in front of it";
const A_FIREWALL = 'A firewall in front of the site answered';
const SOMETHING = 'Something in front of the site may have answered';

/** The kinds of faults. All answers of a kind lead to the same. */
const KINDS: Readonly<Record<string, Consequence & { readonly answers: readonly FaultKind[] }>> = {
  'a refused request': {
    ...FAILED,
    answers: statuses([400, 409, 413, 418, 422, 423]),
    words: 'refused the request (4',
  },
  'a refused key': {
    answers: statuses([401]),
    error: 'ExpiredAuthError',
    words: 'did not accept the API key (401). Make a new key',
  },
  'a missing right': {
    ...FAILED,
    answers: statuses([403]),
    words: /^The API key works, but may not do this on .* \(403\)\. Ask/,
  },
  'a missing right in plain text': {
    ...FAILED,
    answers: statuses([403], { body: 'Access denied' }),
    words:
      /^Zapier may not do this on .* It says: "Access denied"\. Something in front of the site/,
  },
  'a missing thing': {
    answers: statuses([404, 410]),
    error: 'AppError',
    words: /(?:does not offer the API that this step needs|has no ticket \d+) \(4(?:04|10)\)/,
    isEnded: true,
  },
  'too many requests': {
    answers: [...statuses([429]), ...pages(429), ...firewalls(429)],
    error: 'ThrottledError',
    words: 'gets too many requests (429)',
  },
  'an internal error': {
    ...PERHAPS,
    answers: statuses([500, 501, 599]),
    words: 'had an internal error (5',
  },
  'an internal error with a page': {
    ...PERHAPS,
    answers: pages(500),
    words: `had an internal error (500). ${ITS_PAGE}`,
  },
  'a site that is down': {
    ...DOWN,
    answers: statuses([408, 502, 503, 504, 520, 521, 522, 523, 524, 530]),
    words: "can't be reached now (",
  },
  'a lost connection': {
    ...DOWN,
    answers: [{ kind: 'reset', when: 'before' }],
    words: "can't be reached now (ECONNRESET)",
  },
  'a site that is down, with a page': {
    ...DOWN,
    answers: pages(503),
    words: `can't be reached now (503). ${ITS_PAGE}`,
  },
  'a redirect': {
    ...PERHAPS,
    answers: [{ kind: 'redirect', status: 307, to: 'https://new.example.com/' }],
    words: 'answered with a redirect (307) to new.example.com, which is not followed',
  },
  'a page': {
    ...NO_API,
    answers: pages(400, 401, 403, 404, 405, 410, 418),
    words: A_PAGE,
  },
  'a page with a success': {
    ...NO_API,
    answers: pages(200),
    words: A_PAGE,
    action: 'may be done',
  },
  'a firewall': {
    ...NO_API,
    answers: firewalls(302, 304, 401, 403, 404, 405, 500),
    words: A_FIREWALL,
  },
  'a firewall with a success': {
    ...NO_API,
    answers: firewalls(200, 202, 204),
    words: A_FIREWALL,
    action: 'may be done',
  },
  'a firewall of a site that is down': {
    ...NO_API,
    answers: firewalls(503),
    words: A_FIREWALL,
    isPassing: true,
  },
  'a status that the API does not use': {
    ...NO_API,
    answers: statuses([304, 305, 399]),
    words: SOMETHING,
    action: 'may be done',
  },
  'a status for a change': {
    ...NO_API,
    answers: [...statuses([201, 202, 203, 206, 226], { body: '{"id":1}' }), ...statuses([205])],
    words: SOMETHING,
    action: 'done',
    isEnded: true,
  },
  'no JSON': {
    ...NO_API,
    answers: [
      { kind: 'truncated' },
      { kind: 'empty' },
      ...statuses([204]),
      ...statuses([200], { body: 'OK' }),
    ],
    words: "that is no answer of DeskDirector's API. Check that the Site Host of your account",
    action: 'done',
    isEnded: true,
  },
  'a success that reports a failure': {
    ...PERHAPS,
    answers: [{ kind: 'json', value: { success: false, message: 'No.' } }],
    words: 'answered with a success (200), but reports a failure. It says: "No."',
  },
  'too much': {
    ...NO_API,
    answers: [{ kind: 'huge', bytes: 6 * 1024 * 1024 }],
    words: /answered with more than \d MB/,
    action: 'may be done',
  },
};

const faultsOf = (most: number): Fault[] =>
  Object.entries(KINDS).flatMap(([name, { answers, ...consequence }]) =>
    answers.slice(0, most).map((kind) => ({ name, kind, ...consequence })),
  );
export const FAULTS = faultsOf(Number.POSITIVE_INFINITY);
/** One fault of each kind. */
export const FAULT_KINDS = faultsOf(1);
