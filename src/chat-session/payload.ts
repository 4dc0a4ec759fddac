import { isOfKind } from '../delivery.ts';
import {
  asObject,
  datetime,
  integer,
  isNoTime,
  isObject,
  kindOf,
  list,
  number,
  text,
  texts,
} from '../values.ts';

/*
 * The documented payload and its statuses stand here once. The types of the app follow from what these
 * functions return.
 */

/**
 * Reads a chat session as DeskDirector's webhooks post it. It never throws: a missing or unreadable
 * scalar becomes null, a list []. Every documented property is there, and no other.
 * DeskDirector: chat session payload.
 */
export function readChatSession(value: unknown) {
  const session = asObject(value);
  return {
    id: text(session.id),
    name: text(session.name),
    type: text(session.type),
    status: text(session.status),
    pastStatus: texts(entriesOf(session.pastStatus)),
    report: readReport(session.report),
    reference: readReference(session.reference),
    creator: readUser(session.creator),
    callback: readCallback(session.callback),
    targetUsers: listOf(session.targetUsers, readUser),
    closeRecord: readCloseRecord(session.closeRecord),
    closedDateTime: datetime(session.closedDateTime),
    users: listOf(session.users, readUser),
    participants: listOf(session.participants, readUser),
    lastMessageId: readMessageId(session.lastMessageId),
    createdDateTime: datetime(session.createdDateTime),
    lastModifiedDateTime: datetime(session.lastModifiedDateTime),
  };
}

export type ChatSession = ReturnType<typeof readChatSession>;

/** The entries of a list. One value where a list is due is a list of one. */
const entriesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const listOf = <T>(value: unknown, read: (entry: unknown) => T): T[] =>
  list(entriesOf(value), read);

function readReport(value: unknown) {
  const report = asObject(value);
  return {
    creatorWaited: number(report.creatorWaited),
    handledDateTime: datetime(report.handledDateTime),
    chatDuration: number(report.chatDuration),
  };
}

function readReference(value: unknown) {
  const reference = asObject(value);
  return { type: text(reference.type), id: text(reference.id) };
}

function readCallback(value: unknown) {
  const callback = asObject(value);
  return {
    type: text(callback.type),
    phone: text(callback.phone),
    note: text(callback.note),
    preferredTime: listOf(callback.preferredTime, readTimeWindow),
  };
}

function readTimeWindow(value: unknown) {
  const { start, end } = asObject(value);
  return {
    start: datetime(start),
    end: datetime(end),
    /** As DeskDirector wrote them. A local time without an offset is not a datetime. */
    written: { start: writtenTime(start), end: writtenTime(end) },
  };
}

/** A time as text; null for .NET's smallest time, which stands for no time. */
const writtenTime = (value: unknown): string | null => (isNoTime(value) ? null : text(value));

/** A time at which a customer would like to be called back. */
export type TimeWindow = ReturnType<typeof readTimeWindow>;

/** Numbers outside of these years are not taken for the time of a message. */
const MESSAGE_TIMES = { from: Date.UTC(2010, 0), before: Date.UTC(2100, 0) };

/**
 * The id of a message, and the time and the author in it. These three are null when the id is not
 * formed like the one published example, `1530163058374-5E-nzlancomdev~c~11220`.
 * DeskDirector: chat session payload, example.
 */
function readMessageId(value: unknown) {
  const id = text(value);
  const [, digits, userId = null] = /^(\d+)-[^-~]+-(.*~[cm]~\d+)$/is.exec(id ?? '') ?? [];
  const time = Number(digits);
  const isTime = time >= MESSAGE_TIMES.from && time < MESSAGE_TIMES.before;
  return {
    id,
    at: isTime ? new Date(time).toISOString() : null,
    userId: isTime ? userId : null,
    userType: isTime ? personType(userId) : null,
  };
}

function readCloseRecord(value: unknown) {
  const record = asObject(value);
  return {
    user: readUser(record.user),
    note: text(record.note),
    lastModifiedDateTime: datetime(record.lastModifiedDateTime),
  };
}

function readUser(value: unknown) {
  const user = asObject(value);
  const company = asObject(user.company);
  const id = text(user.userId);
  return {
    id,
    entityId: integer(user.entityId),
    name: text(user.name),
    type: personType(id),
    company: {
      entityId: integer(company.entityId),
      name: text(company.name),
      identifier: text(company.identifier),
    },
  };
}

/** A contact (customer) or a member (technician). DeskDirector: chat session payload, `User`. */
export type User = ReturnType<typeof readUser>;

/**
 * Whether a user is a contact or a member, by the last two parts of the userId: `a~b~c~5` is contact
 * 5 of instance `a~b`, in capitals or not. Null when these parts tell neither.
 * DeskDirector: chat session payload, notes on users.
 */
function personType(userId: string | null): 'contact' | 'member' | null {
  if (userId === null) return null;
  if (/~c~\d+$/i.test(userId)) return 'contact';
  return /~m~\d+$/i.test(userId) ? 'member' : null;
}

/** A person of whom nothing is known: every value is null. */
const NOBODY: User = readUser(null);

export const isContact = (user: User): boolean => user.type === 'contact';
export const isMember = (user: User): boolean => user.type === 'member';

/**
 * The customer of a session: the creator first, then a participant, an active user, and an invited
 * user. In a chat that a technician started, an invited customer may never have joined, and be of
 * another company than the customer who did.
 */
export function contactOf({ creator, participants, users, targetUsers }: ChatSession): User {
  return [creator, ...participants, ...users, ...targetUsers].find(isContact) ?? NOBODY;
}

/**
 * The technician of a session: a participant first, then the creator, an active user, and an invited
 * user. When there is none, whoever closed the chat: a technician can close a chat without joining
 * it.
 */
export function memberOf(session: ChatSession): User {
  const { creator, targetUsers, participants, users, closeRecord } = session;
  const people = [...participants, creator, ...users, ...targetUsers, closeRecord.user];
  return people.find(isMember) ?? NOBODY;
}

/** The names of the documented properties of a chat session. */
const NAMES: ReadonlySet<string> = new Set(Object.keys(readChatSession(null)));

/**
 * Why an entry is not a chat session; empty when it is one. A session is an object with an id, and with
 * documented properties.
 */
function flaw(entry: unknown): string {
  if (!isObject(entry)) return `${kindOf(entry)} instead of an object`;
  if (typeof entry.id === 'boolean' || text(entry.id) === null) return 'an object without an id';
  return isOfKind(entry, (name) => NAMES.has(name)) ? '' : 'an object that is no chat session';
}

/** What a delivery of chat sessions should hold. The values of a session are never a flaw. */
export const CHAT_SESSIONS = { entry: 'a chat session', entries: 'chat sessions', flaw } as const;

/** The published statuses of a chat: the API's word, the portals' word, and what it means. */
const STATUSES = [
  { status: 'created', name: 'Waiting', meaning: 'nobody has joined yet' },
  { status: 'handled', name: 'Handled', meaning: 'a technician joined' },
  { status: 'missed', name: 'Abandoned', meaning: 'the customer left before anybody joined' },
  { status: 'completed', name: 'Completed', meaning: 'a technician closed the chat' },
  { status: 'callback', name: 'Callback', meaning: 'the customer asked to be called back' },
].map(({ meaning, ...status }) => ({ ...status, label: `${status.name}: ${meaning}` }));

/** What the portals call a status; a status that nobody published as it came. Case is ignored. */
export function statusName(status: string | null): string | null {
  const word = status?.toLowerCase();
  return STATUSES.find((published) => published.status === word)?.name ?? status;
}

/** These statuses, each with the label of its choice in a filter. */
export function statusChoices(offered: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    STATUSES.filter(({ status }) => offered.includes(status)).map(({ status, label }) => [
      status,
      label,
    ]),
  );
}

/**
 * The API's word for a published status, given by its word in the API, its word in the portals or its
 * label, in any case; null for anything else.
 */
export function publishedStatus(written: unknown): string | null {
  const word = typeof written === 'string' ? written.toLowerCase() : null;
  const published = STATUSES.find((status) =>
    Object.values(status).some((one) => one.toLowerCase() === word),
  );
  return published?.status ?? null;
}
