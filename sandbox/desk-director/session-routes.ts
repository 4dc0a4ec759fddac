import { Hono } from 'hono';
import { isObject, parseJson } from '../../src/values.ts';
import type { Chats } from './chats.ts';
import { entriesOf } from './json.ts';
import { contacts, members } from './people.ts';
import type { SiteSchema, SiteSchemas } from './schemas/site-schemas.ts';
import type { Person } from './session.ts';

/**
 * A chat session by its id, and what can be done in it (DeskDirector: connector API). What the
 * answers to an action hold is not published, so one has an object here and the other nothing.
 */
export function sessionRoutes(chats: Chats, schemas: SiteSchemas): Hono {
  const app = new Hono();

  app.use('/:id/*', async (context, next) => {
    if (chats.find(context.req.param('id'))) return next();
    return context.json({ message: 'There is no such chat session.' }, 404);
  });

  app.get('/:id', (context) => context.json(chats.find(context.req.param('id')) ?? {}));

  app.post('/:id/system-messages', async (context) => {
    const { body, complaint } = read(await context.req.text(), schemas.message);
    if (complaint !== undefined) return context.json({ message: complaint }, 400);
    const { messageId } = chats.postSystemMessage(context.req.param('id'), body);
    return context.json({ messageId });
  });

  app.post('/:id/invite', async (context) => {
    const { body, complaint } = read(await context.req.text(), schemas.invite);
    if (complaint !== undefined) return context.json({ message: complaint }, 400);
    const wanted = [
      ...pick('member', members, body.members),
      ...pick('contact', contacts, body.contacts),
    ];
    const unknown = wanted.filter((user) => typeof user === 'string');
    if (unknown.length > 0) return context.json({ message: unknown.join(' ') }, 400);
    chats.invite(
      context.req.param('id'),
      wanted.filter((user) => typeof user !== 'string'),
    );
    return context.body(null, 200);
  });

  return app;
}

/** The body of a request, with what keeps the site from taking it. */
function read(
  text: string,
  schema: SiteSchema,
): { body: Record<string, unknown>; complaint?: string } {
  const body = parseJson(text);
  const complaint = schema.complaint(body);
  if (complaint !== undefined) return { body: {}, complaint };
  return isObject(body) ? { body } : { body: {}, complaint: 'body must be object.' };
}

/** The people of these ids, with a complaint in place of each that there is not. */
function pick(kind: string, people: Record<string, Person>, ids: unknown): (Person | string)[] {
  return entriesOf(ids).map(
    (id) =>
      Object.values(people).find(({ entityId }) => entityId === id) ??
      `There is no ${kind} ${JSON.stringify(id)}.`,
  );
}
