import { type ChatSession, NOBODY, type User } from './payload.ts';

export const isContact = (user: User): boolean => user.type === 'contact';
export const isMember = (user: User): boolean => user.type === 'member';

/** The customer of a session: in a push chat the creator is the technician, so look further. */
export function contactOf({ creator, targetUsers, participants, users }: ChatSession): User {
  if (isContact(creator)) return creator;
  return (
    targetUsers.find(isContact) ?? participants.find(isContact) ?? users.find(isContact) ?? NOBODY
  );
}

/** The technician of a session: whoever took part comes before whoever merely started it. */
export function memberOf({ creator, targetUsers, participants, users }: ChatSession): User {
  const participant = participants.find(isMember);
  if (participant === undefined && isMember(creator)) return creator;
  return participant ?? users.find(isMember) ?? targetUsers.find(isMember) ?? NOBODY;
}
