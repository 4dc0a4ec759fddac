import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { serveOnLoopback } from '../loopback.ts';
import { type Chats, createChats, type EventKind } from './chats.ts';
import type { FaultKind, PreparedAnswer } from './fault-answers.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { createRecorder, type RecordedRequest } from './recorder.ts';
import { basePath, connectorRoutes } from './routes.ts';
import { type SchemaReplacements, siteSchemas } from './schemas/site-schemas.ts';
import { passes } from './site-filters.ts';
import {
  createWebhooks,
  type DeliveryCounts,
  type RetryPolicy,
  type SiteSubscription,
} from './webhooks.ts';

export type { Fault, FaultKind };

interface DeskDirectorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  apiKey?: string;
  /** The first event is for new sessions, the second for changes of status. */
  events?: { id: string; name: string }[];
  /** The part of the answer that carries the id of a new subscription. Only `location` has a token. */
  subscribeAnswer?: 'location' | 'body';
  retry?: Partial<RetryPolicy>;
  /** Makes the site describe itself with other schemas. */
  schemas?: SchemaReplacements;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface DeskDirector {
  /** Such as `http://127.0.0.1:41235`. */
  readonly url: string;
  readonly apiKey: string;
  /** The site announces every change made here to its subscribers. */
  readonly chats: Chats;
  /** Every request answered so far, in order. */
  readonly requests: readonly RecordedRequest[];
  /** The current subscriptions. */
  readonly subscriptions: readonly SiteSubscription[];
  readonly counts: Readonly<DeliveryCounts>;
  /** Delivers any array, unchanged, to the subscribers of an event. */
  announce(event: EventKind, sessions: unknown[]): void;
  /**
   * The next request for a path gets this answer, once, whatever its API key. A text is the whole path
   * without the query; a pattern matches any part of it.
   */
  answerNext(path: RegExp | string, answer: PreparedAnswer): void;
  /** Injects a fault. A request meets the oldest fault or prepared answer for it. */
  fail(fault: Fault): void;
  readonly faults: Faults;
  /** Resolves when every delivery has arrived or was dropped. It waits for a paused delivery. */
  settled(): Promise<void>;
  /** Ends all connections and timers, and drops what was not delivered. */
  stop(): Promise<void>;
}

/** The names are published (DeskDirector: chat session payload); the ids are fictional. */
const publishedEvents = [
  { id: 'chat-session-created', name: 'New Chat Session' },
  { id: 'chat-session-status-changed', name: 'Chat Session Status Changed' },
];

/** Starts a DeskDirector that only this computer can reach. Rejects when the port is taken. */
export async function startDeskDirector(options: DeskDirectorOptions = {}): Promise<DeskDirector> {
  const { port = 0, apiKey = 'sandbox-key', events = publishedEvents, now = Date.now } = options;
  const { subscribeAnswer = 'location' } = options;
  const schemas = siteSchemas(events, options.schemas);
  const webhooks = createWebhooks(
    ({ eventId, parameters }, session) =>
      schemas.parameters(eventId)?.isReplaced === true || passes(parameters, session),
    options.retry,
  );
  const recorder = createRecorder();
  const { faults, fail, middleware } = createFaults();

  function announce(event: EventKind, sessions: unknown[]): void {
    const eventId = events[event === 'new' ? 0 : 1]?.id;
    if (eventId !== undefined) webhooks.enqueue(eventId, sessions);
  }
  const chats = createChats({ now, announce: (event, session) => announce(event, [session]) });

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(recorder.middleware, middleware);
  app.route(
    basePath,
    connectorRoutes({ apiKey, events, subscribeAnswer, chats, webhooks, schemas }),
  );
  app.notFound((context) => context.json({ message: 'There is nothing at this address.' }, 404));
  const server = await serveOnLoopback(app, port);
  let stopped: Promise<unknown> | undefined;

  return {
    url: server.url,
    apiKey,
    chats,
    requests: recorder.requests,
    get subscriptions() {
      return webhooks.subscriptions();
    },
    get counts() {
      return webhooks.counts();
    },
    announce,
    answerNext: (path, answer) => fail({ kind: 'status', path, ...answer }),
    fail,
    faults,
    settled: webhooks.settled,
    async stop() {
      webhooks.stop();
      stopped ??= Promise.all([server.close(), webhooks.settled()]);
      await stopped;
    },
  };
}
