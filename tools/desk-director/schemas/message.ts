import { dynamicValues } from './dropdowns.ts';
import { int32, listOf, multiline, part, request, text } from './objects.ts';

/** Very long on purpose: schemas may hold longer texts than a help text should be. */
const formatDescription = `How the message is written. ${[
  'Plain text is shown to everybody in the chat exactly as it is, with its line breaks.',
  'Markdown may use emphasis, lists, links, quotations and code, which the portals render alike.',
  'HTML is cleaned before it is shown: scripts, styles, frames, forms and event handlers go.',
  'Whatever is chosen here, the notifications that are sent by email show the plain words only.',
].join(' ')} ${'Images are shown in the portals, and as their description elsewhere. '.repeat(10)}`;

const ADVANCED = { 'x-ms-visibility': 'advanced' };

/**
 * The body of a system message. Its properties are fictional: only the name of the type is published
 * (DeskDirector: connector API). Together they use everything that a schema may hold.
 */
export const createChatMessageRequest = {
  title: 'CreateChatMessageRequest',
  ...request(['message', 'apiVersion'], {
    labels: { ...listOf('Labels', { type: 'string' }), ...ADVANCED },
    apiVersion: { type: 'string', enum: ['v2'], default: 'v2', 'x-ms-visibility': 'internal' },
    message: {
      ...multiline('Message'),
      minLength: 1,
      description: 'The text that people in the chat get to read.',
      'x-ms-visibility': 'important',
    },
    format: {
      ...{ type: 'string', enum: ['plain', 'markdown', 'html'], default: 'plain' },
      'x-ms-summary': 'Text format',
      description: formatDescription,
    },
    sendAt: {
      ...{ type: 'string', format: 'date-time' },
      description: 'Leave empty to send it at once.',
    },
    importance: {
      ...{ type: 'number', format: 'double', minimum: 0, maximum: 1, default: 0.5 },
      title: 'Importance',
      description: 'From 0 to 1.',
    },
    isPinned: { type: 'boolean', title: 'Pin the message' },
    visible__to: {
      ...text('Visible to'),
      enum: ['everybody', 'members'],
      description: 'Who gets to see the message. Leave empty for everybody in the chat.',
    },
    session_id: {
      ...text('Your session reference'),
      description: 'Your own reference for the chat, kept with the message.',
    },
    mentions: {
      type: 'array',
      title: 'Mentions',
      description: 'The technicians to notify.',
      items: part(['memberId'], {
        memberId: { ...int32('Technician'), ...dynamicValues('ListMembers') },
        note: { type: ['string', 'null'], title: 'Note' },
        loud: { type: 'boolean', default: false, title: 'With a sound' },
      }),
    },
    card: {
      title: 'Card',
      allOf: [
        { $ref: '#/definitions/Titled' },
        {
          type: 'object',
          properties: {
            body: { ...text('Card text'), format: 'html' },
            button: { $ref: '#/$defs/Button' },
          },
        },
      ],
    },
    poll: {
      title: 'Poll',
      ...part(['question', 'options'], {
        question: text('Question'),
        options: listOf('Options', { type: 'string', format: 'multiline' }),
        points: {
          ...listOf('Points', { type: 'number' }),
          description: 'What each option is worth.',
        },
        ticked: {
          ...listOf('Ticked', { type: 'boolean' }),
          description: 'Whether each option is ticked at first.',
        },
        reminders: { ...listOf('Remind at', { type: 'string', format: 'date-time' }), ...ADVANCED },
        maxVotes: { type: 'integer', nullable: true, minimum: 1, title: 'Votes per person' },
      }),
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
      ...text('Message ID'),
      readOnly: true,
      description: 'Given by DeskDirector.',
    },
  }),
  definitions: {
    Titled: { type: 'object', required: ['title'], properties: { title: text('Card title') } },
    Quotation: {
      title: 'In reply to',
      ...part([], {
        messageId: text('Message ID'),
        excerpt: { ...text('Excerpt'), nullable: true },
        replyTo: { $ref: '#/definitions/Quotation' },
      }),
    },
  },
  $defs: {
    Button: part(['label', 'url'], {
      label: text('Button label'),
      url: { ...text('Button link'), format: 'uri' },
    }),
  },
};
