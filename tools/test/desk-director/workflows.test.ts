import { describe, expect, test } from '@jest/globals';
import { complaintAbout } from '../../desk-director/schemas/validation.ts';
import { startDeskDirector } from '../../desk-director/server.ts';
import { call } from './client.ts';
import { ask, described, receiver, refusal, site } from './sandbox.ts';

/* The workflows that administrators have drawn, forms, task lists and e-mail templates. */

const createTicket = async (body: object = {}) => {
  const { json } = await ask('POST', 'tickets?requestTypeId=0', { summary: 'Ink', ...body });
  return Number(json.id);
};

test.each([
  ['forms', [81, 82], 3],
  ['forms?skip=2', [83], 3],
  ['forms?skip=3', [], 3],
  ['forms?take=1&skip=1', [82], 3],
  ['forms?take=100', [81, 82], 3],
  ['email-templates?skip=1', ['chat-follow-up', 'office-closed'], 3],
  ['workflows?skip=2', ['reminder', 'onboarding'], 4],
  ['workflows?type=ticket&skip=2', ['reminder'], 3],
  ['workflows?type=approval', [], 0],
])('the page %s has %j', async (path, ids, totalResults) => {
  const results = ids.map((id) => expect.objectContaining({ id }));
  expect((await ask('GET', path)).json).toEqual({ results, totalResults });
});

describe('a workflow', () => {
  const subscribe = (id: string, type: string, parameters = {}, other = site) =>
    call(other, 'POST', `workflows/${id}/actions?type=${type}`, {
      body: { url: receiver.url, parameters },
    });

  test.each([
    ['reminder', 'ticket', { ticket: { id: 48301 } }],
    ['onboarding', 'form', { resultId: '9007199254740993', form: { id: 81 }, ticketId: 48301 }],
  ])('%s runs for its subscribers, as described', async (id, type, payload) => {
    await subscribe(id, type);
    const ticketId = await createTicket();
    const ran = site.workflows.run(id, ticketId);
    site.workflows.run('handover', ticketId);
    await site.settled();

    const { json } = await ask('GET', `schema/workflow-webhook/$request?type=${type}`);
    expect(receiver.bodies).toEqual([[ran]]);
    expect(ran).toMatchObject({ workflow: { id }, ...payload });
    expect(complaintAbout(ran, '', json)).toBeUndefined();
  });

  test('is filtered by its parameters', async () => {
    await subscribe('escalation', 'ticket', { priorityIds: [31] });
    await subscribe('onboarding', 'form', { submitterContains: 'zephyrine' });
    const [urgent, low] = [await createTicket({ priorityId: 31 }), await createTicket()];
    for (const id of [urgent, low]) site.workflows.run('escalation', id);
    site.workflows.run('onboarding');
    await site.settled();

    expect(receiver.bodies).toMatchObject([[{ ticket: { id: urgent } }]]);
  });

  test('ends for a subscriber by two ids and a token', async () => {
    const location = (await subscribe('reminder', 'ticket')).headers.get('location') ?? '';
    const [, path = ''] = location.split('/connector/');
    expect(path).toMatch(/^workflows\/reminder\/actions\/[^/]+\?token=\w+$/);
    expect(await refusal('DELETE', path.replace('reminder', 'handover'))).toMatch(/^404 /);
    expect(await refusal('DELETE', path.replace('token=', 'token=x'))).toMatch(/^404 /);
    expect((await call(site, 'DELETE', path)).status).toBe(200);
    expect(site.subscriptions).toEqual([]);
  });

  test('tells both ids in a body', async () => {
    const other = await startDeskDirector({ subscribeAnswer: 'body' });
    const answer = await subscribe('reminder', 'ticket', {}, other);
    const [subscription] = other.subscriptions;
    await other.stop();

    expect(await answer.json()).toEqual({ id: 'reminder', actionId: subscription?.id });
  });
});

test.each([
  [81, '4001'],
  [81, '9007199254740993'],
  [82, '4002'],
])('of form %i, the result %s is found to its last digit, as described', async (form, id) => {
  const path = `v2/forms/${form}/results/${id}`;
  await described(`v2/form/${form}/$result-response`, 'GET', path);
  expect(await (await call(site, 'GET', path)).text()).toContain(`"resultId":${id},`);
});

test('the tasks of a ticket are made from a template or from scratch, and read by list', async () => {
  const [ticketId, other] = [await createTicket(), await createTicket()];
  const create = (body: object) =>
    described('dynamic-types/TicketTaskList', 'POST', `tickets/${ticketId}/tasks`, body);
  const read = (id: number) =>
    described('dynamic-types/GetTicketTaskListsResponse', 'GET', `tickets/${id}/tasks`);
  const tasks = [{ title: 'Say hello' }];
  const onboarding = await create({ templateId: 'new-employee', tasks });
  const own = await create({ name: 'More', tasks: [{ title: 'Order ink' }] });

  expect(onboarding).toMatchObject({
    name: 'New employee',
    tasks: ['Create the account', 'Prepare the laptop', 'Introduce the team', 'Say hello'].map(
      (title) => ({ title, isDone: false }),
    ),
  });
  expect(await read(ticketId)).toEqual({ results: [onboarding, own], totalResults: 2 });
  expect(await read(other)).toEqual({ results: [], totalResults: 0 });
});

describe('an e-mail', () => {
  const type = 'dynamic-types/CreateEmailFromTemplateResponse';

  test('is made from the fields of its template, with their markup escaped', async () => {
    const fields = { firstName: '<Wren>', company: 'A & B', startsOn: '1 April' };
    expect(await described(type, 'POST', 'email-templates/welcome/render', fields)).toEqual({
      subject: 'Welcome to A & B, <Wren>',
      html: '<h1>Hello &lt;Wren&gt;</h1><p>Your first day at A &amp; B is 1 April.</p>',
    });
  });

  test('needs no fields where its template has none', async () => {
    const path = 'email-templates/office-closed';
    const { json } = await ask('GET', `schema/${path}/$render-request`);
    expect(json.properties).toEqual({});
    expect(await described(type, 'POST', `${path}/render`, {})).toMatchObject({
      subject: 'The office is closed',
    });
  });
});
