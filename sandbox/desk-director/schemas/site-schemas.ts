import type { SchemaObject } from 'ajv';
import { isObject } from '../../../src/values.ts';
import { chat } from './chat.ts';
import { createChatInviteRequest } from './invite.ts';
import { createChatMessageRequest } from './message.ts';
import { newSessionParameters, statusChangedParameters } from './parameters.ts';
import { complaintAbout } from './validation.ts';

interface SiteSchema {
  /** The schema as the site publishes it. */
  readonly schema: unknown;
  /** Whether it is a replacement. The site then accepts any object and does not interpret it. */
  readonly isReplaced: boolean;
  /** Why the site refuses a value; undefined when the site accepts it. */
  complaint(value: unknown): string | undefined;
}

/** Published in place of the sandbox's own schemas. They may be any JSON. */
export interface SchemaReplacements {
  /** The parameters of every event. The site then applies no filter. */
  parameters?: unknown;
  createChatMessageRequest?: unknown;
  createChatInviteRequest?: unknown;
}

export type SiteSchemas = ReturnType<typeof siteSchemas>;

/** @param events the first event is for new sessions, each other one for changes of status */
export function siteSchemas(
  events: readonly { id: string }[],
  replacements: SchemaReplacements = {},
) {
  const message = offer('body', createChatMessageRequest, replacements.createChatMessageRequest);
  const invite = offer('body', createChatInviteRequest, replacements.createChatInviteRequest);
  const session = offer('body', chat);
  const dynamicTypes = new Map([
    ['CreateChatMessageRequest', message],
    ['CreateChatInviteRequest', invite],
    ['Chat', session],
  ]);

  return {
    message,
    invite,

    /** The filters of an event; undefined when there is no such event. */
    parameters(eventId: string | undefined): SiteSchema | undefined {
      const index = events.findIndex(({ id }) => id === eventId);
      if (index === -1) return undefined;
      const schema = index === 0 ? newSessionParameters : statusChangedParameters;
      return offer('parameters', schema, replacements.parameters);
    },

    /** What an event delivers; undefined when there is no such event. */
    request: (eventId: string | undefined) =>
      events.some(({ id }) => id === eventId) ? session : undefined,

    dynamicType: (typeId: string) => dynamicTypes.get(typeId),
  };
}

function offer(name: string, schema: SchemaObject, replacement?: unknown): SiteSchema {
  const isReplaced = replacement !== undefined;
  return {
    schema: isReplaced ? replacement : schema,
    isReplaced,
    complaint(value) {
      if (!isReplaced) return complaintAbout(value, name, schema);
      return isObject(value) ? undefined : `${name} must be object.`;
    },
  };
}
