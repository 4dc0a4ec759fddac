import { type ChatSession, NOBODY, type User } from './payload.ts';

export const isContact = (user: User): boolean => user.type === 'contact';
export const isMember = (user: User): boolean => user.type === 'member';

/** The customer of a session. In a push chat the creator is a technician, so look further. */
export function contactOf({ creator, targetUsers, participants, users }: ChatSession): User {
  return [creator, ...targetUsers, ...participants, ...users].find(isContact) ?? NOBODY;
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
