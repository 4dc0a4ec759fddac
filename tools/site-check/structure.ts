import { isSchema } from '../../src/site-form/schema.ts';
import { decoded, isObject, text } from '../../src/values.ts';
import { chat } from '../desk-director/schemas/chat.ts';
import type { Names } from './names.ts';

/*
 * Makes copies of what a site said that hold the structure only. Each function keeps what is listed
 * here, and nothing else: texts and numbers become placeholders of the same kind.
 */

type Copy = (value: unknown) => unknown;

/** Keywords whose value is one of these words. Another word becomes `other`. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  type: ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null'],
  format: [
    ...['date-time', 'date', 'time', 'int32', 'int64', 'uint32', 'uint64', 'float', 'double'],
    ...['decimal', 'multiline', 'multi-line', 'textarea', 'html', 'markdown', 'uri', 'email'],
    ...['uuid', 'byte', 'binary', 'password'],
  ],
  'x-ms-visibility': ['important', 'advanced', 'internal', 'none'],
};
const FLAGS = ['readOnly', 'writeOnly', 'nullable', 'x-nullable'];
const TITLES = ['title', 'description', 'x-ms-summary'];
const VALUES = ['default', 'const', 'enum', 'x-enumNames', 'x-enum-varnames'];
const SCHEMAS = ['items', 'additionalProperties', 'not', 'if', 'then', 'else'];
const LISTS_OF_SCHEMAS = ['allOf', 'oneOf', 'anyOf'];
const SCHEMAS_BY_NAME = ['properties', 'definitions', '$defs', 'dependentSchemas'];
/** References to lists and types of the API. Microsoft: OpenAPI extensions. */
const REFERENCES = [
  ...['x-ms-dynamic-values', 'x-ms-dynamic-list', 'x-ms-dynamic-schema'],
  'x-ms-dynamic-properties',
];
const REFERENCE_NAMES = [
  ...['operationId', 'value-path', 'value-title', 'value-collection', 'itemsPath', 'itemValuePath'],
  ...['itemTitlePath', 'parameter', 'parameterReference'],
];

const DEEPEST = 60;

/** The structure of a JSON Schema: its shape and the names of its properties. Always an object. */
export function schemaStructure(schema: unknown, names: Names): unknown {
  // The app takes an object with nothing but a title for no schema, too.
  if (!isSchema(schema)) return { title: 'Not a schema' };
  const seen = new Map<string, string>();

  /** The same text gets the same placeholder, so that a default is still one of the choices. */
  function placeholder(value: string): string {
    if (value.trim() === '' || /^\d{4}-\d\d-\d\dT/.test(value)) return textStructure(value);
    const made = seen.get(value) ?? `Text ${seen.size + 1}`;
    seen.set(value, made);
    return made;
  }

  const value: Copy = (original) => {
    if (typeof original === 'string') return placeholder(original);
    if (Array.isArray(original)) {
      // Choices stay different from each other.
      return original.map((one, n) =>
        typeof one === 'number' ? n + (one % 1 && 0.5) : value(one),
      );
    }
    if (typeof original === 'number') return original % 1 === 0 ? 0 : 0.5;
    return isObject(original) ? byName(original, value) : original;
  };

  const byName = (object: Record<string, unknown>, copy: Copy) =>
    Object.fromEntries(
      Object.entries(object).map(([name, inner]) => [names.property(name), copy(inner)]),
    );

  // JSON Pointer (RFC 6901) writes a slash in a name as `~1`, and a tilde as `~0`.
  const unescaped = (name: string) => decoded(name).replaceAll('~1', '/').replaceAll('~0', '~');
  const path = (original: unknown) =>
    text(original)?.split('/').map(unescaped).map(names.property).join('/');

  const word = (keyword: string): Copy =>
    function copy(original): unknown {
      if (Array.isArray(original)) return original.map(copy);
      return WORDS[keyword]?.find((known) => known === original) ?? 'other';
    };

  const reference: Copy = (original) => {
    if (!isObject(original)) return null;
    const { parameters } = original;
    const kept = Object.entries(original).filter(([name]) => REFERENCE_NAMES.includes(name));
    return {
      ...Object.fromEntries(kept.map(([name, inner]) => [name, path(inner)])),
      ...(isObject(parameters) && { parameters: parametersOf(parameters) }),
    };
  };

  const parametersOf = (parameters: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, original]) => {
        // The id of a type is a name. Every other fixed value is a text of the site.
        const fixed = name === 'typeId' ? (id: unknown) => names.property(String(id)) : value;
        if (!isObject(original)) return [names.property(name), fixed(original)];
        const given = 'value' in original ? { value: fixed(original.value) } : {};
        return [names.property(name), { ...Object(reference(original)), ...given }];
      }),
    );

  function structure(original: unknown, depth: number): unknown {
    if (typeof original === 'boolean') return original;
    if (!isObject(original) || depth > DEEPEST) return null;
    const inner: Copy = (one) => structure(one, depth + 1);
    const copies: Readonly<Record<string, Copy>> = {
      ...forEach(Object.keys(WORDS), word),
      ...forEach(FLAGS, () => (flag) => flag === true),
      ...forEach([...TITLES, ...VALUES], () => value),
      ...forEach(SCHEMAS, () => inner),
      ...forEach(LISTS_OF_SCHEMAS, () => (all) => (Array.isArray(all) ? all.map(inner) : null)),
      ...forEach(SCHEMAS_BY_NAME, () => (all) => (isObject(all) ? byName(all, inner) : null)),
      ...forEach(REFERENCES, () => reference),
      required: (all) =>
        Array.isArray(all) ? all.map((name) => names.property(String(name))) : all === true,
      patternProperties: () => ({}),
      pattern: () => '',
      $ref: (target) => (String(target).startsWith('#') ? `#${path(String(target).slice(1))}` : ''),
    };
    return Object.fromEntries(
      Object.entries(original).flatMap(([keyword, one]) => {
        const copy = Object.hasOwn(copies, keyword) ? copies[keyword] : undefined;
        return copy === undefined ? [] : [[keyword, copy(one)]];
      }),
    );
  }

  return structure(schema, 0);
}

const forEach = (keywords: readonly string[], copy: (keyword: string) => Copy) =>
  Object.fromEntries(keywords.map((keyword) => [keyword, copy(keyword)]));

/** The values that the documented payload names, such as `handled`. */
const DOCUMENTED_VALUES = new Set(
  [...JSON.stringify(chat).matchAll(/"enum":(\[[^\]]*\])/g)].flatMap(
    ([, values = '[]']): unknown[] => JSON.parse(values),
  ),
);

/** The structure of a chat session or of a delivery: names, kinds of values, formats of times. */
export function answerStructure(answer: unknown, names: Names): unknown {
  if (Array.isArray(answer)) {
    const all = answer.map((one) => JSON.stringify(answerStructure(one, names)));
    // Two equal entries still show that an answer is a list of several.
    const kept = all.filter((one, n) => all.indexOf(one) === n || all.lastIndexOf(one) === n);
    return kept.map((one) => JSON.parse(one));
  }
  if (isObject(answer)) {
    return Object.fromEntries(
      Object.entries(answer).map(([name, inner]) => [
        names.property(name),
        answerStructure(inner, names),
      ]),
    );
  }
  if (typeof answer === 'number') return answer % 1 === 0 ? 1 : 1.5;
  return typeof answer === 'string' ? textStructure(answer) : answer;
}

/** A user ID, or a message ID with a user ID. The site is before the first `~`. */
const PERSON_ID = /^(\d{13}-[^-~]+-)?([^~]+)~([cm])~\d+$/;

/** A text of the same form: a time of the same format, a user ID, a message ID, digits, or `text`. */
function textStructure(value: string): string {
  if (DOCUMENTED_VALUES.has(value) || value.trim() === '') return value;
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d)?)?([.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/.exec(
    value,
  );
  if (time !== null) {
    const [, clock = '', fraction = '', offset = ''] = time;
    return `2000-01-01${[clock, fraction, offset].join('').replace(/\d/g, '0')}`;
  }
  const id = PERSON_ID.exec(value);
  if (id !== null) return `${id[1] ? '1262304000000-00-' : ''}site~${id[3]}~1`;
  return /^\d+$/.test(value) ? '1' : 'text';
}

/** The properties that name a person or a company, such as `displayName` and `email`. */
const NAMING = /(?:name|identifier|mail)$/i;

/**
 * The names and e-mail addresses of the people and the companies in an answer, and the names of the
 * site in their IDs.
 *
 * @param property the name of the property that holds the value
 */
export function namesIn(value: unknown, property = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, property));
  if (isObject(value)) return Object.entries(value).flatMap(([name, one]) => namesIn(one, name));
  if (typeof value !== 'string') return [];
  const site = PERSON_ID.exec(value)?.[2];
  return [...(NAMING.test(property) ? [value] : []), ...(site === undefined ? [] : [site])];
}
