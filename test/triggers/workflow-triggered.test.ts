import { beforeEach, describe, expect, test } from '@jest/globals';
import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { seen, sent, site, UNREADABLE } from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { int64, integer, object, string } from '../helpers/schema.ts';
import { call, failure } from '../helpers/zapier.ts';

const PAYLOAD = 'GET /schema/workflow-webhook/$request?type=form/submitted';
const PARAMETERS = 'GET /schema/workflow-types/form/submitted/$parameters?workflowId=7';
const SUBSCRIBE = 'POST /workflows/7/actions?type=form/submitted';
const ANSWERS = {
  'GET /workflow-types': { results: [{ id: 'form/submitted', name: 'Form Submitted' }] },
  'GET /workflows?type=form/submitted&take=100&skip=0': {
    results: [{ id: 7, name: 'Onboarding' }],
  },
  'GET /workflows': { results: [] },
  [PARAMETERS]: object({ stage: string }),
  [PAYLOAD]: object({
    id: string,
    formId: integer,
    resultId: int64,
    who: object({ name: string }),
  }),
  [SUBSCRIBE]: { actionId: 'a-1' },
  'DELETE /workflows/7/actions/a-1': {},
};
beforeEach(() => site.answer(ANSWERS));
const answer = (more: object) => site.answer({ ...ANSWERS, ...more });

const TARGET = 'https://hooks.zapier.com/hooks/standard/1/';
const CHOSEN = { workflow_type: 'form/submitted', workflow_id: '7' };
const trigger = <T = Record<string, unknown>[]>(method: string, bundle = {}) =>
  call<T>(`triggers.workflow_triggered.operation.${method}`, {
    inputData: CHOSEN,
    ...bundle,
  });
const turnOn = (inputData: object = CHOSEN) =>
  trigger<Record<string, unknown>>('performSubscribe', { inputData, targetUrl: TARGET });
const list = (key: string, inputData = {}) =>
  call(`triggers.${key}.operation.perform`, { inputData });

describe('the form', () => {
  test('offers the types, then the workflows of the type, then the parameters of the workflow', async () => {
    expect((await list('workflow_type_list')).results).toMatchObject([{ name: 'Form Submitted' }]);
    expect((await list('workflow_list', CHOSEN)).results).toEqual([
      { id: '7', name: 'Onboarding' },
    ]);
    const { results } = await trigger('inputFields');
    expect(results.map(({ key }) => key)).toEqual([
      ...['test_note', 'workflow_type', 'workflow_id', 'stage'],
    ]);
    expect(results[2]).toMatchObject({ dependsOn: ['workflow_type'], dynamic: /^workflow_list/ });
    expect(results[0]?.helpText).toContain('made up from the description of your site');
  });

  test.each([
    [{}, /^The workflows depend on their type/],
    [{ workflow_type: 'none' }, /has no workflow of this type. Choose another type/],
  ])('tells why there are no workflows: %j', async (inputData, words) => {
    const { code, message } = await failure(list('workflow_list', inputData));
    expect(code).toBe(WAITS_FOR_CHOICE);
    expect(message).toMatch(words);
  });

  test.each([{}, { workflow_type: 'form/submitted' }, { ...CHOSEN, workflow_id: '..' }])(
    'waits for the choices: %j',
    async (inputData) => {
      const { results } = await trigger('inputFields', { inputData });
      expect(results.at(-1)?.helpText).toMatch(/"Workflow( Type)?" is empty, or holds no ID/);
      const fields = await trigger('outputFields', { inputData });
      expect(fields.results.map(({ key }) => key)).toEqual(['event_key']);
      for (const run of [turnOn(inputData), trigger('performList', { inputData })]) {
        expect((await failure(run)).code).toBe(WAITS_FOR_CHOICE);
      }
      expect(seen()).toEqual([]);
    },
  );
});

describe('turning a Zap on and off', () => {
  test('sends the parameters in four requests, keeps both IDs, and ends the action with both', async () => {
    const { results: subscribeData } = await turnOn({ ...CHOSEN, workflow_id: ' 7 ', stage: 'x' });
    expect(seen()).toContain(SUBSCRIBE);
    expect(sent()).toEqual([{ url: TARGET, parameters: { stage: 'x' } }]);
    expect(subscribeData).toMatchObject({ id: 'a-1', workflowId: '7', payload: { id: 'string' } });
    // No page of workflows after that with the chosen one.
    expect(site.requests).toHaveLength(4);

    answer({});
    await trigger('performUnsubscribe', { subscribeData });
    expect(seen()).toEqual(['DELETE /workflows/7/actions/a-1']);
  });

  test('ends a former action with the same ID of another workflow', async () => {
    process.env.SUBSCRIPTION_HOURS = '1';
    answer({ 'DELETE /workflows/6/actions/a-1': {} });
    const former = { id: 'a-1', workflowId: '6' };
    await trigger('performSubscribe', { targetUrl: TARGET, subscribeData: former });
    delete process.env.SUBSCRIPTION_HOURS;
    expect(seen()).toContain('DELETE /workflows/6/actions/a-1');
  });

  const at = (location: string, body = '') => new Answer(body, 201, { location });
  test.each<[string, unknown, object]>([
    [
      'what follows actions in the Location',
      at('/x/workflows/7/actions/b?token=t', '{"actionId":"c"}'),
      { id: 'b', token: 't' },
    ],
    ['that, also when it equals the ID of the workflow', at('/workflows/7/Actions/7'), { id: '7' }],
    ['actionId', { id: 9, ActionId: 8 }, { id: '8' }],
    ['actionId, also when it equals the ID of the workflow', { actionId: 7, id: 9 }, { id: '7' }],
    ['id', { id: 9, token: 't' }, { id: '9', token: 't' }],
    ['id beside another Location', at('/workflows/7', '{"id":9}'), { id: '9' }],
    ['id where nothing follows actions', at('/workflows/7/actions/', '{"id":9}'), { id: '9' }],
    ['the answer itself', 'a-9', { id: 'a-9' }],
  ])('takes %s for the ID of the action', async (_, made, kept) => {
    answer({ [SUBSCRIBE]: made, [PAYLOAD]: UNREADABLE });
    expect((await turnOn()).results).toEqual({ ...kept, workflowId: '7' });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['the ID of the workflow', { id: 7 }],
    ['the Location of the workflow', at('/workflows/7')],
    ['the Location of all actions', at('/workflows/7/actions', '{"id":"7"}')],
    ['the Location of something else', at('/login')],
  ])('is refused when the site names %s, and the owner is told', async (_, made) => {
    answer({ [SUBSCRIBE]: made });
    const { code, message } = await failure(turnOn());
    expect(code).toBe('NoSubscriptionId');
    expect(message).toContain(
      'so it was not turned on. An action for it may be left in the workflow',
    );
  });

  test.each([
    ['was deleted', { workflow_id: 8 }, 'no workflow 8 of the type form/submitted'],
    [
      'is the API key, which is not told',
      { workflow_id: site.authData.apiKey },
      'no workflow …, or',
    ],
    ['has another type now', { workflow_type: 'ticket' }, 'no workflow 7 of the type ticket'],
  ])('fails in words when the workflow %s', async (_, other, words) => {
    const { code, message } = await failure(turnOn({ ...CHOSEN, ...other }));
    expect(code).toBe('WorkflowNotFound');
    expect(message).toContain(words);
  });

  test.each([PARAMETERS, SUBSCRIBE])(
    'fails when the workflow is gone by then: %s',
    async (request) => {
      answer({ [request]: new Answer('{}', 404) });
      const { code, message } = await failure(turnOn({ ...CHOSEN, stage: 'x' }));
      expect(code).toBe('NotFound');
      expect(message).toContain('has no workflow 7 (404)');
    },
  );
});

describe('a run', () => {
  const entry = { id: 'e', formId: 3, resultId: 2 ** 60, who: { name: 'Bo' } };

  test('has every described property, and a key as its only primary one', async () => {
    const { results: subscribeData } = await turnOn();
    answer({});
    const body = [entry, { ...entry }, { formId: 4 }, { hook: 1 }];
    const { results, warnings } = await trigger('perform', { subscribeData, cleanedRequest: body });
    const event_key = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(results).toEqual([
      { ...entry, resultId: null, event_key },
      { id: null, formId: 4, resultId: null, who: { name: null }, event_key },
    ]);
    expect(warnings.join()).toMatch(/entry 4 is an object without any.*no value for resultId/s);
    expect(seen()).toEqual([]);
    const { results: fields } = await trigger('outputFields');
    expect(fields.map(({ key, primary = false }) => [key, primary])).toEqual([
      ['event_key', true],
      ...['id', 'formId', 'resultId', 'who__name'].map((key) => [key, false]),
    ]);
  });

  test('is made up in a test, from the description', async () => {
    const { results } = await trigger('performList');
    expect(results).toEqual([
      {
        ...{ id: 'Example ID', formId: 2000001001, resultId: '2000001001' },
        ...{ who: { name: 'Example Who Name' }, event_key: expect.any(String) },
      },
    ]);
    expect(seen()).toEqual([PAYLOAD]);
  });
});
