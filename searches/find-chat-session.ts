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
  description:
    'Finds a chat by its ID, as it is now; your DeskDirector site decides how long it finds a closed one. Gives Status Name (Waiting or Handled while it is open), customer, times, seconds of waiting (none if never handled), callback, ticket, who is in it now (Active Users), ever took part (Participants) or has not joined yet (Invited Users); no e-mail address, no messages, no unit of Creator Waited.',
  byId: 'GetChatSession',
  result: CHAT_SESSION_RESULT,
});
