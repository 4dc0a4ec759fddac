import type { ChatSession } from './payload.ts';
import { isContact } from './person.ts';
import { integer, text } from './values.ts';

/** A filter of a trigger: the input field that sets it, and which sessions it lets through. */
export interface Filter {
  readonly inputField: {
    readonly key: string;
    readonly label: string;
    readonly helpText: string;
    readonly type: 'string' | 'integer';
    readonly list: true;
    readonly choices?: Readonly<Record<string, string>>;
    readonly dynamic?: string;
  };
  /** The session's own values: it passes when one of them was chosen. */
  readonly valuesOf: (session: ChatSession) => readonly (string | number | null)[];
}

export const sessionTypes: Filter = {
  inputField: {
    key: 'session_types',
    label: 'Session Types',
    helpText: 'Run only for chats that were started in one of these ways. Leave empty for all.',
    type: 'string',
    list: true,
    choices: { request: 'Requested by a customer', push: 'Started by a technician' },
  },
  valuesOf: ({ type }) => [type],
};

export const statuses: Filter = {
  inputField: {
    key: 'statuses',
    label: 'New Statuses',
    helpText: 'Run only when a chat changes to one of these statuses. Leave empty for all.',
    type: 'string',
    list: true,
    choices: {
      created: 'Created: the customer is waiting',
      handled: 'Handled: a technician joined',
      missed: 'Missed: the customer left before anybody joined',
      completed: 'Completed: a technician closed the chat',
      callback: 'Callback: the customer asked to be called back',
    },
  },
  valuesOf: ({ status }) => [status],
};

export const companies: Filter = {
  inputField: {
    key: 'company_ids',
    label: 'Companies',
    helpText: 'Run only for chats with a customer of one of these companies. Leave empty for all.',
    type: 'integer',
    list: true,
    dynamic: 'company_list.id.name',
  },
  valuesOf: ({ creator, targetUsers, participants, users }) =>
    [creator, ...targetUsers, ...participants, ...users]
      .filter(isContact)
      .map((contact) => contact.company_entity_id),
};

/**
 * Which sessions a Zap wants, from its input data: those that pass every filter that is set.
 * A value may arrive as a list or a scalar, a number or numeric text. A blank one is not set; one
 * that can't be read is set and matches nothing, because a filter somebody chose must never let
 * more through than they asked for.
 */
export function wantedSessions(
  filters: readonly Filter[],
  inputData: Readonly<Record<string, unknown>>,
): (session: ChatSession) => boolean {
  const active = filters
    .map(({ inputField: { key, type }, valuesOf }) => ({
      chosen: new Set<string | number | null>(
        [inputData[key]]
          .flat()
          .map((value) => (typeof value === 'string' ? value.trim() : value))
          .filter((value) => value !== undefined && value !== null && value !== '')
          .map((value) => (type === 'integer' ? integer(value) : text(value))),
      ),
      valuesOf,
    }))
    .filter(({ chosen }) => chosen.size > 0);

  return (session) =>
    active.every(({ chosen, valuesOf }) =>
      valuesOf(session).some((value) => value !== null && chosen.has(value)),
    );
}
