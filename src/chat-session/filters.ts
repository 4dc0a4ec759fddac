import { integer, isBlank } from '../values.ts';
import {
  type ChatSession,
  isContact,
  publishedStatus,
  statusChoices,
  statusName,
} from './payload.ts';

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
    readonly altersDynamicFields?: true;
  };
  /** Reads one chosen value; null when the value is invalid. */
  readonly read: (value: unknown) => string | number | null;
  /** The valid values, in words, for an error. */
  readonly takes: string;
  /** Why a Zap would never run for a value, and what to do instead; null when it can run. */
  readonly refusal?: (value: string | number) => string | null;
  /** What an owner should know who chose these values. */
  readonly remarks?: (chosen: readonly unknown[]) => readonly string[];
  /** The values of a session. The session passes when the owner chose one of them. */
  readonly valuesOf: (session: ChatSession) => readonly (string | number | null)[];
}

const TYPES = { request: 'Requested by a customer', push: 'Started by a technician' };

export const sessionTypes: Filter = {
  inputField: {
    key: 'session_types',
    label: 'Session Types',
    helpText: 'Choose how a chat has to start for the Zap to run. Leave empty to run for both.',
    type: 'string',
    list: true,
    choices: TYPES,
    // The remark appears as soon as a word is filled in.
    altersDynamicFields: true,
  },
  read: readWord,
  takes: 'types such as request or push',
  remarks: unpublished('type', (word) => Object.hasOwn(TYPES, comparable(word))),
  valuesOf: ({ type }) => [type],
};

/** A filter by status. It refuses the published statuses that it does not offer. */
function statusFilter({
  offered,
  refusal,
  takes,
  ofCallbacks,
  ...shown
}: {
  readonly label: string;
  readonly helpText: string;
  readonly offered: readonly string[];
  /** Why the Zap would never run for another published status, and what to do instead. */
  readonly refusal: string;
  readonly takes: string;
  /** What an owner should know who chose Callback. */
  readonly ofCallbacks: string;
}): Filter {
  const ofOtherWords = unpublished('status', (word) => publishedStatus(word) !== null);
  return {
    inputField: {
      key: 'statuses',
      type: 'string',
      list: true,
      ...shown,
      choices: statusChoices(offered),
      // A remark appears as soon as Callback is chosen, or a word is filled in.
      altersDynamicFields: true,
    },
    read: (value) => publishedStatus(value) ?? readWord(value),
    takes,
    refusal: (value) => {
      const status = publishedStatus(value);
      const isRefused = status !== null && !offered.includes(status);
      return isRefused ? `holds "${statusName(status)}", but ${refusal}` : null;
    },
    remarks: (chosen) => [
      ...(chosen.some((value) => publishedStatus(value) === 'callback') ? [ofCallbacks] : []),
      ...ofOtherWords(chosen),
    ],
    valuesOf: ({ status }) => [status],
  };
}

/** The statuses that a chat can change to. */
export const newStatuses = statusFilter({
  label: 'New Statuses',
  helpText: 'Choose the statuses to run for. Leave empty to run for every change of status.',
  offered: ['handled', 'missed', 'completed', 'callback'],
  refusal:
    'no chat changes to this status. Take it out of the filter. To run for chats that begin with it, use the trigger "New Chat Session".',
  takes: 'statuses such as Handled or Completed',
  ofCallbacks:
    'A chat can also begin as a callback, when a customer leaves one on the Request Support page. This Zap does not run for it. To run for both, make a second Zap with the trigger "New Chat Session" and the status Callback.',
});

/** The statuses that a chat can begin with. */
export const firstStatuses = statusFilter({
  label: 'Statuses',
  helpText:
    'Choose the statuses to run for, as they are when a chat begins. Leave empty to run for every new chat.',
  offered: ['created', 'handled', 'callback'],
  refusal:
    'no chat begins with this status. Take it out of the filter. To run for chats that change to it, use the trigger "Chat Session Status Changed".',
  takes: 'statuses such as Waiting or Callback',
  ofCallbacks:
    'A chat can also change to a callback, when a customer who waits asks to be called back. This Zap does not run for it. To run for both, make a second Zap with the trigger "Chat Session Status Changed" and the status Callback.',
});

export const companies: Filter = {
  inputField: {
    key: 'company_ids',
    label: 'Companies',
    helpText:
      'Choose companies by name, or fill in their IDs, whole numbers such as 101, to run for their customers only. Leave empty to run for all companies.',
    // Text, like all IDs: see the field of an ID in src/steps/parameters.ts.
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

/** A test for the sessions that a Zap wants, or what is wrong with a filter, in words. */
type FilterTest =
  | { readonly isWanted: (session: ChatSession) => boolean }
  | { readonly refusal: string };

/**
 * Reads the filters from the input data of a Zap. The Zap wants a session that passes every filter
 * that is set. A filter may arrive as a list or as a single value; a text may hold several values
 * with commas between them. Blank values do not count. Case makes no difference. A text of nothing but
 * commas is invalid.
 */
export function readFilters(
  filters: readonly Filter[],
  inputData: Readonly<Record<string, unknown>>,
): FilterTest {
  const active: { chosen: ReadonlySet<string>; valuesOf: Filter['valuesOf'] }[] = [];
  for (const filter of filters) {
    const values = [inputData[filter.inputField.key]]
      .flat()
      .filter((value) => !isBlank(value))
      .flatMap(partsOf)
      .map((value) => filter.read(choiceOf(filter, value)));
    for (const value of values) {
      const refusal =
        value === null
          ? `takes ${filter.takes}, and holds something else. Correct it in the trigger of the Zap: choose from its list, or fill in several values with commas between them.`
          : filter.refusal?.(value);
      if (refusal) return { refusal: `The filter "${filter.inputField.label}" ${refusal}` };
    }
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

/** What an owner should know who has filled in these filters. */
export const remarks = (
  filters: readonly Filter[],
  inputData: Readonly<Record<string, unknown>>,
): string[] =>
  filters.flatMap((filter) => {
    const chosen = [inputData[filter.inputField.key]].flat().flatMap(partsOf);
    return filter.remarks?.(chosen.map((value) => choiceOf(filter, value))) ?? [];
  });

/** The values between the commas of a text. Nothing but commas stays as it is, and can't be read. */
function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return [value];
  const parts = value.split(',').filter((part) => !isBlank(part));
  return parts.length > 0 ? parts : [value];
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

/** Says of words that DeskDirector has not published that the Zap may never run for them. */
function unpublished(kind: string, isPublished: (word: string) => boolean) {
  return (chosen: readonly unknown[]): string[] => {
    const words = chosen
      .flatMap((value) => readWord(value) ?? [])
      .filter((one) => !isPublished(one));
    if (words.length === 0) return [];
    // A text with digits can be the API key.
    const named = words.map((word) => (/\p{N}/u.test(word) ? 'with digits' : `"${word}"`));
    return [
      `DeskDirector's documentation has no ${kind} ${named.join(', ')}. If that is a typing mistake, this Zap does not run for it: choose from the list.`,
    ];
  };
}

/** A status or a type of a session, also one that DeskDirector may add; null when it can't be one. */
function readWord(value: unknown): string | null {
  return typeof value === 'string' && /^[\p{L}\p{N} _-]+$/u.test(value) ? value : null;
}

const comparable = (value: string | number | null): string => String(value).toLowerCase();
