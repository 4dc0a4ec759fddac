import { afterAll, beforeAll, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { companies } from '../../sandbox/desk-director/people.ts';
import { call, connectedDeskDirector } from '../zapier.ts';

let deskDirector: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeAll(async () => {
  deskDirector = await connectedDeskDirector();
});
afterAll(() => deskDirector.stop());

test('the Companies dropdown offers the companies of the site by name', async () => {
  const { results } = await call('triggers.company_list.operation.perform', {
    authData: deskDirector.authData,
  });
  expect(results).toEqual(
    Object.values(companies).map(({ entityId, name }) => ({ id: `${entityId}`, name })),
  );
  expect(app.triggers.company_list.display.hidden).toBe(true);
});
