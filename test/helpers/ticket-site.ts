import { beforeEach } from '@jest/globals';
import { site } from './described-site.ts';
import { call } from './zapier.ts';

/* The described site with events of tickets. Its payload has other names than that of the sandbox. */

const text = { type: 'string' };
const int32 = { type: 'integer', format: 'int32' };
const time = { type: 'string', format: 'date-time' };

/** The payload of an event. It has an ID of its own, and the ticket stands in an object. */
export const PAYLOAD = {
  type: 'object',
  properties: {
    id: text,
    ticketId: int32,
    ticket: {
      type: 'object',
      properties: {
        headline: { ...text, title: 'Headline' },
        createdOn: time,
        queue: { type: 'object', properties: { id: int32, name: text } },
        tags: { type: 'array', items: text },
      },
    },
    lines: { type: 'array', items: { type: 'object', properties: { n: int32, words: text } } },
  },
};

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
  'GET /schema/ticket-workflow-webhook/$advanced-filters': {
    properties: { urgency: { type: 'integer', title: 'Urgency' }, words: text },
  },
  'GET /schema/ticket-workflow-webhook/$request': PAYLOAD,
  'POST /ticket-workflows': { id: 'w-1' },
  'DELETE /ticket-workflows/w-1': {},
  'GET /schema/dynamic-types/FindTicketsRequest': { properties: { words: text } },
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
