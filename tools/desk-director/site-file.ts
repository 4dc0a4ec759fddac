import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { type Context, Hono } from 'hono';
import { asObject, isObject, list, parseJson, propertyOf } from '../../src/values.ts';
import type { ValueOf } from './schema-type.ts';
import type { SchemaReplacements } from './schemas/site-schemas.ts';
import { complaintAbout } from './schemas/validation.ts';
import { requestTypesWithSomethingElse } from './service.ts';

const FORMAT = 'DeskDirector site';
const VERSION = 1;

/** The lists that a saved file counts and a replay makes up, by their paths, with the name of a made-up entry. */
const COUNTED_LISTS: Readonly<Record<string, string>> = {
  '/companies': 'Company',
  '/members': 'Technician',
  '/service/boards': 'Board',
  '/service/priorities': 'Priority',
  '/service/request-types': 'Request Type',
  '/service/sources': 'Source',
  '/service/statuses': 'Status',
};

/** The keys of the triggers, by what they announce. */
const TRIGGERS = {
  new: 'new_chat_session',
  statusChanged: 'chat_session_status_changed',
} as const;

/** The structure of a site, as `npm run check-site -- --save` writes it. */
export type SiteFile = ValueOf<typeof SCHEMA>;

const COUNT = { type: 'integer', minimum: 0, maximum: 100_000 } as const;

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...(['format', 'version', 'app', 'events', 'types', 'ticketForms', 'lists'] as const),
    ...(['subscription', 'session', 'delivery'] as const),
  ],
  $defs: {
    schema: {
      type: ['object', 'boolean', 'null'],
      properties: {
        properties: {
          type: ['object', 'null'],
          additionalProperties: { $ref: '#/$defs/schema' },
        },
      },
    },
    form: { type: 'object', $ref: '#/$defs/schema' },
  },
  properties: {
    format: { enum: [FORMAT] },
    version: { enum: [VERSION] },
    /** The version of the app that wrote the file. */
    app: { type: 'string' },
    events: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name', 'trigger', 'filters'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          /** The trigger that takes the event; null when none does. */
          trigger: { enum: [...Object.values<string>(TRIGGERS), null] },
          /** Null when it was not read. */
          filters: { type: ['object', 'null'], $ref: '#/$defs/schema' },
        },
      },
    },
    /** The schemas of DeskDirector's types, by their ids. */
    types: { type: 'object', additionalProperties: { $ref: '#/$defs/form' } },
    /** The schema for a new ticket of each request type that was read, in the order of the list. */
    ticketForms: { type: 'array', items: { $ref: '#/$defs/form' } },
    /** How many entries each list has, by its path. */
    lists: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.keys(COUNTED_LISTS).map((path) => [path, COUNT])),
    },
    /** Where the id of a new subscription was; null when nobody looked. */
    subscription: { enum: ['location', 'body', null] },
    // Any JSON: the structure of a session that was looked up, of a delivery of chats, and of one of a ticket.
    session: {},
    delivery: {},
    ticketDelivery: {},
  },
} as const;

/** A saved file without its parts. */
export const newSiteFile = { format: FORMAT, version: VERSION } as const;

/** The path of a list and how many entries were answered; nothing when it is no list. */
export function listCount(path: string, answer: unknown): [string, number][] {
  const [list = ''] = path.split('?');
  const results = propertyOf(asObject(answer), 'results');
  const isCounted = Object.hasOwn(COUNTED_LISTS, list) && Array.isArray(results);
  return isCounted ? [[list, results.length]] : [];
}

/** Reads a saved file. Rejects with words that say what is wrong with it, and where. */
export async function readSiteFile(path: string): Promise<SiteFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} can't be read. Give the file that check-site --save wrote.`);
  });
  const saved = parseJson(text);
  if (saved === undefined) throw new Error(`${path} is not valid JSON.`);
  if (!isObject(saved)) throw new Error(`${path} holds no JSON object.`);
  if (saved.format === FORMAT && saved.version !== VERSION) {
    throw new Error(
      `${path} has version ${JSON.stringify(saved.version)} of its format. This program reads version ${VERSION}: use the version of the project that wrote the file.`,
    );
  }
  if (!isSiteFile(saved)) {
    const complaint = complaintAbout(saved, '', SCHEMA) ?? '';
    throw new Error(`${path} ${complaint.trim()}`);
  }
  const ids = saved.events.map(({ id }) => id);
  const again = ids.findIndex((id, n) => ids.indexOf(id) < n);
  if (again === -1) return saved;
  const id = JSON.stringify(ids[again]);
  throw new Error(`${path} /events/${again}/id is the id of another event, too: ${id}.`);
}

const isSiteFile = new Ajv({ strict: false }).compile<SiteFile>(SCHEMA);

/**
 * The options of the sandbox for a saved file; none without a path. Rejects as `readSiteFile` does.
 */
export const readReplay = async (
  path: string | undefined,
): Promise<Partial<ReturnType<typeof replayOptions>>> =>
  path === undefined ? {} : replayOptions(await readSiteFile(path));

/** The options that make the sandbox announce and describe itself as a saved site does. */
function replayOptions(site: SiteFile) {
  const eventOf = (key: string) => site.events.find(({ trigger }) => trigger === key)?.id;
  const schemas: SchemaReplacements = {
    ...site.types,
    // The sandbox can't apply the filters and the forms of another site, so it accepts any object.
    ...{ parameters: {}, createTicket: {} },
  };
  return {
    events: site.events.map(({ id, name }) => ({ id, name })),
    announced: {
      new: eventOf(TRIGGERS.new),
      statusChanged: eventOf(TRIGGERS.statusChanged),
    },
    subscribeAnswer: site.subscription ?? ('location' as const),
    schemas,
    replay: site,
  };
}

/** Routes that answer what a saved site describes. They come before the routes of the sandbox. */
export function replayRoutes({ events, types, ticketForms, lists }: SiteFile): Hono {
  const app = new Hono();
  const described = (context: Context, schema: unknown) =>
    isObject(schema)
      ? context.json(schema)
      : context.json({ message: 'The saved site does not describe this.' }, 404);

  // A client may encode the dollar sign, and the router does not decode it.
  app.get('/schema/chat-workflow-webhook/:part{(\\$|%24)parameters}', (context) => {
    const event = events.find(({ id }) => id === context.req.query('type'));
    return described(context, event?.filters);
  });
  app.get('/schema/dynamic-types/:id', (context) => {
    const id = context.req.param('id');
    return described(context, Object.hasOwn(types, id) ? types[id] : null);
  });
  app.get('/schema/ticket/:part{(\\$|%24)create-request}', (context) => {
    const id = Number(context.req.query('requestTypeId'));
    const own = requestTypesWithSomethingElse.findIndex((one) => one.id === id);
    return described(context, ticketForms[own === -1 ? id - FIRST_MADE_UP_ID : own]);
  });

  for (const [path, name] of Object.entries(COUNTED_LISTS)) {
    // The sandbox's own ids come first, since its actions accept no other id.
    app.get(path, async (context, next) => {
      const length = lists[path];
      if (length === undefined) {
        context.res = described(context, null);
        return;
      }
      await next();
      if (!context.res.ok) return;
      const own = list(asObject(await context.res.json()).results, asObject);
      const results = Array.from({ length }, (_, n) => ({
        id: own[n]?.id ?? FIRST_MADE_UP_ID + n,
        name: `${name} ${n + 1}`,
      }));
      context.res = context.json({ results, totalResults: length });
    });
  }
  return app;
}

const FIRST_MADE_UP_ID = 90_001;
