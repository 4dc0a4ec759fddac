import { int32, multiline, request, text } from './objects.ts';

/* The bodies of notifications. */

const message = { ...multiline('Message'), minLength: 1, 'x-ms-visibility': 'important' };
const ticketId = {
  ...int32('Ticket'),
  description: 'The id of a ticket that the notification links to.',
};

/** Shown in the client portal. */
export const createContactNotificationRequest = request(['title', 'message'], {
  title: { ...text('Title'), minLength: 1 },
  message,
  ticketId,
});

/** Shown in the tech portal. */
export const createMemberNotificationRequest = request(['message'], {
  message,
  importance: { type: 'string', enum: ['low', 'normal', 'high'], default: 'normal' },
  ticketId,
  chatSessionId: {
    ...text('Chat'),
    description: 'The id of a chat that the notification links to.',
    'x-ms-visibility': 'advanced',
  },
});
