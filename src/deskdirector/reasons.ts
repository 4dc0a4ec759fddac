import { asObject, isObject, lowerCased, parseJson, shortened } from '../values.ts';
import { tellable } from './secrets.ts';

/*
 * Reads why a site refuses a request. DeskDirector does not publish a format for that. .NET servers
 * use several: ProblemDetails (`title`, `errors: { field: [text] }`), Web API (`Message`,
 * `ModelState`), a list of failures, an inner object (`error`, `responseStatus`), and plain text.
 */

const LONGEST_QUOTE = 300;
const LONGEST_FIELD = 60;
/** Only this much of a longer text is read. */
const LONGEST_TEXT = 2000;
/** The most levels of an answer that are searched. */
const DEEPEST = 8;

/** The properties with a general reason, in order of preference. */
const TITLES = ['message', 'title', 'errormessage', 'error', 'description', 'msg'];
/** The properties with concrete failures, in order of preference. */
const FAILURES = [
  ...['errors', 'modelstate', 'validationerrors', 'failures', 'details', 'innererrors'],
  ...['error', 'responsestatus', 'exception', 'innererror', 'innerexception'],
  ...['exceptionmessage', 'detail', 'error_description'],
];
/** The properties of a failure with its text, and with the field that it concerns. */
const FAILURE_WORDS = ['errormessage', 'message', 'description', 'detail', 'reason', ...TITLES];
const FAILURE_FIELDS = [
  ...['field', 'fieldname', 'propertyname', 'property', 'membername'],
  ...['target', 'parameter', 'key', 'path'],
];
/** Texts under these names tell an owner nothing. */
const TECHNICAL = /stack|trace|code$|^type$|^status$/;

/**
 * The reason that a site gives in an answer, as a sentence of about 300 characters: the title and the
 * first concrete failure with its field. Empty when the answer gives no reason. It never holds part
 * of a secret.
 */
export function quotedReason(content: string, secrets: readonly string[]): string {
  const answer = parseJson(content);
  const words = reasonIn(answer === undefined ? content : answer);
  if (words === null) return '';
  const quote = tellable(shortened(words, LONGEST_QUOTE), secrets);
  return ` It says: "${quote}"${/[.!?]$/.test(quote) ? '' : '.'}`;
}

function reasonIn(answer: unknown): string | null {
  if (!isObject(answer)) return failureIn(answer, [], DEEPEST);
  const properties = lowerCased(answer);
  const title = firstText(properties, TITLES) ?? innerTitle(properties);
  const failure = firstOf(
    FAILURES.map((name) => () => {
      const found = failureIn(properties[name], [], DEEPEST);
      return found === title ? null : found;
    }),
  );
  if (title === null || failure === null) return title ?? failure;
  return failure.includes(title)
    ? failure
    : `${title}${/[.!?:]$/.test(title) ? '' : ':'} ${failure}`;
}

/** The title in an inner object. */
function innerTitle(properties: Record<string, unknown>): string | null {
  return firstOf(
    ['error', 'responsestatus'].map(
      (name) => () => firstText(lowerCased(asObject(properties[name])), TITLES),
    ),
  );
}

/** The first failure in a value, with the field that it concerns. */
function failureIn(value: unknown, fields: readonly string[], depth: number): string | null {
  if (depth === 0) return null;
  if (Array.isArray(value)) {
    return firstOf(value.map((one) => () => failureIn(one, fields, depth - 1)));
  }
  if (!isObject(value)) return withField(plainText(value), fields);

  const properties = lowerCased(value);
  const deeper = firstOf(
    FAILURES.map(
      (name) => () =>
        typeof properties[name] === 'object'
          ? failureIn(properties[name], fields, depth - 1)
          : null,
    ),
  );
  if (deeper !== null) return deeper;
  const words = firstText(properties, FAILURE_WORDS);
  const field =
    firstText(properties, FAILURE_FIELDS) ??
    plainText([properties.membernames ?? properties.members].flat()[0]);
  if (words !== null) return withField(words, field === null ? fields : [...fields, field]);
  return firstOf(
    Object.entries(value).map(
      ([name, one]) =>
        () =>
          typeof one === 'string' && TECHNICAL.test(name.toLowerCase())
            ? null
            : failureIn(one, [...fields, name], depth - 1),
    ),
  );
}

function withField(words: string | null, fields: readonly string[]): string | null {
  const field = plainText(fields.filter((name) => name !== '').join('.'));
  if (words === null || field === null) return words;
  return `${shortened(field, LONGEST_FIELD)}: ${words}`;
}

const firstText = (properties: Record<string, unknown>, names: readonly string[]): string | null =>
  firstOf(names.map((name) => () => plainText(properties[name])));

function firstOf<T>(attempts: readonly (() => T | null)[]): T | null {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== null) return found;
  }
  return null;
}

/** The stack traces of .NET, Java, JavaScript, Python and PHP. */
const STACK_TRACE =
  /\s*(?:\bat\s+[\w$<>`[\],+]+(?:\.[\w$<>`[\],+]+)+\s?\(|\bat\s+(?:\S+\s+)?\(?\S+:\d+:\d+|--- End of |---> |Traceback \(|#0 ).*/s;

/** Text on one line, without a stack trace; null for HTML and for everything else. */
function plainText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .slice(0, LONGEST_TEXT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return /<[a-z!/]/i.test(line) ? null : line.replace(STACK_TRACE, '').trim() || null;
}
