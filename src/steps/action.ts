import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import { actOnChatSession, sessionId } from '../deskdirector/chat-sessions.ts';
import { warn } from '../deskdirector/errors.ts';
import { type ActionId, bodyType } from '../deskdirector/operations.ts';
import { typeSchema } from '../deskdirector/schemas.ts';
import { SESSION_ID } from './session-id.ts';
import { siteBody, siteFields, siteGroups } from './site-fields.ts';

interface ChatSessionAction<Key extends string> {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly action: ActionId;
}

/** A step that does something to a chat session, with fields that the site describes. */
export function chatSessionAction<const Key extends string>({
  key,
  noun,
  label,
  description,
  action,
}: ChatSessionAction<Key>) {
  const ownKeys = [SESSION_ID.key];
  return defineCreate({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFieldGroups: siteGroups(
        'Fields of Your DeskDirector Site',
        'Advanced Fields of Your DeskDirector Site',
      ),
      inputFields: [
        SESSION_ID,
        siteFields(ownKeys, (z, bundle) => typeSchema(z, bundle, bodyType(action))),
      ],
      outputFields: [{ key: SESSION_ID.key, label: 'Session ID', type: 'string' }],
      sample: { session_id: '1773129600-1006' },

      perform: async (z: ZObject, bundle: Bundle) => {
        const id = sessionId(bundle.inputData.session_id);
        // Read again for each run: what the site asks for may have changed since the Zap was made.
        const schema = await typeSchema(z, bundle, bodyType(action));
        const { body, unknown } = await siteBody(z, bundle, schema, ownKeys);
        // At night a message without its optional note is better than none.
        if (unknown !== '')
          warn(z, `Not sent, since your site's form has no such fields: ${unknown}.`);
        const answer = await actOnChatSession(z, bundle, { action, id, body });
        return { ...answer, session_id: id };
      },
    },
  });
}
