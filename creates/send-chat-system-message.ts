import { chatSessionAction } from '../src/steps/action.ts';

/** Writes into a chat, in nobody's name. */
export default chatSessionAction({
  key: 'send_chat_system_message',
  noun: 'System Message',
  label: 'Send System Message in Chat',
  description: 'Sends a system message in a chat session.',
  action: 'AddChatSystemMessage',
});
