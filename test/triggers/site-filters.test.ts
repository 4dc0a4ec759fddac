import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { FAULT_KINDS } from '../helpers/faults.ts';
import { HIDDEN, integer, list, object, required, string } from '../helpers/schema.ts';
import {
  call,
  connectedDeskDirector,
  failure,
  NEW_SESSION,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

const site = await connectedDeskDirector();
afterAll(() => site.stop());
afterEach(() => site.faults.clear());

const inputFields = (trigger: string, inputData: object = {}) =>
  call(`triggers.${trigger}.operation.inputFields`, { inputData });
const subscribe = (inputData: object, trigger: string = STATUS_CHANGED) =>
  call(`triggers.${trigger}.operation.performSubscribe`, {
    targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
    inputData,
  });

describe.each([NEW_SESSION, STATUS_CHANGED])('the fields of %s', (trigger) => {
  const own = ['test_note', 'statuses', 'session_types', 'company_ids'];

  test("are ours, then the site's own filters, in two requests", async () => {
    const before = site.requests.length;
    const { results } = await inputFields(trigger);
    expect(results.slice(0, own.length).map(({ key }) => key)).toEqual(own);
    expect(results.length).toBeGreaterThan(own.length + 2);
    expect(site.requests).toHaveLength(before + 2);
  });

  test('are still ours when the site can not be asked, and the form tells why', async () => {
    site.answerNext(/chat-webhook-events/, { status: 403 });
    const { results } = await inputFields(trigger);
    expect(results.map(({ key }) => key)).toEqual([...own, 'site_fields_failed_DeskDirectorError']);
    const { type, helpText } = results.at(-1) ?? {};
    expect(type).toBe('copy');
    expect(helpText).toMatch(
      /^The fields of your DeskDirector site can't be shown: The API key works, but may not do this on/,
    );
  });
});

test("a filter of the site never has the label of one of the app's, in the form and in errors", async () => {
  const filters = object({ x: { ...integer, title: 'companies' } });
  site.fail({ kind: 'json', value: filters, path: /parameters$/, times: 2 });
  const { results } = await inputFields(NEW_SESSION);
  const which = /^"Companies" and the filter "companies \(x\)".*Use that of your site/;
  expect(results.slice(-3)).toMatchObject([
    { label: 'Companies' },
    // The form says which of the two to use.
    { type: 'copy', helpText: expect.stringMatching(which) },
    { label: 'companies (x)' },
  ]);
  const { message } = await failure(subscribe({ x: 'soon' }, NEW_SESSION));
  expect(message).toBe('"companies (x)" takes a whole number.');
});

test.each([
  [NEW_SESSION, 'Chat Session Status Changed'],
  [STATUS_CHANGED, 'New Chat Session'],
])(
  'the form of %s says that callbacks take two Zaps, once Callback is chosen',
  async (trigger, other) => {
    const texts = async (statuses: unknown) =>
      JSON.stringify((await inputFields(trigger, { statuses })).results);
    expect(await texts(['Callback'])).toContain(`a second Zap with the trigger \\"${other}\\"`);
    expect(await texts(['handled'])).not.toContain('a second Zap');
  },
);

test.each([
  [{ statuses: ['Handeled', 'Handled'] }, 'status \\"Handeled\\". If that is a typing mistake'],
  [{ statuses: 'Paused, Waiting' }, 'status \\"Paused\\".'],
  [{ session_types: ['PUSH', 'chat'] }, 'type \\"chat\\".'],
  // It can be the API key.
  [{ statuses: 'k3y6b1f9c2e' }, 'status with digits.'],
  [{ statuses: ['Waiting', 'callback', ''], session_types: ['Push', null] }, ''],
])(
  'the form names words that are not published, since %j may be mistyped',
  async (input, words) => {
    const form = JSON.stringify((await inputFields(NEW_SESSION, input)).results);
    expect(form).toContain(words);
    expect(form.includes('documentation has no')).toBe(words !== '');
  },
);
/** Lets the site describe its filters otherwise, once. */
const describeFilters = (value: unknown) => site.fail({ kind: 'json', value, path: /parameters$/ });
/** The filters that the last request sent. */
const sent = (): unknown => JSON.parse(site.requests.at(-1)?.body ?? '').parameters;

/** The error of a Zap that is not turned on. The app only asks for the event and the filters. */
async function refusal(inputData: object) {
  const [subscriptions, requests] = [site.subscriptions.length, site.requests.length];
  const error = await failure(subscribe(inputData));
  expect(site.subscriptions).toHaveLength(subscriptions);
  expect(site.requests).toHaveLength(requests + 2);
  return error;
}

describe('turning a Zap on', () => {
  test.each([
    [{ statuses: ['missed'], nameContains: '', chatTypes: [] }, {}],
    [{ waitedAtLeast: '60' }, { waitedAtLeast: 60 }],
  ])('takes three requests, with or without filters of the site: %j', async (input, parameters) => {
    const before = site.requests.length;
    await subscribe(input);
    expect(site.requests).toHaveLength(before + 3);
    expect(site.subscriptions.at(-1)?.parameters).toEqual(parameters);
  });

  test('fails when the schema can not be read: a chosen filter is never dropped in silence', async () => {
    site.answerNext(/parameters$/, { status: 500 });
    const { message } = await refusal({ nameContains: 'till' });
    expect(message).toContain('had an internal error (500)');
  });

  test.each([
    ['what it can not', { waitedAtLeast: 'an hour' }, /^".+" takes a whole number\.$/],
    ['a made-up ID', { nameContains: '2000003101' }, /^".+" holds a made-up ID: .* put a real ID/],
  ])('fails in words when a filter holds %s', async (_, inputData, words) => {
    expect((await refusal(inputData)).message).toMatch(words);
  });
});

describe('a filter that the form does not have is an error that names it, before anything is subscribed', () => {
  const rows = list(object({ a: string }));
  const several = { oneOf: [string, integer] };
  const hidden = { ...string, default: 'x', ...HIDDEN };

  test.each([
    ['gone', undefined, { gone: 'x' }, '"gone"'],
    ['gone, beside one that is there', undefined, { nameContains: 'till', gone: 'x' }, '"gone"'],
    ['renamed, within an object', undefined, { creator__name: 'x' }, '"creator__name"'],
    ['of a kind that has no field', { several }, { several: 'x' }, '"several"'],
    ['hidden now', { hidden }, { hidden: 'mine' }, '"hidden"'],
    ['gone from a row', { rows }, { rows: [{ rows__a: 'b', rows__b: 'c' }] }, '"rows__b"'],
    ['all of them', {}, { one: 'x', two: ['y'] }, '"one", "two"'],
  ])('%s', async (_, properties, inputData, named) => {
    if (properties !== undefined) describeFilters(object(properties));
    const { code, message } = await refusal(inputData);
    expect(code).toBe('UnknownFilter');
    expect(message).toContain(`has no such filter that can be set here: ${named}.`);
  });

  test('an unreadable form is one, too', async () => {
    describeFilters({ anyOf: [object({ a: string }), { type: 'object' }] });
    expect((await refusal({ a: 'x' })).code).toBe('NotAForm');
  });
});

describe('what the site hides and requires', () => {
  const hidden = (value: object) => ({ ...HIDDEN, ...value });
  const source = hidden({ const: 'zapier' });
  const properties = {
    version: hidden({ ...integer, default: 2 }),
    kind: hidden({ const: 'chat' }),
    mode: hidden({ ...string, enum: ['all'] }),
    optional: hidden({ ...string, default: 'x' }),
    bare: hidden(string),
    visible: string,
    group: required({ source, name: string }),
  };
  const SENT = ['version', 'kind', 'mode', 'group'];
  const parameters = { version: 2, kind: 'chat', mode: 'all', group: { source: 'zapier' } };

  test('is sent although no filter was filled in; what else it hides the site refuses', async () => {
    const group = { ...properties.group, required: ['source'] };
    describeFilters({ properties: { ...properties, group }, required: [...SENT, 'bare'] });
    const body = '{"message":"bare is missing"}';
    site.answerNext(/chat-workflows$/, { status: 400, body });
    const { message } = await failure(subscribe({}));
    expect(sent()).toEqual(parameters);
    expect(message).toContain('It says: "bare is missing".');
  });

  test('is sent beside filters that were filled in', async () => {
    describeFilters({ properties, required: [...SENT, 'visible'] });
    site.answerNext(/chat-workflows$/, { status: 200, body: '{"id":"a"}' });
    await subscribe({ visible: 'x', group__name: 'y' });
    const group = { source: 'zapier', name: 'y' };
    expect(sent()).toEqual({ ...parameters, visible: 'x', group });
    describeFilters({ properties, required: [...SENT, 'visible'] });
    expect((await refusal({ group__name: 'y' })).message).toBe('"Visible" is required.');
  });

  const mode = { ...string, enum: ['a', 'b'], 'x-ms-visibility': 'advanced' };
  const boards = list(integer);
  const rows = list(required({ day: string }));
  test.each([
    ['a text', { visible: string }, '"Visible"'],
    ['one of several, and one of an object', properties, '"Visible", "Group Name"'],
    ['an advanced one', { mode }, '"Mode"'],
    ['a list', { boards }, '"Boards"'],
    ['a column of line items', { rows }, '"Rows", "Rows Day"'],
  ])('but shows is named before anything is subscribed: %s', async (_, properties, named) => {
    const required = Object.keys(properties).filter((name) => name !== 'optional');
    for (const inputData of [{}, { statuses: ['missed'], visible: ' ', boards: [] }]) {
      describeFilters({ properties, required });
      const { code, message } = await refusal(inputData);
      expect(code).toBe('MissingFilter');
      expect(message).toContain(`requires these filters, and they are empty: ${named}.`);
    }
  });

  test.each([
    ['has a default', { visible: { ...string, default: 'x' } }, {}],
    ['may be null', { visible: { ...string, nullable: true } }, { visible: null }],
    ['is required within an object that is not', { group: required({ visible: string }) }, {}],
  ])('but shows can be left empty when it %s', async (_, properties, parameters) => {
    describeFilters({ properties, required: ['visible'].filter((name) => name in properties) });
    site.answerNext(/chat-workflows$/, { status: 200, body: '{"id":"a"}' });
    await subscribe({});
    expect(sent()).toEqual(parameters);
  });

  test.each(FAULT_KINDS)(
    'is not waited for where no filter was filled in, but logged: $name',
    async ({ kind, words }) => {
      const before = site.faults.hits;
      site.fail({ ...kind, path: /parameters$/, times: 9 });
      const { warnings } = await subscribe({});
      expect(site.faults.hits).toBe(before + 1);
      expect(site.subscriptions.at(-1)?.parameters).toEqual({});
      const [, reason = ''] = warnings.join().split(/^The fields that .+ require .+ not sent: /);
      expect(reason).toMatch(words);
    },
  );

  test('is logged, too, where the site describes no form', async () => {
    describeFilters(string);
    expect((await subscribe({})).warnings).toHaveLength(1);
  });
});
