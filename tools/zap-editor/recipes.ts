import type { AppDefinition, InputField, Step, StepKind } from '../zap-runner/app-definition.ts';
import type { FormValue, FormValues } from '../zap-runner/mapping.ts';
import { standIns } from '../zap-runner/stand-ins.ts';
import { fitting } from './form-data.ts';

/** A value for a field of a step: by the key of an app's own field, or by the label of a site's. */
export type PlannedValue = readonly [field: string | RegExp, value: FormValue];

type PlannedStep = readonly [kind: StepKind, key: string, ...values: PlannedValue[]];

/** A Zap of the user guide. Its steps are numbered from 1 in mapped fields. */
interface Recipe {
  readonly key: string;
  readonly name: string;
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
const appointment = [
  filter({ value: '{{1.callback_preferred_start}}', condition: 'exists' }),
  message(
    'Call {{1.contact_name}} from {{1.callback_preferred_start}} to {{1.callback_preferred_end}} at {{1.callback_phone}}. {{1.callback_note}} All windows: {{1.callback_preferred_times_text}}',
  ),
];

/** The recipes of docs/user-guide.md. A site names its own fields, so these are found by their labels. */
const RECIPES: readonly Recipe[] = [
  {
    key: 'follow-up',
    name: 'Follow up an abandoned chat',
    description: 'Finds the customer, creates a ticket, and asks a technician to call back.',
    steps: [
      statusChanged('missed'),
      ['searches', 'find_contact', ['contact_id', '{{1.contact_entity_id}}']],
      [
        'creates',
        'create_ticket',
        [/^(summary|subject|title)$/i, 'Abandoned: {{1.name}}'],
        [/^contact$/i, '{{2.id}}'],
        [/^chat$/i, '{{1.id}}'],
      ],
      [
        'creates',
        'send_member_notification',
        [
          /^message$/i,
          'Please call {{1.contact_name}} of {{1.contact_company_name}}. The ticket is {{3.id}}.',
        ],
      ],
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
    description:
      'For callbacks of the Request Support page that name a time. Makes an appointment.',
    steps: [newChat('callback'), ...appointment],
  },
  {
    key: 'call-back-later',
    name: 'Call back whoever asked for it during a chat',
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
  const all = [...offered, ...standIns];
  return RECIPES.flatMap(({ steps, ...recipe }) => {
    const found = steps.flatMap(([kind, key, ...plan]) => {
      const step = all.find((one) => one.kind === kind && one.key === key);
      return step === undefined ? [] : { step, plan };
    });
    return found.length === steps.length ? { ...recipe, steps: found } : [];
  });
}

/** The planned values of fields, in the shape of these fields. */
export function planned(plan: readonly PlannedValue[], fields: readonly InputField[]): FormValues {
  const values = fields.flatMap((field) => {
    const found = plan.find(([wanted]) =>
      typeof wanted === 'string' ? wanted === field.key : wanted.test(field.label),
    );
    return found === undefined ? [] : [[field.key, found[1]] as const];
  });
  return fitting(fields, Object.fromEntries(values));
}
