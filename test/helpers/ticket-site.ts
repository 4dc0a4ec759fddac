import { beforeEach } from '@jest/globals';
import { site } from './described-site.ts';
import { dateTime, integer, list, object, string } from './schema.ts';
import { call } from './zapier.ts';

/* The described site with events of tickets. Its payload has other names than that of the sandbox. */

const int32 = { ...integer, format: 'int32' };

/** The payload of an event. It has an ID of its own, and the ticket stands in an object. */
export const PAYLOAD = object({
  id: string,
  ticketId: int32,
  ticket: object({
    headline: { ...string, title: 'Headline' },
    createdOn: dateTime,
    queue: object({ id: int32, name: string }),
    tags: list(string),
  }),
  lines: list(object({ n: int32, words: string })),
});

/** A record of an event without a value for the properties that are described. */
export const EMPTY_RECORD = {
  id: null,
  id_site: null,
  ticketId: null,
  ticket: { headline: null, createdOn: null, queue: { id: null, name: null }, tags: null },
  lines: null,
};

export const NEW = 'new_ticket';
export const EVENT = 'ticket_event';
export const TARGET = 'https://hooks.zapier.com/hooks/standard/1/';

export const TICKET_ANSWERS = {
  'GET /ticket-workflow-events': {
    results: [
      { id: 'e-1', name: 'New Ticket' },
      { id: 'e-2', name: 'Ticket Note Created' },
    ],
  },
  'GET /schema/ticket-workflow-webhook/$advanced-filters': object({
    urgency: { ...integer, title: 'Urgency' },
    words: string,
  }),
  'GET /schema/ticket-workflow-webhook/$request': PAYLOAD,
  'POST /ticket-workflows': { id: 'w-1' },
  'DELETE /ticket-workflows/w-1': {},
  'GET /schema/dynamic-types/FindTicketsRequest': object({ words: string }),
  'POST /tickets/find': { results: [] },
};

beforeEach(() => site.answer(TICKET_ANSWERS));

/** Makes the site give other answers to some requests. */
export const answer = (more: object) => site.answer({ ...TICKET_ANSWERS, ...more });

/** Calls a method of a trigger, connected to the site. */
export const trigger = <T = Record<string, unknown>[]>(
  key: string,
  method: string,
  bundle: object = {},
) => call<T>(`triggers.${key}.operation.${method}`, bundle);

/** Turns a Zap on. */
export const turnOn = (key: string, inputData: object = {}, bundle: object = {}) =>
  trigger<Record<string, unknown>>(key, 'performSubscribe', {
    inputData,
    targetUrl: TARGET,
    ...bundle,
  });

/** Delivers a body to a Zap that was turned on now. */
export async function deliver(key: string, body: unknown, inputData: object = {}) {
  const { results: subscribeData } = await turnOn(key, inputData);
  return trigger(key, 'perform', { inputData, subscribeData, cleanedRequest: body });
}
