import type { ChatSession, TimeWindow, User } from './payload.ts';
import { contactOf, isContact, isMember, memberOf } from './person.ts';

type Scalar = string | number | null;
type LineItem = Readonly<Record<string, Scalar>>;

/** One flat chat session, as the steps of a Zap see it: every key of the output fields, always. */
export type ChatSessionRecord = Record<string, Scalar | readonly LineItem[]>;

interface ValueTypes {
  string: string;
  datetime: string;
  integer: number;
  number: number;
}

/** One value that is read from `Source`: `[key, label, type, read]`. */
type Column<Source> = {
  [T in keyof ValueTypes]: readonly [
    key: string,
    label: string,
    type: T,
    read: (source: Source) => ValueTypes[T] | null,
  ];
}[keyof ValueTypes];

/** One member of a row, which was read under the key it is shown by: `[key, label, type]`. */
type RowColumn<Row> = {
  [Key in keyof Row & string]: readonly [key: Key, label: string, type: TypeOf<Row[Key]>];
}[keyof Row & string];

type TypeOf<Value> = {
  [T in keyof ValueTypes]: Value extends ValueTypes[T] | null ? T : never;
}[keyof ValueTypes];

/** How Zapier is told of a value: see `outputFields` in the platform's schema. */
interface OutputField {
  key: string;
  label: string;
  type?: keyof ValueTypes;
  children?: OutputField[];
  primary?: true;
}

/** A part of the table: what it declares to Zapier, and how it fills a blank record. */
interface Section {
  readonly outputFields: readonly OutputField[];
  readonly fill: (record: ChatSessionRecord, session: ChatSession) => void;
}

function values<Source>(
  source: (session: ChatSession) => Source,
  columns: readonly Column<Source>[],
): Section {
  return {
    outputFields: columns.map(([key, label, type]) => ({ key, label, type })),
    fill: (record, session) => {
      const found = source(session);
      for (const [key, , , read] of columns) {
        const value = read(found);
        if (value !== null) record[key] = value;
      }
    },
  };
}

/** The seven fields of a person. */
const PERSON: readonly RowColumn<User>[] = [
  ['id', 'ID', 'string'],
  ['entity_id', 'Entity ID', 'integer'],
  ['name', 'Name', 'string'],
  ['type', 'Type', 'string'],
  ['company_entity_id', 'Company Entity ID', 'integer'],
  ['company_name', 'Company Name', 'string'],
  ['company_identifier', 'Company Identifier', 'string'],
];

function person(prefix: string, label: string, who: (session: ChatSession) => User): Section {
  const columns = PERSON.map(([name]) => ({ name, key: `${prefix}_${name}` }));
  return {
    outputFields: rowFields(`${prefix}_`, label, PERSON),
    fill: (record, session) => {
      const user = who(session);
      for (const { key, name } of columns) {
        const value = user[name];
        if (value !== null) record[key] = value;
      }
    },
  };
}

/** Rows as they were read. There are many of them: copying each would take as long as reading it. */
function lineItems<Row extends LineItem>(
  singularKey: string,
  label: string,
  rows: (session: ChatSession) => readonly Row[],
  columns: readonly RowColumn<Row>[],
): Section {
  const key = `${singularKey}s`;
  return {
    outputFields: [{ key, label: `${label}s`, children: rowFields('', label, columns) }],
    fill: (record, session) => {
      record[key] = rows(session);
    },
  };
}

function rowFields<Row>(
  keyPrefix: string,
  label: string,
  columns: readonly RowColumn<Row>[],
): OutputField[] {
  return columns.map(([key, name, type]) => ({
    key: `${keyPrefix}${key}`,
    label: `${label} ${name}`,
    type,
  }));
}

/** A group of people three times: their names, how many, and a row for each. */
function people(
  key: string,
  label: string,
  group: (session: ChatSession) => readonly User[],
): readonly Section[] {
  return [
    values(group, [
      [`${key}_names`, `${label} Names`, 'string', (users) => joinNames(users)],
      [`${key}_count`, `${label} Count`, 'integer', (users) => users.length],
    ]),
    lineItems(key, label, group, PERSON),
  ];
}

const joined = (parts: readonly string[]): string | null => parts.join(', ') || null;

function joinNames(users: readonly User[], isOne: (user: User) => boolean = () => true) {
  let names: string | null = null;
  for (const user of users) {
    if (user.name === null || !isOne(user)) continue;
    names = names === null ? user.name : `${names}, ${user.name}`;
  }
  return names;
}

/** `START to END`, `from START` or `until END`; empty when nothing was filled in. */
function windowText({ start, end, written }: TimeWindow): string {
  const from = start ?? written.start;
  const until = end ?? written.end;
  if (from === null) return until === null ? '' : `until ${until}`;
  return until === null ? `from ${from}` : `${from} to ${until}`;
}

/** Whole seconds, rounded down; null when an end is missing or the end lies before the start. */
function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  const milliseconds = Date.parse(end) - Date.parse(start);
  return milliseconds < 0 ? null : Math.floor(milliseconds / 1000);
}

/**
 * THE table. Output fields, records and samples all follow from it. Its keys are what people have
 * mapped in their Zaps: they can't change.
 */
const SECTIONS: readonly Section[] = [
  values<ChatSession>(
    (session) => session,
    [
      ['id', 'Session ID', 'string', (session) => session.id],
      ['name', 'Session Name', 'string', (session) => session.name],
      ['type', 'Session Type', 'string', (session) => session.type],
      ['status', 'Status', 'string', (session) => session.status],
      [
        'previous_status',
        'Previous Status',
        'string',
        ({ pastStatus }) => pastStatus.at(-1) ?? null,
      ],
      ['past_statuses', 'Past Statuses', 'string', ({ pastStatus }) => joined(pastStatus)],
      ['created_at', 'Created At', 'datetime', (session) => session.createdDateTime],
      ['handled_at', 'Handled At', 'datetime', ({ report }) => report.handledDateTime],
      ['closed_at', 'Closed At', 'datetime', (session) => session.closedDateTime],
      [
        'last_modified_at',
        'Last Modified At',
        'datetime',
        (session) => session.lastModifiedDateTime,
      ],
      [
        'seconds_to_handled',
        'Seconds Until Handled',
        'integer',
        ({ createdDateTime, report }) => secondsBetween(createdDateTime, report.handledDateTime),
      ],
      [
        'seconds_handled_to_closed',
        'Seconds From Handled Until Closed',
        'integer',
        ({ report, closedDateTime }) => secondsBetween(report.handledDateTime, closedDateTime),
      ],
      [
        'seconds_to_closed',
        'Seconds Until Closed',
        'integer',
        ({ createdDateTime, closedDateTime }) => secondsBetween(createdDateTime, closedDateTime),
      ],
      // The units of these two are not published: pass them on, and never name one.
      [
        'creator_waited',
        'Creator Waited (As Reported)',
        'number',
        ({ report }) => report.creatorWaited,
      ],
      [
        'chat_duration',
        'Chat Duration (As Reported)',
        'number',
        ({ report }) => report.chatDuration,
      ],
      [
        'ticket_id',
        'Ticket ID',
        'string',
        ({ reference }) => (reference.type?.toLowerCase() === 'ticket' ? reference.id : null),
      ],
      ['reference_type', 'Reference Type', 'string', ({ reference }) => reference.type],
      ['reference_id', 'Reference ID', 'string', ({ reference }) => reference.id],
      ['last_message_id', 'Last Message ID', 'string', (session) => session.lastMessageId],
      ['last_message_at', 'Last Message At', 'datetime', ({ lastMessage }) => lastMessage.at],
      [
        'last_message_user_id',
        'Last Message User ID',
        'string',
        ({ lastMessage }) => lastMessage.userId,
      ],
      [
        'last_message_user_type',
        'Last Message User Type',
        'string',
        ({ lastMessage }) => lastMessage.userType,
      ],
    ],
  ),
  person('contact', 'Contact', contactOf),
  person('member', 'Member', memberOf),
  person('creator', 'Creator', ({ creator }) => creator),
  values(
    ({ callback }) => callback,
    [
      ['callback_type', 'Callback Type', 'string', (callback) => callback.type],
      ['callback_phone', 'Callback Phone', 'string', (callback) => callback.phone],
      ['callback_note', 'Callback Note', 'string', (callback) => callback.note],
      [
        'callback_preferred_start',
        'Callback Preferred Start',
        'datetime',
        ({ preferredTime }) => preferredTime[0]?.start ?? null,
      ],
      [
        'callback_preferred_end',
        'Callback Preferred End',
        'datetime',
        ({ preferredTime }) => preferredTime[0]?.end ?? null,
      ],
    ],
  ),
  lineItems(
    'callback_preferred_time',
    'Callback Preferred Time',
    ({ callback }) => callback.preferredTime.map(({ start, end }) => ({ start, end })),
    [
      ['start', 'Start', 'datetime'],
      ['end', 'End', 'datetime'],
    ],
  ),
  values(
    ({ callback }) => callback.preferredTime,
    [
      [
        'callback_preferred_times_text',
        'Callback Preferred Times (Text)',
        'string',
        (windows) =>
          windows
            .map(windowText)
            .filter((text) => text !== '')
            .join('; ') || null,
      ],
    ],
  ),
  person('closed_by', 'Closed By', ({ closeRecord }) => closeRecord.user),
  values(
    ({ closeRecord }) => closeRecord,
    [
      ['close_note', 'Close Note', 'string', ({ note }) => note],
      [
        'close_record_modified_at',
        'Close Record Modified At',
        'datetime',
        ({ lastModifiedDateTime }) => lastModifiedDateTime,
      ],
    ],
  ),
  values(
    ({ participants }) => participants,
    [
      ['contact_names', 'Contact Names', 'string', (users) => joinNames(users, isContact)],
      ['member_names', 'Member Names', 'string', (users) => joinNames(users, isMember)],
    ],
  ),
  ...people('participant', 'Participant', ({ participants }) => participants),
  ...people('active_user', 'Active User', ({ users }) => users),
  ...people('invited_user', 'Invited User', ({ targetUsers }) => targetUsers),
];

const OUTPUT_FIELDS = SECTIONS.flatMap(({ outputFields }) => outputFields);

/**
 * Copied for each record: filling in what is there is several times faster than adding keys. What is
 * null in a session stays as it is here.
 */
const BLANK: ChatSessionRecord = Object.fromEntries(OUTPUT_FIELDS.map(({ key }) => [key, null]));

/**
 * The output fields of a chat session, with the given keys marked as its primary key.
 * Zapier: output fields with `primary: true` together tell one event from another.
 */
export function chatSessionOutputFields(primaryKey: readonly string[]): OutputField[] {
  return OUTPUT_FIELDS.map((field) =>
    primaryKey.includes(field.key) ? { ...field, primary: true } : field,
  );
}

/** One session as a flat record: every key of the output fields, in their order and types. */
export function toRecord(session: ChatSession): ChatSessionRecord {
  const record = { ...BLANK };
  for (const { fill } of SECTIONS) fill(record, session);
  return record;
}
