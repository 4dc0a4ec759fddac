import type { HttpResponse } from 'zapier-platform-core';
import { changesSite, type OperationId } from './operations.ts';
import { PAGE } from './reasons.ts';

/**
 * Who answered a request, and with what:
 * - `firewall`: a firewall in front of the site, which marks its answers
 * - `redirect`: somebody who points to another address, with or without a page
 * - `page`: the site, or something in front of it, such as a login or a firewall
 * - `other`: somebody else than the API, since the API does not answer so
 * - `api`: the API, as far as can be told
 */
export type AnswerKind = 'firewall' | 'redirect' | 'page' | 'other' | 'api';

/** The headers that a firewall adds only to an answer of its own: AWS, Cloudflare, Vercel, Sucuri. */
const FIREWALL_MARKS = [
  'x-amzn-waf-action',
  'cf-mitigated',
  'x-vercel-mitigated',
  'x-sucuri-block',
];

const REDIRECTS = [300, 301, 302, 303, 307, 308];

/**
 * The kind of an answer.
 *
 * @param data the parsed body; undefined when it is no JSON
 */
export function kindOfAnswer(
  operation: OperationId,
  response: HttpResponse,
  data: unknown,
): AnswerKind {
  const { status, headers } = response;
  if (FIREWALL_MARKS.some((mark) => headers.get(mark) !== null)) return 'firewall';
  if (REDIRECTS.includes(status)) return 'redirect';
  if (data === undefined && isPage(response)) return 'page';
  // What changes nothing is answered by 200, or by an empty 204.
  const isUsual = status === 200 || status === 204 || (status < 300 && changesSite(operation));
  return isUsual || status >= 400 ? 'api' : 'other';
}

/** The start of a part of a page: `<h1>Blocked`, `<!-- blocked`. An XML document begins otherwise. */
const FRAGMENT =
  /^\s*<(?:!--|(?:[abip]|base|br|center|div|font|form|h[1-6r]|header|i?frame|img|link|main|meta|noscript|[ou]l|pre|script|section|span|strong|style|table|title)\b)/i;

/** Whether an answer that is no JSON is a page. */
function isPage({ status, headers, content }: HttpResponse): boolean {
  if (PAGE.test(content)) return true;
  const isHtml = /html/i.test(headers.get('content-type') ?? '');
  // A failure is no page when it is plain text or nothing.
  if (status >= 400) return /^\s*<[a-z!?/]/i.test(content) || (isHtml && content.trim() !== '');
  // A success may also be XML, or a word that is called HTML.
  return FRAGMENT.test(content) || (isHtml && /<[a-z!/]/i.test(content));
}
