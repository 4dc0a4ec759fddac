import { companies, firstStatuses, sessionTypes } from '../src/chat-session/filters.ts';
import { beginnings } from '../src/chat-session/samples.ts';
import { NEW_CHAT_SESSION } from '../src/deskdirector/events.ts';
import { chatSessionHook } from '../src/steps/chat-session-hook.ts';

/**
 * Runs once for each chat that begins. It can begin as Waiting, as Handled, or as a callback that a
 * customer left on the Request Support page.
 */
export default chatSessionHook({
  key: 'new_chat_session',
  noun: 'Chat Session',
  label: 'New Chat Session',
  description:
    'Triggers when a customer requests a chat or leaves a callback on the Request Support page, or when a technician starts a chat. A callback that a waiting customer asks for is no new chat: for that, use Chat Session Status Changed.',
  event: NEW_CHAT_SESSION,
  filters: [firstStatuses, sessionTypes, companies],
  samples: beginnings,
  primaryKey: ['id'],
});
