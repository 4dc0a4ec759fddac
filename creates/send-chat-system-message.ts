import { action } from '../src/steps/action.ts';
import { CHAT_ACTION_RESULT } from '../src/steps/result.ts';

/** Writes a message into a chat. The message names no author. */
export default action({
  key: 'send_chat_system_message',
  noun: 'System Message',
  label: 'Send System Message in Chat',
  description: 'Sends a system message in a chat session.',
  operation: 'AddChatSystemMessage',
  result: CHAT_ACTION_RESULT,
});
