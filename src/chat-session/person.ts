import { type ChatSession, NOBODY, type User } from './payload.ts';

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
