import type { Bundle, ZObject } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import { parseJson, shortened } from '../values.ts';
import { kindOfAnswer } from './answer-kind.ts';
import { type LeftOutPart, passOn, type Rule } from './boundary.ts';
import { exchange } from './exchange.ts';
import { failedEntries } from './failed-answer.ts';
import { answerFailure, lostFailure, notTheApi, reportedFailure } from './failures.ts';
import {
  type Call,
  isRepeatable,
  operationOf,
  type ParameterValues,
  subjectIdIn,
  subjectOf,
} from './operations.ts';
import { quotedReason, quotedReasonIn } from './reasons.ts';
import {
  deadlineOf,
  leavesNoTry,
  optionalDeadlineOf,
  retryAfterSeconds,
  withRetries,
} from './retry.ts';
import { tellable } from './secrets.ts';
import { refuseBraces } from './sendable-id.ts';
import { apiKey, siteHost, siteOrigin } from './site.ts';

/** A request: a call of an operation, and how it is sent. */
export type ApiRequest = Call & Sending;

/** The names that the site describes for an answer; without a description, the usual names of an id. */
type Described = readonly string[] | Promise<readonly string[]>;

interface Sending {
  readonly body?: unknown;
  /** Further statuses that are not a failure. */
  readonly accept?: readonly number[];
  /** The largest answer in megabytes; 5 by default. */
  readonly mostMegabytes?: number;
  /**
   * Set when the step goes on without the answer. All such requests of a step together take at most 3
   * seconds, and each is sent once. `before`: another request follows, and at least 10 seconds are
   * left for it. `beside`: another request runs at the same time.
   */
  readonly optional?: 'before' | 'beside' | undefined;
  /** What happens to secrets in the answer. */
  readonly rule?: Rule;
}

const API = '/api/v2/automate/connector';

/** The time that an optional request leaves for the request that follows. */
const LEFT_OVER_MS = 10_000;

interface ApiAnswer {
  /** The host of the site. */
  readonly site: string;
  readonly status: number;
  /** The parsed body, without what must not be passed on; undefined when it is empty or not JSON. */
  readonly data: unknown;
  /** The parts of the body that were left out. */
  readonly leftOut: readonly LeftOutPart[];
  readonly isEmpty: boolean;
  /** The site's reason, as a sentence; empty when it gives none. */
  readonly said: () => Promise<string>;
  /** The `Location` header. */
  readonly location: string | null;
  /** A text of the site; `…` in its place when it holds part of a secret. */
  readonly tellable: (text: string) => Promise<string>;
  /** The owner's error for an answer that the API would not give; `list` for JSON that is no list. */
  readonly notTheApi: (kind?: 'api' | 'list') => Error;
}

interface UncheckedAnswer extends ApiAnswer {
  /** Rejects with an owner's error when an answer with a success status says that the request failed. */
  readonly throwIfFailed: (described: Described) => Promise<void>;
}

/**
 * Sends a request to the connector API of the connection's site. Requests that change nothing, and DELETE
 * requests, are retried when the site can't be reached. No other request is sent twice.
 *
 * Rejects with an owner's error for every answer that is not a success, also when only its body says
 * so. The platform's own error would show the whole answer.
 */
export async function send(
  z: ZObject,
  bundle: Bundle,
  request: ApiRequest & { readonly described: Described },
): Promise<ApiAnswer> {
  const { throwIfFailed, ...answer } = await sendUnchecked(z, bundle, request);
  await throwIfFailed(request.described);
  return answer;
}

/**
 * Like `send`, but resolves also with an answer that says in its body that the request failed. The
 * caller can then end what the site made in spite of the failure. The API key leaves the app only here,
 * and only to the origin of the connection's site.
 */
export async function sendUnchecked(
  z: ZObject,
  bundle: Bundle,
  request: ApiRequest,
): Promise<UncheckedAnswer> {
  const site = siteHost(bundle.authData.site);
  const key = apiKey(bundle.authData.apiKey);
  const { operation, accept = [], mostMegabytes = 5 } = request;
  const values: ParameterValues = request.parameters ?? {};
  const secrets = values.token === undefined ? [key] : [key, values.token];
  const sent = { site, operation, mostMegabytes };
  const options = httpOptions(site, key, request, mostMegabytes);
  const deadline = deadlineFor(z, request);
  const times = {
    deadline,
    started: Date.now(),
    isRepeatable: isRepeatable(operation),
    isOptional: request.optional !== undefined,
  };
  const attempt = () => exchange(z, options, times);
  const canRetry = times.isRepeatable && !times.isOptional;
  const outcome = await (canRetry ? withRetries(deadline, attempt) : attempt());
  if ('lost' in outcome) throw lostFailure(sent, outcome.lost);

  const { status, content, headers } = outcome.response;
  const location = headers.get('location');
  // Some sites send JSON with another content type.
  const parsed = parseJson(content);
  const isEmpty = content.trim() === '';
  const kind = kindOfAnswer(operation, outcome.response, parsed);
  const subject = subjectOf(operation);
  if (kind !== 'api' || (status >= 300 && !accept.includes(status))) {
    const seconds = retryAfterSeconds(outcome);
    throw answerFailure(sent, {
      kind,
      status,
      // The words of a success are no reason: they can be a customer's data.
      said: status < 300 ? '' : await quotedReason(content, secrets),
      isText: parsed === undefined && !isEmpty,
      chosen:
        subject === undefined
          ? ''
          : `${subject.thing} ${await tellable(String(subjectIdIn(request)), secrets)}`,
      pointsTo: await tellable(hostOf(location), secrets),
      retryAfterSeconds: seconds,
      isLongWait: canRetry && seconds !== null && leavesNoTry(deadline, 1000 * seconds),
    });
  }
  const { passed, leftOut } = await passOn(z, parsed, { site, secrets, rule: request.rule });
  return {
    site,
    status,
    data: passed,
    leftOut,
    isEmpty,
    said: () => quotedReason(content, secrets),
    location,
    tellable: (text) => tellable(text, secrets),
    notTheApi: (kind) => notTheApi(sent, status, kind),
    throwIfFailed: async (described) => {
      // Nothing in such an answer needs the description, which may still be on its way.
      if (status >= 300 || passed === undefined || passed === null) return;
      const found = failedEntries(status, passed, await described);
      if (found === null) return;
      throw await reportedFailure(sent, status, found, (entry, most) =>
        quotedReasonIn(entry, secrets, most),
      );
    },
  };
}

function httpOptions(site: string, key: string, request: ApiRequest, mostMegabytes: number) {
  const { operation, body } = request;
  return {
    url: `${siteOrigin(site)}${API}${pathOf(site, request)}`,
    method: operationOf(operation).method,
    headers: {
      Authorization: `DdApi ${key}`,
      'User-Agent': `${packageJson.name}/${packageJson.version}`,
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
    },
    // The platform reads {{…}} in a body as a template, unless it is a buffer.
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
    redirect: 'manual' as const,
    size: mostMegabytes * 1024 * 1024,
    skipThrowForStatus: true,
  };
}

/** The path and the query of a request. */
function pathOf(site: string, { operation, parameters }: Call): string {
  const values: ParameterValues = parameters ?? {};
  const { path } = operationOf(operation);
  const query = path.indexOf('?');
  // Such as `chat-workflows/{workflowId}{?token}`: the `?` makes a parameter optional, and begins the query.
  return path.replace(/\{(\??)(\w+)\}/g, (_, mark, name, position) => {
    const value = values[name];
    if (mark === '?' && value === undefined) return '';
    const given = String(value);
    const isInQuery = mark === '?' || (query !== -1 && position > query);
    if (isInQuery) refuseBraces(site, given);
    return `${mark === '?' ? `?${name}=` : ''}${encoded(given)}`;
  });
}

/** `encodeURIComponent` throws on half of a character, such as `\ud800`. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function deadlineFor(z: ZObject, { optional }: ApiRequest): number {
  const end = deadlineOf(z);
  if (optional === undefined) return end;
  return Math.min(optionalDeadlineOf(z), optional === 'before' ? end - LEFT_OVER_MS : end);
}

/** The longest name in DNS. */
const LONGEST_HOST = 253;

function hostOf(location: string | null): string {
  return shortened(URL.parse(location ?? '')?.host ?? '', LONGEST_HOST);
}
