import { type Context, Hono } from 'hono';
import { asObject, type JsonObject } from '../../src/values.ts';
import { passesSubscription } from './filters.ts';
import { accept, acceptedBody, chosenEntry, eventIn } from './requests.ts';
import type { Site } from './routes.ts';
import { offer, type SiteSchema } from './schemas/site-schemas.ts';
import { ticketEvents } from './schemas/ticket-events.ts';
import { boards } from './service.ts';
import { workflowTypes, workflowWith } from './workflows.ts';

export interface ChatEvent {
  readonly id: string;
  readonly name: string;
  /** Describes the filters. */
  readonly filters: object;
}

/** The published properties of the requests that subscribe. */
const PUBLISHED_BODY = {
  type: 'object',
  properties: {
    url: { type: 'string', format: 'uri', pattern: '^https?://' },
    parameters: { type: 'object' },
    description: { type: 'string' },
    advancedFilters: { type: 'object' },
    boardId: { type: 'integer', format: 'int32' },
    statusId: { type: 'integer', format: 'int32' },
  },
  // A status is one of a board.
  dependencies: { statusId: ['boardId'] },
};

/** The routes for one kind of subscription. */
interface Subscriptions<Event> {
  readonly path: string;
  /** The properties that a body has to have. */
  readonly required: readonly string[];
  /** What a request subscribes to. Throws the site's refusal. */
  readonly event: (context: Context) => Event;
  /** What a subscription keeps of the body, and which entries it gets. Throws the site's refusal. */
  readonly read: (
    event: Event,
    body: JsonObject,
  ) => { parameters: JsonObject; isWanted: (entry: unknown) => boolean };
  /** The body of the answer to a request that subscribes, without a `Location`. */
  readonly answer?: (event: Event, id: string) => object;
}

/** Routes that subscribe to events and that end subscriptions (DeskDirector: connector API). */
export function workflowRoutes({ events, subscribeAnswer, schemas, webhooks }: Site): Hono {
  const app = new Hono();

  function route<Event extends { readonly id: string }>(kind: Subscriptions<Event>): void {
    const bodySchema = offer('body', { ...PUBLISHED_BODY, required: kind.required });
    app.post(kind.path, async (context) => {
      const event = kind.event(context);
      const body = await acceptedBody(context, bodySchema);
      const { parameters, isWanted } = kind.read(event, body);
      const { origin, pathname } = new URL(context.req.url);
      const wanted = { eventId: event.id, url: String(body.url), parameters };
      const { id, token } = webhooks.subscribe(pathname, wanted, isWanted);
      if (subscribeAnswer === 'body') return context.json(kind.answer?.(event, id) ?? { id });
      return context.body(null, 201, { location: `${origin}${pathname}/${id}?token=${token}` });
    });

    app.delete(`${kind.path}/:id`, (context) => {
      const { pathname } = new URL(context.req.url);
      if (webhooks.unsubscribe(pathname, context.req.query('token'))) return context.json({});
      return context.json({ message: 'There is no such workflow.' }, 404);
    });
  }

  route({
    path: '/chat-workflows',
    required: ['url', 'parameters'],
    event: (context) => eventIn(context, events),
    read: ({ filters }, body) =>
      filtered(schemas.of('parameters', filters), asObject(body.parameters)),
  });

  route({
    path: '/ticket-workflows',
    required: ['description', 'advancedFilters', 'url'],
    event: (context) => eventIn(context, Object.values(ticketEvents)),
    read(event, { url, ...parameters }) {
      const { description, advancedFilters, ...own } = parameters;
      const filters = schemas.of('advancedFilters', event.filters);
      accept(filters, advancedFilters);
      const board = chosenEntry(own.boardId, 'board', boards);
      chosenEntry(own.statusId, `status of board ${board?.id}`, board?.statuses ?? []);
      const wanted = filters.isReplaced ? own : { ...own, ...asObject(advancedFilters) };
      return { parameters, isWanted: (payload) => passesSubscription(wanted, payload) };
    },
  });

  route({
    path: '/workflows/:workflowId/actions',
    required: ['url', 'parameters'],
    event(context) {
      const { id: type } = eventIn(context, workflowTypes);
      return workflowWith(context.req.param('workflowId'), type, 404);
    },
    read(workflow, body) {
      const schema = schemas.of('workflowParameters', workflow.parameters);
      return filtered(schema, asObject(body.parameters));
    },
    answer: (workflow, actionId) => ({ id: workflow.id, actionId }),
  });

  return app;
}

/** What a subscription keeps whose parameters are filters. Throws the site's refusal. */
function filtered(schema: SiteSchema, parameters: JsonObject) {
  accept(schema, parameters);
  const isWanted = (entry: unknown) => schema.isReplaced || passesSubscription(parameters, entry);
  return { parameters, isWanted };
}
