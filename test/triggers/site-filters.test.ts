import { afterAll, describe, expect, test } from '@jest/globals';
import {
  call,
  connectedDeskDirector,
  failure,
  NEW_SESSION,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

const site = await connectedDeskDirector();
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
  [NEW_SESSION, ['test_note', 'statuses', 'session_types', 'company_ids']],
  [STATUS_CHANGED, ['test_note', 'statuses', 'session_types', 'company_ids']],
])('the fields of %s', (trigger, own) => {
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
    expect(results.at(-1)).toMatchObject({
      type: 'copy',
      helpText: expect.stringMatching(
        /^The fields of your DeskDirector site can't be shown: The API key works, but may not do this on/,
      ),
    });
  });
});

test("a filter of the site never has the label of one of the app's, in the form and in errors", async () => {
  const filters = { type: 'object', properties: { x: { type: 'integer', title: 'companies' } } };
  site.fail({ kind: 'json', value: filters, path: /parameters$/, times: 2 });
  const { results } = await inputFields(NEW_SESSION);
  expect(results.map(({ label }) => label).slice(-2)).toEqual(['Companies', 'companies (x)']);
  const { message } = await failure(subscribe({ x: 'soon' }, NEW_SESSION));
  expect(message).toBe('"companies (x)" takes a whole number.');
});

describe('turning a Zap on', () => {
  test("takes three requests, with or without a filter of the site's own", async () => {
    for (const [inputData, parameters] of [
      [{ statuses: ['missed'], nameContains: '', chatTypes: [] }, {}],
      [
        { nameContains: 'till', waitedAtLeast: '60' },
        { nameContains: 'till', waitedAtLeast: 60 },
      ],
    ] as const) {
      const before = site.requests.length;
      await subscribe(inputData);
      expect(site.requests).toHaveLength(before + 3);
      expect(site.subscriptions.at(-1)?.parameters).toEqual(parameters);
    }
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

  test('fails in words when a filter holds a made-up ID', async () => {
    const subscriptions = site.subscriptions.length;
    const { message } = await failure(subscribe({ nameContains: '2000003101' }));
    expect(message).toMatch(/^".+" holds a made-up ID: .* put a real ID in its place/);
    expect(site.subscriptions).toHaveLength(subscriptions);
  });

  test('a filter that the site refuses is told with its reason', async () => {
    const { message } = await failure(subscribe({ waitedAtLeast: '-1' }));
    expect(message).toContain('refused the request (400). It says: "');
    expect(message).toContain('waitedAtLeast');
  });
});

describe('a filter that the form does not have is an error that names it, before anything is subscribed', () => {
  const row = { schema: { type: 'array', items: { properties: { a: { type: 'string' } } } } };
  const several = { oneOf: [{ type: 'string' }, { type: 'integer' }] };
  const hidden = { type: 'string', default: 'x', 'x-ms-visibility': 'internal' };

  test.each([
    ['gone', undefined, { gone: 'x' }, '"gone"'],
    ['gone, beside one that is there', undefined, { nameContains: 'till', gone: 'x' }, '"gone"'],
    ['renamed, within an object', undefined, { creator__name: 'x' }, '"creator__name"'],
    ['of a kind that has no field', { several }, { several: 'x' }, '"several"'],
    ['hidden now', { hidden }, { hidden: 'mine' }, '"hidden"'],
    [
      'gone from a row',
      { rows: row.schema },
      { rows: [{ rows__a: 'b', rows__b: 'c' }] },
      '"rows__b"',
    ],
    ['all of them', {}, { one: 'x', two: ['y'] }, '"one", "two"'],
  ])('%s', async (_, properties, inputData, named) => {
    if (properties !== undefined) {
      site.fail({ kind: 'json', value: { type: 'object', properties }, path: /parameters$/ });
    }
    const before = [site.subscriptions.length, site.requests.length];
    const { code, message } = await failure(subscribe(inputData));
    expect(code).toBe('UnknownFilter');
    expect(message).toContain(`has no such filter that can be set here: ${named}.`);
    expect([site.subscriptions.length, site.requests.length - 2]).toEqual(before);
  });

  test('an unreadable form is one, too', async () => {
    const schema = { anyOf: [{ properties: { a: { type: 'string' } } }, { type: 'object' }] };
    site.fail({ kind: 'json', value: schema, path: /parameters$/ });
    expect((await failure(subscribe({ a: 'x' }))).code).toBe('NotAForm');
  });
});

describe('what the site hides and requires', () => {
  const hidden = (value: object) => ({ 'x-ms-visibility': 'internal', ...value });
  const schema = {
    type: 'object',
    required: ['version', 'kind', 'mode', 'visible', 'group', 'bare'],
    properties: {
      version: hidden({ type: 'integer', default: 2 }),
      kind: hidden({ const: 'chat' }),
      mode: hidden({ type: 'string', enum: ['all'] }),
      optional: hidden({ type: 'string', default: 'x' }),
      bare: hidden({ type: 'string' }),
      visible: { type: 'string' },
      group: {
        type: 'object',
        required: ['source', 'name'],
        properties: { source: hidden({ const: 'zapier' }), name: { type: 'string' } },
      },
    },
  };
  const parameters = { version: 2, kind: 'chat', mode: 'all', group: { source: 'zapier' } };
  const describe = (value: unknown, times = 1) =>
    site.fail({ kind: 'json', value, path: /parameters$/, times });
  const sent = (): unknown => JSON.parse(site.requests.at(-1)?.body ?? '').parameters;
  const refused = {
    kind: 'status',
    status: 400,
    body: '{"message":"bare is missing"}',
  } as const;

  test('is sent although no filter was filled in; what else it hides the site refuses', async () => {
    const { visible, ...properties } = schema.properties;
    const group = { ...properties.group, required: ['source'] };
    const required = schema.required.filter((name) => name !== 'visible');
    describe({ ...schema, properties: { ...properties, group }, required });
    site.fail({ ...refused, path: /chat-workflows$/ });
    const { message } = await failure(subscribe({}));
    expect(sent()).toEqual(parameters);
    expect(message).toContain('It says: "bare is missing".');
  });

  test('is sent beside filters that were filled in', async () => {
    const { bare, ...properties } = schema.properties;
    const required = schema.required.filter((name) => name !== 'bare');
    describe({ ...schema, properties, required });
    site.answerNext(/chat-workflows$/, { status: 200, body: '{"id":"a"}' });
    await subscribe({ visible: 'x', group__name: 'y' });
    expect(sent()).toEqual({
      ...parameters,
      visible: 'x',
      group: { source: 'zapier', name: 'y' },
    });
    describe({ ...schema, properties, required });
    expect((await failure(subscribe({ group__name: 'y' }))).message).toBe('"Visible" is required.');
  });

  test.each([
    ['a text', { visible: { type: 'string' } }, ['visible'], '"Visible"'],
    [
      'one of several, and one of an object that is required',
      schema.properties,
      schema.required,
      '"Visible", "Group Name"',
    ],
    [
      'an advanced one',
      { mode: { type: 'string', enum: ['a', 'b'], 'x-ms-visibility': 'advanced' } },
      ['mode'],
      '"Mode"',
    ],
    ['a list', { boards: { type: 'array', items: { type: 'integer' } } }, ['boards'], '"Boards"'],
    [
      'a column of required line items',
      {
        rows: {
          type: 'array',
          items: { properties: { day: { type: 'string' } }, required: ['day'] },
        },
      },
      ['rows'],
      '"Rows", "Rows Day"',
    ],
  ])(
    'but shows is named before anything is subscribed: %s',
    async (_, properties, required, named) => {
      for (const inputData of [{}, { statuses: ['missed'], visible: ' ', boards: [] }]) {
        describe({ properties, required });
        const before = [site.subscriptions.length, site.requests.length];
        const { code, message } = await failure(subscribe(inputData));
        expect(code).toBe('MissingFilter');
        expect(message).toContain(`requires these filters, and they are empty: ${named}.`);
        expect([site.subscriptions.length, site.requests.length - 2]).toEqual(before);
      }
    },
  );

  test.each([
    ['has a default', { visible: { type: 'string', default: 'x' } }, {}],
    ['may be null', { visible: { type: 'string', nullable: true } }, { visible: null }],
    [
      'is required within an object that is not',
      { group: { properties: { visible: { type: 'string' } }, required: ['visible'] } },
      {},
    ],
  ])('but shows can be left empty when it %s', async (_, properties, parameters) => {
    describe({
      properties,
      required: Object.keys(properties).filter((name) => name === 'visible'),
    });
    site.answerNext(/chat-workflows$/, { status: 200, body: '{"id":"a"}' });
    await subscribe({});
    expect(sent()).toEqual(parameters);
  });

  test.each([
    ['an error', { kind: 'status', status: 500 } as const],
    ['a key that may not read it', { kind: 'status', status: 403 } as const],
    ['a page', { kind: 'html' } as const],
    ['no form', { kind: 'json', value: { type: 'string' } } as const],
    ['no answer', { kind: 'reset', when: 'before' } as const],
  ])('is not waited for where no filter was filled in, but logged: %s', async (_, fault) => {
    site.fail({ ...fault, path: /parameters$/, times: 9 });
    const before = site.faults.hits;
    const { warnings } = await subscribe({});
    expect(site.faults.hits).toBe(before + 1);
    site.faults.clear();
    expect(site.subscriptions.at(-1)?.parameters).toEqual({});
    expect(warnings).toEqual([
      expect.stringMatching(/^The fields that your site may require by itself are not sent: /),
    ]);
  });
});
