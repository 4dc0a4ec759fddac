import type { Bundle, HttpResponse, ZObject } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import { isObject, list, members, text } from '../chat-session/values.ts';
import { fault, notTheApi, unreachable } from './faults.ts';
import { apiKey, siteHost, siteOrigin } from './site.ts';

const API = '/api/v2/automate/connector';
const TIME_LIMIT_MS = 10_000;

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
  readonly status: number;
  /** The parsed body; undefined when there is none or it is no JSON. */
  readonly data: unknown;
  /** The `Location` header. */
  readonly location: string | null;
}

/**
 * Sends one request to the connector's API of the site that the connection names. The only place
 * from which the API key leaves: to that site's origin, and nowhere else.
 *
 * Throws an owner's error, in words and with the status, for whatever is no success; the platform
 * itself must not, since its own error would show the answer as it came.
 */
export async function send(z: ZObject, bundle: Bundle, request: ApiRequest): Promise<ApiAnswer> {
  const host = siteHost(bundle.authData.siteHost);
  const key = apiKey(bundle.authData.apiKey);
  const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
  const url = `${siteOrigin(host)}${API}${request.path}${query}`;

  const { mostMegabytes = 5 } = request;
  const response = await withinLimit(host, (signal) => {
    const options = {
      url,
      signal,
      method: request.method,
      headers: {
        Authorization: `DdApi ${key}`,
        'User-Agent': `${packageJson.name}/${packageJson.version}`,
        Accept: 'application/json',
        'Content-Type': 'application/json; charset=utf-8',
      },
      // The platform reads {{…}} in a body as a template, unless it is a buffer.
      ...(request.body === undefined ? {} : { body: Buffer.from(JSON.stringify(request.body)) }),
      redirect: 'manual' as const,
      size: mostMegabytes * 1024 * 1024,
      skipThrowForStatus: true,
    };
    return z.request(options);
  });

  const { status } = response;
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess && !request.accept?.includes(status)) {
    throw fault(status, host, ownWords(response.content, key));
  }
  return { status, data: parse(response.content), location: response.headers.get('location') };
}

/** Reads the object that the API answers to a GET. Throws an owner's error for any other answer. */
export async function get(
  z: ZObject,
  bundle: Bundle,
  path: string,
  further: Pick<ApiRequest, 'query' | 'mostMegabytes'> = {},
): Promise<Record<string, unknown>> {
  const { status, data } = await send(z, bundle, { method: 'GET', path, ...further });
  if (!isObject(data)) throw notTheApi(siteHost(bundle.authData.siteHost), status);
  return data;
}

/** One entry of a list of the API: what it is called, and what stands for it in a request. */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads a list of the API (`{ results: [{ id, name }] }`); an entry without a name is called by its
 * id, one without an id is left out. Throws an owner's error for any other answer.
 */
export async function getList(z: ZObject, bundle: Bundle, path: string): Promise<ListEntry[]> {
  const { results } = await get(z, bundle, path);
  if (!Array.isArray(results)) throw notTheApi(siteHost(bundle.authData.siteHost), 200);
  return list(results, members).flatMap((entry) => {
    const id = text(entry.id);
    return id === null ? [] : { id, name: text(entry.name) ?? id };
  });
}

/**
 * Whether text stays within its segment of a path, once it is encoded: `..` would leave it, encoded
 * or not, and a lone surrogate can't be encoded.
 */
export function isPathSegment(segment: string | null): segment is string {
  return segment !== null && segment !== '.' && segment !== '..' && segment.isWellFormed();
}

/** Judged by whether it parses: what the header says of it is not to be relied on. */
function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Waits for an answer, to its last byte, and closes the connection if it does not come. */
async function withinLimit(
  host: string,
  request: (signal: AbortSignal) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIME_LIMIT_MS);
  try {
    return await request(limit.signal);
  } catch (error) {
    // A short code (`ECONNREFUSED`): the message would show the URL.
    const { code, type } = members(error);
    if (type === 'max-size') throw notTheApi(host, 'with too much');
    const isLate = limit.signal.aborted;
    throw unreachable(host, isLate ? `no answer in ${TIME_LIMIT_MS / 1000} seconds` : code);
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

const LONGEST_OWN_WORDS = 200;

/** DeskDirector's short error text as a sentence; empty when there is none, or only a page. */
function ownWords(content: string, key: string): string {
  const data = parse(content);
  const said = isObject(data) ? data.message : data === undefined ? content : data;
  if (typeof said !== 'string' || /^\s*(?:<|$)/.test(said)) return '';
  const words = said
    .replaceAll(key, '…')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return ` It says: "${words.slice(0, LONGEST_OWN_WORDS)}".`;
}
