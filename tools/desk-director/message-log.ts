/** A system message in a chat. */
export interface ChatMessage {
  messageId: string;
  sentDateTime: string;
  /** The body of the request that sent the message, unchanged. */
  body: Record<string, unknown>;
}

/** The log of the system messages of all sessions. The log returns copies. */
export function createMessageLog() {
  const messages = new Map<string, ChatMessage[]>();
  let count = 0;

  return {
    add(sessionId: string, sentDateTime: string, body: Record<string, unknown>): ChatMessage {
      count += 1;
      // Starts like the ids of people's messages. The count tells messages of one moment apart.
      const messageId = `${Date.parse(sentDateTime)}-${count.toString(16).toUpperCase()}-system`;
      const message = structuredClone({ messageId, sentDateTime, body });
      messages.set(sessionId, [...(messages.get(sessionId) ?? []), message]);
      return structuredClone(message);
    },

    /** The messages of a session, the oldest first. */
    of: (sessionId: string) => structuredClone(messages.get(sessionId) ?? []),
  };
}
