import { createClock } from './clock.ts';
import { type ChatMessage, createMessageLog } from './message-log.ts';
import { contacts, isMember, members } from './people.ts';
import type { Callback, ChatSessionPayload, ChatSessionStatus, Person } from './session.ts';

export type EventKind = 'new' | 'statusChanged';

/**
 * The chats of a site. Each function answers with a snapshot of the session after the change, and
 * throws when the chat is unknown or its status does not allow the change.
 */
export interface Chats {
  /** A customer asks for a chat and waits. */
  request(how?: { contact?: Person | undefined; name?: string | undefined }): ChatSessionPayload;
  /** A customer leaves a callback on the Request Support page: the chat begins with this status. */
  leaveCallback(
    callback: Callback,
    how?: { contact?: Person | undefined; name?: string | undefined },
  ): ChatSessionPayload;
  /** A technician starts a chat, from a ticket when its id is given, and invites a customer. */
  push(how?: {
    member?: Person | undefined;
    contact?: Person | undefined;
    ticketId?: string | undefined;
    name?: string;
  }): ChatSessionPayload;
  /**
   * Somebody joins: by default the invited customer, or a technician when nobody is invited.
   * Whoever joins a chat that is `handled` already changes no status, so nobody is told.
   */
  join(id: string, person?: Person): ChatSessionPayload;
  /** The customer leaves before anybody joined. */
  miss(id: string): ChatSessionPayload;
  /** The customer asks to be called back. */
  askForCallback(id: string, callback: Callback): ChatSessionPayload;
  /** A technician closes the chat: by default the first who took part in it. */
  complete(id: string, how?: { member?: Person; note?: string | undefined }): ChatSessionPayload;
  /**
   * Invites people, less those who are in the chat or invited already. Its status stays, so nobody
   * is told.
   */
  invite(id: string, people: Person[]): ChatSessionPayload;
  /** Appends to the messages of a chat. Its status stays, so nobody is told. */
  postSystemMessage(id: string, body: Record<string, unknown>): ChatMessage;
  /** A snapshot of the system messages of one session, the oldest first. */
  messages(id: string): readonly ChatMessage[];
  /** A snapshot of one session, if there is one of that id. */
  find(id: string): ChatSessionPayload | undefined;
  /** Snapshots of all sessions, the latest first. */
  list(): ChatSessionPayload[];
}

/** From which statuses a change can be made. */
export const allowed = {
  join: ['created', 'handled'],
  miss: ['created'],
  askForCallback: ['created', 'missed'],
  complete: ['handled', 'callback'],
} satisfies Record<string, ChatSessionStatus[]>;

/**
 * A site without chats.
 *
 * @param options.now milliseconds since 1970
 * @param options.announce is told of each start of a chat and of each change of its status
 */
export function createChats(options: {
  now: () => number;
  announce: (event: EventKind, session: ChatSessionPayload) => void;
}): Chats {
  const { announce } = options;
  const time = createClock(options.now);
  const sessions = new Map<string, ChatSessionPayload>();
  const log = createMessageLog();

  function start(
    session: Pick<
      ChatSessionPayload,
      'name' | 'type' | 'creator' | 'targetUsers' | 'users' | 'participants' | 'reference'
    > &
      Pick<Partial<ChatSessionPayload>, 'status' | 'callback'>,
  ): ChatSessionPayload {
    const createdDateTime = time();
    const seconds = Math.floor(Date.parse(createdDateTime) / 1000);
    // The copy keeps each session's people apart from those of the others.
    const started = structuredClone<ChatSessionPayload>({
      id: `${seconds}-${1001 + sessions.size}`,
      status: 'created',
      pastStatus: [],
      report: {},
      createdDateTime,
      lastModifiedDateTime: createdDateTime,
      ...session,
    });
    sessions.set(started.id, started);
    announce('new', structuredClone(started));
    return structuredClone(started);
  }

  function known(id: string): ChatSessionPayload {
    const session = sessions.get(id);
    if (!session) throw new Error(`There is no chat ${id}.`);
    return session;
  }

  function open(id: string, change: keyof typeof allowed): ChatSessionPayload {
    const session = known(id);
    const statuses: ChatSessionStatus[] = allowed[change];
    if (!statuses.includes(session.status)) {
      throw new Error(
        `${change} is not possible in chat ${id}: ` +
          `its status is ${session.status}, not ${statuses.join(' or ')}.`,
      );
    }
    return session;
  }

  function turn(session: ChatSessionPayload, status: ChatSessionStatus): ChatSessionPayload {
    // The documented example was created, handled and completed; it has only `handled` here.
    if (session.status !== 'created') session.pastStatus.push(session.status);
    session.status = status;
    session.lastModifiedDateTime = time();
    announce('statusChanged', structuredClone(session));
    return structuredClone(session);
  }

  return {
    request: (how) => start(requestBy(how)),

    leaveCallback: (callback, how) =>
      // Whoever leaves a callback does not wait in the chat.
      start({ ...requestBy(how), users: [], status: 'callback', callback }),

    push({ member = members.sprocket, contact = contacts.bramble, ticketId, name } = {}) {
      return start({
        name: name ?? `Chat with ${contact.name}`,
        type: 'push',
        ...(ticketId === undefined ? {} : { reference: { type: 'ticket', id: ticketId } }),
        creator: member,
        targetUsers: [contact],
        users: [member],
        participants: [member],
      });
    },

    join(id, person) {
      const session = open(id, 'join');
      const user = structuredClone(person ?? session.targetUsers[0] ?? members.sprocket);
      const isUser = (other: Person) => other.userId === user.userId;
      if (session.users.some(isUser)) throw new Error(`${user.name} is in chat ${id} already.`);
      if (!isMember(user) && !session.targetUsers.some(isUser)) {
        throw new Error(`${user.name} is not invited to chat ${id}.`);
      }

      session.targetUsers = session.targetUsers.filter((other) => !isUser(other));
      session.users.push(user);
      session.participants.push(user);
      const joined = time();
      session.lastMessageId = `${Date.parse(joined)}-5E-${user.userId}`;
      if (session.status === 'handled') {
        session.lastModifiedDateTime = time();
        return structuredClone(session);
      }
      session.report.handledDateTime = joined;
      session.report.creatorWaited = elapsed(session.createdDateTime, joined);
      return turn(session, 'handled');
    },

    miss(id) {
      const session = open(id, 'miss');
      session.users = [];
      return turn(session, 'missed');
    },

    askForCallback(id, callback) {
      const session = open(id, 'askForCallback');
      session.callback = structuredClone(callback);
      return turn(session, 'callback');
    },

    complete(id, { member, note } = {}) {
      const session = open(id, 'complete');
      const user = member ?? session.participants.find(isMember) ?? members.sprocket;
      session.closeRecord = {
        user: structuredClone(user),
        ...(note === undefined ? {} : { note }),
        lastModifiedDateTime: time(),
      };
      session.closedDateTime = time();
      session.report.chatDuration = elapsed(session.createdDateTime, session.closedDateTime);
      return turn(session, 'completed');
    },

    invite(id, people) {
      const session = known(id);
      const present = new Set([...session.users, ...session.targetUsers].map(userId));
      const invited = people.filter((user) => {
        const isNew = !present.has(user.userId);
        present.add(user.userId);
        return isNew;
      });
      if (invited.length > 0) {
        session.targetUsers.push(...structuredClone(invited));
        session.lastModifiedDateTime = time();
      }
      return structuredClone(session);
    },

    postSystemMessage(id, body) {
      const session = known(id);
      const message = log.add(id, time(), body);
      session.lastMessageId = message.messageId;
      session.lastModifiedDateTime = message.sentDateTime;
      return message;
    },

    messages: (id) => log.of(known(id).id),

    find(id) {
      const session = sessions.get(id);
      return session && structuredClone(session);
    },

    list: () => structuredClone([...sessions.values()].reverse()),
  };
}

/** How a chat begins that a customer asked for. */
function requestBy({
  contact = contacts.quilla,
  name,
}: {
  contact?: Person | undefined;
  name?: string | undefined;
} = {}) {
  const company = contact.company ? ` at ${contact.company.name}` : '';
  return {
    name: name ?? `Chat Request from ${contact.name}${company}`,
    type: 'request' as const,
    creator: contact,
    targetUsers: [],
    users: [contact],
    participants: [contact],
  };
}

function userId(user: Person): string {
  return user.userId;
}

/** DeskDirector does not publish the unit of its report; the sandbox counts whole seconds. */
function elapsed(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}
