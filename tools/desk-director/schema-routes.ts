import { type Context, Hono } from 'hono';
import { emailTemplates } from './email-templates.ts';
import { forms } from './forms.ts';
import { entryOf, entryWith, eventIn, requestTypeIn } from './requests.ts';
import type { Site } from './routes.ts';
import type { SiteSchema } from './schemas/site-schemas.ts';
import { ticketEvents } from './schemas/ticket-events.ts';
import { workflowTypes, workflowWith } from './workflows.ts';

/** Routes for the schemas of filters, bodies, answers and payloads (DeskDirector: connector API). */
export function schemaRoutes({ schemas, events }: Site): Hono {
  const app = new Hono();
  const ticketEvent = (context: Context) => eventIn(context, Object.values(ticketEvents));

  const rows: Record<string, (context: Context) => SiteSchema> = {
    '/chat-workflow-webhook/$parameters': (context) =>
      schemas.of('parameters', eventIn(context, events).filters),
    '/ticket-workflow-webhook/$advanced-filters': (context) =>
      schemas.of('advancedFilters', ticketEvent(context).filters),
    '/ticket-workflow-webhook/$request': (context) =>
      schemas.of('ticketPayload', ticketEvent(context).payload),
    '/ticket/$create-request': (context) => schemas.of('createTicket', requestTypeIn(context).form),
    '/workflow-types/:type/$parameters': (context) => {
      const { workflowId } = context.req.query();
      const workflow = workflowWith(workflowId, context.req.param('type'), 400);
      return schemas.of('workflowParameters', workflow.parameters);
    },
    '/workflow-webhook/$request': (context) =>
      schemas.of('workflowPayload', eventIn(context, workflowTypes).payload),
    '/v2/form/:id/$result-response': (context) =>
      schemas.of('formResult', entryWith(context.req.param('id'), 'form', forms, 404).described),
    '/email-templates/:id/$render-request': (context) => {
      const { fields } = entryOf(context.req.param('id'), 'e-mail template', emailTemplates, 404);
      return schemas.of('renderRequest', fields);
    },
  };
  for (const [path, find] of Object.entries(rows)) {
    // A client may encode the dollar sign, and the router does not decode it.
    const route = path.replace(/\$(.*)/, ':part{(\\$|%24)$1}');
    app.get(route, (context) => Response.json(find(context).schema));
  }

  app.get('/dynamic-types/:typeId', (context) => {
    const typeId = context.req.param('typeId');
    const found = schemas.typeWith(typeId);
    if (found) return Response.json(found.schema);
    return context.json({ message: `There is no type ${typeId}.` }, 404);
  });

  return app;
}
