import { describe, expect, test } from '@jest/globals';
import { deliver, NEW_SESSION } from '../zapier.ts';

const person = (letter: 'c' | 'm' | 'x', company: unknown) => ({
  userId: `example~${letter}~1`,
  company: { entityId: company },
});
const sessions = [
  { id: 'request', type: 'request', status: 'created', creator: person('c', 3101) },
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
  test.each([[undefined], [null], [''], [' '], [[]], [['']], [['', null, undefined]]])(
    '%j',
    async (blank) => {
      expect(await idsWith({ session_types: blank, company_ids: blank, statuses: blank })).toEqual(
        ALL,
      );
    },
  );
});

describe('session types', () => {
  test.each([
    ['a list', ['push', ''], ['push']],
    ['a scalar', ' request ', ['request']],
    ['several', ['request', 'push'], ['request', 'push']],
    ['one that is not documented', ['video'], ['odd']],
    ['one that does not exist', ['nothing'], []],
    ['what cannot be read', [{}], []],
  ])('%s', async (_, session_types, ids) => {
    expect(await idsWith({ session_types })).toEqual(ids);
  });
});

describe('statuses', () => {
  test.each([
    ['one', 'handled', ['push']],
    ['several', ['created', 'parked'], ['request', 'odd']],
  ])('%s', async (_, statuses, ids) => {
    expect(await idsWith({ statuses })).toEqual(ids);
  });

  test('are no filter of new sessions, even if the Zap once had one', async () => {
    expect(await idsWith({ statuses: ['handled'] }, NEW_SESSION)).toEqual(ALL);
  });
});

describe('companies', () => {
  test.each([
    ['of the creator, as a number', [3101], ['request']],
    ['of an invited contact, as text', ['3102'], ['push']],
    ['of an active contact, as a scalar', 3103, ['odd']],
    ['of a participant, as text with spaces', ' 3104 ', ['blank']],
    ['several', [3101, '3103', ''], ['request', 'odd']],
    ['one without a chat', [9], []],
    ['what is no company id', ['Example Bakery'], []],
  ])('%s', async (_, company_ids, ids) => {
    expect(await idsWith({ company_ids })).toEqual(ids);
  });

  test('only contacts count: a technician with a company does not', async () => {
    const { results } = await deliver(
      [
        { id: 'm', creator: person('m', 5) },
        { id: 'x', creator: person('x', 5) },
        { id: 'none', creator: person('c', null) },
      ],
      { inputData: { company_ids: [5] } },
    );
    expect(results).toEqual([]);
  });
});

test('a session has to pass every filter that is set', async () => {
  expect(await idsWith({ session_types: ['request', 'push'], company_ids: [3102, 3103] })).toEqual([
    'push',
  ]);
});
