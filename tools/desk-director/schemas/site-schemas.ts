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
import { newSessionParameters, statusChangedParameters } from './parameters.ts';
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

/**
 * Published in place of the sandbox's own schemas. They may be any JSON. `parameters` are those of
 * every event; the site then applies no filter. `createTicket` is the form of every request type. The
 * other names are the ids of types.
 */
export type SchemaReplacements = Partial<Record<TypeId | 'parameters' | 'createTicket', unknown>>;

export type SiteSchemas = ReturnType<typeof siteSchemas>;

/** @param events the first event is for new sessions, each other one for changes of status */
export function siteSchemas(
  events: readonly { id: string }[],
  replacements: SchemaReplacements = {},
) {
  const type = (id: TypeId) => offer('body', types[id], replacements[id]);

  return {
    type,

    /** A type by an id that may be unknown; undefined when it is. */
    typeWith: (id: string) => (isTypeId(id) ? type(id) : undefined),

    /** The filters of an event; undefined when there is no such event. */
    parameters(eventId: string | undefined): SiteSchema | undefined {
      const index = events.findIndex(({ id }) => id === eventId);
      if (index === -1) return undefined;
      const schema = index === 0 ? newSessionParameters : statusChangedParameters;
      return offer('parameters', schema, replacements.parameters);
    },

    /** The form for a new ticket of a request type. */
    createTicket: ({ form }: { form: SchemaObject }) =>
      offer('body', form, replacements.createTicket),
  };
}

const isTypeId = (id: string): id is TypeId => Object.hasOwn(types, id);

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
