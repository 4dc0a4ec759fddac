import { type Context, Hono } from 'hono';
import { type Directory, memberDetails } from './directory.ts';
import type { Notifications } from './notifications.ts';
import { acceptedBody, entryWith, requestTypeIn } from './requests.ts';
import type { SiteSchemas } from './schemas/site-schemas.ts';
import { createSearches } from './searches.ts';
import type { Tickets } from './tickets.ts';

/**
 * Routes that find contacts, members, companies and tickets, and that act on them
 * (DeskDirector: connector API).
 */
export function entityRoutes(
  schemas: SiteSchemas,
  directory: Directory,
  tickets: Tickets,
  notifications: Notifications,
): Hono {
  const app = new Hono();
  const contact = entity('contact', directory.contacts);
  const member = entity('member', () => memberDetails);
  const company = entity('company', directory.companies);
  const ticket = entity('ticket', tickets.list);

  const found = { contacts: contact, members: member, companies: company, tickets: ticket };
  for (const [path, find] of Object.entries(found)) {
    app.get(`/${path}/:id`, (context) => context.json(find(context)));
  }

  for (const [path, { type, find }] of Object.entries(createSearches(directory, tickets))) {
    app.post(`/${path}/find`, async (context) => {
      const results = find(await acceptedBody(context, schemas.type(type)));
      return context.json({ results, totalResults: results.length });
    });
  }

  const notified = [
    ['contacts', contact, 'CreateContactNotificationRequest'],
    ['members', member, 'CreateMemberNotificationRequest'],
  ] as const;
  for (const [path, find, type] of notified) {
    app.post(`/${path}/:id/notifications`, async (context) => {
      const recipient = find(context);
      const body = await acceptedBody(context, schemas.type(type));
      return context.json(notifications.send(recipient, body));
    });
  }

  app.post('/contacts', async (context) => {
    const body = await acceptedBody(context, schemas.type('CreateContactRequest'));
    return context.json(directory.createContact(body));
  });

  app.post('/tickets', async (context) => {
    const requestType = requestTypeIn(context);
    const body = await acceptedBody(context, schemas.of('createTicket', requestType.form));
    return context.json(tickets.create(requestType, body));
  });

  app.patch('/tickets/:id', async (context) => {
    const { id } = ticket(context);
    const body = await acceptedBody(context, schemas.type('UpdateTicketRequest'));
    return context.json(tickets.update(id, body));
  });

  return app;
}

/** Finds the entity with the id in the path of a request, or throws the site's refusal. */
function entity<Entity extends { readonly id: number }>(
  kind: string,
  all: () => readonly Entity[],
) {
  return (context: Context): Entity => entryWith(context.req.param('id'), kind, all(), 404);
}
