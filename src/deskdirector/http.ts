import type { Bundle, ZObject } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import { isObject, list, members, parseJson, text } from '../chat-session/values.ts';
import { ownerError, withoutSecrets } from './errors.ts';
import { exchange } from './exchange.ts';
import { lostFault, notTheApi, statusFault } from './faults.ts';
import { deadlineOf, retryAfterSeconds, withRetries } from './retry.ts';
import { apiKey, siteHost, siteOrigin } from './site.ts';

const API = '/api/v2/automate/connector';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the connector's API; its parts are encoded already. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses that are no failure to this request. */
  readonly accept?: readonly number[];
  /** An answer of more megabytes than this is none of the API: 5 when not given. */
  readonly mostMegabytes?: number;
}

export interface ApiAnswer {
  /** The host of the site that gave it. */
  readonly site: string;
  readonly status: number;
  /** The parsed body; undefined when there is none or it is no JSON. */
  readonly data: unknown;
  readonly isEmpty: boolean;
  /** The `Location` header. */
  readonly location: string | null;
}

/**
 * Sends a request to the connector's API of the site that the connection names. The only place from
 * which the API key leaves: to that site's origin, and nowhere else. Reads and deletes are tried
 * again when the site can't be reached for the moment; a POST is never sent twice.
 *
 * Throws an owner's error, in words and with the status, for whatever is no success; the platform
 * itself must not, since its own error would show the answer as it came.
 */
export async function send(z: ZObject, bundle: Bundle, request: ApiRequest): Promise<ApiAnswer> {
  const site = siteHost(bundle.authData.siteHost);
  const key = apiKey(bundle.authData.apiKey);
  const { method, path, query = {}, body, accept = [], mostMegabytes = 5 } = request;
  for (const value of Object.values(query)) refuseBraces(site, value);
  const search = new URLSearchParams(query).toString();

  const options = {
    url: `${siteOrigin(site)}${API}${path}${search && `?${search}`}`,
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
  const isRepeatable = method !== 'POST';
  const deadline = deadlineOf(z);
  const attempt = () => exchange(z, options, { deadline, isRepeatable });
  const outcome = await (isRepeatable ? withRetries(deadline, attempt) : attempt());
  if ('lost' in outcome) {
    throw lostFault(site, outcome.lost, { isRepeatable, mostMegabytes });
  }

  const { status, content, headers } = outcome.response;
  const location = headers.get('location');
  if (status >= 300 && !accept.includes(status)) {
    throw statusFault({
      site,
      status,
      said: ownWords(content, secrets),
      mayBeDone: !isRepeatable,
      pointsTo: withoutSecrets(hostOf(location), secrets),
      retryAfterSeconds: retryAfterSeconds(outcome),
    });
  }
  // Judged by whether it parses: what the header says of it is not to be relied on.
  return { site, status, data: parseJson(content), isEmpty: content.trim() === '', location };
}

/** Reads the object that the API answers to a GET. Throws an owner's error for any other answer. */
export async function get(
  z: ZObject,
  bundle: Bundle,
  path: string,
  further: Pick<ApiRequest, 'query' | 'mostMegabytes'> = {},
): Promise<Record<string, unknown>> {
  const { site, status, data } = await send(z, bundle, { method: 'GET', path, ...further });
  if (!isObject(data)) throw notTheApi(site, status);
  return data;
}

/** One entry of a list of the API: what it is called, and what stands for it in a request. */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads a list of the API (`{ results: [{ id, name }] }`); an entry without a name is called by its
 * id, one without an id, or with that of another, is left out. Throws an owner's error for any
 * other answer.
 */
export async function getList(z: ZObject, bundle: Bundle, path: string): Promise<ListEntry[]> {
  const { results } = await get(z, bundle, path);
  if (!Array.isArray(results)) throw notTheApi(siteHost(bundle.authData.siteHost), 200);
  const byId = new Map<string, ListEntry>();
  for (const entry of list(results, members)) {
    const id = text(entry.id);
    if (id !== null && !byId.has(id)) byId.set(id, { id, name: text(entry.name) ?? id });
  }
  return [...byId.values()];
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

function hostOf(location: string | null): string {
  return URL.parse(location ?? '')?.host ?? '';
}

const LONGEST_OWN_WORDS = 200;

/** Where errors in JSON commonly keep their text; DeskDirector does not publish its own way. */
const ERROR_MEMBERS = ['message', 'Message', 'detail', 'title', 'error_description', 'error'];

/**
 * DeskDirector's short error text as a sentence; empty when there is none, or only a page. What the
 * request held in secret is taken out of it.
 */
function ownWords(content: string, secrets: readonly string[]): string {
  const data = parseJson(content);
  const said = isObject(data)
    ? [data, members(data.error)]
        .flatMap((error) => ERROR_MEMBERS.map((name) => error[name]))
        .find((value) => typeof value === 'string' && value.trim() !== '')
    : (data ?? content);
  if (typeof said !== 'string' || said.trim() === '' || /<[a-z!/]/i.test(said)) return '';
  const words = withoutSecrets(said, secrets)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return ` It says: "${words.slice(0, LONGEST_OWN_WORDS)}".`;
}
