/*
 * The parts of the forms and answers of the sandbox. Their properties are fictional: DeskDirector
 * publishes only the names of the types (DeskDirector: connector API).
 */

const DRAFT = 'http://json-schema.org/draft-07/schema#';

export const text = (title: string) => ({ type: 'string', title });
export const textOrNull = (title: string) => ({ type: ['string', 'null'], title });
export const multiline = (title: string) => ({ ...text(title), format: 'multiline' });
export const dateTime = (title: string) => ({ ...text(title), format: 'date-time' });
/** A time that the site sets. */
export const time = (title: string) => ({ ...dateTime(title), readOnly: true });
export const int32 = (title: string) => ({ type: 'integer', format: 'int32', title });
export const id = { ...int32('ID'), readOnly: true };

/** An object that has all of its properties, and no others. */
const exact = (properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

export const object = (title: string, properties: object) => ({ title, ...exact(properties) });

/** An object with an id and a name. */
export const named = (title: string, more = {}) =>
  object(title, { id, name: text('Name'), ...more });

export const nullable = (schema: ReturnType<typeof object>) => ({
  ...schema,
  type: ['object', 'null'],
});

export const listOf = (title: string, items: object) => ({ type: 'array', title, items });

/** An answer. It has all of its properties, and no others. */
export const answer = (properties: object) => ({ $schema: DRAFT, ...exact(properties) });

/** An answer with a list. */
export const answerList = (entry: object) =>
  answer({ results: listOf('Results', entry), totalResults: int32('Total results') });

/** A part of a form. It has no other properties than these. */
export const part = (required: readonly string[], properties: object) => ({
  ...{ type: 'object', additionalProperties: false, required, properties },
});

/** The body of a request. */
export const request = <Properties extends object>(
  required: readonly string[],
  properties: Properties,
) => ({ $schema: DRAFT, type: 'object', additionalProperties: false, required, properties });
