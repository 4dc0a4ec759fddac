import type { SchemaObject } from 'ajv';
import { isObject } from '../../../src/values.ts';
import { chat } from './chat.ts';
import {
  companyDetails,
  contactDetails,
  createEmailFromTemplateResponse,
  createNotificationResponse,
  memberDetails,
  ticketDetails,
} from './details.ts';
import { createChatInviteRequest } from './invite.ts';
import { createChatMessageRequest } from './message.ts';
import {
  createContactNotificationRequest,
  createMemberNotificationRequest,
} from './notification.ts';
import { searchTypes } from './search.ts';
import { taskTypes } from './tasks.ts';
import { updateTicketRequest } from './ticket.ts';
import { complaintAbout } from './validation.ts';

export interface SiteSchema {
  /** The schema as the site publishes it. */
  readonly schema: unknown;
  /** Whether it is a replacement. The site then accepts any object and does not interpret it. */
  readonly isReplaced: boolean;
  /** Why the site refuses a value; undefined when the site accepts it. */
  complaint(value: unknown): string | undefined;
}

/** The types that the site describes, by their ids. */
const types = {
  Chat: chat,
  CreateChatMessageRequest: createChatMessageRequest,
  CreateChatInviteRequest: createChatInviteRequest,
  ContactDetails: contactDetails,
  MemberDetails: memberDetails,
  CompanyDetails: companyDetails,
  TicketDetails: ticketDetails,
  UpdateTicketRequest: updateTicketRequest,
  CreateContactNotificationRequest: createContactNotificationRequest,
  CreateMemberNotificationRequest: createMemberNotificationRequest,
  CreateNotificationResponse: createNotificationResponse,
  ...searchTypes,
  ...taskTypes,
  CreateEmailFromTemplateResponse: createEmailFromTemplateResponse,
} satisfies Record<string, SchemaObject>;

export type TypeId = keyof typeof types;

/** What else the site describes, with the name of the value in a complaint. */
const others = {
  parameters: 'body/parameters',
  advancedFilters: 'body/advancedFilters',
  workflowParameters: 'body/parameters',
  createTicket: 'body',
  renderRequest: 'body',
  ticketPayload: 'payload',
  workflowPayload: 'payload',
  formResult: 'result',
};

/**
 * Published in place of the sandbox's own schemas. They may be any JSON. A name of `others` replaces the
 * schema of each event, request type, workflow, form or template. The site does not apply filters that
 * were replaced. The other names are the ids of types.
 */
export type SchemaReplacements = Partial<Record<TypeId | keyof typeof others, unknown>>;

export type SiteSchemas = ReturnType<typeof siteSchemas>;

export function siteSchemas(replacements: SchemaReplacements = {}) {
  const type = (id: TypeId) => offer('body', types[id], replacements[id]);

  return {
    type,

    /** A type by an id that may be unknown; undefined when it is. */
    typeWith: (id: string) => (isTypeId(id) ? type(id) : undefined),

    /** The schema that the sandbox has, or its replacement. */
    of: (name: keyof typeof others, schema: SchemaObject) =>
      offer(others[name], schema, replacements[name]),
  };
}

const isTypeId = (id: string): id is TypeId => Object.hasOwn(types, id);

/** @param name the name of the value in a complaint */
export function offer(name: string, schema: SchemaObject, replacement?: unknown): SiteSchema {
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
