import type { Bundle, ZObject } from 'zapier-platform-core';
import { get } from './http.ts';

/** A larger schema is none that a person could fill in. */
const MOST_MEGABYTES = 1;

/**
 * The JSON Schema of one of DeskDirector's types.
 * DeskDirector: connector API, `GET schema/dynamic-types/{typeId}`.
 *
 * @param isOptional whether the step goes on without it
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
 * The JSON Schema of the filters that a site applies to an event by itself.
 * DeskDirector: connector API, `GET schema/chat-workflow-webhook/$parameters`.
 *
 * @param isOptional whether the step goes on without it
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
