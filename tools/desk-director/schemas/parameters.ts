import { chatStatuses, chatTypes } from './chat.ts';
import { chosenFrom } from './dropdowns.ts';
import { listOf, request } from './objects.ts';

/*
 * The filters of a subscription. They are fictional: DeskDirector does not publish which filters a
 * site has (DeskDirector: connector API). The sandbox applies each filter, and requires none.
 */

const ofEveryEvent = {
  company_ids: {
    ...listOf('Company identifiers', { type: 'string' }),
    description: 'Only chats with a customer of one of these companies, such as OddsworthClocks.',
    'x-ms-visibility': 'advanced',
  },
  chatTypes: {
    ...listOf('Chat types', { type: 'string', enum: chatTypes }),
    description: 'Only chats that were started in one of these ways.',
    'x-ms-visibility': 'important',
  },
  company: {
    ...chosenFrom('ListCompanies', 'Company'),
    description: 'Only chats with a customer of this company.',
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
    ...{ type: 'integer', minimum: 0, title: 'Waited at least' },
    description: 'Only chats that somebody joined, after at least this many seconds.',
  },
};

export const newSessionParameters = request([], ofEveryEvent);

export const statusChangedParameters = {
  ...request([], { ...ofEveryEvent, ...ofStatusChanges }),
  $defs: { Status: { type: 'string', enum: chatStatuses } },
};
