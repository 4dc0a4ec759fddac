import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { WAITS_FOR_CHOICE } from '../../src/deskdirector/errors.ts';
import { seen, sent, site, UNREADABLE } from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { dateTime, HIDDEN, integer, object, required, string } from '../helpers/schema.ts';
import {
  answer,
  deliver,
  EMPTY_RECORD,
  EVENT,
  NEW,
  PAYLOAD,
  TARGET,
  trigger,
  turnOn,
} from '../helpers/ticket-site.ts';
import { failure } from '../helpers/zapier.ts';

const EVENTS = 'GET /ticket-workflow-events';
const DESCRIPTION = 'GET /schema/ticket-workflow-webhook/$request';
const FIND = 'POST /tickets/find';
const SEARCH_FORM = 'GET /schema/dynamic-types/FindTicketsRequest';
const offer = (...names: string[]) => ({
  [EVENTS]: { results: names.map((name, n) => ({ id: `e-${n}`, name })) },
});
const REQUIRED = { description: 'Zapier: New Ticket', advancedFilters: {}, url: TARGET };
const chosen = { event: 'e-2' };
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the event for a new ticket', () => {
  test.each([
    ['New Ticket'],
    ['ticket.created'],
    ['NewTicketCreated'],
    ['TICKET_CREATED', 'New Ticket Survey', 'Ticket Note Created', 'Ticket Updated'],
    ['new-ticket', 'Ticket Created'],
  ])('is the one whose name says only that: %s', async (...names) => {
    answer(offer(...names));
    await turnOn(NEW);
    expect(seen()).toContain('POST /ticket-workflows?type=e-0');
  });

  test.each([
    [['Ticket Created', 'New Ticket Created'], 'It offers: Ticket Created, New Ticket Created.'],
    [['New Ticket', 'NEW TICKET'], 'It offers: New Ticket, NEW TICKET.'],
    [['Ticket', 'New', 'Created', 'New Note'], 'It offers: Ticket, New, Created, New Note.'],
    [['Ticket Note Created', 'New Ticket Survey'], 'It offers: Ticket Note Created, New Ticket'],
    [[], 'It offers: none at all.'],
  ])('is in none of %j, and an error points to the other trigger', async (names, words) => {
    answer(offer(...names));
    for (const method of ['performSubscribe', 'performList']) {
      const { code, message } = await failure(trigger(NEW, method, { targetUrl: TARGET }));
      expect(code).toBe('EventNotOffered');
      expect(message).toContain(words);
      expect(message).toContain('Use the trigger "Ticket Event" instead');
    }
    const { results } = await trigger(NEW, 'inputFields');
    expect(results.at(-1)?.helpText).toContain(words);
    expect(seen()).not.toContain('POST /ticket-workflows');
  });
});

describe('the form', () => {
  const keys = async (key: string, inputData: object = {}) =>
    (await trigger(key, 'inputFields', { inputData })).results.map((field) => field.key);
  const own = ['board_id', 'status_id', 'workflow_name'];

  test("has the app's own fields, then the filters of the site", async () => {
    expect(await keys(NEW)).toEqual(['test_note', ...own, 'urgency', 'words']);
    expect(await keys(EVENT, chosen)).toEqual(['test_note', 'event', ...own, 'urgency', 'words']);
  });

  test('waits for the choice of an event', async () => {
    const { results } = await trigger(EVENT, 'inputFields');
    expect(results.at(-1)).toMatchObject({ type: 'copy', helpText: /No event is chosen/ });
    expect((await failure(trigger(EVENT, 'performList'))).code).toBe(WAITS_FOR_CHOICE);
    expect((await trigger(EVENT, 'outputFields')).results.map(({ key }) => key)).toEqual([
      'id',
      'event_key',
    ]);
    expect(seen()).toEqual([]);
  });

  test('offers the events of the site, and the statuses of the chosen board', async () => {
    const { results: events } = await trigger('ticket_event_list', 'perform');
    expect(events.map(({ name }) => name)).toEqual(['New Ticket', 'Ticket Note Created']);
    const inputData = { ...chosen, board_id: '2', words: 'ink', boardId: '9' };
    const { results: statuses } = await trigger('status_list', 'perform', { inputData });
    expect(statuses).toEqual([{ id: '5', name: 'New' }]);
    expect(seen()).toEqual(['GET /service/statuses?boardId=2', EVENTS]);
    const { results: fields } = await trigger(NEW, 'inputFields');
    const status = fields.find(({ key }) => key === 'status_id');
    expect(status).toMatchObject({ dynamic: 'status_list.id.name', dependsOn: ['board_id'] });
    expect(status).not.toHaveProperty('required');
  });
});

describe('turning a Zap on', () => {
  test.each<[key: string, inputData: object, body: object, requests: number]>([
    [NEW, {}, REQUIRED, 4],
    [NEW, { board_id: '', status_id: null, workflow_name: ' ' }, REQUIRED, 4],
    [EVENT, chosen, { ...REQUIRED, description: 'Zapier: Ticket Event' }, 4],
    [NEW, { workflow_name: 'For Bo' }, { ...REQUIRED, description: 'For Bo' }, 4],
    [NEW, { board_id: ' 2 ' }, { ...REQUIRED, boardId: 2 }, 5],
    [NEW, { board_id: 2, status_id: '5' }, { ...REQUIRED, boardId: 2, statusId: 5 }, 5],
    [NEW, { urgency: '3' }, { ...REQUIRED, advancedFilters: { urgency: 3 } }, 4],
  ])('%s with %j sends %j, in %i requests', async (key, inputData, body, requests) => {
    const { results } = await turnOn(key, inputData);
    expect(sent().at(-1)).toEqual(body);
    expect(seen()).toHaveLength(requests);
    expect(seen()).toContain(`POST /ticket-workflows?type=${key === NEW ? 'e-1' : 'e-2'}`);
    expect(results).toMatchObject({ id: 'w-1', payload: { ticketId: 'integer' } });
  });

  test('asks for the description of the event also when that of the filters took time', async () => {
    const now = Date.now();
    const hasFilters = () => seen().some((request) => request.includes('$advanced-filters'));
    jest.spyOn(Date, 'now').mockImplementation(() => now + (hasFilters() ? 1_200 : 0));
    expect((await turnOn(EVENT, chosen)).results).toHaveProperty('payload');
  });

  test.each([
    ['an event that vanished', { event: 'e-9' }, 'EventNotOffered', 'e-9. It offers: New Ticket,'],
    ['no event', {}, WAITS_FOR_CHOICE, 'No event is chosen'],
  ])('%s is an error, and nothing is subscribed', async (_, inputData, code, words) => {
    const error = await failure(turnOn(EVENT, inputData));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(site.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test.each<[string, object, string, string]>([
    ['a status without a board', { status_id: 5 }, 'InvalidFilter', '"Board" is empty'],
    ['a board that is gone', { board_id: 9 }, 'InvalidFilter', '"Board" holds 9'],
    [
      'a gone status',
      { board_id: 2, status_id: 9 },
      'InvalidFilter',
      '"Status" holds 9, which board 2 of',
    ],
    [
      'a gone board with a status',
      { board_id: 9, status_id: 5 },
      'NotFound',
      'has no board 9 (404)',
    ],
    [
      'a board that is text',
      { board_id: 'Service' },
      'InvalidFilter',
      '"Board" does not hold an ID',
    ],
    ['several boards', { board_id: ['2', '3'] }, 'InvalidFilter', '"Board" does not hold an ID'],
    ['a filter that is gone', { gone: 'x' }, 'UnknownFilter', 'that can be set here: "gone"'],
    ['a wrong filter', { urgency: 'high' }, 'InvalidField', '"Urgency" takes a whole number'],
  ])('%s is an error before anything is subscribed', async (_, inputData, code, words) => {
    const error = await failure(turnOn(NEW, inputData));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(site.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  const large = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}`.padStart(54, 'a'), string]));
  test.each([
    ['can not be read', UNREADABLE, "can't be read. So a record of this Zap has only the fields"],
    ['is larger than 32 KB', object(large(512)), 'is too long to be kept. So a record'],
  ])(
    'keeps no shape of a description that %s, and the log says what that means',
    async (...row) => {
      const [, description, words] = row;
      answer({ [DESCRIPTION]: description });
      const { results, warnings } = await turnOn(NEW);
      expect(results).toEqual({ id: 'w-1' });
      expect(warnings.join()).toContain(words);
    },
  );

  test('keeps a shape of almost 32 KB', async () => {
    answer({ [DESCRIPTION]: object(large(487)) });
    const { results } = await turnOn(NEW);
    expect(JSON.stringify(results.payload).length).toBeGreaterThan(31_900);
    expect(Object.values(results.payload as object)).toHaveLength(487);
  });

  test('ends at the address of tickets, with the token, in one request', async () => {
    const location = 'https://elsewhere.example/ticket-workflows/w-1?token=t';
    answer({ 'POST /ticket-workflows': new Answer('', 201, { location }) });
    const { results: subscribeData } = await turnOn(NEW);
    expect(subscribeData).toMatchObject({ id: 'w-1', token: 't' });
    answer({});
    await trigger(NEW, 'performUnsubscribe', { subscribeData });
    expect(seen()).toEqual(['DELETE /ticket-workflows/w-1?token=t']);
  });
});

describe('a subscription that Zapier renews', () => {
  beforeEach(() => {
    process.env.SUBSCRIPTION_HOURS = '24';
  });
  afterEach(() => {
    delete process.env.SUBSCRIPTION_HOURS;
  });

  test.each<[object | undefined, string[]]>([
    [undefined, []],
    [{ id: 'w-1', token: 't' }, []],
    [{ id: 'w-0', token: 't' }, ['DELETE /ticket-workflows/w-0?token=t']],
  ])('ends the one that Zapier hands over, once there is another: %j', async (former, ended) => {
    const { results, warnings } = await turnOn(NEW, {}, { subscribeData: former });
    const { expiration_date } = results;
    const hours = (Date.parse(String(expiration_date)) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    const sent = site.requests.map(({ method, path }) => `${method} ${path}`);
    expect(sent.slice(sent.indexOf('POST /ticket-workflows?type=e-1') + 1)).toEqual(ended);
    expect(warnings).toEqual([]);
  });

  test('is on also when the former one can not be ended, and the log tells it', async () => {
    answer({ 'DELETE /ticket-workflows/w-0': new Answer('{}', 403) });
    const { results, warnings } = await turnOn(NEW, {}, { subscribeData: { id: 'w-0' } });
    expect(results.id).toBe('w-1');
    expect(warnings.join()).toContain('The former subscription could not be ended: The API key');
  });
});

describe('a record', () => {
  const ticket = {
    headline: 'Ink',
    createdOn: '2026-03-10T14:00:00Z',
    queue: { id: 2, name: 'Q' },
    tags: ['a'],
  };
  const RECORD = { ...EMPTY_RECORD, id: '7', ticketId: 7, event_key: expect.any(String) };
  const whole = { id: 'e', ticketId: 71, ticket, lines: [{ n: 1, words: 'x' }] };

  test('has the ID of the ticket, what the site describes, and makes no request', async () => {
    const { results } = await deliver(NEW, [whole]);
    const { id, ...rest } = whole;
    const event_key = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(results).toEqual([{ ...rest, id: '71', id_site: 'e', event_key }]);
    const after = ['GET /ticket-workflow-events', 'GET /schema', 'GET /schema', 'POST /ticket'];
    expect(site.requests).toHaveLength(after.length);
  });

  test.each<[object, string | null]>([
    [{ id: 3, ticketId: 71 }, '71'],
    [{ id: 3, TicketID: '72' }, '72'],
    [{ id: 3, ticket: { id: 73 } }, '73'],
    [{ id: 3, ticketId: 'none', ticket: { id: 'x' }, entityId: 74 }, '74'],
    [{ id: 3, headline: 'x' }, '3'],
    [{ id: 'a-guid', headline: 'x' }, null],
    [{ headline: 'x' }, null],
    [{ id: 2 ** 31 }, null],
    [{ ticketId: -1 }, '-1'],
    // The event names no ticket, so its own ID is that of no ticket.
    [{ id: 5, ticketId: null, headline: 'x' }, null],
    [{ id: 5, TicketId: '', headline: 'x' }, null],
    [{ id: 5, ticket: null }, null],
    [{ id: 5, ticketId: null, ticket: { id: 73 } }, '73'],
  ])('of %j has the ID %j', async (entry, id) => {
    const { results } = await trigger(NEW, 'perform', { cleanedRequest: entry });
    expect(results).toMatchObject([{ id }]);
  });

  test('has no ID of a ticket where the site describes one and leaves it out', async () => {
    const { results } = await deliver(NEW, [{ id: 5, ticket: { headline: 'x' } }]);
    expect(results).toMatchObject([{ id: null, id_site: '5' }]);
  });

  test.each<[string, object, object]>([
    ['nothing but its ID', { ticketId: 7 }, {}],
    ['a new property', { ticketId: 7, extra: { deep: [1] } }, { extra: { deep: [1] } }],
    [
      'another case',
      { TicketId: 7, TICKET: { HeadLine: 'x' } },
      { ticket: { ...EMPTY_RECORD.ticket, headline: 'x' } },
    ],
    ['text for a number', { ticketId: '7' }, {}],
    ['one value for a list', { ticketId: 7, lines: { n: 1 } }, { lines: [{ n: 1, words: null }] }],
  ])('of a payload with %s has every described property', async (_, entry, values) => {
    const { results, warnings } = await deliver(NEW, [entry]);
    expect(results).toEqual([{ ...RECORD, ...values }]);
    expect(warnings).toEqual([]);
  });

  test('has null where a value is of another type, and the log names it', async () => {
    const entry = { ticketId: 7, ticket: 'none', lines: [{ n: 'many' }] };
    const { results, warnings } = await deliver(NEW, [entry]);
    expect(results).toEqual([{ ...RECORD, lines: [{ n: null, words: null }] }]);
    expect(warnings).toEqual([expect.stringContaining('no value for ticket, lines.n:')]);
  });

  test.each([
    [undefined],
    [{ id: 'w-1' }],
    [{ id: 'w-1', payload: 'old' }],
    [{ payload: { a: 'text' } }],
  ])('passes as it came without a readable shape: %j', async (subscribeData) => {
    const entry = { eventId: 'e', ticketId: 7, at: null };
    const { results } = await trigger(NEW, 'perform', { subscribeData, cleanedRequest: entry });
    expect(results).toEqual([{ ...entry, id: '7', event_key: expect.any(String) }]);
  });

  test("never has the platform's own mark", async () => {
    const { results } = await deliver(NEW, [{ ticketId: 7, __type: 'x' }]);
    expect(results[0]).not.toHaveProperty('__type');
  });
});

describe('the key of an event', () => {
  const keys = async (...entries: object[]) =>
    (await deliver(NEW, entries)).results.map((record) => record.event_key);
  const changed = { ticketId: 7, ticket: { headline: 'b', queue: { id: 1, name: 'n' } } };

  test('is the same for a repeated delivery, whatever the order of its properties', async () => {
    const reordered = { ticket: { queue: { name: 'n', id: 1 }, headline: 'b' }, ticketId: 7 };
    expect(await keys(changed)).toEqual(await keys(reordered));
  });

  test.each<[string, object, object, number]>([
    ['the same entry twice', {}, {}, 1],
    ['one ticket with two changes', { at: 'x' }, { at: 'y' }, 2],
    ['lists in another order', { tags: [1, 2] }, { tags: [2, 1] }, 2],
    ['two tickets', { ticketId: 7 }, { ticketId: 8 }, 2],
  ])('tells events apart: %s', async (_, one, other, runs) => {
    const found = await keys({ ...changed, ...one }, { ...changed, ...other });
    expect(found).toHaveLength(runs);
    expect(new Set(found).size).toBe(runs);
  });

  test.each([NEW, EVENT])('alone is the primary key of %s', async (key) => {
    const { results } = await trigger(key, 'outputFields', { inputData: chosen });
    const primary = results.filter((field) => field.primary);
    expect(primary.map((field) => field.key)).toEqual(['event_key']);
    const ofTicket = ['headline', 'createdOn', 'queue__id', 'queue__name', 'tags'];
    expect(results.map((field) => field.key)).toEqual([
      ...['id', 'event_key', 'ticketId'],
      ...ofTicket.map((name) => `ticket__${name}`),
      ...['lines', 'id_site'],
    ]);
  });
});

describe('a delivery', () => {
  const deep = JSON.parse(`${'{"ticket":'.repeat(101)}1${'}'.repeat(101)}`);

  test.each<[string, unknown, number, string]>([
    ['a list', [{ ticketId: 1 }, { ticketId: 2 }], 2, ''],
    [
      'what is no event',
      [{ ticketId: 1 }, null, {}, 7, 'x', deep],
      1,
      'Skipped 5 of 6 entries of a delivery: entry 2 is null instead of an object; entry 3 is an object without keys',
    ],
    ['a ping', [{ id: 42, hook_id: 7 }, { ticketId: 1 }], 1, 'entry 1 is an object without any'],
    ['an ID alone', { id: 42 }, 1, ''],
    [
      'a ping by its type',
      [{ type: 'ping' }, { ticketId: 1 }],
      1,
      'entry 1 is an object without any',
    ],
  ])('of %s', async (_, body, runs, warning) => {
    const { results, warnings } = await deliver(NEW, body);
    expect(results).toHaveLength(runs);
    expect(warnings.join()).toContain(warning);
    expect(warnings).toHaveLength(warning === '' ? 0 : 1);
  });

  test.each([
    [undefined, 'delivers events to its webhook, and there was no delivery'],
    [{ id: 42, hook_id: 7 }, 'any property of such an event, with the keys id, hook_id'],
    [[null, {}], 'a list without an event: entry 1 is null instead of an object; entry 2 is an'],
    [{}, 'Expected a list of events from DeskDirector, but got an object without keys'],
  ])('of %j is an error', async (body, words) => {
    expect((await failure(deliver(NEW, body))).message).toContain(words);
  });

  test('keeps the digits of a 64-bit ID, so that no event is taken for another one', async () => {
    const content = '[{"resultId":9007199254740993},{"resultId":9007199254740992}]';
    const delivery = { cleanedRequest: JSON.parse(content), rawRequest: { content } };
    for (const payload of [undefined, { resultId: 'int64' }, { resultId: 'integer' }]) {
      const subscribeData = { id: 'w', payload };
      const { results } = await trigger(EVENT, 'perform', { subscribeData, ...delivery });
      expect(results).toMatchObject([
        { resultId: '9007199254740993' },
        { resultId: '9007199254740992' },
      ]);
    }
  });
});

describe('a test of the trigger', () => {
  const MADE_UP = { id: '2000001001', event_key: expect.any(String) };
  const records = async (key = NEW) =>
    (await trigger(key, 'performList', { inputData: chosen })).results;
  const found = (...results: unknown[]) => ({ [FIND]: { results } });
  const flat = object({ headline: string, ticketId: integer });
  const inside = { headline: 'Ink', ticketId: null };

  test('shows tickets in the only object of an event that fits them, without other properties', async () => {
    answer(found({ id: 71, headline: 'Ink', owner: 'Bo' }));
    const [record, ...others] = await records();
    expect(others).toEqual([]);
    expect(record).toEqual({
      ...EMPTY_RECORD,
      ...{ id: '71', event_key: expect.any(String) },
      ticket: { ...EMPTY_RECORD.ticket, headline: 'Ink' },
    });
    expect(sent().at(-1)).toEqual({});
  });

  test('takes four requests, or three when the owner chose the event', async () => {
    await records();
    expect(seen()).toHaveLength(4);
    answer({});
    await records(EVENT);
    expect(seen()).toHaveLength(3);
  });

  test.each<[string, object, object]>([
    ['the entry itself', flat, { id: '71', ...inside }],
    [
      'the entry itself, whose ID is not that of an event',
      object({ ...flat.properties, id: string }),
      { id: '71', id_site: null, ...inside },
    ],
    [
      'the entry itself, before an object in it',
      object({ ...flat.properties, ticket: flat }),
      { id: '71', ...inside, ticket: { headline: null, ticketId: null } },
    ],
    [
      'an object in an object',
      object({ ticketId: integer, data: object({ it: flat }) }),
      { id: '71', ticketId: null, data: { it: inside } },
    ],
    [
      'an object where a run finds no ID',
      object({ data: object({ ticket: flat }) }),
      { id: null, data: { ticket: inside } },
    ],
  ])('shows a ticket as %s', async (_, description, record) => {
    answer({ [DESCRIPTION]: description, ...found({ id: 71, headline: 'Ink' }) });
    expect(await records()).toEqual([{ event_key: expect.any(String), ...record }]);
  });

  const { properties } = PAYLOAD;
  test.each<[string, object]>([
    ['nothing is found', {}],
    ['nothing fits', found({ id: 71, other: 'x' })],
    [
      'two objects fit',
      {
        ...found({ id: 71, headline: 'x' }),
        [DESCRIPTION]: object({ ...properties, before: properties.ticket }),
      },
    ],
    ['only an ID would fit', found({ id: 71 })],
    ['a search is refused', { [FIND]: new Answer('{}', 403) }],
    ['a search requires what nobody filled in', { [SEARCH_FORM]: required({ a: string }) }],
  ])('shows a made-up event when %s, with the keys of a live one', async (_, more) => {
    answer(more);
    const [record, ...others] = await records();
    expect(others).toEqual([]);
    expect(record).toMatchObject({ ...MADE_UP, id_site: 'Example ID', ticketId: 2000001001 });
    const headline = expect.stringMatching(/^Example .*Headline$/);
    expect(record).toMatchObject({ ticket: { headline }, lines: [{ n: 0 }] });
    const { results: live } = await deliver(NEW, [{ ticketId: 7 }]);
    expect(Object.keys(record ?? {}).toSorted()).toEqual(
      expect.arrayContaining(Object.keys(live[0] ?? {}).toSorted()),
    );
  });

  test('searches with what the site requires and hides', async () => {
    const scope = { ...string, default: 'all', ...HIDDEN };
    answer({ [SEARCH_FORM]: required({ scope }) });
    await records();
    expect(sent().at(-1)).toEqual({ scope: 'all' });
  });

  test('shows nothing but the keys of its own when the site does not describe the event', async () => {
    answer({ [DESCRIPTION]: UNREADABLE, ...found({ id: 71, headline: 'Ink' }) });
    expect(await records()).toEqual([MADE_UP]);
    expect(seen()).not.toContain(FIND);
  });

  test('has no key that no run has', async () => {
    answer({
      [DESCRIPTION]: object({ id: integer, headline: string }),
      ...found({ id: 'T-71', headline: 'Ink' }),
    });
    expect(await records()).toEqual([{ id: null, headline: 'Ink', event_key: expect.any(String) }]);
  });

  test('shows a ticket once that is found twice: two records would have one key', async () => {
    answer(found({ id: 71, headline: 'Ink' }, { headline: 'Ink', id: 71 }));
    expect(await records()).toHaveLength(1);
  });

  const tickets = [
    '2026-03-10T14:00:00Z',
    '2026-03-12T14:00:00+14:00',
    undefined,
    '2026-03-12T01:00:00Z',
  ].map((createdOn, n) => ({ id: n, headline: 'x', createdOn }));
  test.each<[string, object, string[]]>([
    ['the newest first by the only time of creation', PAYLOAD, ['3', '1', '0']],
    [
      'as found with two such times',
      object({ ...properties, createdAt: dateTime }),
      ['0', '1', '2'],
    ],
    ['as found without such a time', flat, ['0', '1', '2']],
  ])('shows at most three tickets, %s', async (_, description, ids) => {
    answer({ [DESCRIPTION]: description, ...found(...tickets) });
    expect((await records()).map(({ id }) => id)).toEqual(ids);
  });

  test('shows the newest first by times without an offset, too', async () => {
    const times = ['2026-03-10T14:00:00', '2026-03-12T14:00:00'];
    answer(found(...times.map((createdOn, id) => ({ id, headline: 'x', createdOn }))));
    expect((await records()).map(({ id }) => id)).toEqual(['1', '0']);
  });

  test('says in the form which of the two an owner sees', async () => {
    const { results } = await trigger(NEW, 'inputFields');
    expect(results[0]?.helpText).toMatch(/up to three real tickets .* one made-up event/);
  });
});
