import { chatStatuses, chatTypes } from './chat.ts';
import { dynamicList, dynamicValues } from './dropdowns.ts';

/*
 * The filters of a subscription. They are fictional: DeskDirector does not publish which filters a
 * site has (DeskDirector: connector API). The sandbox applies each filter, and requires none.
 */

const ofEveryEvent = {
  company_ids: {
    type: 'array',
    items: { type: 'string' },
    title: 'Company identifiers',
    description: 'Only chats with a customer of one of these companies, such as OddsworthClocks.',
    'x-ms-visibility': 'advanced',
  },
  chatTypes: {
    type: 'array',
    items: { type: 'string', enum: chatTypes },
    title: 'Chat types',
    description: 'Only chats that were started in one of these ways.',
    'x-ms-visibility': 'important',
  },
  company: {
    type: 'integer',
    format: 'int32',
    title: 'Company',
    description: 'Only chats with a customer of this company.',
    ...dynamicValues('ListCompanies'),
    ...dynamicList('ListCompanies'),
  },
  nameContains: {
    type: 'string',
    nullable: true,
    description: 'Only chats with these words in their name. Ignores case.',
  },
};

const ofStatusChanges = {
  statuses: {
    type: 'array',
    items: { $ref: '#/$defs/Status' },
    'x-ms-summary': 'Statuses',
    description: 'Only chats that changed to one of these statuses.',
  },
  waitedAtLeast: {
    type: 'integer',
    minimum: 0,
    title: 'Waited at least',
    description: 'Only chats that somebody joined, after at least this many seconds.',
  },
  onlyWithTicket: {
    type: 'boolean',
    description: 'Only chats that were started from a ticket.',
  },
  modifiedAfter: {
    type: 'string',
    format: 'date-time',
    title: 'Modified after',
    description: 'Only changes after this time.',
    'x-ms-visibility': 'advanced',
  },
  member: {
    type: 'integer',
    format: 'int32',
    title: 'Technician',
    description: 'Only chats that this technician took part in.',
    ...dynamicValues('ListMembers'),
  },
  creator: {
    type: 'object',
    title: 'Creator',
    additionalProperties: false,
    properties: {
      companyIds: {
        type: 'array',
        items: { type: 'integer', format: 'int32', ...dynamicList('ListCompanies') },
        title: "Creator's companies",
        description: 'Only chats that somebody at one of these companies created.',
      },
      nameContains: {
        type: 'string',
        title: "Creator's name contains",
      },
    },
  },
};

export const newSessionParameters = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: ofEveryEvent,
};

export const statusChangedParameters = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: { ...ofEveryEvent, ...ofStatusChanges },
  $defs: { Status: { type: 'string', enum: chatStatuses } },
};
