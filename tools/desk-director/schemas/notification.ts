import { request } from './objects.ts';

/* The bodies of notifications. */

const message = {
  type: 'string',
  format: 'multiline',
  minLength: 1,
  title: 'Message',
  'x-ms-visibility': 'important',
};
const ticketId = {
  type: 'integer',
  format: 'int32',
  title: 'Ticket',
  description: 'The id of a ticket that the notification links to.',
};

/** Shown in the client portal. */
export const createContactNotificationRequest = request(['title', 'message'], {
  title: { type: 'string', minLength: 1, title: 'Title' },
  message,
  ticketId,
});

/** Shown in the tech portal. */
export const createMemberNotificationRequest = request(['message'], {
  message,
  importance: { type: 'string', enum: ['low', 'normal', 'high'], default: 'normal' },
  ticketId,
  chatSessionId: {
    type: 'string',
    title: 'Chat',
    description: 'The id of a chat that the notification links to.',
    'x-ms-visibility': 'advanced',
  },
});
