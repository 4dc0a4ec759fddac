import { CHAT_SESSION_RESULT } from '../src/steps/result.ts';
import { search } from '../src/steps/search.ts';

/**
 * Looks up a chat as it is now, for example after a Delay. The result has the fields of the
 * triggers.
 */
export default search({
  key: 'find_chat_session',
  noun: 'Chat Session',
  label: 'Find Chat Session',
  description: 'Finds a chat session by its ID, as it is now.',
  byId: 'GetChatSession',
  result: CHAT_SESSION_RESULT,
});
