import { action } from '../src/steps/action.ts';
import { CHAT_ACTION_RESULT } from '../src/steps/result.ts';

/** Invites people to join a chat. */
export default action({
  key: 'invite_users_to_chat',
  noun: 'Invitation',
  label: 'Invite Users to Chat',
  description: 'Invites users to a chat session.',
  operation: 'InviteUsersToChat',
  result: CHAT_ACTION_RESULT,
});
