import type { SchemaObject } from 'ajv';
import { chat } from './chat.ts';
import { createChatInviteRequest } from './invite.ts';
import { createChatMessageRequest } from './message.ts';
import { newSessionParameters, statusChangedParameters } from './parameters.ts';
import { complaintAbout } from './validation.ts';

/** A schema of a site, with what follows from it. */
export interface SiteSchema {
  /** As it is given out. */
  readonly schema: unknown;
  /** Then the site takes anything, and knows nothing of what it means. */
  readonly isReplaced: boolean;
  /** What is wrong with a value, in words, or undefined when the site takes it. */
  complaint(value: unknown): string | undefined;
}

/** Given out in place of the sandbox's own, whatever they are; nothing is validated against them. */
export interface SchemaReplacements {
  /** Of every event; the site then applies no filter. */
  parameters?: unknown;
  createChatMessageRequest?: unknown;
  createChatInviteRequest?: unknown;
}

export interface SiteSchemas {
  readonly message: SiteSchema;
  readonly invite: SiteSchema;
  /** The filters of an event, if there is an event of that id. */
  parameters(eventId: string | undefined): SiteSchema | undefined;
  /** What an event delivers, if there is an event of that id. */
  request(eventId: string | undefined): SiteSchema | undefined;
  dynamicType(typeId: string): SiteSchema | undefined;
}

/** @param events the first stands for new sessions, each other one for changes of status */
export function siteSchemas(
  events: readonly { id: string }[],
  replacements: SchemaReplacements = {},
): SiteSchemas {
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

    parameters(eventId) {
      const index = events.findIndex(({ id }) => id === eventId);
      if (index === -1) return undefined;
      const schema = index === 0 ? newSessionParameters : statusChangedParameters;
      return offer('parameters', schema, replacements.parameters);
    },

    request: (eventId) => (events.some(({ id }) => id === eventId) ? session : undefined),

    dynamicType: (typeId) => dynamicTypes.get(typeId),
  };
}

function offer(name: string, schema: SchemaObject, replacement?: unknown): SiteSchema {
  if (replacement !== undefined)
    return { schema: replacement, isReplaced: true, complaint: () => undefined };
  return { schema, isReplaced: false, complaint: (value) => complaintAbout(value, name, schema) };
}
