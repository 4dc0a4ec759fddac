const user = { $ref: '#/definitions/User' } as const;
const users = { type: 'array', items: user } as const;
const time = { type: 'string', format: 'date-time' } as const;

export const chatTypes = ['request', 'push'] as const;
export const chatStatuses = ['created', 'handled', 'missed', 'completed', 'callback'] as const;

/**
 * The documented properties of a chat session (DeskDirector: chat session payload).
 *
 * The required properties are those that the documented interface requires, except those that its
 * example lacks and the closing time.
 */
export const chat = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Chat',
  type: 'object',
  required: [
    'id',
    'name',
    'type',
    'status',
    'pastStatus',
    'report',
    'creator',
    'users',
    'participants',
    'lastModifiedDateTime',
  ],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    type: { type: 'string', enum: chatTypes },
    status: { $ref: '#/definitions/ChatSessionStatus' },
    pastStatus: { type: 'array', items: { $ref: '#/definitions/ChatSessionStatus' } },
    report: {
      type: 'object',
      properties: {
        creatorWaited: { type: 'number' },
        handledDateTime: time,
        chatDuration: { type: 'number' },
      },
    },
    reference: {
      type: 'object',
      required: ['type', 'id'],
      properties: { type: { type: 'string', enum: ['ticket'] }, id: { type: 'string' } },
    },
    creator: {
      allOf: [user],
      description: 'The user who created the chat session (from portal or tech).',
    },
    callback: {
      type: 'object',
      required: ['type'],
      properties: {
        type: { type: 'string', enum: ['phone', 'chat'] },
        phone: { type: 'string' },
        note: { type: 'string' },
        preferredTime: {
          type: 'array',
          items: {
            type: 'object',
            required: ['start', 'end'],
            properties: { start: { type: 'string' }, end: { type: 'string' } },
          },
        },
      },
    },
    targetUsers: {
      ...users,
      description: "The invited users who haven't joined the chat session.",
    },
    closeRecord: {
      type: 'object',
      required: ['user', 'lastModifiedDateTime'],
      properties: { user, note: { type: 'string' }, lastModifiedDateTime: time },
    },
    closedDateTime: time,
    users: {
      ...users,
      description: 'The users who are active at the moment in the chat session.',
    },
    participants: {
      ...users,
      description: 'The users who have participated in the chat session.',
    },
    lastMessageId: { type: 'string' },
    createdDateTime: time,
    lastModifiedDateTime: time,
  },
  definitions: {
    ChatSessionStatus: { type: 'string', enum: chatStatuses },
    User: {
      type: 'object',
      required: ['entityId', 'name', 'userId'],
      properties: {
        entityId: { type: 'integer' },
        name: { type: 'string' },
        userId: { type: 'string' },
        company: { $ref: '#/definitions/Company' },
      },
    },
    Company: {
      type: 'object',
      required: ['entityId', 'name', 'identifier'],
      properties: {
        entityId: { type: 'integer' },
        name: { type: 'string' },
        identifier: { type: 'string' },
      },
    },
  },
} as const;
