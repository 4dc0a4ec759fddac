import { companies, newStatuses, sessionTypes } from '../src/chat-session/filters.ts';
import { changes } from '../src/chat-session/samples.ts';
import { CHAT_SESSION_STATUS_CHANGED } from '../src/deskdirector/events.ts';
import { chatSessionHook } from '../src/steps/chat-session-hook.ts';

/**
 * Runs once for each change of a chat's status. One delivery can hold a session twice, with two
 * changes in quick succession, so its id alone does not tell one event from another.
 */
export default chatSessionHook({
  key: 'chat_session_status_changed',
  noun: 'Chat Session',
  label: 'Chat Session Status Changed',
  description:
    'Triggers when a chat is handled (a technician joined), abandoned (the customer left first), completed (a technician closed it) or turned into a callback by a waiting customer. For a chat that begins, also as a callback, use New Chat Session.',
  event: CHAT_SESSION_STATUS_CHANGED,
  filters: [newStatuses, sessionTypes, companies],
  samples: changes,
  primaryKey: ['id', 'status', 'last_modified_at'],
});
