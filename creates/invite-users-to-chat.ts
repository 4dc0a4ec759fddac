import { chatSessionAction } from '../src/steps/action.ts';

/** Asks people to join a chat. */
export default chatSessionAction({
  key: 'invite_users_to_chat',
  noun: 'Invitation',
  label: 'Invite Users to Chat',
  description: 'Invites users to a chat session.',
  action: 'InviteUsersToChat',
});
