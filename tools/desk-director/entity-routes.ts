import { type Context, Hono } from 'hono';
import { memberDetails } from './directory.ts';
import { emailOf, emailTemplates } from './email-templates.ts';
import { forms, resultJson } from './forms.ts';
import { acceptedBody, entryOf, entryWith, requestTypeIn } from './requests.ts';
import type { Site } from './routes.ts';
import { createSearches } from './searches.ts';

/**
 * Routes that find contacts, members, companies and tickets and act on them, that read the results of
 * forms and that make e-mails (DeskDirector: connector API).
 */
export function entityRoutes({ schemas, directory, tickets, tasks, notifications }: Site): Hono {
  const app = new Hono();
  const contact = entity('contact', directory.contacts);
  const member = entity('member', () => memberDetails);
  const company = entity('company', directory.companies);
  const ticket = entity('ticket', tickets.list);

  const found = { contacts: contact, members: member, companies: company, tickets: ticket };
  for (const [path, find] of Object.entries(found)) {
    app.get(`/${path}/:id`, (context) => context.json(find(context)));
  }

  for (const { path, type, find } of createSearches(directory, tickets)) {
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

  app.get('/tickets/:id/tasks', (context) => {
    const results = tasks.of(ticket(context).id);
    return context.json({ results, totalResults: results.length });
  });

  app.post('/tickets/:id/tasks', async (context) => {
    const { id } = ticket(context);
    const body = await acceptedBody(context, schemas.type('CreateTicketTasksRequest'));
    return context.json(tasks.create(id, body));
  });

  app.get('/v2/forms/:id/results/:resultId', (context) => {
    const { results } = entity('form', () => forms)(context);
    const resultId = context.req.param('resultId');
    if (!/^\d{1,19}$/.test(resultId)) {
      return context.json({ message: 'The id of a result must be a 64-bit integer.' }, 400);
    }
    const json = resultJson(entryOf(resultId, 'result of the form', results, 404));
    return context.body(json, 200, { 'content-type': 'application/json' });
  });

  app.post('/email-templates/:id/render', async (context) => {
    const id = context.req.param('id');
    const template = entryOf(id, 'e-mail template', emailTemplates, 404);
    const body = await acceptedBody(context, schemas.of('renderRequest', template.fields));
    return context.json(emailOf(template, body));
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
