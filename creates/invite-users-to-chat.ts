import { action } from '../src/steps/action.ts';
import { CHAT_ACTION_RESULT } from '../src/steps/result.ts';

/** Invites people to join a chat. */
export default action({
  key: 'invite_users_to_chat',
  noun: 'Invitation',
  label: 'Invite Users to Chat',
  description:
    'Invites technicians or customers to a chat, by the fields that your DeskDirector site has for them. They are Invited Users until they join; your site decides how it tells them, and whether they can join a closed chat.',
  operation: 'InviteUsersToChat',
  result: CHAT_ACTION_RESULT,
});
