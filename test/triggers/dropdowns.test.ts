import { afterAll, beforeAll, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { companies, members } from '../../sandbox/desk-director/people.ts';
import { call, connectedDeskDirector } from '../zapier.ts';

let deskDirector: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeAll(async () => {
  deskDirector = await connectedDeskDirector();
});
afterAll(() => deskDirector.stop());

test.each([
  ['company_list', companies],
  ['member_list', members],
] as const)('%s offers those of the site by name', async (trigger, entries) => {
  const { results } = await call(`triggers.${trigger}.operation.perform`, {
    authData: deskDirector.authData,
  });
  expect(results).toEqual(
    Object.values(entries).map(({ entityId, name }) => ({ id: `${entityId}`, name })),
  );
  expect(app.triggers[trigger].display.hidden).toBe(true);
});
