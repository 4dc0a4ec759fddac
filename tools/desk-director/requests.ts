import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { asObject, integer, parseJson } from '../../src/values.ts';
import type { SiteSchema } from './schemas/site-schemas.ts';
import { type RequestType, requestTypesWithSomethingElse } from './service.ts';

/** The body of a request. Throws the site's refusal when the schema does not allow the body. */
export async function acceptedBody(
  context: Context,
  schema: SiteSchema,
): Promise<Readonly<Record<string, unknown>>> {
  const body = parseJson(await context.req.text());
  accept(schema, body);
  return asObject(body);
}

/** Throws the site's refusal when the schema does not allow the value. */
export function accept(schema: SiteSchema, value: unknown): void {
  const complaint = schema.complaint(value);
  if (complaint !== undefined) throw new HTTPException(400, { message: complaint });
}

/** The event that the query of a request names. Throws the site's refusal. */
export function eventIn<Event extends { readonly id: string }>(
  context: Context,
  events: readonly Event[],
): Event {
  const type = context.req.query('type');
  const event = events.find(({ id }) => id === type);
  if (event) return event;
  throw new HTTPException(400, { message: `There is no event type ${type}.` });
}

/**
 * The entry with an id. Throws the site's refusal: status 400 when the id is no int32, and the given
 * status when no entry has it.
 *
 * @param kind the kind of the entries, for the words of the refusal
 */
export function entryWith<Entry extends { readonly id: number }>(
  id: unknown,
  kind: string,
  entries: readonly Entry[],
  status: 400 | 404,
): Entry {
  const number = integer(id);
  if (number === null || number !== (number | 0)) {
    throw new HTTPException(400, {
      message: `The id of a ${kind} must be a 32-bit integer, not ${JSON.stringify(id) ?? 'nothing'}.`,
    });
  }
  const entry = entries.find((one) => one.id === number);
  if (entry === undefined) {
    throw new HTTPException(status, { message: `There is no ${kind} with the id ${number}.` });
  }
  return entry;
}

/** The entry that a body chooses by its id; null when it chooses none. */
export function chosenEntry<Entry extends { readonly id: number }>(
  id: unknown,
  kind: string,
  entries: readonly Entry[],
): Entry | null {
  return id === undefined || id === null ? null : entryWith(id, kind, entries, 400);
}

/** The request type that the query of a request names. Throws the site's refusal. */
export function requestTypeIn(context: Context): RequestType {
  const id = context.req.query('requestTypeId');
  return entryWith(id, 'request type', requestTypesWithSomethingElse, 400);
}
