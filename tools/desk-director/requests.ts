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

/** The event, or the type, that the query of a request names. Throws the site's refusal. */
export const eventIn = <Event extends { readonly id: string }>(
  context: Context,
  events: readonly Event[],
): Event => entryOf(context.req.query('type'), 'event type', events, 400);

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
  return entryOf(int32(id, `The id of a ${kind}`), kind, entries, status);
}

/** The entry with an id, which may be text. Throws the site's refusal when no entry has it. */
export function entryOf<Entry extends { readonly id: number | string }>(
  id: unknown,
  kind: string,
  entries: readonly Entry[],
  status: 400 | 404,
): Entry {
  const entry = entries.find((one) => one.id === id);
  if (entry !== undefined) return entry;
  throw new HTTPException(status, { message: `There is no ${kind} with the id ${id}.` });
}

/** A 32-bit integer, also from text. Throws the site's refusal for everything else. */
function int32(value: unknown, name: string): number {
  const number = integer(value);
  if (number !== null && number === (number | 0)) return number;
  const message = `${name} must be a 32-bit integer, not ${JSON.stringify(value) ?? 'nothing'}.`;
  throw new HTTPException(400, { message });
}

/** Pages are short, so that a few entries fill several. */
const LONGEST_PAGE = 2;

/** The page of a list that the query of a request names. Throws the site's refusal. */
export function pageAnswer(context: Context, entries: readonly ListEntry[]) {
  const { take = LONGEST_PAGE, skip = 0 } = context.req.query();
  const from = Math.max(0, int32(skip, 'skip'));
  const length = Math.min(LONGEST_PAGE, int32(take, 'take'));
  return { ...listAnswer(entries.slice(from, from + length)), totalResults: entries.length };
}

export function listAnswer(entries: readonly ListEntry[]) {
  const results = entries.map(({ id, name }) => ({ id, name }));
  return { results, totalResults: results.length };
}

interface ListEntry {
  readonly id: number | string;
  readonly name: string;
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
