import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError } from './errors.ts';
import { type ApiRequest, get } from './http.ts';
import { type ActionId, answerOf, bodyOf, type DescribedId } from './operations.ts';
import { apiKey } from './site.ts';

/** No person could fill in the form of a larger schema. */
const MOST_MEGABYTES = 1;

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of one of DeskDirector's types. Rejects with an owner's error.
 * DeskDirector: connector API, `GET schema/dynamic-types/{typeId}`.
 */
export const typeSchema = (
  z: ZObject,
  bundle: Bundle,
  id: string,
  optional?: ApiRequest['optional'],
): Promise<JsonSchema> => schema(z, bundle, { operation: 'GetDynamicSchema', id, optional });

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
): Promise<JsonSchema> =>
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
): Promise<JsonSchema> {
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
): Promise<JsonSchema> => schema(z, bundle, { ...answerOf(operation), optional: 'beside' });

/**
 * Rejects when the schema repeats the API key, because its texts become labels and error messages.
 */
async function schema(z: ZObject, bundle: Bundle, request: ApiRequest): Promise<JsonSchema> {
  const read = await get(z, bundle, { ...request, mostMegabytes: MOST_MEGABYTES });
  const key = JSON.stringify(apiKey(bundle.authData.apiKey)).slice(1, -1);
  // A shorter key would also be a part of ordinary words.
  const isLong = key.length >= 8;
  if (!isLong || !JSON.stringify(read).toLowerCase().includes(key.toLowerCase())) return read;
  throw ownerError(
    "The description of the fields that your DeskDirector site sent holds your API key, so it is not shown. Tell DeskDirector's support.",
    'KeyInSchema',
  );
}
