import type { ChatSession } from './payload.ts';
import { isContact } from './person.ts';
import { integer, isBlank, text } from './values.ts';

/** A filter of a trigger: the input field that sets it, and which sessions it lets through. */
export interface Filter {
  readonly inputField: {
    readonly key: string;
    readonly label: string;
    readonly helpText: string;
    readonly type: 'string';
    readonly list: true;
    readonly choices?: Readonly<Record<string, string>>;
    readonly dynamic?: string;
  };
  /** Reads one value that was chosen; null when it can't be one. */
  readonly read: (value: unknown) => string | number | null;
  /** What can be chosen, in words. */
  readonly takes: string;
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
  read: text,
  takes: 'types such as request or push',
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
  read: text,
  takes: 'statuses such as handled or completed',
  valuesOf: ({ status }) => [status],
};

export const companies: Filter = {
  inputField: {
    key: 'company_ids',
    label: 'Companies',
    helpText: 'Run only for chats with a customer of one of these companies. Leave empty for all.',
    // Of an integer field Zapier would make 0 of "abc", before the app sees it.
    type: 'string',
    list: true,
    dynamic: 'company_list.id.name',
  },
  read: integer,
  takes: 'the IDs of companies, which are whole numbers',
  valuesOf: ({ creator, targetUsers, participants, users }) =>
    [creator, ...targetUsers, ...participants, ...users]
      .filter(isContact)
      .map((contact) => contact.company_entity_id),
};

/** Which sessions a Zap wants, or which filter can't be read. */
export type Wanted =
  | { readonly isWanted: (session: ChatSession) => boolean }
  | { readonly unreadable: Filter };

/**
 * Which sessions a Zap wants, from its input data: those that pass every filter that is set. A filter
 * may arrive as a list or a scalar, with several values in one text between commas; blank values are
 * none. Case makes no difference.
 */
export function wantedSessions(
  filters: readonly Filter[],
  inputData: Readonly<Record<string, unknown>>,
): Wanted {
  const active: { chosen: ReadonlySet<string>; valuesOf: Filter['valuesOf'] }[] = [];
  for (const filter of filters) {
    const values = [inputData[filter.inputField.key]]
      .flat()
      .flatMap((value) => (typeof value === 'string' ? value.split(',') : [value]))
      .filter((value) => !isBlank(value))
      .map((value) => filter.read(typeof value === 'string' ? value.trim() : value));
    if (values.includes(null)) return { unreadable: filter };
    if (values.length > 0) {
      active.push({ chosen: new Set(values.map(comparable)), valuesOf: filter.valuesOf });
    }
  }
  return {
    isWanted: (session) =>
      active.every(({ chosen, valuesOf }) =>
        valuesOf(session).some((value) => value !== null && chosen.has(comparable(value))),
      ),
  };
}

const comparable = (value: string | number | null): string => String(value).toLowerCase();
