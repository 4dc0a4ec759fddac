import type { SchemaObject } from 'ajv';
import { isObject } from '../../../src/values.ts';
import { chat } from './chat.ts';
import {
  companyDetails,
  contactDetails,
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
import * as search from './search.ts';
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
  FindContactsRequest: search.findContactsRequest,
  FindContactsResponse: search.findContactsResponse,
  FindMembersRequest: search.findMembersRequest,
  FindMembersResponse: search.findMembersResponse,
  FindCompaniesRequest: search.findCompaniesRequest,
  FindCompaniesResponse: search.findCompaniesResponse,
  FindTicketsRequest: search.findTicketsRequest,
  FindTicketsResponse: search.findTicketsResponse,
  FindUserGroupsRequest: search.findUserGroupsRequest,
  FindUserGroupsResponse: search.findUserGroupsResponse,
  CreateContactRequest: search.createContactRequest,
} satisfies Record<string, SchemaObject>;

export type TypeId = keyof typeof types;

/** What else the site describes, with the name of the value in a complaint. */
const others = {
  parameters: 'body/parameters',
  advancedFilters: 'body/advancedFilters',
  createTicket: 'body',
  ticketPayload: 'payload',
};

/**
 * Published in place of the sandbox's own schemas. They may be any JSON. `parameters` are those of
 * every chat event, and `advancedFilters` those of every ticket event; the site then does not apply
 * them. `createTicket` is the form of every request type, and `ticketPayload` the payload of every
 * ticket event. The other names are the ids of types.
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
