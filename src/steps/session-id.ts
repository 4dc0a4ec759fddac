import { defineInputField } from 'zapier-platform-core';

/** The input field of all steps for one chat session. No call lists sessions, so it has no dropdown. */
export const SESSION_ID = defineInputField({
  key: 'session_id',
  label: 'Chat Session',
  type: 'string',
  required: true,
  helpText: 'Map the Session ID from the trigger, or from a step that found the chat.',
});
