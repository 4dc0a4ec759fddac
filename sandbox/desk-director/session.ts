/**
 * A chat session as DeskDirector sends it.
 *
 * Optional is what the documented example leaves out as well, and what cannot be known yet, such as
 * the time at which an open chat was closed (DeskDirector: chat session payload).
 */
export interface ChatSession {
  id: string;
  name: string;
  type: 'request' | 'push';
  status: ChatSessionStatus;
  pastStatus: ChatSessionStatus[];
  report: { creatorWaited?: number; handledDateTime?: string; chatDuration?: number };
  reference?: { type: 'ticket'; id: string };
  creator: User;
  callback?: Callback;
  targetUsers: User[];
  closeRecord?: { user: User; note?: string; lastModifiedDateTime: string };
  closedDateTime?: string;
  users: User[];
  participants: User[];
  lastMessageId?: string;
  createdDateTime: string;
  lastModifiedDateTime: string;
}

export type ChatSessionStatus = 'created' | 'handled' | 'missed' | 'completed' | 'callback';

export interface Callback {
  type: 'phone' | 'chat';
  phone?: string;
  note?: string;
  preferredTime?: { start: string; end: string }[];
}

export interface User {
  entityId: number;
  name: string;
  userId: string;
  company?: Company;
}

export interface Company {
  entityId: number;
  name: string;
  identifier: string;
}
