import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { members } from './people.ts';
import { acceptedBody } from './requests.ts';
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
    const { messageId } = chats.postSystemMessage(id, { ...body });
    return context.json({ messageId });
  });

  app.post('/:id/invite', async (context) => {
    const { id } = session(context);
    const body = await acceptedBody(context, schemas.type('CreateChatInviteRequest'));
    const found = [
      ...pick('member', Object.values(members), body.members),
      ...pick('contact', directory.people(), body.contacts),
    ];
    const unknown = found.filter((person) => typeof person === 'string');
    if (unknown.length > 0) throw new HTTPException(400, { message: unknown.join(' ') });
    chats.invite(
      id,
      found.filter((person) => typeof person !== 'string'),
    );
    return context.body(null, 200);
  });

  return app;
}

/** The people with these ids. An id that nobody has becomes a complaint. */
function pick(kind: string, people: readonly Person[], ids: unknown): (Person | string)[] {
  return (Array.isArray(ids) ? ids : []).map(
    (id: unknown) =>
      people.find(({ entityId }) => entityId === id) ??
      `There is no ${kind} ${JSON.stringify(id)}.`,
  );
}
