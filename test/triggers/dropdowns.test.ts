import { afterAll, expect, test } from '@jest/globals';
import { companies, members } from '../../tools/desk-director/people.ts';
import lists from '../../triggers/lists.ts';
import { call, connectedDeskDirector, failure } from '../helpers/zapier.ts';

const deskDirector = await connectedDeskDirector();
afterAll(() => deskDirector.stop());

test.each([
  ['company_list', companies],
  ['member_list', members],
] as const)('%s offers those of the site by name', async (trigger, entries) => {
  const { results } = await call(`triggers.${trigger}.operation.perform`);
  expect(results).toEqual(
    Object.values(entries)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ entityId, name }) => ({ id: `${entityId}`, name })),
  );
  expect(lists[trigger]?.display.hidden).toBe(true);
});

test('names are sorted without regard to case, numbers in them by their size', async () => {
  const names = ['beta', 'Alpha', 'item 10', 'Zeta', 'Item 9', 'ÄTNA', 'alpha'];
  const results = names.map((name, id) => ({ id, name }));
  deskDirector.fail({ kind: 'json', value: { results }, path: /companies$/ });
  const sorted = await call('triggers.company_list.operation.perform');
  const expected = ['Alpha', 'alpha', 'ÄTNA', 'beta', 'Item 9', 'item 10', 'Zeta'];
  expect(sorted.results.map(({ name }) => name)).toEqual(expected);
});

test('a list that can not be loaded says why', async () => {
  deskDirector.answerNext(/members$/, { status: 403, body: '{"message":"Read only."}' });
  const { message } = await failure(call('triggers.member_list.operation.perform'));
  expect(message).toBe(
    'The API key works, but may not do this on support.deskdirector.com (403). It says: "Read ' +
      'only." Ask your DeskDirector administrator whether the owner of the key is an administrator ' +
      'and may list members, and whether your plan includes the connector.',
  );
});
