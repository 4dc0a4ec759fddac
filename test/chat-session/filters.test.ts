import { describe, expect, test } from '@jest/globals';
import { call, deliver, failure, NEW_SESSION, STATUS_CHANGED } from '../helpers/zapier.ts';

const person = (letter: 'c' | 'm' | 'x', company: unknown) => ({
  userId: `example~${letter}~1`,
  company: { entityId: company },
});
const sessions = [
  { id: 'request', type: 'Request', status: 'CREATED', creator: person('c', 3101) },
  { id: 'push', type: 'push', status: 'handled', targetUsers: [person('c', 3102)] },
  { id: 'odd', type: 'video', status: 'parked', users: [person('c', 3103)] },
  { id: 'blank', participants: [person('c', '3104')], creator: person('m', 3101) },
];

async function idsWith(inputData: object, trigger?: typeof NEW_SESSION): Promise<unknown[]> {
  const { results } = await deliver(sessions, trigger ? { inputData, trigger } : { inputData });
  return results.map(({ id }) => id);
}
const ALL = ['request', 'push', 'odd', 'blank'];

describe('a filter that is not set lets everything through', () => {
  test.each([[undefined], [' '], [['', null, undefined]]])('%j', async (blank) => {
    expect(await idsWith({ session_types: blank, company_ids: blank, statuses: blank })).toEqual(
      ALL,
    );
  });
});

describe('session types', () => {
  test.each([
    ['a list', ['push', ''], ['push']],
    ['a scalar', ' request ', ['request']],
    ['one that is not documented', ['video'], ['odd']],
    ['several between commas', 'push, video,', ['push', 'odd']],
  ])('%s', async (_, session_types, ids) => {
    expect(await idsWith({ session_types })).toEqual(ids);
  });
});

describe('statuses', () => {
  test.each([
    ['one', 'handled', ['push']],
    ['several', ['handled', 'parked'], ['push', 'odd']],
    ['one that nobody published', 'PARKED', ['odd']],
    ['none of these', 'constructor', []],
    ['one by its name in the portals', [' Handled '], ['push']],
    ['one by the label of a choice', 'handled: A TECHNICIAN joined', ['push']],
  ])('%s', async (_, statuses, ids) => {
    expect(await idsWith({ statuses })).toEqual(ids);
  });

  test('filter new sessions, too', async () => {
    expect(await idsWith({ statuses: ['HANDLED', 'waiting'] }, NEW_SESSION)).toEqual([
      'request',
      'push',
    ]);
    expect(await idsWith({ statuses: 'callback' }, NEW_SESSION)).toEqual([]);
  });
});

describe('companies', () => {
  test.each([
    ['of the creator, as a number', [3101], ['request']],
    ['of an active contact, as a scalar', 3103, ['odd']],
    ['of a participant, as text with spaces', ' 3104 ', ['blank']],
    ['several between commas', '3101,3102', ['request', 'push']],
    ['several between commas in a list', ['3103 , 3104', 3101], ['request', 'odd', 'blank']],
  ])('%s', async (_, company_ids, ids) => {
    expect(await idsWith({ company_ids })).toEqual(ids);
  });
});

test('a session has to pass every filter that is set', async () => {
  expect(await idsWith({ session_types: ['request', 'push'], company_ids: [3102, 3103] })).toEqual([
    'push',
  ]);
});

/** The error of a call with a filter that must fail. The site does not run. */
const refusal = (method: string, inputData: object, trigger: string = STATUS_CHANGED) =>
  failure(
    call(`triggers.${trigger}.operation.${method}`, {
      authData: { site: 'support.deskdirector.com', apiKey: 'key' },
      targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
      cleanedRequest: sessions,
      inputData,
    }),
  );

describe('a filter that can not be read is an error that names its field', () => {
  test.each<[string, object]>([
    ['Companies', { company_ids: 'abc' }],
    ['Companies', { company_ids: '3101;3102' }],
    ['Companies', { company_ids: [3101.5] }],
    ['Session Types', { session_types: [{}] }],
    ['New Statuses', { statuses: { status: 'handled' } }],
    ['New Statuses', { statuses: 'Abandoned;Handled' }],
    ['New Statuses', { statuses: true }],
    ['Session Types', { session_types: [' , ,, ', 'push'] }],
  ])('%s: %j, when the Zap is turned on, before any request', async (label, inputData) => {
    const { code, message } = await refusal('performSubscribe', inputData);
    expect(code).toBe('InvalidFilter');
    expect(message).toMatch(
      new RegExp(`^The filter "${label}" takes .+, and holds something else\\.`),
    );
  });

  test.each(['perform', 'performList'])(
    'in %s as well: no Zap waits in silence',
    async (method) => {
      expect((await refusal(method, { company_ids: 'abc' })).code).toBe('InvalidFilter');
    },
  );
});

describe('a status that the event can not bring is an error that names the other trigger', () => {
  const words = (trigger: string, name: string) =>
    trigger === NEW_SESSION
      ? `The filter "Statuses" holds "${name}", but no chat begins with this status. Take it out of the filter. To run for chats that change to it, use the trigger "Chat Session Status Changed".`
      : `The filter "New Statuses" holds "${name}", but no chat changes to this status. Take it out of the filter. To run for chats that begin with it, use the trigger "New Chat Session".`;

  test.each([
    [NEW_SESSION, 'missed', 'Abandoned'],
    [NEW_SESSION, 'Waiting, COMPLETED ,', 'Completed'],
    [NEW_SESSION, 'Completed: a technician closed the chat', 'Completed'],
    [STATUS_CHANGED, 'created', 'Waiting'],
    [STATUS_CHANGED, ['missed', ' WAITING '], 'Waiting'],
  ])('%s: %j', async (trigger, statuses, name) => {
    for (const method of ['perform', 'performList', 'performSubscribe']) {
      const { code, message } = await refusal(method, { statuses }, trigger);
      expect({ code, message }).toEqual({ code: 'InvalidFilter', message: words(trigger, name) });
    }
  });
});
