import { dynamicList, dynamicValues } from './dropdowns.ts';
import { request } from './objects.ts';

/** The body of an invitation. Its properties are fictional: only the name of the type is published. */
export const createChatInviteRequest = {
  title: 'CreateChatInviteRequest',
  ...request([], {
    members: {
      type: 'array',
      title: 'Technicians',
      description: 'The technicians to invite.',
      items: {
        ...{ type: 'integer', format: 'int32' },
        ...dynamicValues('ListMembers'),
        ...dynamicList('ListMembers'),
      },
    },
    contacts: {
      type: 'array',
      'x-ms-summary': 'Contacts',
      description: 'The IDs of the contacts to invite, as the search for contacts gives them.',
      items: { type: 'integer', format: 'int32' },
    },
    note: {
      ...{ type: ['string', 'null'], format: 'multiline', title: 'Note' },
      description: 'What the invited get to read.',
      'x-ms-visibility': 'advanced',
    },
  }),
};
