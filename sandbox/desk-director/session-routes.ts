import { Hono } from 'hono';
import type { Chats } from './chats.ts';
import { entriesOf } from './json.ts';
import { contacts, members } from './people.ts';
import { acceptedBody } from './requests.ts';
import type { SiteSchemas } from './schemas/site-schemas.ts';
import type { Person } from './session.ts';

/**
 * Routes that look up a chat session by its id, and that act on it (DeskDirector: connector API). The
 * answers to actions are not published: here one action answers with an object, the other with an
 * empty body.
 */
export function sessionRoutes(chats: Chats, schemas: SiteSchemas): Hono {
  const app = new Hono();

  app.use('/:id/*', async (context, next) => {
    if (chats.find(context.req.param('id'))) return next();
    return context.json({ message: 'There is no such chat session.' }, 404);
  });

  app.get('/:id', (context) => context.json(chats.find(context.req.param('id')) ?? {}));

  app.post('/:id/system-messages', async (context) => {
    const body = await acceptedBody(context, schemas.type('CreateChatMessageRequest'));
    const { messageId } = chats.postSystemMessage(context.req.param('id'), { ...body });
    return context.json({ messageId });
  });

  app.post('/:id/invite', async (context) => {
    const body = await acceptedBody(context, schemas.type('CreateChatInviteRequest'));
    const found = [
      ...pick('member', members, body.members),
      ...pick('contact', contacts, body.contacts),
    ];
    const unknown = found.filter((person) => typeof person === 'string');
    if (unknown.length > 0) return context.json({ message: unknown.join(' ') }, 400);
    chats.invite(
      context.req.param('id'),
      found.filter((person) => typeof person !== 'string'),
    );
    return context.body(null, 200);
  });

  return app;
}

/** The people with these ids. An id that nobody has becomes a complaint. */
function pick(kind: string, people: Record<string, Person>, ids: unknown): (Person | string)[] {
  return entriesOf(ids).map(
    (id) =>
      Object.values(people).find(({ entityId }) => entityId === id) ??
      `There is no ${kind} ${JSON.stringify(id)}.`,
  );
}
