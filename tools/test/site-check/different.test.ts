import { beforeEach, expect, test } from '@jest/globals';
import example from '../../desk-director/documented-example.json' with { type: 'json' };
import { contacts } from '../../desk-director/people.ts';
import type { DeskDirector } from '../../desk-director/server.ts';
import type { Receiver } from '../../site-check/listening.ts';
import { siteFile } from '../../site-check/save.ts';
import { check, OTHER_EVENTS, receive, startSite, startTunnel } from './checked-site.ts';

const API = '/api/v2/automate/connector';
const ALWAYS = Number.POSITIVE_INFINITY;

let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let site: DeskDirector;
beforeEach(async () => {
  tunnel = await startTunnel();
});

/** A receiver behind the tunnel. `stop` is Ctrl+C. */
function receiver(stop = new AbortController(), port = 0): Receiver {
  return {
    url: new URL(tunnel.url),
    port,
    interrupt: () => ({ stop: stop.signal, release: () => undefined }),
  };
}

/** Delivers a body as soon as the check has subscribed. */
const delivering = (body: unknown) => (words: string) => {
  tunnel.leadTo(words);
  const [subscription] = site.subscriptions;
  if (!words.includes('Waiting for a chat') || subscription === undefined) return;
  const headers = { 'content-type': 'application/json' };
  void fetch(subscription.url, { method: 'POST', headers, body: JSON.stringify(body) });
};

const checkWithDelivery = (body: unknown, session: string, find: string) =>
  check(site, { session, find, receiver: receiver() }, undefined, delivering(body));

/** Announces something when the check waits for it. */
const announcing = (announce: () => unknown) => (words: string) => {
  tunnel.leadTo(words);
  if (words.includes('Waiting for a')) announce();
};

const [documented] = example;

/** A session that nobody documented like this, with a person that the site has. */
const strange = {
  ...documented,
  status: 'snoozed',
  type: 7,
  creator: { ...documented?.creator, entityId: 501, mood: 'calm' },
  closeRecord: undefined,
  participants: [],
  users: 'nobody',
  lastMessageId: 'm-1',
  report: { creatorWaited: 'a while', chatDuration: 'long' },
  lastModifiedDateTime: 'yesterday',
  sentiment: [1, 2],
};

test('a site that is different, and handled, is told so in each row', async () => {
  site = await startSite({
    events: OTHER_EVENTS,
    subscribeAnswer: 'body',
  });
  const path = `${API}/chat-sessions/strange`;
  site.fail({ kind: 'json', path, value: [strange], times: ALWAYS });
  const companies = [{ id: 3103 }, { companyId: 9 }, { name: 'Nobody' }];
  site.fail({ kind: 'json', path: /companies\/find$/, value: { companies }, times: ALWAYS });
  const { verdicts, said, output, isDifferent } = await checkWithDelivery(
    strange,
    'strange',
    'Nobody',
  );
  expect(verdicts).toMatchObject({
    'the ids of the two events': 'different, and handled',
    'the answer for one chat session': 'different, and handled',
    'the id of a new subscription': 'different, and handled',
    'whether a delivery is one session or a list': 'different, and handled',
    'where the list is in the answer to a search': 'different, and handled',
    'which property of what is found is its ID': 'different, and handled',
    "the format of a message's ID": 'different, and handled',
    'what future versions add': 'different, and handled',
    'the units of `creatorWaited` and `chatDuration`': 'different, and handled',
  });
  expect(said('the ids')).toBe(
    'Found by a word: conversation.created (Conversation created); conversation.updated (Conversation updated).',
  );
  expect(said('whether a delivery')).toBe('One session.');
  expect(said('where the list')).toBe('Elsewhere: Find Company.');
  expect(said('which property of')).toBe('2 of 3 have one, and 1 of them lead nowhere.');
  expect(said('what future')).toBe("Properties: 6 can't be read, 2 not documented.");
  const lines = output.split('\n').map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'not documented: creator.mood (text)',
      'not documented: sentiment (a list)',
      "can't be read: status (an unknown value)",
      "can't be read: users (text)",
      "can't be read: lastModifiedDateTime (text)",
      "can't be read: report.creatorWaited (text)",
    ]),
  );
  expect(output).not.toMatch(/snoozed|calm|yesterday|a while|Liam|Tait|Nobody/);
  expect(isDifferent).toBe(false);
  expect(site.subscriptions).toEqual([]);
});

test('a site that is different, and not handled, is told so in each row, with what to do', async () => {
  const unfillable = {
    type: 'object',
    required: ['blob'],
    properties: { blob: { type: ['string', 'object', 'array'] } },
  };
  site = await startSite({
    events: [
      { id: '1', name: 'Chat begins' },
      { id: '2', name: 'Status of a chat' },
    ],
    schemas: { UpdateTicketRequest: unfillable, MemberDetails: { type: 'string' } },
  });
  const path = `${API}/chat-sessions/strange`;
  site.fail({ kind: 'json', path, value: { note: 'no session' }, times: ALWAYS });
  site.fail({ kind: 'json', path: /contacts/, value: [], times: ALWAYS });
  const elsewhere = { ...documented, creator: { ...documented?.creator, entityId: 999 } };
  const other = { results: [{ id: 3103, name: 'Somebody' }] };
  site.fail({ kind: 'json', path: /companies\/find$/, value: other, times: ALWAYS });
  site.fail({ kind: 'status', status: 403, path: /user-groups\/find$/, times: ALWAYS });
  const { verdicts, said, output, isDifferent } = await checkWithDelivery(
    elsewhere,
    'strange',
    'Somebody',
  );
  expect(verdicts).toMatchObject({
    'the ids of the two events': 'different',
    'the filters of a site, the search fields, and the forms of the actions': 'different',
    'the fields of contacts, members, companies, tickets, user groups and notifications':
      'different',
    'the answer for one chat session': 'different',
    'whether an entity ID of a chat is the ID that the searches take': 'different',
    'where the list is in the answer to a search': 'different',
  });
  expect(said('where the list')).toMatch(
    /^Find Company: .* under the ID of it, 3103, .*; Find User Group: .*may search for a user group/,
  );
  expect(said('the ids')).toBe(
    'It offers “Chat begins”, “Status of a chat”. Nothing is taken for “New Chat Session”.',
  );
  expect(said('the filters')).toMatch(/^1 of 24 forms can't be read\./);
  expect(said('the fields')).toBe("1 of 13 results can't be read.");
  expect(said('whether an entity ID')).toMatch(/^Not found: the contact: no such contact/);
  expect(output).toMatch(/^What to do$/m);
  expect(output.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(6);
  expect(isDifferent).toBe(true);
});

test('a form that needs what no field can hold is different', async () => {
  const text = { type: 'string' };
  site = await startSite({
    schemas: {
      UpdateTicketRequest: {
        type: 'object',
        required: ['blob'],
        properties: {
          blob: { type: ['string', 'object'], title: 'Secretperson' },
          more: { title: 'Secretperson', properties: { a: text }, additionalProperties: text },
        },
      },
    },
  });
  const { said, finding } = await check(site);
  expect(finding('Update Ticket')?.leftOut).toEqual([
    'blob (it takes several kinds of values)',
    'alternatives or further fields',
  ]);
  expect(said('the filters')).toBe('1 of 24 forms need a value that has no field.');
});

test('an answer to a subscription without an id is different, and nothing is waited for', async () => {
  site = await startSite();
  site.fail({ kind: 'json', method: 'POST', path: /chat-workflows/, value: {} });
  const { verdicts, said, words } = await receive(
    site,
    'chat',
    receiver(),
    delivering([documented]),
  );
  expect(words).toMatch(/Subscribing failed: .*did not say which subscription/);
  expect(words).toContain(
    `Look in DeskDirector for the workflow that sends chats to ${tunnel.url}`,
  );
  expect(verdicts['the id of a new subscription']).toBe('different');
  expect(said('the id of a new')).toContain('did not say which subscription it made');
  expect(verdicts['whether a delivery is one session or a list']).toBe('not seen');
});

test('a delivery that is no session is different', async () => {
  site = await startSite();
  const body = { hello: 'there' };
  const { verdicts, said } = await receive(site, 'chat', receiver(), delivering(body));
  expect(verdicts['whether a delivery is one session or a list']).toBe('different');
  expect(said('whether a delivery')).toContain('Expected a list of chat sessions');
  expect(site.subscriptions).toEqual([]);
});

test('a chat of the sandbox is delivered as believed', async () => {
  site = await startSite();
  const request = announcing(() => site.chats.request({ contact: contacts.tansy }));
  const result = await check(site, { receiver: receiver() }, undefined, request);
  expect(result.verdicts).toMatchObject({
    'the id of a new subscription': 'as believed',
    'whether a delivery is one session or a list': 'as believed',
    'whether an entity ID of a chat is the ID that the searches take': 'as believed',
    'what future versions add': 'as believed',
  });
  expect(result.words).toContain('The id of the subscription was in the Location header.');
  expect(result.output).toContain('  Unsubscribed.');
  expect(site.subscriptions).toEqual([]);
});

const ID_OF_TICKET = 'which property of an event is the ID of the ticket';

test('a ticket is delivered in place of a chat', async () => {
  site = await startSite();
  const options = { receiver: receiver(), isTicket: true };
  const announce = announcing(() => site.announce('newTicket', [{ ticketId: 7 }]));
  const result = await check(site, options, undefined, announce);
  expect(result.words).toContain('Waiting for a ticket');
  expect(result.verdicts).toMatchObject({
    [ID_OF_TICKET]: 'as believed',
    'whether a delivery is one session or a list': 'not seen',
  });
  expect(result.output).not.toContain('compared with the documented one');
  expect(site.subscriptions).toEqual([]);
  const saved = result.facts === null ? null : siteFile(result.facts);
  expect(saved).toMatchObject({ delivery: null, ticketDelivery: [{}] });
});

test.each([
  ['without an ID', { occurredAt: 'x' }, 'different, and handled'],
  ['that is none', { hook: 1 }, 'different'],
])('a ticket %s is different', async (_, ticket, verdict) => {
  site = await startSite();
  const announce = announcing(() => site.announce('newTicket', [ticket]));
  const { verdicts } = await receive(site, 'ticket', receiver(), announce);
  expect(verdicts[ID_OF_TICKET]).toBe(verdict);
  expect(site.subscriptions).toEqual([]);
});

test.each([
  ['POST', 'Subscribing failed: '],
  ['DELETE', 'Unsubscribing failed: '],
])('a %s for a ticket that is refused is different', async (method, words) => {
  site = await startSite();
  site.fail({ kind: 'status', status: 403, method, path: /ticket-workflows/, times: ALWAYS });
  const stop = new AbortController();
  const waits = announcing(() => stop.abort());
  const { said, verdicts } = await receive(site, 'ticket', receiver(stop), waits);
  expect(verdicts[ID_OF_TICKET]).toBe('different');
  expect(said('which property of an event')).toContain(words);
});

test('an event that comes again is as believed', async () => {
  site = await startSite();
  const twice = delivering([documented, documented]);
  const { verdicts } = await receive(site, 'chat', receiver(), twice);
  expect(verdicts['whether an event comes again, and whether `completed` does']).toBe(
    'as believed',
  );
});

test('when the port is taken, nothing is subscribed', async () => {
  site = await startSite();
  const taken = receiver(undefined, Number(new URL(site.url).port));
  await expect(receive(site, 'chat', taken, () => undefined)).rejects.toThrow('EADDRINUSE');
  expect(site.requests).toEqual([]);
});

test('the wait can be ended, and a subscription that stays is told', async () => {
  site = await startSite();
  site.fail({ kind: 'status', status: 403, method: 'DELETE', path: /^/, times: ALWAYS });
  const stop = new AbortController();
  const waits = announcing(() => stop.abort());
  const { verdicts, said, words } = await receive(site, 'chat', receiver(stop), waits);
  expect(words).toMatch(/could not be ended: .*\(403\)/);
  expect(verdicts['the id of a new subscription']).toBe('different');
  expect(said('whether a delivery')).toBe('Nothing was delivered.');
});
