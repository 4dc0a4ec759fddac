import type { Bundle, ZObject } from 'zapier-platform-core';
import { get } from './http.ts';

/** No person could fill in the form of a larger schema. */
const MOST_MEGABYTES = 1;

/**
 * The JSON Schema of one of DeskDirector's types.
 * DeskDirector: connector API, `GET schema/dynamic-types/{typeId}`.
 *
 * @param isOptional whether the step goes on without the schema
 */
export function typeSchema(
  z: ZObject,
  bundle: Bundle,
  id: string,
  isOptional = false,
): Promise<Record<string, unknown>> {
  const operation = 'GetDynamicSchema';
  return get(z, bundle, { operation, id, mostMegabytes: MOST_MEGABYTES, isOptional });
}

/**
 * The JSON Schema of the filters that the site itself applies to an event.
 * DeskDirector: connector API, `GET schema/chat-workflow-webhook/$parameters`.
 *
 * @param isOptional whether the step goes on without the schema
 */
export function parametersSchema(
  z: ZObject,
  bundle: Bundle,
  type: string,
  isOptional = false,
): Promise<Record<string, unknown>> {
  const operation = 'GetChatWorkflowRequestParameterSchema';
  const query = { type };
  return get(z, bundle, { operation, query, mostMegabytes: MOST_MEGABYTES, isOptional });
}
