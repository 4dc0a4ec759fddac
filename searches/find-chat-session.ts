import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { chatSessionOutputFields, toRecord } from '../src/chat-session/fields.ts';
import { changes } from '../src/chat-session/samples.ts';
import { findChatSession, sessionId } from '../src/deskdirector/chat-sessions.ts';
import { SESSION_ID } from '../src/steps/session-id.ts';

/** Looks a chat up as it is now, for example after a Delay. */
export default defineSearch({
  key: 'find_chat_session',
  noun: 'Chat Session',
  display: {
    label: 'Find Chat Session',
    description: 'Finds a chat session by its ID, as it is now.',
  },
  operation: {
    inputFields: [SESSION_ID],
    outputFields: chatSessionOutputFields([]),
    sample: changes.record,

    perform: async (z: ZObject, bundle: Bundle) => {
      const session = await findChatSession(z, bundle, sessionId(bundle.inputData.session_id));
      return session === null ? [] : [toRecord(session)];
    },
  },
});
