import type { Clock } from './clock.ts';
import { contacts, isMember, members } from './people.ts';
import type { Callback, ChatSessionPayload, ChatSessionStatus, Person } from './session.ts';

export type EventKind = 'new' | 'statusChanged';

/** What a chat begins with. */
type FirstMembers = Pick<
  ChatSessionPayload,
  'name' | 'type' | 'creator' | 'targetUsers' | 'users' | 'participants'
> &
  Pick<Partial<ChatSessionPayload>, 'reference' | 'status' | 'callback'>;

interface ChatRequest {
  contact?: Person | undefined;
  name?: string | undefined;
}

interface ChatPush extends ChatRequest {
  member?: Person | undefined;
  ticketId?: string | undefined;
}

/** A system message in a chat. */
interface ChatMessage {
  readonly messageId: string;
  readonly sentDateTime: string;
  /** The body of the request that sent the message, unchanged. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type ChatChange = 'join' | 'miss' | 'askForCallback' | 'complete';

/** For each change, the statuses in which a chat allows it. */
export const allowed: Readonly<Record<ChatChange, readonly ChatSessionStatus[]>> = {
  join: ['created', 'handled'],
  miss: ['created'],
  askForCallback: ['created', 'missed'],
  complete: ['handled', 'callback'],
};

export type Chats = ReturnType<typeof createChats>;

/**
 * The chats of a site, none at first. Each function that changes a chat returns a snapshot of the
 * changed session. It throws when the chat is unknown or its status does not allow the change.
 *
 * @param announce is called when a chat starts and when its status changes
 */
export function createChats(
  time: Clock,
  announce: (event: EventKind, session: ChatSessionPayload) => void,
) {
  const sessions = new Map<string, ChatSessionPayload>();
  const messages: (ChatMessage & { readonly sessionId: string })[] = [];

  function start(first: FirstMembers): ChatSessionPayload {
    const createdDateTime = time();
    const seconds = Math.floor(Date.parse(createdDateTime) / 1000);
    // A copy, so that no two sessions share a person.
    const started = structuredClone<ChatSessionPayload>({
      id: `${seconds}-${1001 + sessions.size}`,
      status: 'created',
      pastStatus: [],
      report: {},
      createdDateTime,
      lastModifiedDateTime: createdDateTime,
      ...first,
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

  function open(id: string, change: ChatChange): ChatSessionPayload {
    const session = known(id);
    if (!allowed[change].includes(session.status)) {
      throw new Error(
        `${change} is not possible in chat ${id}: ` +
          `its status is ${session.status}, not ${allowed[change].join(' or ')}.`,
      );
    }
    return session;
  }

  /** Keeps the status. */
  function touch(session: ChatSessionPayload): ChatSessionPayload {
    session.lastModifiedDateTime = time();
    return structuredClone(session);
  }

  function setStatus(session: ChatSessionPayload, status: ChatSessionStatus): ChatSessionPayload {
    // The documented example was created, handled and completed; its `pastStatus` is `handled` only.
    if (session.status !== 'created') session.pastStatus.push(session.status);
    session.status = status;
    const changed = touch(session);
    announce('statusChanged', structuredClone(session));
    return changed;
  }

  return {
    /** A customer requests a chat and waits in it. */
    request: (how?: ChatRequest) => start(requestedChat(how)),

    /** A customer leaves a callback on the Request Support page and does not wait. */
    leaveCallback: (callback: Callback, how?: ChatRequest) =>
      start({ ...requestedChat(how), users: [], status: 'callback', callback }),

    /** A technician starts a chat, from a ticket if its id is given, and invites a customer. */
    push(how: ChatPush = {}) {
      const { member = members.sprocket, contact = contacts.bramble, ticketId, name } = how;
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

    /**
     * A person joins: by default the invited customer, or a technician when nobody is invited. The
     * status changes only when the chat is not `handled` yet.
     */
    join(id: string, person?: Person) {
      const session = open(id, 'join');
      const user = structuredClone(person ?? session.targetUsers[0] ?? members.sprocket);
      enter(session, user);
      const joined = time();
      session.lastMessageId = `${Date.parse(joined)}-5E-${user.userId}`;
      if (session.status === 'handled') return touch(session);
      session.report.handledDateTime = joined;
      session.report.creatorWaited = elapsed(session.createdDateTime, joined);
      return setStatus(session, 'handled');
    },

    /** The customer leaves before anybody joined. */
    miss(id: string) {
      const session = open(id, 'miss');
      session.users = [];
      return setStatus(session, 'missed');
    },

    /** The customer asks to be called back. */
    askForCallback(id: string, callback: Callback) {
      const session = open(id, 'askForCallback');
      session.callback = structuredClone(callback);
      return setStatus(session, 'callback');
    },

    /** A technician closes the chat: by default the first technician who took part in it. */
    complete(id: string, { member, note }: { member?: Person; note?: string | undefined } = {}) {
      const session = open(id, 'complete');
      const user = member ?? session.participants.find(isMember) ?? members.sprocket;
      session.closeRecord = {
        user: structuredClone(user),
        ...(note === undefined ? {} : { note }),
        lastModifiedDateTime: time(),
      };
      session.closedDateTime = time();
      session.report.chatDuration = elapsed(session.createdDateTime, session.closedDateTime);
      return setStatus(session, 'completed');
    },

    /** Invites people, except those who are in the chat or invited already. Keeps the status. */
    invite(id: string, people: readonly Person[]) {
      const session = known(id);
      const invited = people.filter((person, n) => {
        const present = [...session.users, ...session.targetUsers, ...people.slice(0, n)];
        return !present.some(isSame(person));
      });
      if (invited.length === 0) return structuredClone(session);
      session.targetUsers.push(...structuredClone(invited));
      return touch(session);
    },

    /** Makes a ticket the reference of a chat. Keeps the status. */
    setTicket(id: string, ticketId: number) {
      const session = known(id);
      session.reference = { type: 'ticket', id: String(ticketId) };
      return touch(session);
    },

    /** Appends a message to a chat and returns the id of the message. Keeps the status. */
    postSystemMessage(id: string, body: ChatMessage['body']): string {
      const session = known(id);
      const sentDateTime = touch(session).lastModifiedDateTime;
      // Starts like the ids of people's messages. The count tells messages of one moment apart.
      const count = (messages.length + 1).toString(16).toUpperCase();
      const messageId = `${Date.parse(sentDateTime)}-${count}-system`;
      messages.push(structuredClone({ sessionId: id, messageId, sentDateTime, body }));
      session.lastMessageId = messageId;
      return messageId;
    },

    /** A snapshot of the system messages of a chat, the oldest first. */
    messages(id: string): ChatMessage[] {
      const session = known(id);
      return structuredClone(messages.filter(({ sessionId }) => sessionId === session.id));
    },

    /** A snapshot of a session; undefined when the id is unknown. */
    find: (id: string) => structuredClone(sessions.get(id)),

    /** Snapshots of all sessions, the latest first. */
    list: () => structuredClone([...sessions.values()].reverse()),
  };
}

const isSame =
  ({ userId }: Person) =>
  (other: Person) =>
    other.userId === userId;

/** Lets a person into a chat. Throws when the person is there already, or is not invited. */
function enter(session: ChatSessionPayload, user: Person): void {
  if (session.users.some(isSame(user))) {
    throw new Error(`${user.name} is in chat ${session.id} already.`);
  }
  if (!isMember(user) && !session.targetUsers.some(isSame(user))) {
    throw new Error(`${user.name} is not invited to chat ${session.id}.`);
  }
  session.targetUsers = session.targetUsers.filter((other) => !isSame(user)(other));
  session.users.push(user);
  session.participants.push(user);
}

/** How a chat begins that a customer requests. */
function requestedChat({ contact = contacts.quilla, name }: ChatRequest = {}) {
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

/** Whole seconds. DeskDirector does not publish the unit of its report. */
function elapsed(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}
