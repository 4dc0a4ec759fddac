import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { serveOnLoopback } from '../loopback.ts';
import { type Chats, createChats, type EventKind } from './chats.ts';
import type { FaultKind } from './fault-answers.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import type { ChatMessage } from './message-log.ts';
import { createRecorder, type PreparedAnswer, type RecordedRequest } from './recorder.ts';
import { basePath, connectorRoutes } from './routes.ts';
import { type SchemaReplacements, siteSchemas } from './schemas/site-schemas.ts';
import { passes } from './site-filters.ts';
import {
  createWebhooks,
  type DeliveryCounts,
  type RetryPolicy,
  type SiteSubscription,
} from './webhooks.ts';

export type {
  ChatMessage,
  Chats,
  DeliveryCounts,
  Fault,
  FaultKind,
  Faults,
  PreparedAnswer,
  RecordedRequest,
  RetryPolicy,
  SchemaReplacements,
  SiteSubscription,
};

export interface DeskDirectorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  apiKey?: string;
  /** The first stands for new sessions, the second for changes of status. */
  events?: { id: string; name: string }[];
  /** Where the answer to a new subscription carries its id; only a `Location` has a token. */
  subscribeAnswer?: 'location' | 'body';
  retry?: Partial<RetryPolicy>;
  /** To see what a client makes of a site that describes itself otherwise. */
  schemas?: SchemaReplacements;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface DeskDirector {
  /** Such as `http://127.0.0.1:41235`. */
  readonly url: string;
  readonly apiKey: string;
  /** What changes through here is announced to the subscribers. */
  readonly chats: Chats;
  /** Every request answered so far, in order. */
  readonly requests: readonly RecordedRequest[];
  /** Those alive now. */
  readonly subscriptions: readonly SiteSubscription[];
  /** As they are now. */
  readonly counts: Readonly<DeliveryCounts>;
  /** Delivers any array, as it is, to the subscribers of an event. */
  announce(event: EventKind, sessions: unknown[]): void;
  /**
   * The next request for a path (its query aside) gets this answer, once and whatever its key.
   * A text has to be the whole path, a pattern may match any part of it.
   */
  answerNext(path: RegExp | string, answer: PreparedAnswer): void;
  /**
   * Requests for a path go wrong: the next one, or as many as `times` says. Answers that are
   * prepared with `answerNext` come first.
   */
  fail(fault: Fault): void;
  readonly faults: Faults;
  /** Resolves once every delivery has arrived or was dropped; a paused one has not. */
  settled(): Promise<void>;
  /** Ends all connections and timers; what was not delivered is dropped. */
  stop(): Promise<void>;
}

/** Only the names are published (DeskDirector: chat session payload); the ids are made up. */
const publishedEvents = [
  { id: 'chat-session-created', name: 'New Chat Session' },
  { id: 'chat-session-status-changed', name: 'Chat Session Status Changed' },
];

/**
 * Starts a DeskDirector on this computer, which nobody else can reach. Refuses when the port is
 * taken.
 */
export async function startDeskDirector(options: DeskDirectorOptions = {}): Promise<DeskDirector> {
  const { port = 0, apiKey = 'sandbox-key', events = publishedEvents, now = Date.now } = options;
  const schemas = siteSchemas(events, options.schemas);
  const webhooks = createWebhooks(
    ({ eventId, parameters }, session) =>
      schemas.parameters(eventId)?.isReplaced === true || passes(parameters, session),
    options.retry,
  );
  const recorder = createRecorder();

  function announce(event: EventKind, sessions: unknown[]): void {
    const eventId = events[event === 'new' ? 0 : 1]?.id;
    if (eventId !== undefined) webhooks.enqueue(eventId, sessions);
  }
  const chats = createChats({ now, announce: (event, session) => announce(event, [session]) });

  const { faults, fail, middleware } = createFaults();
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(recorder.middleware, middleware);
  const subscribeAnswer = options.subscribeAnswer ?? 'location';
  app.route(
    basePath,
    connectorRoutes({ apiKey, events, subscribeAnswer, chats, webhooks, schemas }),
  );
  app.notFound((context) => context.json({ message: 'There is nothing at this address.' }, 404));

  const server = await serveOnLoopback(app, port);

  async function end(): Promise<void> {
    webhooks.stop();
    await Promise.all([server.close(), webhooks.settled()]);
  }
  let ended: Promise<void> | undefined;

  return {
    url: server.url,
    apiKey,
    chats,
    requests: recorder.requests,
    get subscriptions() {
      return webhooks.subscriptions;
    },
    get counts() {
      return webhooks.counts;
    },
    announce,
    answerNext: recorder.answerNext,
    fail,
    faults,
    settled: webhooks.settled,
    stop() {
      ended ??= end();
      return ended;
    },
  };
}
