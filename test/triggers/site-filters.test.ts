import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, connectedDeskDirector, failure, NEW_SESSION, STATUS_CHANGED } from '../zapier.ts';

let site: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeAll(async () => {
  site = await connectedDeskDirector();
});
afterAll(() => site.stop());

const inputFields = (trigger: string) =>
  call(`triggers.${trigger}.operation.inputFields`, { authData: site.authData });
const subscribe = (inputData: object, trigger: string = STATUS_CHANGED) =>
  call(`triggers.${trigger}.operation.performSubscribe`, {
    authData: site.authData,
    targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
    inputData,
  });

describe.each([
  [NEW_SESSION, ['session_types', 'company_ids']],
  [STATUS_CHANGED, ['statuses', 'session_types', 'company_ids']],
])('the fields of %s', (trigger, own) => {
  test("are ours, then the site's own filters, in two requests", async () => {
    const before = site.requests.length;
    const { results } = await inputFields(trigger);
    expect(results.slice(0, own.length).map(({ key }) => key)).toEqual(own);
    expect(results.length).toBeGreaterThan(own.length + 2);
    expect(site.requests).toHaveLength(before + 2);
  });

  test('are still ours when the site can not be asked, and the reason is logged', async () => {
    site.answerNext(/chat-webhook-events/, { status: 401 });
    const { results, warnings } = await inputFields(trigger);
    expect(results.map(({ key }) => key)).toEqual(own);
    expect(warnings).toEqual([
      // The platform censors the site: it is part of the connection.
      expect.stringMatching(
        /^The fields that your site describes can't be shown: .+ did not accept the/,
      ),
    ]);
  });
});

describe('turning a Zap on', () => {
  test("takes two requests without a filter of the site's own", async () => {
    const before = site.requests.length;
    await subscribe({ statuses: ['missed'], nameContains: '', chatTypes: [] });
    expect(site.requests).toHaveLength(before + 2);
    expect(site.subscriptions.at(-1)?.parameters).toEqual({});
  });

  test('takes three with one, which is sent as the site describes it', async () => {
    const before = site.requests.length;
    await subscribe({ statuses: ['missed'], nameContains: 'till', waitedAtLeast: '60' });
    expect(site.requests).toHaveLength(before + 3);
    expect(site.subscriptions.at(-1)?.parameters).toEqual({
      nameContains: 'till',
      waitedAtLeast: 60,
    });
  });

  test('fails when the schema can not be read: a chosen filter is never dropped in silence', async () => {
    const subscriptions = site.subscriptions.length;
    site.answerNext(/parameters$/, { status: 500 });
    const { message } = await failure(subscribe({ nameContains: 'till' }));
    expect(message).toContain('had an internal error (500)');
    expect(site.subscriptions).toHaveLength(subscriptions);
  });

  test('fails in words when a filter holds what it can not', async () => {
    const { message } = await failure(subscribe({ waitedAtLeast: 'an hour' }));
    expect(message).toMatch(/^".+" takes a whole number\.$/);
  });

  test('goes on without a filter that is gone, and says so', async () => {
    const { warnings } = await subscribe({ gone: 'x' });
    expect(warnings).toEqual(["Ignored, since your site's form has no such fields: gone"]);
  });
});
