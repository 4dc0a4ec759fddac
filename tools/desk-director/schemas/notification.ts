/*
 * The bodies of notifications. Their members are fictional: DeskDirector
 * publishes only the names of the types (DeskDirector: connector API).
 */

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
export const createContactNotificationRequest = request('CreateContactNotificationRequest', {
  title: { type: 'string', minLength: 1, title: 'Title' },
  message,
  ticketId,
});

/** Shown in the tech portal. */
export const createMemberNotificationRequest = request('CreateMemberNotificationRequest', {
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

function request(title: string, properties: Record<string, object>) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
    additionalProperties: false,
    required: ['title', 'message'].filter((name) => name in properties),
    properties,
  };
}
