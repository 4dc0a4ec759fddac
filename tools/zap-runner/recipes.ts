import type { FormValue } from './mapping.ts';

/**
 * The values for the fields of a step, by the key of a field or by its label in small letters, since a
 * site names its own fields. Null for a choice that only the owner of the Zap can make.
 */
export type Plan = Readonly<Record<string, FormValue | null>>;

/** A Zap of the user guide. Its steps are numbered from 1 in mapped fields. */
export interface Recipe<Planned> {
  readonly key: string;
  readonly name: string;
  /** Its heading in the guide, where that is another. */
  readonly heading?: string;
  readonly description: string;
  readonly steps: readonly Planned[];
}

/** The name of the control that lets a search create what it does not find. No field has this key. */
export const CREATES = 'creates:';

type PlannedStep = readonly [key: string, plan: Plan];

const message = (text: string): PlannedStep => ['message', { text }];
const onlyIf = (
  ...conditions: { value: string; condition: string; other?: string }[]
): PlannedStep => ['filter', { conditions }];
const ticket = (summary: string, contact: string, more: Plan = {}): PlannedStep => [
  'create_ticket',
  { summary, contact, ...more },
];
const statusChanged = (status: string): PlannedStep => [
  'chat_session_status_changed',
  { statuses: [status] },
];
const findChat: PlannedStep = ['find_chat_session', { session_id: '{{1.id}}' }];

const CALL_BACK = 'Call back in the window the customer asked for';
const appointment = [
  onlyIf({ value: '{{1.callback_preferred_start}}', condition: 'exists' }),
  message(
    'Call {{1.contact_name}} from {{1.callback_preferred_start}} to {{1.callback_preferred_end}} at {{1.callback_phone}}. {{1.callback_note}} All windows: {{1.callback_preferred_times_text}}',
  ),
];

/** The recipes of docs/user-guide.md. The fields of tickets and forms are those of the practice site. */
export const RECIPES: readonly Recipe<PlannedStep>[] = [
  {
    key: 'follow-up',
    name: 'Follow up an abandoned chat',
    description: 'Finds the customer, creates a ticket, and asks a technician to call back.',
    steps: [
      statusChanged('missed'),
      ['find_contact', { contact_id: '{{1.contact_entity_id}}' }],
      ticket('Abandoned: {{1.name}}', '{{2.id}}', { chat: '{{1.id}}' }),
      [
        'send_member_notification',
        {
          message:
            'Please call {{1.contact_name}} of {{1.contact_company_name}}. The ticket is {{3.id}}.',
        },
      ],
    ],
  },
  {
    key: 'follow-up-by-name',
    name: 'Follow up a customer whom only the name tells',
    heading: 'Follow up an abandoned chat',
    description: 'The second Zap for abandoned chats: those that name the customer without an ID.',
    steps: [
      statusChanged('missed'),
      onlyIf(
        { value: '{{1.contact_entity_id}}', condition: 'missing' },
        { value: '{{1.contact_name}}', condition: 'exists' },
      ),
      ['find_contact', { name: '{{1.contact_name}}' }],
      ticket('Abandoned: {{1.name}}', '{{3.id}}', { chat: '{{1.id}}' }),
      [
        'send_member_notification',
        {
          message:
            'Please check who {{1.contact_name}} of {{1.contact_company_name}} is, and call. The ticket is {{4.id}}.',
        },
      ],
    ],
  },
  {
    key: 'mail',
    name: 'A mail from a customer becomes a ticket',
    description: 'Finds the sender by the address, or creates the contact. Then creates a ticket.',
    steps: [
      ['new_email', {}],
      ['split', { input: '{{1.from_name}}' }],
      [
        'find_contact',
        {
          [CREATES]: 'yes',
          'e-mail address': '{{1.from_email}}',
          'first name': '{{2.first}}',
          'last name': '{{2.last}}',
        },
      ],
      ticket('{{1.subject}}', '{{3.id}}', { description: '{{1.body}}' }),
    ],
  },
  {
    key: 'new-tickets',
    name: 'Tell a team about new tickets on a board',
    description: 'Writes what each new ticket of a board is about.',
    steps: [
      ['new_ticket', { board_id: null }],
      message(
        'New ticket {{1.id}} on {{1.ticket__board__name}}: {{1.ticket__summary}}, from {{1.ticket__contact__name}}',
      ),
    ],
  },
  {
    key: 'status',
    name: 'When a ticket gets a status, tell the customer',
    description: 'Shows the customer a notification in the client portal.',
    steps: [
      ['ticket_event', { board_id: null, status_id: null }],
      ['find_ticket', { ticket_id: '{{1.id}}' }],
      [
        'send_contact_notification',
        {
          contact_id: '{{2.contact__id}}',
          title: '{{2.summary}}',
          message: 'Your ticket {{2.summary}} now has the status {{2.status__name}}.',
        },
      ],
    ],
  },
  {
    key: 'onboarding',
    name: 'Onboarding: a form result becomes tasks and a welcome mail',
    description: 'Makes a ticket with tasks of a form about a new colleague, and writes a mail.',
    steps: [
      ['workflow_triggered', {}],
      ['find_form_result', { result_id: '{{1.resultId}}' }],
      ticket('Welcome {{2.answers__employeeName}}', '{{2.submittedBy__contactId}}'),
      ['create_ticket_tasks', { ticket_id: '{{3.id}}', template: null }],
      [
        'create_email_from_template',
        {
          'first name': '{{2.answers__employeeName}}',
          company: '{{3.company__name}}',
          'starts on': '{{2.answers__startsAt}}',
        },
      ],
      message('To {{2.answers__employeeEmail}}: {{5.subject}} {{5.html}}'),
    ],
  },
  {
    key: 'tell-manager',
    name: 'Tell a manager about an abandoned chat',
    description: 'Writes who left, and when.',
    steps: [
      statusChanged('missed'),
      message(
        '{{1.contact_name}} of {{1.contact_company_name}} left at {{1.last_modified_at}} before anybody joined: {{1.name}}',
      ),
    ],
  },
  {
    key: 'call-back',
    name: 'Call back whoever left a callback',
    heading: CALL_BACK,
    description:
      'For callbacks of the Request Support page that name a time. Makes an appointment.',
    steps: [['new_chat_session', { statuses: ['callback'] }], ...appointment],
  },
  {
    key: 'call-back-later',
    name: 'Call back whoever asked for it during a chat',
    heading: CALL_BACK,
    description: 'The second Zap for callbacks: those that a chat turns into.',
    steps: [statusChanged('callback'), ...appointment],
  },
  {
    key: 'new-chats',
    name: 'Post new chats to a channel',
    description: 'Tells a team who waits for a technician.',
    steps: [
      ['new_chat_session', { statuses: ['created'] }],
      message(
        '{{1.contact_name}} ({{1.contact_company_name}}) has been waiting since {{1.created_at}}',
      ),
    ],
  },
  {
    key: 'long-chat',
    name: 'Remind the technicians of a chat that takes more than an hour',
    description: 'Writes into a chat that is still handled after an hour.',
    steps: [
      statusChanged('handled'),
      ['delay', { time: '1 hour' }],
      findChat,
      onlyIf({ value: '{{3.status}}', condition: 'is', other: 'handled' }),
      [
        'send_chat_system_message',
        {
          session_id: '{{1.id}}',
          message: 'This chat has been open for an hour. Does somebody need help?',
        },
      ],
    ],
  },
  {
    key: 'waits-for-answer',
    name: 'Tell the team that a customer waits for an answer',
    description: 'For chats in which the customer wrote last, more than five minutes ago.',
    steps: [
      statusChanged('handled'),
      ['delay', { time: '10 minutes' }],
      findChat,
      ['formatter', { expression: '-5 minutes' }],
      onlyIf(
        { value: '{{3.status}}', condition: 'is', other: 'handled' },
        { value: '{{3.last_message_user_type}}', condition: 'is', other: 'contact' },
        { value: '{{3.last_message_at}}', condition: 'before', other: '{{4.output}}' },
      ),
      message('{{3.contact_name}} has been waiting for an answer since {{3.last_message_at}}'),
    ],
  },
];
