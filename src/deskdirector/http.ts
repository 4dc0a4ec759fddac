import type { Bundle, ZObject } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import { asObject, isObject, list, parseJson, shortened, text } from '../values.ts';
import { ownerError } from './errors.ts';
import { exchange } from './exchange.ts';
import { lostFailure, notTheApi, statusFailure } from './failures.ts';
import { type OperationId, requestLine } from './operations.ts';
import { quotedReason } from './reasons.ts';
import { deadlineOf, retryAfterSeconds, withRetries } from './retry.ts';
import { tellable } from './secrets.ts';
import { apiKey, siteHost, siteOrigin } from './site.ts';

export interface ApiRequest {
  readonly operation: OperationId;
  /** The id of what the operation is about. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses that are no failure to this request. */
  readonly accept?: readonly number[];
  /** An answer of more megabytes than this is none of the API: 5 when not given. */
  readonly mostMegabytes?: number;
  /** Whether the step goes on without it: it gets little time then, and is not tried again. */
  readonly isOptional?: boolean;
}

/** An optional request takes at most so long, and leaves the request behind it at least so long. */
const OPTIONAL_MS = 3_000;
const LEFT_BEHIND_MS = 10_000;

export interface ApiAnswer {
  /** The host of the site that gave it. */
  readonly site: string;
  readonly status: number;
  /** The parsed body; undefined when there is none or it is no JSON. */
  readonly data: unknown;
  readonly isEmpty: boolean;
  /** What the site gives as its reason, as a sentence; empty when it gives none. */
  readonly said: string;
  /** The `Location` header. */
  readonly location: string | null;
  /** Words of the site as they may be told: `…` in place of those that hold a secret. */
  readonly tellable: (words: string) => string;
  /** The owner's error for an answer that is of another kind than the API's. */
  readonly notTheApi: () => Error;
}

/**
 * Sends a request to the connector's API of the site that the connection names. The only place from
 * which the API key leaves: to that site's origin, and nowhere else. Reads and deletes are tried
 * again when the site can't be reached for the moment; all else is never sent twice.
 *
 * Throws an owner's error, in words and with the status, for whatever is no success; the platform
 * itself must not, since its own error would show the answer as it came.
 */
export async function send(z: ZObject, bundle: Bundle, request: ApiRequest): Promise<ApiAnswer> {
  const site = siteHost(bundle.authData.site);
  const key = apiKey(bundle.authData.apiKey);
  const { query = {}, body, accept = [], mostMegabytes = 5, isOptional = false } = request;
  const { method, path } = requestLine(request.operation, request.id);
  for (const value of Object.values(query)) refuseBraces(site, value);
  const search = new URLSearchParams(query).toString();

  const options = {
    url: `${siteOrigin(site)}${path}${search && `?${search}`}`,
    method,
    headers: {
      Authorization: `DdApi ${key}`,
      'User-Agent': `${packageJson.name}/${packageJson.version}`,
      Accept: 'application/json',
      'Content-Type': 'application/json; charset=utf-8',
    },
    // The platform reads {{…}} in a body as a template, unless it is a buffer.
    ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    redirect: 'manual' as const,
    size: mostMegabytes * 1024 * 1024,
    skipThrowForStatus: true,
  };
  const secrets = query.token === undefined ? [key] : [key, query.token];
  const isRepeatable = method === 'GET' || method === 'DELETE';
  const sent = { site, isRepeatable, mostMegabytes };
  const deadline = isOptional
    ? Math.min(Date.now() + OPTIONAL_MS, deadlineOf(z) - LEFT_BEHIND_MS)
    : deadlineOf(z);
  const attempt = () => exchange(z, options, { deadline, isRepeatable });
  const outcome = await (isRepeatable && !isOptional ? withRetries(deadline, attempt) : attempt());
  if ('lost' in outcome) throw lostFailure(sent, outcome.lost);

  const { status, content, headers } = outcome.response;
  const location = headers.get('location');
  const said = quotedReason(content, secrets);
  if (status >= 300 && !accept.includes(status)) {
    throw statusFailure(sent, {
      status,
      said,
      pointsTo: tellable(hostOf(location), secrets),
      retryAfterSeconds: retryAfterSeconds(outcome),
    });
  }
  // The content type is not relied on: JSON is JSON whatever the header calls it.
  const data = parseJson(content);
  if (data === undefined && isPage(content, headers.get('content-type'))) {
    throw notTheApi(sent, status);
  }
  return {
    site,
    status,
    data,
    isEmpty: content.trim() === '',
    said,
    location,
    tellable: (words) => tellable(words, secrets),
    notTheApi: () => notTheApi(sent, status),
  };
}

/** Whether an answer is an HTML page: one of a firewall, a login or another site, not of the API. */
function isPage(content: string, type: string | null): boolean {
  const isDocument = /<(?:!doctype\s+html|html|head|body)\b/i.test(content);
  const isFragment = /^\s*<(?:[ab]|br|center|div|form|h[1-6]|p|pre|script|span|table|title)\b/i;
  const isCalledHtml = /html/i.test(type ?? '') && /<[a-z!/]/i.test(content);
  return isDocument || isCalledHtml || isFragment.test(content);
}

/** Reads the object that the API answers. Throws an owner's error for any other answer. */
export async function get(
  z: ZObject,
  bundle: Bundle,
  request: ApiRequest,
): Promise<Record<string, unknown>> {
  const { data, notTheApi } = await send(z, bundle, request);
  if (!isObject(data)) throw notTheApi();
  return data;
}

/**
 * One entry of a list of the API: what it is called, and what stands for it in a request. Further
 * members are those that hold a single value.
 */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
  readonly [further: string]: string;
}

/**
 * Reads a list of the API (`{ results: [{ id, name }] }`); an entry without a name is called by its
 * id, one without an id, or with that of another, is left out. Throws an owner's error for any
 * other answer.
 */
export async function getList(
  z: ZObject,
  bundle: Bundle,
  operation: OperationId,
): Promise<ListEntry[]> {
  const { data, notTheApi } = await send(z, bundle, { operation });
  const { results } = asObject(data);
  // .NET: a list without entries may be null.
  if (!Array.isArray(results) && results !== null) throw notTheApi();
  const byId = new Map<string, ListEntry>();
  for (const entry of list(results, asObject)) {
    const id = text(entry.id);
    if (id === null || byId.has(id)) continue;
    const named: ListEntry = { id, name: text(entry.name) ?? id };
    byId.set(id, { ...named, ...furtherMembers(entry), ...named });
  }
  return [...byId.values()];
}

/** The members of an entry that hold a single value, as text. */
function furtherMembers(entry: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([name, value]): [string, string][] => {
      const single = text(value);
      // A dropdown can't name others, and those that every object has mean something else.
      return single === null || !/^[a-z]\w*$/i.test(name) || name in {} ? [] : [[name, single]];
    }),
  );
}

/**
 * Whether text stays within its segment of a path, once it is encoded: `..` would leave it, encoded
 * or not, and a lone surrogate can't be encoded.
 */
export function isPathSegment(segment: string | null): segment is string {
  return segment !== null && segment !== '.' && segment !== '..' && segment.isWellFormed();
}

/**
 * Throws an owner's error for what can't go into a query: the platform parses the query again, and
 * reads {{…}} in it as a template. Encoding is no help.
 */
export function refuseBraces(site: string, value: string): void {
  if (!value.includes('{{')) return;
  throw ownerError(
    `${site} uses {{ in an ID, which Zapier can't send. Tell DeskDirector's support.`,
    'UnsendableId',
  );
}

/** The longest name that DNS knows. */
const LONGEST_HOST = 253;

function hostOf(location: string | null): string {
  return shortened(URL.parse(location ?? '')?.host ?? '', LONGEST_HOST);
}
