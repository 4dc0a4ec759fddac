import {
  type ChatSession,
  contactOf,
  isContact,
  isMember,
  memberOf,
  statusName,
  type TimeWindow,
  type User,
} from './payload.ts';

type Value = string | number | null;
type LineItem = Readonly<Record<string, Value>>;

/**
 * A flat chat session, as the steps of a Zap see it. It always has every key of the output fields.
 */
export type ChatSessionRecord = Record<string, Value | readonly LineItem[]>;

/** Zapier: `outputFields`. */
interface OutputField {
  readonly key: string;
  readonly label: string;
  readonly type?: 'string' | 'datetime' | 'integer' | 'number';
  readonly children?: OutputField[];
  readonly primary?: true;
}

/** An output field, and the function that reads its value. */
interface Field<Source, V = Value> extends OutputField {
  readonly read: (source: Source) => V;
}

type Read<Source, T> = (source: Source) => T | null;

const string = <Source>(key: string, label: string, read: Read<Source, string>): Field<Source> => {
  return { key, label, type: 'string', read };
};
const datetime = <Source>(
  key: string,
  label: string,
  read: Read<Source, string>,
): Field<Source> => {
  return { key, label, type: 'datetime', read };
};
const integer = <Source>(key: string, label: string, read: Read<Source, number>): Field<Source> => {
  return { key, label, type: 'integer', read };
};
const number = <Source>(key: string, label: string, read: Read<Source, number>): Field<Source> => {
  return { key, label, type: 'number', read };
};

/** The fields of one person. */
const PERSON: readonly Field<User>[] = [
  string('user_id', 'User ID', (user) => user.id),
  integer('entity_id', 'Entity ID', (user) => user.entityId),
  string('name', 'Name', (user) => user.name),
  string('type', 'Type', (user) => user.type),
  integer('company_entity_id', 'Company Entity ID', (user) => user.company.entityId),
  string('company_name', 'Company Name', (user) => user.company.name),
  string('company_identifier', 'Company Identifier', (user) => user.company.identifier),
];

const TIME_WINDOW: readonly Field<TimeWindow>[] = [
  datetime('start', 'Start', (window) => window.start),
  datetime('end', 'End', (window) => window.end),
];

/** The fields of one person: `contact_name`, `contact_type` and so on. */
function person(
  key: string,
  label: string,
  who: (session: ChatSession) => User,
): readonly Field<ChatSession>[] {
  return PERSON.map((field) => ({
    ...field,
    key: `${key}_${field.key}`,
    label: `${label} ${field.label}`,
    read: (session) => field.read(who(session)),
  }));
}

/** A list of line items. The label of each column begins with the list's name in the singular. */
function lineItems<Item>(
  singular: { readonly key: string; readonly label: string },
  columns: readonly Field<Item>[],
  items: (session: ChatSession) => readonly Item[],
): Field<ChatSession, readonly LineItem[]> {
  const toRow = recordMaker(columns);
  return {
    key: `${singular.key}s`,
    label: `${singular.label}s`,
    children: columns.map(({ read, ...column }) => ({
      ...column,
      label: `${singular.label} ${column.label}`,
    })),
    read: (session) => items(session).map(toRow),
  };
}

/**
 * A function that makes a record with the keys of the fields. It fills in a copy of a blank record,
 * because Node needs twice the time to make such a record key by key.
 */
function recordMaker<Source, V>(fields: readonly Field<Source, V>[]) {
  const blank = Object.fromEntries(fields.map(({ key }) => [key, null]));
  return (source: Source): Record<string, V | null> => {
    const record: Record<string, V | null> = { ...blank };
    for (const { key, read } of fields) record[key] = read(source);
    return record;
  };
}

/** A group of people: their names, their number, and one line item for each person. */
function people(
  key: string,
  label: string,
  group: (session: ChatSession) => readonly User[],
): readonly Field<ChatSession, Value | readonly LineItem[]>[] {
  return [
    string(`${key}_names`, `${label} Names`, (session) => namesOf(group(session))),
    integer(`${key}_count`, `${label} Count`, (session) => group(session).length),
    lineItems({ key, label }, PERSON, group),
  ];
}

/** The one table behind the output fields, the records and the samples. Its keys are published. */
const FIELDS: readonly Field<ChatSession, Value | readonly LineItem[]>[] = [
  string('id', 'Session ID', (session) => session.id),
  string('name', 'Session Name', (session) => session.name),
  string('type', 'Session Type', (session) => session.type),
  string('status', 'Status', (session) => session.status),
  string('status_name', 'Status Name', ({ status }) => statusName(status)),
  string('previous_status', 'Previous Status', ({ pastStatus }) => pastStatus.at(-1) ?? null),
  string('past_statuses', 'Past Statuses', ({ pastStatus }) => joined(pastStatus, ', ')),
  datetime('created_at', 'Created At', (session) => session.createdDateTime),
  datetime('handled_at', 'Handled At', ({ report }) => report.handledDateTime),
  datetime('closed_at', 'Closed At', (session) => session.closedDateTime),
  datetime('last_modified_at', 'Last Modified At', (session) => session.lastModifiedDateTime),
  integer(
    'seconds_to_handled',
    'Seconds From Created Until Handled',
    ({ createdDateTime, report }) => secondsBetween(createdDateTime, report.handledDateTime),
  ),
  integer(
    'seconds_handled_to_closed',
    'Seconds From Handled Until Closed',
    ({ report, closedDateTime }) => secondsBetween(report.handledDateTime, closedDateTime),
  ),
  integer(
    'seconds_to_closed',
    'Seconds From Created Until Closed',
    ({ createdDateTime, closedDateTime }) => secondsBetween(createdDateTime, closedDateTime),
  ),
  // The units of these two are not published: pass them on, and never name one.
  number('creator_waited', 'Creator Waited (As Reported)', ({ report }) => report.creatorWaited),
  number('chat_duration', 'Chat Duration (As Reported)', ({ report }) => report.chatDuration),
  string('ticket_id', 'Ticket ID', ({ reference }) =>
    reference.type?.toLowerCase() === 'ticket' ? reference.id : null,
  ),
  string('reference_type', 'Reference Type', ({ reference }) => reference.type),
  string('reference_id', 'Reference ID', ({ reference }) => reference.id),
  string('last_message_id', 'Last Message ID', ({ lastMessageId }) => lastMessageId.id),
  datetime('last_message_at', 'Last Message At', ({ lastMessageId }) => lastMessageId.at),
  string(
    'last_message_user_id',
    'Last Message User ID',
    ({ lastMessageId }) => lastMessageId.userId,
  ),
  string(
    'last_message_user_type',
    'Last Message User Type',
    ({ lastMessageId }) => lastMessageId.userType,
  ),
  ...person('contact', 'Contact', contactOf),
  ...person('member', 'Member', memberOf),
  ...person('creator', 'Creator', ({ creator }) => creator),
  string('callback_type', 'Callback Type', ({ callback }) => callback.type),
  string('callback_phone', 'Callback Phone', ({ callback }) => callback.phone),
  string('callback_note', 'Callback Note', ({ callback }) => callback.note),
  datetime(
    'callback_preferred_start',
    'Callback Preferred Start (First Window)',
    ({ callback }) => callback.preferredTime[0]?.start ?? null,
  ),
  datetime(
    'callback_preferred_end',
    'Callback Preferred End (First Window)',
    ({ callback }) => callback.preferredTime[0]?.end ?? null,
  ),
  lineItems(
    { key: 'callback_preferred_time', label: 'Callback Preferred Time' },
    TIME_WINDOW,
    ({ callback }) => callback.preferredTime,
  ),
  string('callback_preferred_times_text', 'Callback Preferred Times (Text)', ({ callback }) =>
    joined(callback.preferredTime.map(windowText), '; '),
  ),
  ...person('closed_by', 'Closed By', ({ closeRecord }) => closeRecord.user),
  string('close_note', 'Close Note', ({ closeRecord }) => closeRecord.note),
  datetime(
    'close_record_modified_at',
    'Close Record Modified At',
    ({ closeRecord }) => closeRecord.lastModifiedDateTime,
  ),
  string('contact_names', 'Contact Names', ({ participants }) =>
    namesOf(participants.filter(isContact)),
  ),
  string('member_names', 'Member Names', ({ participants }) =>
    namesOf(participants.filter(isMember)),
  ),
  ...people('participant', 'Participant', ({ participants }) => participants),
  ...people('active_user', 'Active User', ({ users }) => users),
  ...people('invited_user', 'Invited User', ({ targetUsers }) => targetUsers),
];

/**
 * The output fields of a chat session. The fields of the primary key are marked.
 * Zapier: output fields with `primary: true` together tell one event from another.
 */
export function chatSessionOutputFields(primaryKey: readonly string[]): OutputField[] {
  return FIELDS.map(({ read, ...field }) =>
    primaryKey.includes(field.key) ? { ...field, primary: true } : field,
  );
}

/**
 * A session as a flat record: every key of the output fields, in their order and with their types.
 */
export const toRecord: (session: ChatSession) => ChatSessionRecord = recordMaker(FIELDS);

/** The texts that are not empty, joined; null when there are none. */
const joined = (texts: readonly string[], separator: string): string | null =>
  texts.filter((text) => text !== '').join(separator) || null;

/** The names that are not blank, joined; null when there are none. */
const namesOf = (users: readonly User[]): string | null =>
  joined(
    users.map(({ name }) => name ?? '').filter((name) => name.trim() !== ''),
    ', ',
  );

/** `START to END`, `from START` or `until END`; empty when both are missing. */
function windowText({ start, end, written }: TimeWindow): string {
  const from = start ?? written.start;
  const until = end ?? written.end;
  if (from === null) return until === null ? '' : `until ${until}`;
  return until === null ? `from ${from}` : `${from} to ${until}`;
}

/** Whole seconds, rounded down; null when a time is missing or the end lies before the start. */
function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  const milliseconds = Date.parse(end) - Date.parse(start);
  return milliseconds < 0 ? null : Math.floor(milliseconds / 1000);
}
