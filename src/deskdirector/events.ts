import type { Bundle, ZObject } from 'zapier-platform-core';
import { shortened, wordsIn } from '../values.ts';
import { ownerError } from './errors.ts';
import { getList, type ListEntry } from './list.ts';
import { operationOf, type SubscribeId } from './operations.ts';
import { tellable } from './secrets.ts';
import { apiKey } from './site.ts';

/** The code of the error for an event that a site does not offer. */
export const EVENT_NOT_OFFERED = 'EventNotOffered';

/** An operation that subscribes to one of the events in a list. */
type EventOperationId = Exclude<SubscribeId, 'SubscribeToWorkflow'>;

/**
 * A kind of event that DeskDirector announces. The app asks the site for its id when an owner turns a Zap
 * on, since no id is published.
 */
export interface SiteEvent {
  readonly name: string;
  /** The operation that subscribes to the event. */
  readonly subscribe: EventOperationId;
  /** Whether an entry with this name and these words, in lower case, can be the event. */
  readonly looksLike: (words: {
    readonly id: readonly string[];
    readonly name: readonly string[];
  }) => boolean;
  /** What an owner can do when the site does not offer the event. */
  readonly advice: string;
}

const CHATS = {
  subscribe: 'CreateChatWebhook',
  advice: 'Ask DeskDirector which event it is, and whether your plan includes chat webhooks.',
} as const;

/** Whether words hold one of these. An event about the messages of a chat is no event of the chat. */
const isOfChat = (words: readonly string[], ...wanted: readonly string[]): boolean =>
  wanted.some((word) => words.includes(word)) && !words.some((word) => /^messages?$/.test(word));

export const NEW_CHAT_SESSION: SiteEvent = {
  ...CHATS,
  name: 'New Chat Session',
  looksLike: ({ id, name }) => {
    const words = [...id, ...name];
    return isOfChat(words, 'new', 'created') && !words.includes('status');
  },
};

export const CHAT_SESSION_STATUS_CHANGED: SiteEvent = {
  ...CHATS,
  name: 'Chat Session Status Changed',
  looksLike: ({ id, name }) => isOfChat([...id, ...name], 'status', 'updated'),
};

/**
 * No name of a ticket's event is published. The name of this one says only that a ticket is new: a new note
 * of a ticket is another event.
 */
export const NEW_TICKET: SiteEvent = {
  subscribe: 'CreateTicketWorkflow',
  advice: 'Use the trigger "Ticket Event" instead, and choose one of the events there.',
  name: 'New Ticket',
  looksLike: ({ name }) =>
    name.includes('ticket') &&
    name.length > 1 &&
    name.every((word) => ['new', 'ticket', 'created'].includes(word)),
};

/**
 * The id of an event on a site. Rejects with an owner's error when the site does not offer the event, or
 * offers several that can be it.
 * DeskDirector: connector API, `GET chat-webhook-events`, `GET ticket-workflow-events`.
 */
export async function findEventId(z: ZObject, bundle: Bundle, event: SiteEvent): Promise<string> {
  const offered = await offeredEvents(z, bundle, event.subscribe);
  const { name, looksLike, advice } = event;
  const [named, namesake] = offered.filter((entry) => lettersOf(entry.name) === lettersOf(name));
  if (named && !namesake) return named.id;
  const [alike, another] = offered.filter((entry) =>
    looksLike({ id: lowerWordsIn(entry.id), name: lowerWordsIn(entry.name) }),
  );
  if (alike && !another) return alike.id;
  const problem = alike ? 'offers several events that may be' : 'does not offer the event';
  throw ownerError(
    `Your DeskDirector site ${problem} "${name}". ${await offers(offered, bundle)} ${advice}`,
    EVENT_NOT_OFFERED,
  );
}

/** Rejects with an owner's error when a site no longer offers the event with this id. */
export async function checkEvent(
  z: ZObject,
  bundle: Bundle,
  subscribe: EventOperationId,
  id: string,
): Promise<void> {
  const offered = await offeredEvents(z, bundle, subscribe);
  if (offered.some((entry) => entry.id === id)) return;
  throw ownerError(
    `Your DeskDirector site does not offer the event ${await tellableName(bundle, id)}. ${await offers(offered, bundle)} Open the trigger of the Zap and choose one of them.`,
    EVENT_NOT_OFFERED,
  );
}

const offeredEvents = (
  z: ZObject,
  bundle: Bundle,
  subscribe: EventOperationId,
): Promise<ListEntry[]> => getList(z, bundle, operationOf(subscribe).subscription.events);

/** The names of the events that a site offers, as a sentence. */
async function offers(offered: readonly ListEntry[], bundle: Bundle): Promise<string> {
  const names = await Promise.all(offered.map(({ name }) => tellableName(bundle, name)));
  return `It offers: ${shortened(names.join(', '), 300) || 'none at all'}.`;
}

const LONGEST_NAME = 300;

/** A name or an id for an error: not too long, and `…` when it holds the API key. */
export const tellableName = (bundle: Bundle, name: string): Promise<string> =>
  tellable(shortened(name, LONGEST_NAME), [apiKey(bundle.authData.apiKey)]);

const lowerWordsIn = (name: string): string[] => wordsIn(name).map((word) => word.toLowerCase());

/** A name without case, spaces and punctuation, for comparison. */
export const lettersOf = (name: string): string =>
  name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
