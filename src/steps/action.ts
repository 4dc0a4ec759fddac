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

/** An action on a chat session. The site describes most of its fields. */
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
        // The site may have changed its fields since the owner made the Zap, so read them again.
        const schema = await typeSchema(z, bundle, bodyType(action));
        const { body, unknown } = await siteBody(z, bundle, schema, ownKeys);
        // The message still goes out when the site no longer has one of its optional fields.
        if (unknown !== '')
          warn(z, `Not sent, since your site's form has no such fields: ${unknown}.`);
        const answer = await actOnChatSession(z, bundle, { action, id, body });
        return { ...answer, session_id: id };
      },
    },
  });
}
