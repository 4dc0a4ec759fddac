import { afterEach, describe, expect, test } from '@jest/globals';
import {
  call,
  connectedDeskDirector,
  failure,
  NEW_SESSION,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

type DeskDirector = Awaited<ReturnType<typeof connectedDeskDirector>>;
let deskDirector: DeskDirector | undefined;
const start = async (...options: Parameters<typeof connectedDeskDirector>) => {
  deskDirector = await connectedDeskDirector(...options);
  return deskDirector;
};
afterEach(() => deskDirector?.stop());

const TARGET = 'https://hooks.zapier.com/hooks/standard/1/{{bundle.authData.apiKey}}/';
const API = '/api/v2/automate/connector';

type Kept = { id: string; token?: string };
const subscribe = async (
  { authData }: DeskDirector,
  trigger: string = STATUS_CHANGED,
): Promise<Kept> =>
  (
    await call<Kept>(`triggers.${trigger}.operation.performSubscribe`, {
      authData,
      targetUrl: TARGET,
    })
  ).results;
const unsubscribe = async ({ authData }: DeskDirector, subscribeData: unknown) =>
  (
    await call<object>(`triggers.${STATUS_CHANGED}.operation.performUnsubscribe`, {
      authData,
      subscribeData,
    })
  ).results;

describe('turning a Zap on', () => {
  test.each([
    [NEW_SESSION, 'chat-session-created'],
    [STATUS_CHANGED, 'chat-session-status-changed'],
  ])(
    '%s subscribes to its event in three requests, curly braces and all',
    async (trigger, event) => {
      const site = await start();
      const kept = await subscribe(site, trigger);

      expect(site.subscriptions).toEqual([
        { ...kept, eventId: event, url: TARGET, parameters: {} },
      ]);
      expect(site.requests).toMatchObject([
        { method: 'GET', path: `${API}/chat-webhook-events` },
        {
          method: 'GET',
          path: `${API}/schema/chat-workflow-webhook/$parameters?type=${event}`,
        },
        { method: 'POST', path: `${API}/chat-workflows?type=${event}` },
      ]);
    },
  );

  test('keeps the id from the body where there is no Location', async () => {
    const site = await start({ subscribeAnswer: 'body' });
    const kept = await subscribe(site);
    expect(kept).toEqual({ id: site.subscriptions[0]?.id });
  });

  test.each([
    [
      'a Location on another host',
      'https://evil.example/x/abc?token=t',
      '',
      { id: 'abc', token: 't' },
    ],
    ['a relative Location', '/workflows/abc/', '', { id: 'abc' }],
    [
      'an id beside another Location',
      '/operations/5?token=x',
      '{"id":"abc"}',
      { id: 'abc', token: 'x' },
    ],
    [
      'an id and a token beside another Location',
      'https://login.example.com/portal?token=x',
      '{"id":"abc","token":"t"}',
      { id: 'abc', token: 't' },
    ],
    [
      'a Location of the collection beside an id',
      '/chat-workflows/abc',
      '{"id":"x"}',
      { id: 'abc' },
    ],
    ['a body without an id beside another Location', '/operations/abc', '{"ok":1}', { id: 'abc' }],
    ['an encoded id', '/chat-workflows/a%2Fb%20c', '', { id: 'a/b c' }],
    ['an id that is badly encoded', '/chat-workflows/a%zz', '', { id: 'a%zz' }],
    ['a Location without an id', '/chat-workflows/?token=t', '{"id":7}', { id: '7', token: 't' }],
    ['a token in the body', undefined, '{"id":"abc","token":"t"}', { id: 'abc', token: 't' }],
    ['a Location that is no URL', 'http://[', '{"id":"abc"}', { id: 'abc' }],
    ['a word beside the Location', '/chat-workflows/abc', 'OK', { id: 'abc' }],
    ['a token in capitals', '/chat-workflows/abc?Token=T&other=1', '', { id: 'abc', token: 'T' }],
    [
      'an id that is not the last segment',
      '/api/Chat-Workflows/abc/versions/2?token=t',
      '',
      { id: 'abc', token: 't' },
    ],
    ['an id behind two such segments', '/chat-workflows/chat-workflows/abc', '', { id: 'abc' }],
    ['nothing behind such a segment', '/chat-workflows', '{"id":"abc"}', { id: 'abc' }],
    ['an id beside one in capitals', undefined, '{"ID":"x","id":"abc"}', { id: 'abc' }],
    ['an error beside an id', undefined, '{"id":"abc","error":"Slow"}', { id: 'abc' }],
    ['an Id in capitals', undefined, '{"Id":"abc","TOKEN":"t"}', { id: 'abc', token: 't' }],
    ['a workflowId', undefined, '{"workflowId":"abc"}', { id: 'abc' }],
    ['a WorkflowID beside an id that is none', undefined, '{"id":{},"WorkflowID":7}', { id: '7' }],
    ['a body that is the id', undefined, '"abc"', { id: 'abc' }],
    ['a body that is the id as a number', undefined, '42', { id: '42' }],
  ])('understands %s', async (_, location, body, kept) => {
    const site = await start();
    site.answerNext(`${API}/chat-workflows`, {
      status: 201,
      body,
      headers: location === undefined ? {} : { location },
    });
    expect(await subscribe(site)).toEqual(kept);
  });

  test.each([
    ['neither Location nor id', ''],
    ['an id that would leave its place in the URL', '{"id":".."}'],
    ['an id that would not add to the URL', '{"id":"."}'],
    ['an id that no URL can hold', '{"id":"\\ud800"}'],
    ['an id that is none', '{"id":{}}'],
    ['yes', 'true'],
    ['an id that is yes', '{"id":true}'],
    ['text that is no JSON', 'Created'],
  ])('fails in words on %s', async (_, body) => {
    const site = await start();
    site.answerNext(`${API}/chat-workflows`, { status: 200, body });
    const { code, message } = await failure(subscribe(site));
    expect(code).toBe('NoSubscriptionId');
    expect(message).toContain('did not say which subscription it made');
    expect(message).toContain('A workflow for it may be left in DeskDirector');
  });

  test('tells why the site did not subscribe, although it reports a success', async () => {
    const site = await start();
    const body = '{"success":false,"message":"The limit of 50 workflows is reached."}';
    site.answerNext(`${API}/chat-workflows`, { status: 200, body });
    expect((await failure(subscribe(site))).message).toContain(
      'reports a failure. It says: "The limit of 50 workflows is reached." The request may have been',
    );
  });

  test.each([
    ['a failure', '{"success":false,"token":"wf-token-1"}'],
    ['a subscription without an id', '{"workflow":{"accessToken":"wf-token-1"}}'],
  ])('never quotes the token of %s', async (_, body) => {
    const site = await start();
    site.answerNext(`${API}/chat-workflows`, { status: 200, body });
    expect((await failure(subscribe(site))).message).not.toContain('wf-token-1');
  });

  describe('a failure that names a subscription', () => {
    const FAILED = '{"success":false,"message":"Suspended.","id":"a","token":"t"}';
    const located = { location: '/chat-workflows/b?token=u' };
    test.each([
      ['in the body', { body: FAILED }, 'a?token=t'],
      ['in the Location', { body: '{"error":"Suspended."}', headers: located }, 'b?token=u'],
    ])('ends it, before it is an error: %s', async (_, answer, path) => {
      const site = await start();
      site.answerNext(`${API}/chat-workflows`, { status: 201, ...answer });
      expect((await failure(subscribe(site))).message).toContain('It says: "Suspended."');
      expect(site.requests.at(-1)).toMatchObject({
        method: 'DELETE',
        path: `${API}/chat-workflows/${path}`,
      });
    });

    test('says that a workflow may be left where ending it fails, too', async () => {
      const site = await start();
      site.answerNext(`${API}/chat-workflows`, { status: 200, body: FAILED });
      site.answerNext(`${API}/chat-workflows/a`, { status: 200, body: '{"ok":false}' });
      const { message } = await failure(subscribe(site));
      expect(message).toContain('It says: "Suspended."');
      expect(message).toContain('A workflow for it may be left in DeskDirector');
    });
  });

  test('a page is no answer, whatever its Location: the workflow may be there', async () => {
    const site = await start();
    site.answerNext(`${API}/chat-workflows`, {
      status: 201,
      body: '<html></html>',
      headers: { location: '/chat-workflows/abc' },
    });
    const { code, message } = await failure(subscribe(site));
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('may have been done all the same');
  });

  describe('a token that could not be sent later', () => {
    const unsendable =
      "support.deskdirector.com uses {{ in an ID or a token, which Zapier can't send. Tell DeskDirector's support.";
    const made = { status: 200, body: '{"id":"a","token":"{{b}}"}' };

    test.each([200, 404])(
      'ends the subscription without it (%s), before it is an error',
      async (status) => {
        const site = await start();
        site.answerNext(`${API}/chat-workflows`, made);
        site.answerNext(`${API}/chat-workflows/a`, { status });
        expect(await failure(subscribe(site))).toEqual({
          name: 'AppError',
          code: 'UnsendableId',
          message: unsendable,
        });
        expect(site.requests.at(-1)).toMatchObject({
          method: 'DELETE',
          path: `${API}/chat-workflows/a`,
        });
      },
    );

    test('says that a workflow may be left where that fails, too', async () => {
      const site = await start();
      site.answerNext(`${API}/chat-workflows`, made);
      site.answerNext(`${API}/chat-workflows/a`, { status: 403 });
      expect((await failure(subscribe(site))).message).toBe(
        `${unsendable} A workflow for it may be left in DeskDirector: look there, and delete it.`,
      );
    });
  });

  test('fails in words when Zapier gives no address', async () => {
    const site = await start();
    const { code, message } = await failure(
      call(`triggers.${NEW_SESSION}.operation.performSubscribe`, { authData: site.authData }),
    );
    expect(code).toBe('NoTargetUrl');
    expect(message).toBe('Zapier gave no address to send chat sessions to. Turn the Zap on again.');
    expect(site.requests).toEqual([]);
  });
});

describe('the id of an event is looked up', () => {
  const event = (id: string, name: string) => ({ id, name });

  test.each([
    [
      'by name, whatever its case, spacing and punctuation',
      STATUS_CHANGED,
      [event('1', 'chat-session: STATUS changed!'), event('2', 'Ticket status changed')],
      '1',
    ],
    [
      'by name before all else',
      NEW_SESSION,
      [event('1', 'Newly created'), event('2', 'NewChatSession')],
      '2',
    ],
    [
      'by the only id with "status"',
      STATUS_CHANGED,
      [event('ChatStatus', 'Chat'), event('chat-new', 'Begun')],
      'ChatStatus',
    ],
    [
      'by the only name with "updated"',
      STATUS_CHANGED,
      [event('1', 'Chat Updated'), event('2', 'Chat Created')],
      '1',
    ],
    [
      'by the only id with "new"',
      NEW_SESSION,
      [event('chat-new', 'Begun'), event('chat-status', 'Changed')],
      'chat-new',
    ],
    [
      'by whole words: "renewed" is not "new"',
      NEW_SESSION,
      [event('1', 'Chat Renewed'), event('2', 'ChatCreatedByCustomer')],
      '2',
    ],
    [
      'by words that capitals and punctuation split',
      STATUS_CHANGED,
      [event('chatSessionStatusUpdated', 'A'), event('chat.new', 'B'), event('3', 'Estatus')],
      'chatSessionStatusUpdated',
    ],
    [
      'by words behind an abbreviation',
      NEW_SESSION,
      [event('1', 'SLAStatus'), event('2', 'CRMNewChat')],
      '2',
    ],
    [
      'by the only name with "created" but not "status"',
      NEW_SESSION,
      [event('1', 'Chat Created'), event('2', 'Status Created')],
      '1',
    ],
  ])('%s', async (_, trigger, events, id) => {
    const site = await start({ events });
    // The sandbox has two events, and the new one can be the second.
    await subscribe(site, trigger);
    expect(site.subscriptions[0]?.eventId).toBe(id);
  });

  test.each([
    [
      'none looks like it',
      [event('1', 'Ticket Closed'), event('2', 'Invoice')],
      'It offers: Ticket Closed, Invoice.',
    ],
    [
      'two look like it',
      [event('1', 'Status A'), event('2', 'Status B')],
      'It offers: Status A, Status B.',
    ],
    ['there are none', [], 'It offers: none at all.'],
    ['they are long', [event('1', 'x'.repeat(400))], `It offers: ${'x'.repeat(299)}….`],
    ['one holds the key', [event('1', 'A sandbox-key'), event('2', 'B')], 'It offers: …, B.'],
    [
      'one is only alike',
      [event('1', 'Chat Restatused'), event('2', 'Outdated')],
      'It offers: Chat Restatused, Outdated.',
    ],
  ])('an error lists the names when %s', async (_, events, words) => {
    const site = await start({ events });
    const { code, message } = await failure(subscribe(site));
    expect(code).toBe('EventNotOffered');
    expect(message).toContain('"Chat Session Status Changed"');
    expect(message).toContain(words);
  });

  test('entries without an id are left out, one without a name goes by its id', async () => {
    const site = await start();
    site.answerNext(`${API}/chat-webhook-events`, {
      status: 200,
      body: JSON.stringify({
        results: [
          null,
          { name: 'Chat Session Status Changed' },
          { id: 'chat-session-status-changed' },
        ],
      }),
    });
    await subscribe(site);
    expect(site.subscriptions[0]?.eventId).toBe('chat-session-status-changed');
  });

  test('a list of which there is none may be null', async () => {
    const site = await start();
    site.answerNext(`${API}/chat-webhook-events`, { status: 200, body: '{"results":null}' });
    expect((await failure(subscribe(site))).message).toContain('It offers: none at all.');
  });

  test('a list of another shape is no answer of the API', async () => {
    const site = await start();
    site.answerNext(`${API}/chat-webhook-events`, { status: 200, body: '{"results":{}}' });
    expect((await failure(subscribe(site))).code).toBe('NotDeskDirector');
  });
});

describe('turning a Zap off', () => {
  test('ends the subscription in one request, with its token', async () => {
    const site = await start();
    const kept = await subscribe(site);
    expect(await unsubscribe(site, kept)).toEqual({});

    expect(site.subscriptions).toEqual([]);
    expect(site.requests.slice(3)).toMatchObject([
      {
        method: 'DELETE',
        path: `${API}/chat-workflows/${kept.id}?token=${kept.token}`,
        status: 200,
      },
    ]);
  });

  test('sends no token where there was none, and encodes the id', async () => {
    const site = await start();
    await unsubscribe(site, { id: 'a/b ?{{c}}' });
    expect(site.requests).toMatchObject([
      { path: `${API}/chat-workflows/a%2Fb%20%3F%7B%7Bc%7D%7D`, status: 404 },
    ]);
  });

  test('says so when the platform would eat a part of the token', async () => {
    const site = await start();
    const { code } = await failure(unsubscribe(site, { id: 'abc', token: 'a{{b}}' }));
    expect(code).toBe('UnsendableId');
    expect(site.requests).toEqual([]);
  });

  test.each([404, 410])('a subscription that is already gone (%s) is fine', async (status) => {
    const site = await start();
    site.answerNext(/chat-workflows/, { status });
    expect(await unsubscribe(site, { id: 'abc' })).toEqual({});
  });

  test.each([[undefined], [null], [{}], [{ id: '' }], [{ id: ['x'] }]])(
    'without an id there is nothing to do: %j',
    async (kept) => {
      const site = await start();
      expect(await unsubscribe(site, kept)).toEqual({});
      expect(site.requests).toEqual([]);
    },
  );

  test.each([
    ['{"success":false,"message":"Busy."}', 'reports a failure. It says: "Busy." Try again later.'],
    ['{"errors":["Busy."]}', 'reports a failure. It says: "Busy." Try again later.'],
  ])('an answer that says that it failed is an error: %s', async (body, words) => {
    const site = await start();
    site.answerNext(/chat-workflows/, { status: 200, body });
    expect((await failure(unsubscribe(site, { id: 'abc' }))).message).toContain(words);
  });

  test('a subscription that is gone is fine, also when the answer calls it a failure', async () => {
    const site = await start();
    site.answerNext(/chat-workflows/, { status: 404, body: '{"success":false}' });
    expect(await unsubscribe(site, { id: 'abc' })).toEqual({});
  });

  test('a site that fails is an error, so that Zapier tries again', async () => {
    const site = await start();
    site.answerNext(/chat-workflows/, { status: 500 });
    expect((await failure(unsubscribe(site, { id: 'abc' }))).status).toBe(500);
  });
});
