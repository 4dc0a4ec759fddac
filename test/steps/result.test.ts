import { describe, expect, test } from '@jest/globals';
import { hurried } from '../helpers/clock.ts';
import {
  ask,
  describeAs,
  EMPTY,
  findContact,
  refusal,
  seen,
  site,
  UNREADABLE,
  updateTicket,
} from '../helpers/described-site.ts';
import { Answer, NO_ANSWER } from '../helpers/prepared-site.ts';
import { integer, object, string, typed } from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

describe('a success that says that it failed', () => {
  const REASON = 'Not in your plan.';
  const FAILED = [
    [{ success: false, message: REASON }],
    [{ Succeeded: false, id: 7, message: REASON }],
    [{ isSuccess: false, callName: 'x', errors: [REASON] }],
    [{ OK: false, error: { message: REASON } }],
    [{ error: REASON }],
    [{ id: null, Errors: { plan: [REASON] } }],
    [{ exception: { message: REASON }, further: 1 }],
    [[{ success: false, message: REASON }]],
  ] as const;

  test.each(FAILED)('is an error with its reason for a look-up: %j', async (answer) => {
    site.answer({ 'GET /contacts/7': answer });
    const { code, message } = await failure(findContact());
    expect(code).toBe('DeskDirectorError');
    expect(message).toMatch(
      /^support\.deskdirector\.com answered with a success \(200\), but reports/,
    );
    expect(message).toMatch(/It says: ".*Not in your plan\." Check the fields of this step/);
  });

  test('says of no entry of a look-up that it was done', async () => {
    site.answer({ 'GET /contacts/7': [{ error: REASON }, { id: 7 }] });
    expect((await failure(findContact())).message).toMatch(
      /Entry 1 of 2 failed\. It says: "Not in your plan\." Check the fields of this step/,
    );
  });

  test.each(FAILED)('is an error for an action that may have been done: %j', async (answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    const { message } = await failure(updateTicket());
    expect(message).toMatch(
      /reports a failure\. It says: ".*Not in your plan\." The request may have/,
    );
    expect(seen().filter((one) => one === 'PATCH /tickets/7')).toHaveLength(1);
  });

  test.each([
    ['nothing is the matter', { success: true, ok: 'false', errors: [], exception: '' }],
    ['the errors are empty', { error: { code: 0, message: null }, errors: [' ', {}] }],
    ['a described property stands beside it', { callName: 'x', error: REASON }],
  ])('is a success when %s', async (_, answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    expect((await updateTicket()).results).toMatchObject({ ...answer, id: '7' });
  });

  test.each([
    ['success', { Success: false }],
    ['Error', { error: 'E1' }],
  ])('is a success when the description names %s', async (name, answer) => {
    const schema = object({ [name]: string });
    site.answer({ 'PATCH /tickets/7': answer, ...describeAs('TicketDetails', schema) });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });

  test.each([
    ['id', { id: 8, errors: [REASON] }, '8'],
    ['ticketId', { ticketId: 8, errors: [REASON] }, '8'],
  ])('is a success when the answer has an %s and no description', async (_, answer, id) => {
    site.answer({ 'PATCH /tickets/7': answer, ...describeAs('TicketDetails', UNREADABLE) });
    expect((await updateTicket()).results).toMatchObject({ id });
  });

  test.each([
    ['a dropdown', 'triggers.board_list.operation.perform', 'GET /service/boards'],
    [
      'a form',
      'creates.update_ticket.operation.perform',
      'GET /schema/dynamic-types/UpdateTicketRequest',
    ],
  ])('is an error with its reason for %s', async (_, method, request) => {
    for (const answer of [
      { success: false, message: REASON },
      { error: REASON, type: 'x' },
    ]) {
      site.answer({ [request]: answer });
      const { message } = await refusal(method, { ticket_id: 7 });
      expect(message).toContain(`reports a failure. It says: "${REASON}"`);
    }
    expect(seen()).not.toContain('PATCH /tickets/7');
  });
});

describe('an answer to an action in parts', () => {
  const json = (answer: unknown, status = 207) => new Answer(JSON.stringify(answer), status);
  const LOCKED = { success: false, message: 'Locked.' };
  const CONFLICT = { Status: '409', title: 'Conflict' };
  const FORBIDDEN = { id: '1', status: 403, body: { error: 'No right' } };
  const OTHERS = 'The other entries count as done.';
  const DONE = 'support.deskdirector.com answered with a success';
  const MAYBE = 'The request may have been done all the same: look in DeskDirector before';

  test.each([
    [
      'a list with a failed entry',
      json([{ id: 1 }, LOCKED, 'x'], 200),
      `Entry 2 of 3 failed. It says: "Locked." ${OTHERS}`,
    ],
    [
      'statuses',
      json({ results: [{ status: 200 }, CONFLICT, { statusCode: 500 }] }),
      `Entry 2 of 3 failed. It says: "Conflict". Entry 3 of 3 failed. ${OTHERS}`,
    ],
    [
      'statuses of requests in one',
      json({ warnings: [], responses: [FORBIDDEN, {}] }),
      `Entry 1 of 2 failed. It says: "No right". ${OTHERS}`,
    ],
    ['only failures', json([LOCKED, LOCKED]), 'Entries 1, 2 of 2 failed. It says: "Locked."'],
    ['one status', json({ status: 422, detail: 'Locked.' }), 'It says: "Locked."'],
    ['a failure as a whole', json({ ...LOCKED, results: [{ id: 1 }] }), 'It says: "Locked."'],
    [
      'two lists and a failure',
      json({ ...LOCKED, done: [{ status: 200 }], left: [{ status: 500 }] }),
      'It says: "Locked."',
    ],
  ])('is told by position and reason: %s', async (_, answer, words) => {
    site.answer({ 'PATCH /tickets/7': answer });
    const { message } = await failure(updateTicket());
    expect(message).toContain(`${DONE} (${answer.status}), but reports a failure. `);
    expect(message).toContain(`${words} ${MAYBE}`);
  });

  test('has a bounded number of words', async () => {
    const words = (n: number) => `No. ${n} is long. `.repeat(50);
    const entries = Array.from({ length: 50 }, (_, n) => ({ ok: false, message: words(n) }));
    site.answer({ 'PATCH /tickets/7': [{ id: 1 }, ...entries] });
    const { message } = await failure(updateTicket());
    expect(message).toContain('Entry 2 of 51 failed. It says: "No. 0 is long. No. 0 is long.');
    expect(message).toContain('Entry 3 of 51 failed. It says: "No. 1 is long. No. 1 is long.');
    expect(message).toContain(`… ${OTHERS} ${MAYBE}`);
  });

  test.each([
    ['statuses without 207', json([{ status: 404 }, { status: 500 }], 200)],
    ['good statuses', json({ results: [{ status: 201 }, { status: 0 }, { status: 600 }, 404] })],
    ['two lists', json({ done: [{ status: 200 }], left: [{ status: 500 }] })],
  ])('is done: %s', async (_, answer) => {
    site.answer({ 'PATCH /tickets/7': answer });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });

  test('is done when the description names the status', async () => {
    const parts = json([{ status: 450 }, { status: 451 }]);
    const described = describeAs('TicketDetails', object({ Status: integer }));
    site.answer({ 'PATCH /tickets/7': parts, ...described });
    expect((await updateTicket()).results).toMatchObject({ id: '7' });
  });
});

describe('the ID of a result', () => {
  test.each([
    ['ticketId before id', { id: 'e-1', ticketId: 9 }, '9', 'e-1'],
    ['TicketID whatever its case', { id: 1, TicketID: 9 }, '9', 1],
    ['the id of a ticket inside', { id: 'e-1', entityId: 3, ticket: { id: 9 } }, '9', 'e-1'],
    ['entityId before id', { id: 4, entityId: 9 }, '9', 4],
    ['the exact name of two', { ID: 'guid', id: 9 }, '9', undefined],
    ['the next, where one is too large', { ticketId: 2 ** 31, id: 9 }, '9', undefined],
    ['text, where none is a number', { id: '4f1c-9', ticketId: 'x' }, '4f1c-9', undefined],
  ])('is %s; another id stays beside it', async (_, answer, id, other) => {
    site.answer({ 'PATCH /tickets/7': answer, ...describeAs('TicketDetails', UNREADABLE) });
    const { results } = await updateTicket();
    expect(results).toEqual({ ...answer, id, ...(other !== undefined && { id_site: other }) });
  });

  test('is that of the ticket, where the site describes another beside it', async () => {
    const described = describeAs('TicketDetails', object({ id: string, ticketId: integer }));
    site.answer({ 'PATCH /tickets/7': { id: 'guid', ticketId: 7 }, ...described });
    const { results } = await updateTicket();
    expect(results).toEqual({ id: '7', id_site: 'guid', ticketId: 7 });
    const fields = await ask('creates.update_ticket.operation.outputFields', { ticket_id: 7 });
    expect(fields.results).toMatchObject([
      { key: 'id', label: 'ID' },
      { key: 'ticketId' },
      { key: 'id_site', label: 'ID in the Site’s Answer' },
    ]);
  });

  const notify = () =>
    ask('creates.send_contact_notification.operation.perform', { contact_id: 7, words: 'Hello' });

  test.each([[{ value: 5 }], [[5, 6]]])('is null where the id is %j', async (id) => {
    site.answer({ 'POST /contacts/7/notifications': { id } });
    expect((await notify()).results).toMatchObject({ id: null, id_site: id });
  });

  test.each([
    [{ notificationId: 31, contactId: 7 }, '31'],
    [{ contactId: 7 }, null],
  ])("of a notification is never the contact's: %j", async (answer, id) => {
    site.answer({ 'POST /contacts/7/notifications': answer });
    expect((await notify()).results).toMatchObject({ id });
  });
});

test('an action takes a list of one object for the object', async () => {
  site.answer({ 'PATCH /tickets/7': [{ id: 8, callName: 'z' }] });
  const { results } = await updateTicket();
  expect(results).toEqual({ ...EMPTY, id: '8', callName: 'z' });
});

test('a description in many parts that hang takes no longer than one of them', async () => {
  const names = Array.from({ length: 10 }, (_, n) => `Part${n}`);
  const parts = Object.fromEntries(names.map((name) => [name, typed(name)]));
  site.answer({
    ...describeAs('TicketDetails', object(parts)),
    ...Object.fromEntries(names.map((name) => [`GET /schema/dynamic-types/${name}`, NO_ANSWER])),
  });
  const { results, warnings, seconds } = await hurried(updateTicket);
  expect(results).toMatchObject({ id: '7', callName: 'y' });
  expect(warnings).toEqual([
    expect.stringMatching(/^Not read from your site's description: “Part/),
  ]);
  // One after the other, the parts would take 30 seconds.
  expect(seconds).toBeLessThan(5);
});
