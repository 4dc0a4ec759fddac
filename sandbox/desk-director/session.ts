/**
 * A chat session as DeskDirector sends it (DeskDirector: chat session payload).
 *
 * A member is optional when the documented example lacks it, or when its value is not known yet, such
 * as the closing time of an open chat.
 */
export interface ChatSessionPayload {
  id: string;
  name: string;
  type: 'request' | 'push';
  status: ChatSessionStatus;
  pastStatus: ChatSessionStatus[];
  report: { creatorWaited?: number; handledDateTime?: string; chatDuration?: number };
  reference?: { type: 'ticket'; id: string };
  creator: Person;
  callback?: Callback;
  targetUsers: Person[];
  closeRecord?: { user: Person; note?: string; lastModifiedDateTime: string };
  closedDateTime?: string;
  users: Person[];
  participants: Person[];
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

export interface Person {
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
