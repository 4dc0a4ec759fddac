import { action } from '../src/steps/action.ts';
import { CHAT_ACTION_RESULT } from '../src/steps/result.ts';

/** Writes a message into a chat. The message names no author. */
export default action({
  key: 'send_chat_system_message',
  noun: 'System Message',
  label: 'Send System Message in Chat',
  description:
    'Writes a message that names no author into a chat. It may reach the customer: your DeskDirector site decides who reads it, and whether a closed chat takes it.',
  operation: 'AddChatSystemMessage',
  result: CHAT_ACTION_RESULT,
});
