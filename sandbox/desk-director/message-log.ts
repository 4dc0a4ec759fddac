/** A system message in a chat. */
export interface ChatMessage {
  messageId: string;
  sentDateTime: string;
  /** What was posted, as it was. */
  body: Record<string, unknown>;
}

export interface MessageLog {
  add(sessionId: string, sentDateTime: string, body: Record<string, unknown>): ChatMessage;
  /** The messages of a session, the oldest first. */
  of(sessionId: string): ChatMessage[];
}

/** The system messages of all sessions; what it hands out are copies. */
export function createMessageLog(): MessageLog {
  const messages = new Map<string, ChatMessage[]>();
  let count = 0;

  return {
    add(sessionId, sentDateTime, body) {
      count += 1;
      // Begins like those of the people in a chat; the count keeps two of one moment apart.
      const messageId = `${Date.parse(sentDateTime)}-${count.toString(16).toUpperCase()}-system`;
      const message = structuredClone({ messageId, sentDateTime, body });
      messages.set(sessionId, [...(messages.get(sessionId) ?? []), message]);
      return structuredClone(message);
    },

    of: (sessionId) => structuredClone(messages.get(sessionId) ?? []),
  };
}
