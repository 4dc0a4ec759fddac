import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';

const ajv = new Ajv({
  allErrors: true,
  // JSON Schema does not know the x-ms- keywords.
  strict: false,
  formats: {
    // These two formats say how a text is shown, and allow every text.
    multiline: true,
    html: true,
    'date-time': isDateTime,
    email: /^[^\s@]+@[^\s@]+$/,
    uri: (text: string) => URL.canParse(text),
    int32: { type: 'number', validate: (number: number) => number === (number | 0) },
    // JSON.parse has already rounded a larger number.
    int64: { type: 'number', validate: Number.isInteger },
    double: { type: 'number', validate: Number.isFinite },
  },
});

/**
 * What is wrong with a value; undefined when it is valid.
 *
 * @param name the name of the value in the complaint
 */
export function complaintAbout(
  value: unknown,
  name: string,
  schema: SchemaObject,
): string | undefined {
  // Ajv compiles each schema only once.
  const validate = ajv.compile(schema);
  if (validate(value)) return undefined;
  const complaints = (validate.errors ?? []).map((error) => `${name}${inWords(error)}`);
  return `${complaints.join('; ')}.`;
}

/** Ajv's message, with the name or the values that it lacks. */
function inWords({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty, allowedValues }: Record<string, unknown> = params;
  const more = additionalProperty ?? allowedValues;
  return `${instancePath} ${message}${more === undefined ? '' : ` (${JSON.stringify(more)})`}`;
}

/** A date with time and offset (RFC 3339), without leap seconds. */
function isDateTime(text: string): boolean {
  const match =
    /^(\d{4}-(\d\d)-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i.exec(
      text,
    );
  const day = new Date(`${match?.[1]}T00:00:00Z`);
  // JavaScript reads 30 February as a day in March.
  return !Number.isNaN(day.getTime()) && day.getUTCMonth() + 1 === Number(match?.[2]);
}
