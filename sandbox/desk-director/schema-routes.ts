import { Hono } from 'hono';
import type { SiteSchemas } from './schemas/site-schemas.ts';

/** The addresses at which a site describes its filters, deliveries and request bodies (DeskDirector: connector API). */
export function schemaRoutes(schemas: SiteSchemas): Hono {
  const app = new Hono();

  // A client may as well encode the dollar sign, which the router does not decode.
  app.get('/chat-workflow-webhook/:part{(\\$|%24)(parameters|request)}', (context) => {
    const type = context.req.query('type');
    const isParameters = context.req.param('part').endsWith('parameters');
    const found = isParameters ? schemas.parameters(type) : schemas.request(type);
    if (found) return Response.json(found.schema);
    return context.json({ message: `There is no event type ${type}.` }, 400);
  });

  app.get('/dynamic-types/:typeId', (context) => {
    const typeId = context.req.param('typeId');
    const found = schemas.dynamicType(typeId);
    if (found) return Response.json(found.schema);
    return context.json({ message: `There is no type ${typeId}.` }, 404);
  });

  return app;
}
