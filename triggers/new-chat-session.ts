import { companies, sessionTypes } from '../src/chat-session/filters.ts';
import { chatSessionHook } from '../src/chat-session-hook.ts';
import { NEW_CHAT_SESSION } from '../src/deskdirector/chat-workflows.ts';

/** Runs once for each chat that begins: a customer asks for one, or a technician starts one. */
export default chatSessionHook({
  key: 'new_chat_session',
  noun: 'Chat Session',
  label: 'New Chat Session',
  description: 'Triggers when a customer requests a chat, or a technician starts one.',
  event: NEW_CHAT_SESSION,
  filters: [sessionTypes, companies],
  primaryKey: ['id'],
});
