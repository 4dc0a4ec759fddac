import { dynamicValues } from './dropdowns.ts';

/** Very long on purpose: schemas may hold longer texts than a help text should be. */
const formatDescription = `How the message is written. ${[
  'Plain text is shown to everybody in the chat exactly as it is, with its line breaks.',
  'Markdown may use emphasis, lists, links, quotations and code, which the portals render alike.',
  'HTML is cleaned before it is shown: scripts, styles, frames, forms and event handlers go.',
  'Whatever is chosen here, the notifications that are sent by email show the plain words only.',
].join(' ')} ${'Images are shown in the portals, and as their description elsewhere. '.repeat(10)}`;

/**
 * The body of a system message. Its properties are fictional: only the name of the type is published
 * (DeskDirector: connector API). Together they use everything that a schema may hold.
 */
export const createChatMessageRequest = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'CreateChatMessageRequest',
  type: 'object',
  additionalProperties: false,
  required: ['message', 'apiVersion'],
  properties: {
    labels: {
      type: 'array',
      items: { type: 'string' },
      title: 'Labels',
      'x-ms-visibility': 'advanced',
    },
    apiVersion: {
      type: 'string',
      enum: ['v2'],
      default: 'v2',
      'x-ms-visibility': 'internal',
    },
    message: {
      type: 'string',
      format: 'multiline',
      minLength: 1,
      title: 'Message',
      description: 'The text that people in the chat get to read.',
      'x-ms-visibility': 'important',
    },
    format: {
      type: 'string',
      enum: ['plain', 'markdown', 'html'],
      default: 'plain',
      'x-ms-summary': 'Text format',
      description: formatDescription,
    },
    sendAt: {
      type: 'string',
      format: 'date-time',
      description: 'Leave empty to send it at once.',
    },
    importance: {
      type: 'number',
      format: 'double',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      title: 'Importance',
      description: 'From 0 to 1.',
    },
    isPinned: { type: 'boolean', title: 'Pin the message' },
    visible__to: {
      type: 'string',
      enum: ['everybody', 'members'],
      title: 'Visible to',
      description: 'Who gets to see the message. Leave empty for everybody in the chat.',
    },
    session_id: {
      type: 'string',
      title: 'Your session reference',
      description: 'Your own reference for the chat, kept with the message.',
    },
    mentions: {
      type: 'array',
      title: 'Mentions',
      description: 'The technicians to notify.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['memberId'],
        properties: {
          memberId: {
            type: 'integer',
            format: 'int32',
            title: 'Technician',
            ...dynamicValues('ListMembers'),
          },
          note: { type: ['string', 'null'], title: 'Note' },
          loud: { type: 'boolean', default: false, title: 'With a sound' },
        },
      },
    },
    card: {
      title: 'Card',
      allOf: [
        { $ref: '#/definitions/Titled' },
        {
          type: 'object',
          properties: {
            body: { type: 'string', format: 'html', title: 'Card text' },
            button: { $ref: '#/$defs/Button' },
          },
        },
      ],
    },
    poll: {
      type: 'object',
      title: 'Poll',
      additionalProperties: false,
      required: ['question', 'options'],
      properties: {
        question: { type: 'string', title: 'Question' },
        options: {
          type: 'array',
          items: { type: 'string', format: 'multiline' },
          title: 'Options',
        },
        points: {
          type: 'array',
          items: { type: 'number' },
          title: 'Points',
          description: 'What each option is worth.',
        },
        ticked: {
          type: 'array',
          items: { type: 'boolean' },
          title: 'Ticked',
          description: 'Whether each option is ticked at first.',
        },
        reminders: {
          type: 'array',
          items: { type: 'string', format: 'date-time' },
          title: 'Remind at',
          'x-ms-visibility': 'advanced',
        },
        maxVotes: { type: 'integer', nullable: true, minimum: 1, title: 'Votes per person' },
      },
    },
    replyTo: { $ref: '#/definitions/Quotation' },
    attachments: {
      title: 'Attachments',
      oneOf: [
        { type: 'string', format: 'uri' },
        { type: 'array', items: { type: 'string', format: 'uri' } },
      ],
    },
    messageId: {
      type: 'string',
      readOnly: true,
      title: 'Message ID',
      description: 'Given by DeskDirector.',
    },
  },
  definitions: {
    Titled: {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', title: 'Card title' } },
    },
    Quotation: {
      type: 'object',
      title: 'In reply to',
      additionalProperties: false,
      properties: {
        messageId: { type: 'string', title: 'Message ID' },
        excerpt: { type: 'string', nullable: true, title: 'Excerpt' },
        replyTo: { $ref: '#/definitions/Quotation' },
      },
    },
  },
  $defs: {
    Button: {
      type: 'object',
      additionalProperties: false,
      required: ['label', 'url'],
      properties: {
        label: { type: 'string', title: 'Button label' },
        url: { type: 'string', format: 'uri', title: 'Button link' },
      },
    },
  },
};
