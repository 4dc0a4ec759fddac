import type { AppDefinition, InputField, Step, StepKind } from '../zap-runner/app-definition.ts';
import type { FormValue, FormValues } from '../zap-runner/mapping.ts';
import { fitting } from './form-data.ts';

/**
 * A value for a field of a step: by the key of an app's own field, or by the label of a site's. Null for
 * a choice that only the owner of the Zap can make.
 */
export type PlannedValue = readonly [field: string | RegExp, value: FormValue | null];

/** The name of the control that lets a search create what it does not find. No field has this key. */
export const CREATES = 'creates:';

type PlannedStep = readonly [kind: StepKind, key: string, ...values: PlannedValue[]];

/** A Zap of the user guide. Its steps are numbered from 1 in mapped fields. */
interface Recipe {
  readonly key: string;
  readonly name: string;
  /** Its heading in the guide, where that is another. */
  readonly heading?: string;
  readonly description: string;
  readonly steps: readonly [PlannedStep, ...PlannedStep[]];
}

const statusChanged = (status: string): PlannedStep => [
  'triggers',
  'chat_session_status_changed',
  ['statuses', [status]],
];
const newChat = (status: string): PlannedStep => [
  'triggers',
  'new_chat_session',
  ['statuses', [status]],
];
const message = (text: string): PlannedStep => ['standIns', 'message', ['text', text]];
const filter = (
  ...conditions: { value: string; condition: string; other?: string }[]
): PlannedStep => ['standIns', 'filter', ['conditions', conditions]];
const delay = (time: string): PlannedStep => ['standIns', 'delay', ['time', time]];
const findChat: PlannedStep = ['searches', 'find_chat_session', ['session_id', '{{1.id}}']];
const CALL_BACK = 'Call back in the window the customer asked for';
const appointment = [
  filter({ value: '{{1.callback_preferred_start}}', condition: 'exists' }),
  message(
    'Call {{1.contact_name}} from {{1.callback_preferred_start}} to {{1.callback_preferred_end}} at {{1.callback_phone}}. {{1.callback_note}} All windows: {{1.callback_preferred_times_text}}',
  ),
];

const ticket = (summary: string, contact: string, ...more: PlannedValue[]): PlannedStep => [
  'creates',
  'create_ticket',
  [/^(summary|subject|title)$/i, summary],
  [/^contact$/i, contact],
  ...more,
];
const tellMember = (text: string): PlannedStep => [
  'creates',
  'send_member_notification',
  [/^message$/i, text],
];

/**
 * The recipes of docs/user-guide.md. A site names its own fields, so these are found by their labels. The
 * fields of its tickets and forms that are mapped are those of the practice site.
 */
export const RECIPES: readonly Recipe[] = [
  {
    key: 'follow-up',
    name: 'Follow up an abandoned chat',
    description: 'Finds the customer, creates a ticket, and asks a technician to call back.',
    steps: [
      statusChanged('missed'),
      ['searches', 'find_contact', ['contact_id', '{{1.contact_entity_id}}']],
      ticket('Abandoned: {{1.name}}', '{{2.id}}', [/^chat$/i, '{{1.id}}']),
      tellMember(
        'Please call {{1.contact_name}} of {{1.contact_company_name}}. The ticket is {{3.id}}.',
      ),
    ],
  },
  {
    key: 'follow-up-by-name',
    name: 'Follow up a customer whom only the name tells',
    heading: 'Follow up an abandoned chat',
    description: 'The second Zap for abandoned chats: those that name the customer without an ID.',
    steps: [
      statusChanged('missed'),
      filter(
        { value: '{{1.contact_entity_id}}', condition: 'missing' },
        { value: '{{1.contact_name}}', condition: 'exists' },
      ),
      ['searches', 'find_contact', [/^name$/i, '{{1.contact_name}}']],
      ticket('Abandoned: {{1.name}}', '{{3.id}}', [/^chat$/i, '{{1.id}}']),
      tellMember(
        'Please check who {{1.contact_name}} of {{1.contact_company_name}} is, and call. The ticket is {{4.id}}.',
      ),
    ],
  },
  {
    key: 'mail',
    name: 'A mail from a customer becomes a ticket',
    description: 'Finds the sender by the address, or creates the contact. Then creates a ticket.',
    steps: [
      ['triggers', 'new_email'],
      ['standIns', 'split', ['input', '{{1.from_name}}']],
      [
        'searches',
        'find_contact',
        [CREATES, 'yes'],
        [/^e-?mail( address)?$/i, '{{1.from_email}}'],
        [/^first name$/i, '{{2.first}}'],
        [/^last name$/i, '{{2.last}}'],
      ],
      ticket('{{1.subject}}', '{{3.id}}', [/^description$/i, '{{1.body}}']),
    ],
  },
  {
    key: 'new-tickets',
    name: 'Tell a team about new tickets on a board',
    description: 'Writes what each new ticket of a board is about.',
    steps: [
      ['triggers', 'new_ticket', ['board_id', null]],
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
      ['triggers', 'ticket_event', ['board_id', null], ['status_id', null]],
      ['searches', 'find_ticket', ['ticket_id', '{{1.id}}']],
      [
        'creates',
        'send_contact_notification',
        ['contact_id', '{{2.contact__id}}'],
        [/^title$/i, '{{2.summary}}'],
        [/^message$/i, 'Your ticket {{2.summary}} now has the status {{2.status__name}}.'],
        [/^ticket$/i, '{{2.id}}'],
      ],
    ],
  },
  {
    key: 'onboarding',
    name: 'Onboarding: a form result becomes tasks and a welcome mail',
    description: 'Makes a ticket with tasks of a form about a new colleague, and writes a mail.',
    steps: [
      ['triggers', 'workflow_triggered'],
      ['searches', 'find_form_result', ['result_id', '{{1.resultId}}']],
      ticket('Welcome {{2.answers__employeeName}}', '{{2.submittedBy__contactId}}'),
      ['creates', 'create_ticket_tasks', ['ticket_id', '{{3.id}}'], [/^template$/i, null]],
      [
        'creates',
        'create_email_from_template',
        [/^first name$/i, '{{2.answers__employeeName}}'],
        [/^company$/i, '{{3.company__name}}'],
        [/^starts on$/i, '{{2.answers__startsAt}}'],
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
    steps: [newChat('callback'), ...appointment],
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
      newChat('created'),
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
      delay('1 hour'),
      findChat,
      filter({ value: '{{3.status}}', condition: 'is', other: 'handled' }),
      [
        'creates',
        'send_chat_system_message',
        ['session_id', '{{1.id}}'],
        [/^message$/i, 'This chat has been open for an hour. Does somebody need help?'],
      ],
    ],
  },
  {
    key: 'waits-for-answer',
    name: 'Tell the team that a customer waits for an answer',
    description: 'For chats in which the customer wrote last, more than five minutes ago.',
    steps: [
      statusChanged('handled'),
      delay('10 minutes'),
      findChat,
      ['standIns', 'formatter', ['expression', '-5 minutes']],
      filter(
        { value: '{{3.status}}', condition: 'is', other: 'handled' },
        { value: '{{3.last_message_user_type}}', condition: 'is', other: 'contact' },
        { value: '{{3.last_message_at}}', condition: 'before', other: '{{4.output}}' },
      ),
      message('{{3.contact_name}} has been waiting for an answer since {{3.last_message_at}}'),
    ],
  },
];

/** A recipe whose steps the app offers. */
export interface AvailableRecipe extends Omit<Recipe, 'steps'> {
  readonly steps: readonly { readonly step: Step; readonly plan: readonly PlannedValue[] }[];
}

/** The recipes whose steps the app offers. */
export function availableRecipes({ steps: offered }: AppDefinition): AvailableRecipe[] {
  return RECIPES.flatMap(({ steps, ...recipe }) => {
    const found = steps.flatMap(([kind, key, ...plan]) => {
      const step = offered.find((one) => one.kind === kind && one.key === key);
      return step === undefined ? [] : { step, plan };
    });
    return found.length === steps.length ? { ...recipe, steps: found } : [];
  });
}

const planFor = (plan: readonly PlannedValue[], { key, label }: InputField) =>
  plan.find(([wanted]) => (typeof wanted === 'string' ? wanted === key : wanted.test(label)))?.[1];

/** The planned values of fields, in the shape of these fields. */
export function planned(plan: readonly PlannedValue[], fields: readonly InputField[]): FormValues {
  const values = fields.map((field) => [field.key, planFor(plan, field) ?? []] as const);
  return fitting(fields, Object.fromEntries(values));
}

/** The fields, of which a recipe requires those that it leaves to the owner of the Zap. */
export const asked = (plan: readonly PlannedValue[], fields: readonly InputField[]): InputField[] =>
  fields.map((field) => (planFor(plan, field) === null ? { ...field, isRequired: true } : field));
