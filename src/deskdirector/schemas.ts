import type { Bundle, ZObject } from 'zapier-platform-core';
import { shortened } from '../values.ts';
import { type LeftOut, SCHEMA } from './boundary.ts';
import { type ApiRequest, get } from './http.ts';
import { type ActionId, answerOf, bodyOf, type DescribedId } from './operations.ts';

/** No person could fill in the form of a larger schema. */
const MOST_MEGABYTES = 1;

const LONGEST_FIELD = 100;

/** A JSON Schema as a site sent it. */
export interface SiteSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** The parts that were left out, each with its reason, in an owner's words. */
  readonly leftOut: readonly string[];
}

/**
 * The JSON Schema of one of DeskDirector's types. Rejects with an owner's error.
 * DeskDirector: connector API, `GET schema/dynamic-types/{typeId}`.
 */
export const typeSchema = (
  z: ZObject,
  bundle: Bundle,
  id: string,
  optional?: ApiRequest['optional'],
): Promise<SiteSchema> => schema(z, bundle, { operation: 'GetDynamicSchema', id, optional });

/**
 * The JSON Schema of the filters that the site itself applies to an event. Rejects with an owner's
 * error.
 * DeskDirector: connector API, `GET schema/chat-workflow-webhook/$parameters`.
 */
export const parametersSchema = (
  z: ZObject,
  bundle: Bundle,
  id: string,
  optional?: ApiRequest['optional'],
): Promise<SiteSchema> =>
  schema(z, bundle, { operation: 'GetChatWorkflowRequestParameterSchema', id, optional });

/**
 * The JSON Schema of the body of an action. Rejects with an owner's error.
 *
 * @param readId reads the id that the action takes, which only some schemas depend on
 */
export async function bodySchema(
  z: ZObject,
  bundle: Bundle,
  action: ActionId,
  readId: () => string,
): Promise<SiteSchema> {
  const { operation, id } = bodyOf(action);
  return schema(z, bundle, { operation, id: id ?? readId() });
}

/**
 * The JSON Schema of the answer of an operation, read beside the request of that operation. Rejects
 * with an owner's error.
 */
export const answerSchema = (
  z: ZObject,
  bundle: Bundle,
  operation: DescribedId,
): Promise<SiteSchema> => schema(z, bundle, { ...answerOf(operation), optional: 'beside' });

async function schema(z: ZObject, bundle: Bundle, request: ApiRequest): Promise<SiteSchema> {
  const { data, leftOut } = await get(z, bundle, {
    ...request,
    mostMegabytes: MOST_MEGABYTES,
    rule: SCHEMA,
  });
  return { schema: data, leftOut: leftOut.map(wordsFor) };
}

/** Such as `a part of “address.town” (it holds your API key)`. */
function wordsFor({ path, reason }: LeftOut): string {
  const field = path.filter((_, n) => path[n - 1] === 'properties').join('.');
  return `${field === '' ? 'a part' : `a part of “${shortened(field, LONGEST_FIELD)}”`} (${reason})`;
}
