import { integer, isBlank } from '../values.ts';
import type { ChatSession } from './payload.ts';
import { isContact } from './person.ts';

/** A filter of a trigger: its input field, and the values of a session that it looks at. */
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
  /** Reads one chosen value; null when the value is invalid. */
  readonly read: (value: unknown) => string | number | null;
  /** The valid values, in words, for an error. */
  readonly takes: string;
  /** The values of a session. The session passes when the owner chose one of them. */
  readonly valuesOf: (session: ChatSession) => readonly (string | number | null)[];
}

export const sessionTypes: Filter = {
  inputField: {
    key: 'session_types',
    label: 'Session Types',
    helpText: 'Choose how a chat has to start for the Zap to run. Leave empty to run for both.',
    type: 'string',
    list: true,
    choices: { request: 'Requested by a customer', push: 'Started by a technician' },
  },
  read: readWord,
  takes: 'types such as request or push',
  valuesOf: ({ type }) => [type],
};

/** The statuses: the API's word for each, and what DeskDirector's portals call it. */
const STATUSES = {
  created: 'Waiting: nobody has joined yet',
  handled: 'Handled: a technician joined',
  missed: 'Abandoned: the customer left before anybody joined',
  completed: 'Completed: a technician closed the chat',
  callback: 'Callback: the customer asked to be called back',
};

const STATUS_OF_WORD: ReadonlyMap<string, string> = new Map([
  ['waiting', 'created'],
  ['abandoned', 'missed'],
]);

const statusField = {
  key: 'statuses',
  type: 'string',
  list: true,
} as const;

/** The API's word for a status. The owner may have typed the portals' word. */
const readStatus = (value: unknown): string | null => {
  const word = readWord(value);
  return STATUS_OF_WORD.get(word?.toLowerCase() ?? '') ?? word;
};

export const newStatuses: Filter = {
  inputField: {
    ...statusField,
    label: 'New Statuses',
    helpText: 'Choose the statuses to run for. Leave empty to run for every change of status.',
    choices: STATUSES,
  },
  read: readStatus,
  takes: 'statuses such as Handled or Completed',
  valuesOf: ({ status }) => [status],
};

/** The statuses that a chat can begin with. */
export const firstStatuses: Filter = {
  ...newStatuses,
  takes: 'statuses such as Waiting or Callback',
  inputField: {
    ...statusField,
    label: 'Statuses',
    helpText:
      'Choose the statuses to run for, as they are when a chat begins. Leave empty to run for every new chat.',
    choices: {
      created: STATUSES.created,
      handled: STATUSES.handled,
      callback: STATUSES.callback,
    },
  },
};

export const companies: Filter = {
  inputField: {
    key: 'company_ids',
    label: 'Companies',
    helpText:
      'Choose companies to run for their customers only. Leave empty to run for all companies.',
    // In an integer field Zapier would turn "abc" into 0 before the app sees it.
    type: 'string',
    list: true,
    dynamic: 'company_list.id.name',
  },
  read: integer,
  takes: 'the IDs of companies, which are whole numbers',
  valuesOf: ({ creator, targetUsers, participants, users }) =>
    [creator, ...targetUsers, ...participants, ...users]
      .filter(isContact)
      .map(({ company }) => company.entityId),
};

/** A test for the sessions that a Zap wants, or the filter that holds an invalid value. */
type FilterTest =
  | { readonly isWanted: (session: ChatSession) => boolean }
  | { readonly invalid: Filter };

/**
 * Reads the filters from the input data of a Zap. The Zap wants a session that passes every filter
 * that is set. A filter may arrive as a list or as a single value; a text may hold several values
 * with commas between them. Blank values do not count. Case makes no difference.
 */
export function readFilters(
  filters: readonly Filter[],
  inputData: Readonly<Record<string, unknown>>,
): FilterTest {
  const active: { chosen: ReadonlySet<string>; valuesOf: Filter['valuesOf'] }[] = [];
  for (const filter of filters) {
    const values = [inputData[filter.inputField.key]]
      .flat()
      .flatMap((value) => (typeof value === 'string' ? value.split(',') : [value]))
      .filter((value) => !isBlank(value))
      .map((value) => filter.read(choiceOf(filter, value)));
    if (values.includes(null)) return { invalid: filter };
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

/**
 * The value that the filter reads. The label of a choice becomes the value of that choice. Any
 * other text loses the spaces around it.
 */
function choiceOf({ inputField }: Filter, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const written = value.trim();
  const choice = Object.entries(inputField.choices ?? {}).find(
    ([, label]) => comparable(label) === comparable(written),
  );
  return choice?.[0] ?? written;
}

/** A status or a type of a session, also one that DeskDirector may add; null when it can't be one. */
function readWord(value: unknown): string | null {
  return typeof value === 'string' && /^[\p{L}\p{N} _-]+$/u.test(value) ? value : null;
}

const comparable = (value: string | number | null): string => String(value).toLowerCase();
