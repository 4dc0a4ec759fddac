import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';

const ajv = new Ajv({
  allErrors: true,
  // The x-ms- keywords are none of JSON Schema's.
  strict: false,
  formats: {
    // How a text is shown restricts nothing.
    multiline: true,
    html: true,
    'date-time': isDateTime,
    uri: (text: string) => URL.canParse(text),
    int32: { type: 'number', validate: (number: number) => number === (number | 0) },
    double: { type: 'number', validate: Number.isFinite },
  },
});

/**
 * What is wrong with a value, in words, or undefined when it is as its schema says.
 *
 * @param name what the words call the value
 */
export function complaintAbout(
  value: unknown,
  name: string,
  schema: SchemaObject,
): string | undefined {
  // Ajv compiles each schema once.
  const validate = ajv.compile(schema);
  if (validate(value)) return undefined;
  const complaints = (validate.errors ?? []).map((error) => `${name}${inWords(error)}`);
  return `${complaints.join('; ')}.`;
}

/** Ajv's words, with the names that they leave out. */
function inWords({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty, allowedValues }: Record<string, unknown> = params;
  const more = additionalProperty ?? allowedValues;
  return `${instancePath} ${message}${more === undefined ? '' : ` (${JSON.stringify(more)})`}`;
}

/** A date with its time and offset (RFC 3339); leap seconds are not worth a rule here. */
function isDateTime(text: string): boolean {
  const match =
    /^(\d{4}-(\d\d)-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i.exec(
      text,
    );
  const day = new Date(`${match?.[1]}T00:00:00Z`);
  // A day that its month does not have would be taken for one of the next month.
  return !Number.isNaN(day.getTime()) && day.getUTCMonth() + 1 === Number(match?.[2]);
}
