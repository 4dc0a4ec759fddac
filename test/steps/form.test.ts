import { describe, expect, test } from '@jest/globals';
import { ask, describeAs, site } from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { integer, object, status, string } from '../helpers/schema.ts';
import { call } from '../helpers/zapier.ts';

const FORM = 'GET /schema/ticket/$create-request?requestTypeId=3';

/** The field of Update Ticket that comes last, when the site describes its fields so. */
async function lastField(properties: object) {
  site.answer(describeAs('UpdateTicketRequest', object(properties)));
  const { results } = await ask('creates.update_ticket.operation.inputFields', { ticket_id: 7 });
  return results.at(-1);
}

describe('the form of Create Ticket', () => {
  const fields = (inputData: object) =>
    ask('creates.create_ticket.operation.inputFields', inputData);

  test.each([[undefined], [null], [' '], [['']]])(
    'waits for the request type, and says so calmly: %j',
    async (request_type_id) => {
      const { results, warnings } = await fields({ request_type_id });
      expect(results).toMatchObject([
        { key: 'request_type_id', dynamic: 'request_type_list.id.name', altersDynamicFields: true },
        { type: 'copy', helpText: 'The other fields appear once a request type is chosen.' },
      ]);
      expect(warnings).toEqual([]);
      expect(site.requests).toEqual([]);
    },
  );

  test('says why its fields are missing when the request type is no ID', async () => {
    const { results, warnings } = await fields({ request_type_id: 'Printer' });
    const helpText = expect.stringMatching(
      /can't be shown: The field "Request Type" does not hold/,
    );
    expect(results.slice(1)).toMatchObject([{ type: 'copy', helpText }]);
    expect(warnings).toHaveLength(1);
  });

  test("quotes a site's reason without its links", async () => {
    const message = '[Read this](http://intern) ![x](https://a.example/b.png) <img src=x>';
    site.answer({ [FORM]: new Answer(JSON.stringify({ message }), 403) });
    const { results } = await fields({ request_type_id: '3' });
    expect(results.at(-1)).toMatchObject({ helpText: expect.stringContaining('"Read this x "') });
  });

  test('depends on the request type', async () => {
    const { results } = await fields({ request_type_id: '3' });
    expect(results.slice(1)).toMatchObject([
      { key: 'headline', required: true },
      { key: 'board', dynamic: 'board_list.id.name', required: false },
      { key: 'state', dynamic: 'status_list.id.name', dependsOn: ['board'] },
    ]);
    // Zapier: `required: false` would take the dependency away.
    expect(results.at(-1)).not.toHaveProperty('required');
  });

  test.each([
    ['parameters', { boardID: { parameter: 'board' } }, {}],
    ['a reference', { boardId: { parameterReference: 'req/Board' } }, {}],
    [
      'the list and its entries',
      { boardId: { parameter: 'BOARD' } },
      { operationId: 'listStatuses', itemValuePath: 'Id', itemTitlePath: 'NAME' },
    ],
  ])('finds the board, whatever the case of the names: %s', async (_, parameters, more) => {
    const list = { operationId: 'ListStatuses', parameters, ...more };
    const state = { ...integer, 'x-ms-dynamic-list': list };
    const properties = { board: integer, state, other: state };
    site.answer({ [FORM]: object(properties, { required: ['State'] }) });
    const { results } = await fields({ request_type_id: '3' });
    const dropdown = { dynamic: 'status_list.id.name', dependsOn: ['board'] };
    expect(results.slice(2)).toMatchObject([
      { key: 'state', required: true, ...dropdown },
      { key: 'other', ...dropdown },
    ]);
    const inputData = { request_type_id: '3', board: '2' };
    const statuses = await ask('triggers.status_list.operation.perform', inputData);
    expect(statuses.results).toEqual([{ id: '5', name: 'New' }]);
  });
});

test('a workflow has no dropdown in a form of the site, which has no field for its type', async () => {
  const list = { operationId: 'ListWorkflows', parameters: { type: { parameter: 'kind' } } };
  const paths = { itemValuePath: 'id', itemTitlePath: 'name' };
  const workflow = { ...string, 'x-ms-dynamic-list': { ...list, ...paths } };
  const field = await lastField({ kind: string, workflow });
  expect(field).toMatchObject({ key: 'workflow' });
  expect(field).not.toHaveProperty('dynamic');
});

describe('the field for a status has no dropdown', () => {
  const PLAIN = { helpText: "A whole number. The ID of one of DeskDirector's statuses." };

  test('when the lists of a form are for several boards', async () => {
    const [s1, s2] = [status({ parameter: 'b1' }), status({ parameter: 'b2' })];
    const boards = { b1: integer, b2: integer };
    for (const field of [
      await lastField({ ...boards, s1, s2 }),
      await lastField({ ...boards, s2, s1 }),
    ]) {
      expect(field).toMatchObject(PLAIN);
      expect(field).not.toHaveProperty('dynamic');
    }
  });

  test('among the filters of a trigger', async () => {
    site.answer({
      'GET /chat-webhook-events': { results: [{ id: 'e', name: 'New Chat Session' }] },
      'GET /schema/chat-workflow-webhook/$parameters?type=e': object({
        board: integer,
        state: status({ parameter: 'board' }),
      }),
    });
    const { results } = await ask('triggers.new_chat_session.operation.inputFields');
    const field = results.find(({ key }) => key === 'state');
    expect(field).toMatchObject(PLAIN);
    expect(field).not.toHaveProperty('dynamic');
  });
});

test('a description that holds the whole of a short key is shown', async () => {
  site.answer(describeAs('UpdateTicketRequest', object({ a: { ...string, title: 'A word' } })));
  const { results } = await call('creates.update_ticket.operation.inputFields', {
    authData: { ...site.authData, apiKey: 'word' },
    inputData: { ticket_id: 7 },
  });
  expect(results.at(-1)).toMatchObject({ key: 'a', label: 'A word' });
});
