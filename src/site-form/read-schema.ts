import type { Bundle, ZObject } from 'zapier-platform-core';
import { type LeftOut, SCHEMA } from '../deskdirector/boundary.ts';
import { type ApiRequest, send } from '../deskdirector/send.ts';
import { isObject, shortened } from '../values.ts';

/** No person could fill in the form of a larger schema. */
const MOST_MEGABYTES = 1;

const LONGEST_FIELD = 100;

/** A JSON Schema as a site sent it. */
export interface SiteSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** The parts that were left out, each with its reason, in an owner's words. */
  readonly leftOut: readonly string[];
}

/** The request for a schema. Without `id`, the operation has one schema. */
export type SchemaRequest = Pick<ApiRequest, 'operation' | 'id' | 'optional'>;

/** The properties of a JSON Schema that describe fields. */
const SCHEMA_NAMES = ['properties', '$ref', 'allOf'];

/** The JSON Schema that a site answers with. Rejects with an owner's error for any other answer. */
export async function readSchema(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
): Promise<SiteSchema> {
  const { data, leftOut, refuseFailure, notTheApi } = await send(z, bundle, {
    ...request,
    mostMegabytes: MOST_MEGABYTES,
    rule: SCHEMA,
  });
  await refuseFailure(SCHEMA_NAMES);
  if (!isObject(data)) throw notTheApi();
  return { schema: data, leftOut: leftOut.map(wordsFor) };
}

/** Such as `a part of “address.town” (it holds your API key)`. */
function wordsFor({ path, reason }: LeftOut): string {
  const field = path.filter((_, n) => path[n - 1] === 'properties').join('.');
  return `${field === '' ? 'a part' : `a part of “${shortened(field, LONGEST_FIELD)}”`} (${reason})`;
}
