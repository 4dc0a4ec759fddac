import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { members } from './people.ts';
import { acceptedBody, entryOf } from './requests.ts';
import type { Site } from './routes.ts';
import type { ChatSessionPayload, Person } from './session.ts';

/**
 * Routes that look up a chat session by its id, and that act on it (DeskDirector: connector API). The
 * answers to actions are not published: here one action answers with an object, the other with an
 * empty body.
 */
export function sessionRoutes({ chats, directory, schemas }: Site): Hono {
  const app = new Hono();

  /** The session of a request. Throws the site's refusal when there is none. */
  function session(context: Context): ChatSessionPayload {
    const found = chats.find(context.req.param('id') ?? '');
    if (found) return found;
    throw new HTTPException(404, { message: 'There is no such chat session.' });
  }

  app.get('/:id', (context) => context.json(session(context)));

  app.post('/:id/system-messages', async (context) => {
    const { id } = session(context);
    const body = await acceptedBody(context, schemas.type('CreateChatMessageRequest'));
    return context.json({ messageId: chats.postSystemMessage(id, body) });
  });

  app.post('/:id/invite', async (context) => {
    const { id } = session(context);
    const body = await acceptedBody(context, schemas.type('CreateChatInviteRequest'));
    chats.invite(id, [
      ...pick('member', Object.values(members), body.members),
      ...pick('contact', directory.people(), body.contacts),
    ]);
    return context.body(null, 200);
  });

  return app;
}

/** The people with these ids. Throws the site's refusal when nobody has one of them. */
function pick(kind: string, people: readonly Person[], ids: unknown): Person[] {
  const entries = people.map((person) => ({ id: person.entityId, person }));
  const chosen: unknown[] = Array.isArray(ids) ? ids : [];
  return chosen.map((id) => entryOf(id, kind, entries, 400).person);
}
