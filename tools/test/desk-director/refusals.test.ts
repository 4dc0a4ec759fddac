import { afterAll, afterEach, expect, test } from '@jest/globals';
import { startDeskDirector } from '../../desk-director/server.ts';
import { requestTypesWithSomethingElse } from '../../desk-director/service.ts';
import { call, clientOf, newSession, statusChanged } from './client.ts';

/* What the sandbox refuses. A refusal has words, and changes nothing. */

const site = await startDeskDirector();
afterAll(() => site.stop());
const { refusal } = clientOf(() => site);

const chat = site.chats.request();
const [problem] = requestTypesWithSomethingElse;
if (problem === undefined) throw new Error('The sandbox has no request types.');
const ticket = site.tickets.create(problem, { summary: 'Ink', contactId: 501 });

/** All that a request can change. */
const content = () =>
  structuredClone({
    subscriptions: site.subscriptions,
    chats: site.chats.list(),
    messages: site.chats.messages(chat.id),
    contacts: site.directory.contacts(),
    tickets: site.tickets.list(),
    tasks: site.tasks.of(ticket.id),
    notifications: site.notifications.list(),
  });
const before = content();
afterEach(() => expect(content()).toEqual(before));

test.each(['DdApi another-key', 'Bearer sandbox-key', ''])('the key %p', async (key) => {
  const answer = await call(site, 'GET', 'connections/test', { authorization: key });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ message: expect.any(String) });
});

const url = 'http://127.0.0.1:9/hook';
const NO_FILTERS = { url, parameters: {} };
const message = { message: 'Hello', apiVersion: 'v2' };
const MESSAGE = `POST chat-sessions/${chat.id}/system-messages`;
const INVITE = `POST chat-sessions/${chat.id}/invite`;
const CREATE = 'POST tickets?requestTypeId=';
const UPDATE = `PATCH tickets/${ticket.id}`;
const TASKS = `POST tickets/${ticket.id}/tasks`;
const CHATS = 'POST chat-workflows?type=';
const TICKETS = 'POST ticket-workflows?type=ticket-created';
const joining = (id: string, type: string) => `POST workflows/${id}/actions?type=${type}`;
const contact = { firstName: 'Wren', lastName: 'Tidewater', email: 'wren@example.com' };
const workflow = { description: '', advancedFilters: {}, url };

test.each<[request: string, body: unknown, words: string]>([
  [MESSAGE, [message], '400 body must be object'],
  [MESSAGE, { apiVersion: 'v2' }, "body must have required property 'message'"],
  [MESSAGE, { ...message, format: 'rtf' }, '(["plain","markdown","html"])'],
  [MESSAGE, { ...message, importance: '0.5' }, 'body/importance must be number'],
  [MESSAGE, { ...message, mentions: [{ memberId: 2 ** 31 }] }, 'int32'],
  [MESSAGE, { ...message, attachments: 'none' }, '"uri"'],
  [MESSAGE, { ...message, session_id_2: 'x' }, '("session_id_2")'],
  [MESSAGE, { ...message, sendAt: '2026-02-30T00:00:00Z' }, 'body/sendAt'],
  [MESSAGE, { ...message, sendAt: '2026-02-20T00:00:00' }, 'body/sendAt'],

  [INVITE, { members: [71, 99] }, '400 There is no member with the id 99.'],
  [INVITE, { contacts: [71] }, '400 There is no contact with the id 71.'],
  [INVITE, { members: ['Pixel'] }, '400 body/members/0 must be integer'],

  ['POST contacts/find', { email: 'tansy' }, '400 body/email must match format "email"'],
  ['POST contacts/find', { companyId: '3102' }, '400 body/companyId must be integer'],
  ['POST user-groups/find', {}, "400 body must have required property 'name'"],
  ['POST tickets/find', {}, "400 body must have required property 'apiVersion'"],

  [
    'POST contacts',
    { ...contact, email: 'Quilla.Fernwhistle@example.com' },
    '409 There is a contact with the e-mail address',
  ],
  ['POST contacts', { ...contact, companyId: 1 }, '400 There is no company with the id 1.'],

  [`${CREATE}11`, { contactId: 503 }, "400 body must have required property 'summary'"],
  [`${CREATE}12`, { employee: {} }, "body/employee must have required property 'name'"],
  [`${CREATE}0`, { summary: 'x', device: {} }, '("device")'],
  [`${CREATE}0`, { summary: 'x', contactId: 99 }, '400 There is no contact with the id 99.'],
  [`${CREATE}0`, { summary: 'x', statusId: 221 }, '400 There is no status of board 21 with'],
  [`${CREATE}0`, { summary: 'x', chatSessionId: '1-1' }, '400 There is no chat session 1-1.'],
  [UPDATE, {}, '400 body must NOT have fewer than 1 properties'],
  [UPDATE, { contactId: 501 }, '("contactId")'],
  [UPDATE, { statusId: 221 }, '400 There is no status of board 21'],
  [TASKS, {}, '400 body must NOT have fewer than 1'],
  [TASKS, { templateId: 'none' }, '400 There is no task template with the id none.'],
  [TASKS, { tasks: [{}] }, "400 body/tasks/0 must have required property 'title'"],

  ['POST contacts/501/notifications', {}, "400 body must have required property 'title'"],
  ['POST members/72/notifications', {}, "400 body must have required property 'message'"],
  ['POST contacts/99/notifications', {}, '404 There is no contact with the id 99.'],
  ['POST members/99/notifications', {}, '404 There is no member with the id 99.'],

  ['GET v2/forms/99/results/4001', undefined, '404 There is no form with the id 99.'],
  ['GET v2/forms/82/results/4001', undefined, '404 There is no result of the form with the id'],
  ['GET v2/forms/81/results/9007199254740992', undefined, '404 There is no result'],
  ['GET v2/forms/81/results/4001.5', undefined, '400 The id of a result must be a 64-bit integer.'],
  ['POST email-templates/welcome/render', { company: 'x' }, "required property 'firstName'"],
  ['POST email-templates/gone/render', {}, '404 There is no e-mail template with the id gone.'],

  [`${CHATS}chat-session-deleted`, NO_FILTERS, '400 There is no event type with the'],
  [`${CHATS}${newSession}`, { parameters: {} }, "400 body must have required property 'url'"],
  [`${CHATS}${newSession}`, { url: 'ftp://a.example', parameters: {} }, '400 body/url must match'],
  [`${CHATS}${newSession}`, { url }, "400 body must have required property 'parameters'"],
  [`${CHATS}${newSession}`, undefined, '400 body must be object'],
  [`${CHATS}${newSession}`, { url, parameters: { session_types: ['push'] } }, '("session_types")'],
  [`${CHATS}${newSession}`, { url, parameters: { statuses: ['missed'] } }, '("statuses")'],
  [`${CHATS}${newSession}`, { url, parameters: { company: '3101' } }, '/company must be integer'],
  [
    `${CHATS}${statusChanged}`,
    { url, parameters: { statuses: ['lost'] } },
    'parameters/statuses/0',
  ],

  [TICKETS, { ...workflow, description: undefined }, "400 body must have required property 'desc"],
  [TICKETS, { ...workflow, advancedFilters: undefined }, "required property 'advancedFilters'"],
  [TICKETS, { ...workflow, advancedFilters: { noteContains: 'x' } }, '("noteContains")'],
  [TICKETS, { ...workflow, statusId: 211 }, '400 body must have property boardId'],
  [TICKETS, { ...workflow, boardId: 99 }, '400 There is no board with the id 99.'],
  [TICKETS, { ...workflow, boardId: 21, statusId: 221 }, '400 There is no status of board 21'],
  [
    `POST ticket-workflows?type=${newSession}`,
    workflow,
    `400 There is no event type with the id ${newSession}.`,
  ],

  [joining('reminder', 'none'), NO_FILTERS, '400 There is no event type with the id none.'],
  [joining('gone', 'ticket'), NO_FILTERS, '404 There is no workflow with the id gone.'],
  [
    joining('reminder', 'form'),
    NO_FILTERS,
    '400 The workflow Remind the Technician of a Ticket has the',
  ],
  [
    joining('escalation', 'ticket'),
    NO_FILTERS,
    "400 body/parameters must have required property 'priorityIds'",
  ],
  [joining('reminder', 'ticket'), { url, parameters: { priorityIds: [1] } }, '("priorityIds")'],

  ['GET schema/chat-workflow-webhook/$parameters?type=chat-session-deleted', undefined, '400 '],
  [`GET schema/chat-workflow-webhook/$response?type=${newSession}`, undefined, '404 '],
  ['GET schema/dynamic-types/NoSuchType', undefined, '404 '],
  ['GET schema/dynamic-types/constructor', undefined, '404 '],
])('%s with %j', async (request, body, words) => {
  const [method = '', path = ''] = request.split(' ');
  expect(await refusal(method, path, body)).toContain(words);
});
