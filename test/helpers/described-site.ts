import { afterAll, beforeEach } from '@jest/globals';
import { isMadeUp } from '../../src/chat-session/made-up.ts';
import { Answer, startPreparedSite } from './prepared-site.ts';
import {
  boolean,
  dateTime,
  fromList,
  integer,
  list,
  object,
  required,
  status,
  string,
} from './schema.ts';
import { call, failure } from './zapier.ts';

/*
 * A site with other schemas than the sandbox's, since the app must not depend on names in the schemas.
 * It runs for the tests of each file that imports this one. Each test starts with the same answers.
 */

export const DETAILS = object({
  id: integer,
  callName: { ...string, title: 'Called' },
  isVip: { ...boolean, readOnly: true },
  lastSeen: dateTime,
  site: object({ town: string }, { title: 'Site' }),
  tags: list(string),
  phones: list(object({ number: string, kind: integer }), { title: 'Phones' }),
  pin: { ...string, writeOnly: true },
});
/** A result without a value for the properties that are described. */
export const EMPTY = {
  callName: null,
  isVip: null,
  lastSeen: null,
  site: { town: null },
  tags: null,
  phones: null,
};

export const ANSWERS = {
  ...Object.fromEntries(
    ['ContactDetails', 'MemberDetails', 'CompanyDetails', 'TicketDetails'].map((type) => [
      `GET /schema/dynamic-types/${type}`,
      DETAILS,
    ]),
  ),
  'GET /schema/dynamic-types/CreateNotificationResponse': object({ token: string }),
  'GET /schema/ticket/$create-request?requestTypeId=3': object(
    {
      headline: { ...string, title: 'Headline' },
      board: fromList('ListBoards'),
      state: {
        ...integer,
        'x-ms-dynamic-list': {
          operationId: 'ListStatuses',
          parameters: { boardId: { parameterReference: 'req/board' } },
        },
      },
    },
    { required: ['headline'] },
  ),
  'GET /schema/dynamic-types/UpdateTicketRequest': object({
    where: object({ queue: integer, state: status({ parameter: 'req/where/queue' }) }),
  }),
  'GET /schema/dynamic-types/CreateTicketTasksRequest': object({
    title: string,
    template: fromList('ListTicketTaskTemplates'),
  }),
  'GET /schema/dynamic-types/CreateContactRequest': required({ fullName: string }),
  'GET /schema/dynamic-types/CreateContactNotificationRequest': required({ words: string }),
  'GET /schema/dynamic-types/CreateMemberNotificationRequest': required({ words: string }),
  'GET /contacts/7': { id: 7, callName: 'Casey', site: { town: 'Aarhus' }, extra: [1] },
  'GET /members/7': { id: 7 },
  'GET /companies/7': { id: 7 },
  'GET /tickets/7': { id: 7 },
  'POST /tickets?requestTypeId=3': { id: 70, callName: 'x' },
  'PATCH /tickets/7': { callName: 'y' },
  'POST /contacts': { id: 70, callName: 'Casey' },
  'POST /contacts/7/notifications': { token: 't' },
  'POST /members/7/notifications': { token: 't' },
  'GET /service/boards': { results: [{ id: 2, name: 'Service' }] },
  'GET /service/statuses?boardId=2': { results: [{ id: 5, name: 'New' }] },
};

export const site = await startPreparedSite(
  ANSWERS,
  new Answer('{"message":"No such thing."}', 404),
);
afterAll(() => site.stop());
beforeEach(() => site.answer({}));

export type Records = Record<string, unknown>[];
/** Calls a method of the app, connected to the site. */
export const ask = <T = Records>(method: string, inputData: object = {}, meta: object = {}) =>
  call<T>(method, { inputData, meta });
/** The error of a call that must fail. */
export const refusal = (method: string, inputData: object = {}, meta: object = {}) =>
  failure(ask(method, inputData, meta));
export const findContact = () => ask('searches.find_contact.operation.perform', { contact_id: 7 });
export const updateTicket = () =>
  ask('creates.update_ticket.operation.perform', { ticket_id: 7, where__state: 5 });

/** The answer that describes a type otherwise. */
export const describeAs = (type: string, schema: unknown) => ({
  [`GET /schema/dynamic-types/${type}`]: schema,
});
/** The answer in place of a description that can't be had. */
export const UNREADABLE = new Answer('{}', 500);

/** The requests since the last answers were set, in alphabetical order. */
export const seen = () => site.requests.map(({ method, path }) => `${method} ${path}`).toSorted();

/** The JSON bodies of the requests since the last answers were set. */
export const sent = (): unknown[] =>
  site.requests.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body));

/** What Zapier tells the app about a test in its editor. */
export const IN_TEST = { isLoadingSample: true };
/** A contact, a company, a ticket, and the sample of a step whose test was skipped. */
export const MADE_UP_IDS = [2000005101, '2000003101', ' 2000048190 ', '2000001001'];
export const isAnyMadeUp = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(isAnyMadeUp)
    : isMadeUp(value);
