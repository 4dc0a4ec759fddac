import { type ChatSession, NOBODY, type User } from './payload.ts';

export const isContact = (user: User): boolean => user.type === 'contact';
export const isMember = (user: User): boolean => user.type === 'member';

/** The customer of a session: in a push chat the creator is the technician, so look further. */
export function contactOf({ creator, targetUsers, participants, users }: ChatSession): User {
  return [creator, ...targetUsers, ...participants, ...users].find(isContact) ?? NOBODY;
}

/**
 * The technician of a session: whoever took part comes before whoever merely started it. Failing all
 * who were in it, it is whoever closed it: a technician can get back to a customer without joining.
 */
export function memberOf(session: ChatSession): User {
  const { creator, targetUsers, participants, users, closeRecord } = session;
  const people = [...participants, creator, ...users, ...targetUsers, closeRecord.user];
  return people.find(isMember) ?? NOBODY;
}
