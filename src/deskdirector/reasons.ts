import {
  asObject,
  isObject,
  type JsonObject,
  parseJson,
  propertyOf,
  shortened,
} from '../values.ts';
import { tellable, withoutEntities } from './secrets.ts';

/*
 * Reads why a site refuses a request. DeskDirector does not publish a format for that. .NET servers
 * use several: ProblemDetails (`title`, `errors: { field: [text] }`), Web API (`Message`,
 * `ModelState`), a bare `ModelState`, a list of failures, an inner object (`error`,
 * `responseStatus`), and plain text. Names that are in none of these formats are read by their
 * words, such as `error`.
 */

const LONGEST_QUOTE = 300;
const LONGEST_FIELD = 60;
/** Only this much of a longer text is read. */
const LONGEST_TEXT = 2000;
/** The most levels of an answer that are searched. */
const DEEPEST = 8;

/** The properties with a general reason, in order of preference. */
const TITLES = ['message', 'title', 'errormessage', 'error', 'description', 'msg', 'reason'];
/** The properties with concrete failures: `errors`, `innerException`, `modelState`, `responseStatus`. */
const FAILURES =
  /error|failure|^fault|violation|invalid|modelstate|exception|detail|messages$|^response/;
/**
 * Of these, the properties whose object has a failure for each field, such as
 * `errors: { Email: ['is taken'] }`.
 */
const FAILURES_BY_FIELD = /(?:errors|failures|violations|params|modelstate)$/;
/** The properties of a failure with its text, and with the field that it concerns. */
const FAILURE_TEXTS = [
  ...['exceptionmessage', 'errormessage', 'message', 'description', 'detail', 'reason', 'text'],
  ...TITLES,
];
const FAILURE_FIELDS = [
  ...['field', 'fieldname', 'propertyname', 'property', 'membername'],
  ...['target', 'parameter', 'key', 'path', 'name'],
];
/** Values under these names tell an owner nothing. */
const TRACES = /stack|trace/;
/** Texts under these names tell an owner nothing, unless the name is that of a field. */
const TECHNICAL = [
  // `code`, `errorCode`
  /code$/,
  // `type`, `$type`, `errorType`, `exceptionType`
  /(?:^\W?|error|exception)type$/,
  /^status$/,
  // `id`, `$id`, `requestId`, `correlationId`, `errorId`
  /(?:^\W?|request|correlation|error)id$/,
  /timestamp$/,
  // `token` of a subscription, `accessToken`
  /token$/,
];

/**
 * The reason that a site gives in an answer, as a sentence of about 300 characters: the title and the
 * first concrete failure with its field. Empty when the answer gives no reason. It never holds part
 * of a secret.
 */
export async function quotedReason(content: string, secrets: readonly string[]): Promise<string> {
  const answer = parseJson(content);
  const isMarkup = answer === undefined && content.trim().startsWith('<');
  return isMarkup ? '' : quotedReasonIn(answer === undefined ? content : answer, secrets);
}

/** The same for a parsed answer or an entry of it, with at most about this many characters. */
export async function quotedReasonIn(
  answer: unknown,
  secrets: readonly string[],
  most = LONGEST_QUOTE,
): Promise<string> {
  const text = reasonIn(answer);
  if (text === null) return '';
  const decoded = onOneLine(await withoutEntities(text, 'decodeHTMLStrict'));
  if (decoded === '') return '';
  const quote = await tellable(shortened(decoded, most), secrets);
  return ` It says: "${quote}"${/[.!?]$/.test(quote) ? '' : '.'}`;
}

type Property = readonly [name: string, value: unknown];

/** The general reason and the first failure: `The request is invalid: Email: is taken`. */
function reasonIn(answer: unknown): string | null {
  if (!isObject(answer)) return first(failuresIn(answer, [], DEEPEST));
  const title = first(titlesIn(answer, DEEPEST));
  const failure = first(namedFailuresIn(answer, DEEPEST), title);
  if (title === null && failure === null) {
    return first(failuresByField(Object.entries(answer).filter(isTelling), [], DEEPEST));
  }
  if (title === null || failure === null) return title ?? failure;
  return failure.includes(title)
    ? failure
    : `${title}${/[.!?:]$/.test(title) ? '' : ':'} ${failure}`;
}

/**
 * The general reason of an answer, then those of its inner objects.
 * `{ title: 'A', error: { message: 'B' } }` gives `A`, `B`.
 */
function* titlesIn(answer: JsonObject, depth: number): Generator<string> {
  if (depth === 0) return;
  const title = firstText(answer, TITLES);
  if (title !== null) yield title;
  for (const [name, inner] of Object.entries(answer).filter(isInnerFailure)) {
    if (isObject(inner) && !isByField(name)) yield* titlesIn(inner, depth - 1);
  }
}

/**
 * The failures under names for failures: lists and objects first, then inner objects, then texts.
 * `{ detail: 'C', data: { errors: ['B'] }, errors: ['A'] }` gives `A`, `B`, `C`.
 */
function* namedFailuresIn(answer: JsonObject, depth: number): Generator<string> {
  if (depth === 0) return;
  yield* innerFailuresIn(answer, [], depth);
  const properties = Object.entries(answer).filter(isTelling);
  for (const [name, inner] of properties) {
    if (isObject(inner) && !isFailure(name)) yield* namedFailuresIn(inner, depth - 1);
  }
  for (const [name, value] of properties) {
    const text = isFailure(name) ? plainText(value) : null;
    if (text !== null) yield text;
  }
}

/**
 * The failures in the lists and objects under names for failures.
 * `{ errors: { Email: ['is taken'] } }` gives `Email: is taken`.
 */
function* innerFailuresIn(
  value: JsonObject,
  fields: readonly string[],
  depth: number,
): Generator<string> {
  for (const [name, inner] of Object.entries(value).filter(isInnerFailure)) {
    if (isObject(inner) && isByField(name)) {
      // A technical name can be the name of a field here. Such names come last.
      const properties = Object.entries(inner).toSorted(
        (one, other) => Number(isTelling(other)) - Number(isTelling(one)),
      );
      yield* failuresByField(properties, fields, depth - 1);
    } else {
      yield* failuresIn(inner, fields, depth - 1);
    }
  }
}

/**
 * The failures in a value, each with the field that it concerns: in texts, lists, and objects such as
 * `{ field: 'Email', message: 'is taken' }`. Both that object and `{ Email: 'is taken' }` give
 * `Email: is taken`.
 *
 * @param fields the names of the fields around the value
 */
function* failuresIn(value: unknown, fields: readonly string[], depth: number): Generator<string> {
  if (depth <= 0) return;
  if (Array.isArray(value)) {
    for (const one of value) yield* failuresIn(one, fields, depth - 1);
  } else if (isObject(value)) {
    yield* innerFailuresIn(value, fields, depth);
    const text = firstText(value, FAILURE_TEXTS);
    const field =
      firstText(value, FAILURE_FIELDS) ??
      plainText([propertyOf(value, 'memberNames') ?? propertyOf(value, 'members')].flat()[0]);
    if (text !== null) {
      yield withField(text, field === null ? fields : [...fields, field]);
    } else {
      const others = Object.entries(value).filter((one) => isTelling(one) && !isInnerFailure(one));
      yield* failuresByField(others, fields, depth);
    }
  } else {
    const text = plainText(value);
    if (text !== null) yield withField(text, fields);
  }
}

/** The failures in properties whose names are those of fields: `Email: 'is taken'`. */
function* failuresByField(
  properties: readonly Property[],
  fields: readonly string[],
  depth: number,
): Generator<string> {
  for (const [name, value] of properties) yield* failuresIn(value, [...fields, name], depth - 1);
}

const isFailure = (name: string): boolean => FAILURES.test(name.toLowerCase());

const isByField = (name: string): boolean => FAILURES_BY_FIELD.test(name.toLowerCase());

const isTelling = ([name, value]: Property): boolean =>
  !TRACES.test(name.toLowerCase()) &&
  !(typeof value === 'string' && TECHNICAL.some((pattern) => pattern.test(name.toLowerCase())));

const isInnerFailure = ([name, value]: Property): boolean =>
  typeof value === 'object' && isFailure(name) && isTelling([name, value]);

function withField(text: string, fields: readonly string[]): string {
  const field = plainText(fields.filter((name) => name !== '').join('.'));
  return field === null ? text : `${shortened(field, LONGEST_FIELD)}: ${text}`;
}

/** The first text under one of these names. OData puts the text of a message into its `value`. */
function firstText(properties: JsonObject, names: readonly string[]): string | null {
  const values = names.map((name) => propertyOf(properties, name));
  return first(values.map((one) => plainText(asObject(one).value ?? one)));
}

/** The first text that is not this one. */
function first(texts: Iterable<string | null>, except: string | null = null): string | null {
  for (const text of texts) if (text !== except) return text;
  return null;
}

/** The start of what only an HTML page has. */
export const PAGE = /<(?:!doctype\s+html|html|head|body)\b/i;
const TAG =
  /<(?:\/?(?:a|b|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|small|span|strong|u|ul)\b[^<>]*|!--.*?--)>/gis;
/**
 * The stack traces of .NET and Java (`at App.Run(`), JavaScript (`at run (app.js:1:2)`), Python
 * (`Traceback (`) and PHP (`#0 `). They begin on a line of their own. .NET's inner errors begin with
 * `--->`.
 */
const STACK_TRACE =
  /(?:(?:^|[\r\n]|\s{2})\s*(?:at\s+[\w$<>`[\],+]+(?:\.[\w$<>`[\],+]+)+\(|at\s+(?:\S+\s+)?\(?\S+:\d+:\d+|--- End of |Traceback \(|#0 )|---> ).*/s;

/** Text on one line, without tags and stack traces; null for an HTML page and for everything else. */
function plainText(value: unknown): string | null {
  if (typeof value !== 'string' || PAGE.test(value)) return null;
  const told = shortened(value, LONGEST_TEXT).replace(STACK_TRACE, '').replace(TAG, ' ');
  return onOneLine(told) || null;
}

const onOneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
