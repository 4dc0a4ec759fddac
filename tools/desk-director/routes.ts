import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Chats } from './chats.ts';
import { type Directory, memberDetails } from './directory.ts';
import { emailTemplates } from './email-templates.ts';
import { entityRoutes } from './entity-routes.ts';
import { forms } from './forms.ts';
import type { Notifications } from './notifications.ts';
import { entryWith, listAnswer, pageAnswer } from './requests.ts';
import { schemaRoutes } from './schema-routes.ts';
import type { SiteSchemas } from './schemas/site-schemas.ts';
import { ticketEvents } from './schemas/ticket-events.ts';
import {
  boards,
  priorities,
  requestTypes,
  requestTypesWithSomethingElse,
  sources,
} from './service.ts';
import { sessionRoutes } from './session-routes.ts';
import { replayRoutes, type SiteFile } from './site-file.ts';
import { type Tasks, taskTemplates } from './tasks.ts';
import type { Tickets } from './tickets.ts';
import type { Webhooks } from './webhooks.ts';
import { type ChatEvent, workflowRoutes } from './workflow-routes.ts';
import { workflows, workflowTypes } from './workflows.ts';

/** The path that all paths of DeskDirector's connector API start with. */
export const basePath = '/api/v2/automate/connector';

/** What the routes serve. */
export interface Site {
  readonly apiKey: string;
  readonly events: readonly ChatEvent[];
  /** The part of the answer that carries the id of a new subscription. */
  readonly subscribeAnswer: 'location' | 'body';
  readonly chats: Chats;
  readonly directory: Directory;
  readonly tickets: Tickets;
  readonly tasks: Tasks;
  readonly notifications: Notifications;
  readonly webhooks: Webhooks;
  readonly schemas: SiteSchemas;
  readonly replay?: SiteFile | undefined;
}

/**
 * The part of DeskDirector's connector API that the integration uses. Every route needs the key.
 */
export function connectorRoutes(site: Site): Hono {
  const { apiKey, events, directory } = site;
  const app = new Hono();

  app.use(async (context, next) => {
    if (context.req.header('authorization') === `DdApi ${apiKey}`) return next();
    return context.json({ message: 'The API key is missing or not valid.' }, 401);
  });

  app.onError((error, context) => {
    if (!(error instanceof HTTPException)) throw error;
    return context.json({ message: error.message }, error.status);
  });

  if (site.replay !== undefined) app.route('/', replayRoutes(site.replay));

  app.get('/connections/test', (context) => context.json({}));
  const lists = {
    '/chat-webhook-events': events,
    '/ticket-workflow-events': Object.values(ticketEvents),
    '/companies': directory.companies(),
    '/members': memberDetails,
    '/service/boards': boards,
    '/service/priorities': priorities,
    '/service/sources': sources,
    '/ticket-task-templates': taskTemplates,
    '/workflow-types': workflowTypes,
  };
  for (const [path, entries] of Object.entries(lists)) {
    app.get(path, (context) => context.json(listAnswer(entries)));
  }
  const pagedLists = { '/forms': forms, '/email-templates': emailTemplates };
  for (const [path, entries] of Object.entries(pagedLists)) {
    app.get(path, (context) => context.json(pageAnswer(context, entries)));
  }
  app.get('/workflows', (context) => {
    const type = context.req.query('type');
    const found = workflows.filter((one) => type === undefined || one.type === type);
    return context.json(pageAnswer(context, found));
  });
  app.get('/service/statuses', (context) =>
    context.json(
      listAnswer(entryWith(context.req.query('boardId'), 'board', boards, 400).statuses),
    ),
  );
  app.get('/service/request-types', (context) => {
    const withSomethingElse = context.req.query('withSomethingElse') ?? 'false';
    if (!['true', 'false'].includes(withSomethingElse)) {
      return context.json({ message: 'withSomethingElse must be true or false.' }, 400);
    }
    const isComplete = withSomethingElse === 'true';
    return context.json(listAnswer(isComplete ? requestTypesWithSomethingElse : requestTypes));
  });

  app.route('/', entityRoutes(site));
  app.route('/chat-sessions', sessionRoutes(site));
  app.route('/schema', schemaRoutes(site));

  app.route('/', workflowRoutes(site));

  return app;
}
