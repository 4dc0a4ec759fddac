import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PreparedAnswer } from '../../tools/desk-director/fault-answers.ts';
import {
  call,
  connectedDeskDirector,
  failure,
  NEW_SESSION,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

let site: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeEach(async () => {
  site = await connectedDeskDirector();
});
afterEach(() => site.stop());

const TARGET = 'https://hooks.zapier.com/hooks/standard/1/{{bundle.authData.apiKey}}/';
const API = '/api/v2/automate/connector';
const WORKFLOWS = `${API}/chat-workflows`;

type Kept = { id: string; token?: string };
const subscribe = async (
  trigger: string = STATUS_CHANGED,
  bundle: object = { targetUrl: TARGET },
) => (await call<Kept>(`triggers.${trigger}.operation.performSubscribe`, bundle)).results;
const UNSUBSCRIBE = `triggers.${STATUS_CHANGED}.operation.performUnsubscribe`;
const unsubscribe = async (subscribeData: unknown) =>
  (await call<object>(UNSUBSCRIBE, { subscribeData })).results;

/** Turns a Zap on at a site that answers so, also when the app ends the subscription `a` again. */
function subscribeAt(answer: PreparedAnswer, ending?: PreparedAnswer) {
  site.answerNext(WORKFLOWS, answer);
  if (ending) site.answerNext(`${WORKFLOWS}/a`, ending);
  return subscribe();
}
const LEFT = 'A workflow for it may be left in DeskDirector: look there, and delete it.';

describe('turning a Zap on', () => {
  test.each([
    [NEW_SESSION, 'chat-session-created'],
    [STATUS_CHANGED, 'chat-session-status-changed'],
  ])(
    '%s subscribes to its event in three requests, curly braces and all',
    async (trigger, event) => {
      const kept = await subscribe(trigger);

      expect(site.subscriptions).toEqual([
        { ...kept, eventId: event, url: TARGET, parameters: {} },
      ]);
      expect(site.requests).toMatchObject([
        { method: 'GET', path: `${API}/chat-webhook-events` },
        { method: 'GET', path: `${API}/schema/chat-workflow-webhook/$parameters?type=${event}` },
        { method: 'POST', path: `${WORKFLOWS}?type=${event}` },
      ]);
    },
  );

  test.each<[string | undefined, string, Kept]>([
    ['https://evil.example/x/abc?token=t', '', { id: 'abc', token: 't' }],
    ['/workflows/abc/', '', { id: 'abc' }],
    ['/operations/5?token=x', '{"id":"abc"}', { id: 'abc', token: 'x' }],
    ['/portal?token=x', '{"id":"abc","token":"t"}', { id: 'abc', token: 't' }],
    ['/chat-workflows/abc', '{"id":"x"}', { id: 'abc' }],
    ['/operations/abc', '{"ok":1}', { id: 'abc' }],
    ['/chat-workflows/a%2Fb%20c', '', { id: 'a/b c' }],
    ['/chat-workflows/a%zz', '', { id: 'a%zz' }],
    ['/chat-workflows/?token=t', '{"id":7}', { id: '7', token: 't' }],
    ['http://[', '{"id":"abc"}', { id: 'abc' }],
    ['/chat-workflows/abc', 'OK', { id: 'abc' }],
    ['/chat-workflows/abc?Token=T&other=1', '', { id: 'abc', token: 'T' }],
    ['/api/Chat-Workflows/abc/versions/2?token=t', '', { id: 'abc', token: 't' }],
    ['/chat-workflows/chat-workflows/abc', '', { id: 'abc' }],
    ['/chat-workflows', '{"id":"abc"}', { id: 'abc' }],
    [undefined, '{"id":"abc","token":"t"}', { id: 'abc', token: 't' }],
    [undefined, '{"ID":"x","id":"abc"}', { id: 'abc' }],
    [undefined, '{"id":"abc","error":"Slow"}', { id: 'abc' }],
    [undefined, '{"Id":"abc","TOKEN":"t"}', { id: 'abc', token: 't' }],
    [undefined, '{"workflowId":"abc"}', { id: 'abc' }],
    [undefined, '{"id":{},"WorkflowID":7}', { id: '7' }],
    [undefined, '"abc"', { id: 'abc' }],
    [undefined, '42', { id: '42' }],
  ])('understands the Location %s with the body %s', async (location, body, kept) => {
    const headers = location === undefined ? {} : { location };
    expect(await subscribeAt({ status: 201, body, headers })).toEqual(kept);
  });

  test.each([
    '',
    // These would leave their place in the URL, or no URL can hold them.
    ...['{"id":".."}', '{"id":"."}', '{"id":"\\ud800"}'],
    ...['{"id":{}}', 'true', '{"id":true}', 'Created'],
  ])('fails in words where the body %j holds no id', async (body) => {
    const { code, message } = await failure(subscribeAt({ status: 200, body }));
    expect(code).toBe('NoSubscriptionId');
    expect(message).toContain('did not say which subscription it made');
    expect(message).toContain(LEFT);
  });

  test('tells why the site did not subscribe, although it reports a success', async () => {
    const body = '{"success":false,"message":"The limit of 50 workflows is reached."}';
    const { message } = await failure(subscribeAt({ status: 200, body }));
    expect(message).toContain(
      'reports a failure. It says: "The limit of 50 workflows is reached." The request may have been',
    );
  });

  test.each([
    '{"success":false,"token":"wf-token-1"}',
    '{"workflow":{"accessToken":"wf-token-1"}}',
  ])('never quotes the token of a failure: %s', async (body) => {
    const { message } = await failure(subscribeAt({ status: 200, body }));
    expect(message).not.toContain('wf-token-1');
  });

  test('a page is no answer, whatever its Location: the workflow may be there', async () => {
    const headers = { location: '/chat-workflows/abc' };
    const { code, message } = await failure(
      subscribeAt({ status: 201, body: '<html></html>', headers }),
    );
    expect(code).toBe('NotDeskDirector');
    expect(message).toContain('may have been done all the same');
  });

  const FAILED = '{"success":false,"message":"Suspended.","id":"a","token":"t"}';
  const SUSPENDED = /It says: "Suspended\."/;
  const UNSENDABLE =
    /^support\.deskdirector\.com uses \{\{ in an ID or a token, which Zapier can't send\. Tell/;
  const BRACES = '{"id":"a","token":"{{b}}"}';
  const headers = { location: '/chat-workflows/b?token=u' };
  test.each([
    ['of a failure', { body: FAILED }, 'a?token=t', 200, SUSPENDED],
    ['in the Location', { body: '{"error":"Suspended."}', headers }, 'b?token=u', 200, SUSPENDED],
    ['with a token that can not be sent', { body: BRACES }, 'a', 200, UNSENDABLE],
    ['that is gone', { body: BRACES }, 'a', 404, UNSENDABLE],
  ])(
    'a subscription %s is ended, before that is an error',
    async (_, made, path, status, words) => {
      const { message } = await failure(subscribeAt({ status: 201, ...made }, { status }));
      expect(message).toMatch(words);
      expect(message).not.toContain(LEFT);
      expect(site.requests.at(-1)).toMatchObject({
        method: 'DELETE',
        path: `${WORKFLOWS}/${path}`,
      });
    },
  );

  test.each([
    ['a failure', FAILED, { status: 200, body: '{"ok":false}' }, SUSPENDED],
    ['a token that can not be sent', BRACES, { status: 403 }, UNSENDABLE],
  ])(
    'the error says what may be left when ending fails, too: %s',
    async (_, body, ending, words) => {
      const { message } = await failure(subscribeAt({ status: 200, body }, ending));
      expect(message).toMatch(words);
      expect(message).toContain(LEFT);
    },
  );

  test('fails in words when Zapier gives no address', async () => {
    const { code, message } = await failure(subscribe(NEW_SESSION, {}));
    expect(code).toBe('NoTargetUrl');
    expect(message).toBe('Zapier gave no address to send chat sessions to. Turn the Zap on again.');
    expect(site.requests).toEqual([]);
  });
});

describe('the id of an event is looked up', () => {
  const offer = (results: unknown) =>
    site.fail({ kind: 'json', value: { results }, path: `${API}/chat-webhook-events` });
  /** The path of the subscription of a Zap at a site with these events. */
  async function subscribedPath(names: Record<string, string>, trigger: string) {
    offer(Object.entries(names).map(([id, name]) => ({ id, name })));
    site.answerNext(WORKFLOWS, { status: 200, body: '{"id":"a"}' });
    await subscribe(trigger);
    return site.requests.at(-1)?.path;
  }

  test.each<[string, Record<string, string>, string]>([
    ['the letters of its name', { 1: 'chat-session: STATUS changed!', 2: 'Ticket status' }, '1'],
    ['the only id with "status"', { ChatStatus: 'Chat', 'chat-new': 'Begun' }, 'ChatStatus'],
    ['the only name with "updated"', { 1: 'Chat Updated', 2: 'Chat Created' }, '1'],
    [
      'words that capitals split',
      { aStatusUpdated: 'A', 'b.new': 'B', 3: 'Estatus' },
      'aStatusUpdated',
    ],
  ])('of a changed chat, by %s', async (_, names, id) => {
    expect(await subscribedPath(names, STATUS_CHANGED)).toBe(`${WORKFLOWS}?type=${id}`);
  });

  test.each<[string, Record<string, string>, string]>([
    ['name before all else', { 1: 'Newly created', 2: 'NewChatSession' }, '2'],
    ['the only id with "new"', { 'chat-new': 'Begun', 'chat-status': 'Changed' }, 'chat-new'],
    ['whole words: "renewed" is not "new"', { 1: 'Chat Renewed', 2: 'ChatCreatedByCustomer' }, '2'],
    ['words behind an abbreviation', { 1: 'SLAStatus', 2: 'CRMNewChat' }, '2'],
    ['"created" without "status"', { 1: 'Chat Created', 2: 'Status Created' }, '1'],
    ['a new chat, not a new message', { 1: 'Chat Created', 2: 'New Chat Messages' }, '1'],
  ])('of a new chat, by %s', async (_, names, id) => {
    expect(await subscribedPath(names, NEW_SESSION)).toBe(`${WORKFLOWS}?type=${id}`);
  });

  test.each([
    ['none looks like it', ['Ticket Closed', 'Invoice'], 'It offers: Ticket Closed, Invoice.'],
    [
      'two look like it',
      ['Status A', 'Status B'],
      'several events that may be "Chat Session Status Changed". It offers: Status A, Status B.',
    ],
    ['it is that of a message', ['Message Updated'], 'It offers: Message Updated.'],
    ['one is only alike', ['Chat Restatused', 'Outdated'], 'It offers: Chat Restatused, Outdated.'],
    ['there are none', [], 'It offers: none at all.'],
    ['they are long', ['x'.repeat(400)], `It offers: ${'x'.repeat(299)}….`],
    ['one holds the key', ['A sandbox-key', 'B'], 'It offers: …, B.'],
  ])('an error lists the names when %s', async (_, names, words) => {
    offer(names.map((name, n) => ({ id: `${n}`, name })));
    const { code, message } = await failure(subscribe());
    expect(code).toBe('EventNotOffered');
    expect(message).toContain('"Chat Session Status Changed"');
    expect(message).toContain(words);
  });

  test('entries without an id are left out, one without a name goes by its id', async () => {
    const id = 'chat-session-status-changed';
    offer([null, { name: 'Chat Session Status Changed' }, { id }]);
    await subscribe();
    expect(site.subscriptions[0]?.eventId).toBe(id);
  });

  test('a list of which there is none may be null, but nothing else', async () => {
    offer(null);
    const { message } = await failure(subscribe());
    expect(message).toContain('It offers: none at all.');
    offer({});
    expect((await failure(subscribe())).code).toBe('NotDeskDirector');
  });
});

describe('turning a Zap off', () => {
  test('ends the subscription in one request, with its token', async () => {
    const kept = await subscribe();
    expect(await unsubscribe(kept)).toEqual({});

    expect(site.subscriptions).toEqual([]);
    const path = `${WORKFLOWS}/${kept.id}?token=${kept.token}`;
    expect(site.requests.slice(3)).toMatchObject([{ method: 'DELETE', path, status: 200 }]);
  });

  test.each([
    ['sends no token where there was none', { id: 'a' }, 'a'],
    ['encodes the id', { id: 'a/b ?{{c}}' }, 'a%2Fb%20%3F%7B%7Bc%7D%7D'],
    ['encodes half a character', { id: 'a', token: '\ud800' }, 'a?token=%EF%BF%BD'],
  ])('%s', async (_, kept, path) => {
    await unsubscribe(kept);
    expect(site.requests).toMatchObject([{ path: `${WORKFLOWS}/${path}`, status: 404 }]);
  });

  test('says so when the platform would eat a part of the token', async () => {
    const { code } = await failure(unsubscribe({ id: 'abc', token: 'a{{b}}' }));
    expect(code).toBe('UnsendableId');
    expect(site.requests).toEqual([]);
  });

  test.each([[undefined], [null], [{}], [{ id: '' }], [{ id: ['x'] }]])(
    'without an id there is nothing to do: %j',
    async (kept) => {
      expect(await unsubscribe(kept)).toEqual({});
      expect(site.requests).toEqual([]);
    },
  );

  test('an answer that says that it failed is an error', async () => {
    site.answerNext(/chat-workflows/, { status: 200, body: '{"errors":["Busy."]}' });
    expect((await failure(unsubscribe({ id: 'abc' }))).message).toContain(
      'reports a failure. It says: "Busy." Try again later.',
    );
  });

  test.each([404, 410])(
    'a subscription that is gone (%s) is no failure, whatever the answer says',
    async (status) => {
      site.answerNext(/chat-workflows/, { status, body: '{"success":false}' });
      expect(await unsubscribe({ id: 'abc' })).toEqual({});
    },
  );
});
