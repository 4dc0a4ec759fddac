import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { serveOnLoopback } from '../common/loopback.ts';
import { createChats, type EventKind } from './chats.ts';
import { createClock } from './clock.ts';
import { createDirectory } from './directory.ts';
import type { FaultKind, PreparedAnswer } from './fault-answers.ts';
import { createFaults, type Fault } from './faults.ts';
import { createNotifications } from './notifications.ts';
import { createRecorder } from './recorder.ts';
import { basePath, connectorRoutes } from './routes.ts';
import { newSessionParameters, statusChangedParameters } from './schemas/parameters.ts';
import { type SchemaReplacements, siteSchemas } from './schemas/site-schemas.ts';
import { ticketEvents } from './schemas/ticket-events.ts';
import type { SiteFile } from './site-file.ts';
import { createTasks } from './tasks.ts';
import { createTickets, type TicketEventKind } from './tickets.ts';
import { createWebhooks } from './webhooks.ts';
import { createWorkflows } from './workflows.ts';

export type { Fault, FaultKind };

export interface DeskDirectorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  apiKey?: string;
  /** The events of chats. The first is for new sessions, each other one for changes of status. */
  events?: { id: string; name: string }[];
  /**
   * The part of the answer that carries the id of a new subscription. Only `location` has a token.
   */
  subscribeAnswer?: 'location' | 'body';
  /**
   * The ids of the events for new sessions and for changes of status, when the order does not tell.
   */
  announced?: Readonly<Record<EventKind, string | undefined>>;
  /** Makes the site describe itself with other schemas. */
  schemas?: SchemaReplacements;
  /** A saved site, whose descriptions and numbers of entries take the place of the sandbox's. */
  replay?: SiteFile | undefined;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type DeskDirector = Awaited<ReturnType<typeof startDeskDirector>>;

/** The names are published (DeskDirector: chat session payload); the ids are fictional. */
const publishedEvents = [
  { id: 'chat-session-created', name: 'New Chat Session' },
  { id: 'chat-session-status-changed', name: 'Chat Session Status Changed' },
];

const isTicketEvent = (event: string): event is TicketEventKind =>
  Object.hasOwn(ticketEvents, event);

/** Starts a DeskDirector that only this computer can reach. Rejects when the port is taken. */
export async function startDeskDirector(options: DeskDirectorOptions = {}) {
  const { port = 0, apiKey = 'sandbox-key', events = publishedEvents, now = Date.now } = options;
  const { subscribeAnswer = 'location' } = options;
  const { announced = { new: events[0]?.id, statusChanged: events[1]?.id } } = options;
  const time = createClock(now);
  const schemas = siteSchemas(options.schemas);
  const webhooks = createWebhooks();
  const recorder = createRecorder();
  const { faults, fail, middleware } = createFaults();

  function announce(event: EventKind | TicketEventKind, entries: unknown[]): void {
    const eventId = isTicketEvent(event) ? ticketEvents[event].id : announced[event];
    if (eventId !== undefined) webhooks.enqueue(eventId, entries);
  }
  const chats = createChats(time, (event, session) => announce(event, [session]));

  const directory = createDirectory(time);
  const tickets = createTickets(time, chats, directory, (event, payload) =>
    announce(event, [payload]),
  );
  const tasks = createTasks(time);
  const workflows = createWorkflows(time, tickets, (workflowId, payload) =>
    webhooks.enqueue(workflowId, [payload]),
  );
  const notifications = createNotifications(time);

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(recorder.middleware, middleware);
  app.route(
    basePath,
    connectorRoutes({
      apiKey,
      events: events.map((event, n) => ({
        ...event,
        filters: n === 0 ? newSessionParameters : statusChangedParameters,
      })),
      subscribeAnswer,
      chats,
      directory,
      tickets,
      tasks,
      notifications,
      webhooks,
      schemas,
      replay: options.replay,
    }),
  );
  app.notFound((context) => context.json({ message: 'There is nothing at this address.' }, 404));
  const server = await serveOnLoopback(app, port);
  let stopped: Promise<unknown> | undefined;

  return {
    /** Such as `http://127.0.0.1:41235`. */
    url: server.url,

    apiKey,

    /** The chats of the site. The site announces new chats and changes of status. */
    chats,

    /** The contacts and companies of the site, and the contacts that requests have created. */
    directory,

    /**
     * The tickets that requests have created. A ticket for a chat is the reference of the chat. The
     * site announces new tickets, changes of status and notes.
     */
    tickets,

    /** The task lists of tickets that requests have created. */
    tasks,

    /** The workflows that administrators have drawn. The site announces when one runs. */
    workflows,

    /** The notifications that requests have sent. */
    notifications,

    /** Every request answered so far, in order. Of the bodies, only the latest are kept. */
    requests: recorder.requests,

    /** The current subscriptions. */
    get subscriptions() {
      return webhooks.subscriptions();
    },

    get counts() {
      return webhooks.counts();
    },

    /** Delivers any array, unchanged, to the subscribers of an event. */
    announce,

    /**
     * The next request for a path gets this answer, once, whatever its API key. A text is the whole
     * path without the query; a pattern matches any part of it.
     */
    answerNext: (path: RegExp | string, answer: PreparedAnswer) =>
      fail({ kind: 'status', path, ...answer }),

    /** Injects a fault. A request meets the oldest fault or prepared answer for it. */
    fail,

    faults,

    /** Resolves when every delivery has arrived or was dropped. */
    settled: webhooks.settled,

    /** Ends all connections and timers, and drops what was not delivered. */
    async stop(): Promise<void> {
      webhooks.stop();
      stopped ??= Promise.all([server.close(), webhooks.settled()]);
      await stopped;
    },
  };
}
