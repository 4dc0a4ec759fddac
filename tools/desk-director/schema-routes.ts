import { Hono } from 'hono';
import { requestTypeIn } from './requests.ts';
import type { SiteSchemas } from './schemas/site-schemas.ts';

/** Routes for the schemas of filters, bodies and answers (DeskDirector: connector API). */
export function schemaRoutes(schemas: SiteSchemas): Hono {
  const app = new Hono();

  // A client may encode the dollar sign, and the router does not decode it.
  app.get('/chat-workflow-webhook/:part{(\\$|%24)parameters}', (context) => {
    const type = context.req.query('type');
    const found = schemas.parameters(type);
    if (found) return Response.json(found.schema);
    return context.json({ message: `There is no event type ${type}.` }, 400);
  });

  app.get('/dynamic-types/:typeId', (context) => {
    const typeId = context.req.param('typeId');
    const found = schemas.typeWith(typeId);
    if (found) return Response.json(found.schema);
    return context.json({ message: `There is no type ${typeId}.` }, 404);
  });

  app.get('/ticket/:part{(\\$|%24)create-request}', (context) =>
    Response.json(schemas.createTicket(requestTypeIn(context)).schema),
  );

  return app;
}
