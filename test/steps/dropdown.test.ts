import { describe, expect, test } from '@jest/globals';
import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { asObject, list } from '../../src/values.ts';
import lists from '../../triggers/lists.ts';
import { ask, describeAs, site } from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { integer, list as listOf, object, status, string } from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

const NEW = [{ id: '5', name: 'New' }];
const statuses = (inputData: object) => ask('triggers.status_list.operation.perform', inputData);

describe('the dropdown for statuses', () => {
  const FIND_TICKETS = describeAs(
    'FindTicketsRequest',
    object({ queue: integer, words: string, state: status({ parameter: 'queue' }) }),
  );

  test.each([
    ['Create Ticket', { request_type_id: '3', board: '2' }],
    ['Update Ticket', { ticket_id: '7', where__queue: 2 }],
    ['Find Ticket', { queue: '2', words: 'ink' }],
    ['any form with a field of that name', { boardId: ' 2 ' }],
  ])('lists those of the board that is filled in: %s', async (_, inputData) => {
    site.answer(FIND_TICKETS);
    expect((await statuses(inputData)).results).toEqual(NEW);
  });

  test.each([
    ['nothing is filled in', {}],
    ['another field has that name', { request_type_id: '3', boardId: '2' }],
    ['the board is text', { request_type_id: '3', board: 'Service' }],
    ['a search has other fields', { words: 'ink' }],
  ])('says that a board has to be chosen first when %s', async (_, inputData) => {
    site.answer(FIND_TICKETS);
    const { code, message } = await failure(statuses(inputData));
    expect(code).toBe(WAITS_FOR_CHOICE);
    expect(message).toContain('Choose a board first');
  });

  test('declares the fields that it reads, as optional ones without `required`', () => {
    const declared = list(lists.status_list?.operation.inputFields, asObject);
    expect(declared.map(({ key }) => key)).toEqual([
      'board_id',
      'boardId',
      'ticket_id',
      'request_type_id',
    ]);
    for (const field of declared) expect(field).not.toHaveProperty('required');
  });
});

describe('the dropdown for statuses of a form', () => {
  const form = (boardId: unknown) =>
    describeAs(
      'UpdateTicketRequest',
      object({ rows: listOf(object({ a: string })), state: status(boardId) }),
    );
  const fieldOfStatus = async () => {
    const { results } = await ask('creates.update_ticket.operation.inputFields', { ticket_id: 7 });
    return results.find(({ key }) => key === 'state');
  };

  test.each([2, { value: '2' }])(
    'lists those of the board that the site chose: %j',
    async (board) => {
      site.answer(form(board));
      expect(await fieldOfStatus()).toMatchObject({ dynamic: 'status_list.id.name' });
      expect((await statuses({ ticket_id: '7' })).results).toEqual(NEW);
    },
  );

  test('asks for a board when the form has no field for it', async () => {
    site.answer(form({ parameter: 'gone' }));
    const { message } = await failure(statuses({ ticket_id: '7' }));
    expect(message).toContain('Choose a board first');
    expect(await fieldOfStatus()).not.toHaveProperty('dynamic');
  });

  test('says why when the form can not be read', async () => {
    site.answer(describeAs('UpdateTicketRequest', new Answer('{}', 403)));
    expect((await failure(statuses({ ticket_id: '7' }))).message).toContain('(403)');
  });
});

test('a field of one form with the key of another action does not spoil the statuses', async () => {
  const inputData = { request_type_id: '3', board: '2', ticket_id: 'of the customer' };
  expect((await statuses(inputData)).results).toEqual(NEW);
});

describe('the entries of a dropdown', () => {
  const boards = async (answer: object) => {
    site.answer({ 'GET /service/boards': answer });
    return ask('triggers.board_list.operation.perform');
  };

  test('are found whatever the case of their properties, and named by their ID when unnamed', async () => {
    const Results = [
      { Id: 2, Name: ' ' },
      { Id: 1, Name: 'One' },
    ];
    const { results } = await boards({ Results });
    expect(results.map(({ id, name }) => [id, name])).toEqual([
      ['2', '2'],
      ['1', 'One'],
    ]);
  });

  test('have the ID and the name that are written exactly so', async () => {
    const { results } = await boards({
      results: [
        { ID: 'a-guid', id: 7, NAME: 'SEVEN', name: 'Seven' },
        { ID: 8, Id: 9, name: 'Two IDs are none' },
        { id: 10, Name: 'X', NAME: 'Y' },
      ],
      RESULTS: [{ id: 1 }],
    });
    expect(results).toEqual(
      [
        { ID: 'a-guid', NAME: 'SEVEN', id: '7', name: 'Seven' },
        { Name: 'X', NAME: 'Y', id: '10', name: '10' },
      ].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    );
  });

  test('are those with an ID of their own', async () => {
    const results = [
      { id: 1, name: 'One' },
      { id: '1', name: 'Uno' },
    ];
    expect((await boards({ results })).results).toEqual([{ id: '1', name: 'One' }]);
  });
});
