import { describe, expect, test } from '@jest/globals';
import { call, deliver, failure, NEW_SESSION, STATUS_CHANGED } from '../helpers/zapier.ts';

const perform = (bundle: object) => call(`triggers.${STATUS_CHANGED}.operation.perform`, bundle);
const ids = ({ results }: { results: Record<string, unknown>[] }) => results.map(({ id }) => id);

describe('a delivery may arrive as', () => {
  const session = { id: 'a' };
  test.each([
    ['an array', { cleanedRequest: [session] }],
    ['a single session', { cleanedRequest: session }],
    ['an array as JSON text', { cleanedRequest: ' [{"id":"a"}]\n' }],
    ['a single session as JSON text', { cleanedRequest: '\uFEFF{"id":"a"}' }],
    [
      'a form, by its content type',
      { cleanedRequest: { '[{"id":"a"}]': '' }, rawRequest: { content: '[{"id":"a"}]' } },
    ],
    ['only the raw body', { rawRequest: { content: '[{"id":"a"}]' } }],
  ])('%s', async (_, bundle) => {
    expect(ids(await perform(bundle))).toEqual(['a']);
  });

  test('an empty array, which is no event', async () => {
    expect(await deliver([])).toEqual({ results: [], warnings: [] });
  });
});

test.each([
  ['nothing but an id', { id: 'a' }],
  ['nothing but an id and a type', { id: 'a', type: 'push' }],
  ['a documented property among others', { id: 'a', score: 1, data: {}, pastStatus: null }],
  ['a name among others', { id: 'a', type: 'x', name: 'Chat', data: {} }],
  ['an id that is 0', { id: 0, status: 'handled' }],
  ['an id of a space', { id: ' ' }],
])('an object with %s is a session', async (_, session) => {
  expect(ids(await deliver(session))).toEqual([String(session.id)]);
  expect(await deliver([session])).toMatchObject({ results: [{}], warnings: [] });
});

describe('nothing usable is an error that says what came instead', () => {
  test.each([
    ['null', { cleanedRequest: null }, 'got null.'],
    ['a number', { cleanedRequest: 42 }, 'got a number.'],
    ['blank text', { cleanedRequest: ' \n' }, 'got nothing.'],
    [
      'an id that is no number',
      { rawRequest: { content: '[{"id":1e400}]' } },
      'an object without an id',
    ],
    ['cut JSON', { rawRequest: { content: '[{"id":' } }, 'got text of 7 characters.'],
    ['rubbish, twice', { cleanedRequest: null, rawRequest: { content: 'x' } }, 'got null.'],
    [
      'an object with odd keys',
      { cleanedRequest: { 'a secret': 1, a: 2 } },
      'with the keys a, others.',
    ],
    [
      'an object',
      { cleanedRequest: { name: 'secret words', id: '' } },
      'got an object without an id, with the keys name, id.',
    ],
    [
      'an array without a session',
      { cleanedRequest: [null, 'secret words', 7, [], { id: {} }, null] },
      'got a list without a chat session: entries 1, 6 are each null instead of an object; ' +
        'entry 2 is text instead of an object; entry 3 is a number instead of an object; ' +
        'entry 4 is a list instead of an object; entry 5 is an object without an id, with the keys id.',
    ],
  ])('%s', async (_, bundle, words) => {
    const { name, message, code } = await failure(perform(bundle));
    expect(message).toContain(words);
    expect(message).toContain(
      'Nothing was run. If this happens again, turn the Zap off and on, then tell ' +
        "DeskDirector's support.",
    );
    expect(message).not.toContain('secret');
    expect({ name, code }).toEqual({ name: 'AppError', code: 'UnusableDelivery' });
  });

  test.each<[string, unknown, string]>([
    [
      'a ping',
      { id: 42, hook_id: 7 },
      'an object that is no chat session, with the keys id, hook_id',
    ],
    [
      'an envelope',
      { event: 'x', data: { id: 'a' } },
      'an object without an id, with the keys event, data',
    ],
    [
      'an envelope with an id and a type',
      { id: 'a', type: 'chat', data: { id: 'b', status: 'secret' } },
      'an object that is no chat session, with the keys id, type, data',
    ],
    [
      'names in another case',
      { id: 'a', Status: 'secret', Name: 'secret' },
      'an object that is no chat session, with the keys id, Status, Name',
    ],
    [
      'a name that the app alone uses',
      { id: 'a', lastMessage: 'secret' },
      'with the keys id, lastMessage',
    ],
    [
      'a list in an object',
      { results: [{ id: 'a' }], totalResults: 1 },
      'with the keys results, totalResults',
    ],
    ['an empty object', {}, 'an object without keys'],
    [
      'a list of pings',
      [{ id: 42, hook_id: 7 }, { 'a secret': 1, id: 43 }, { zen: 'secret' }],
      'entries 1–2 are each an object that is no chat session; entry 3 is an object without an id, ' +
        'with the keys id, hook_id, zen, others.',
    ],
  ])('%s is no session, alone and as text', async (_, body, words) => {
    for (const cleanedRequest of [body, JSON.stringify(body)]) {
      const { message, code } = await failure(perform({ cleanedRequest }));
      expect(message).toContain(words);
      expect(message).not.toContain('secret');
      expect(code).toBe('UnusableDelivery');
    }
  });

  test('however much came, the words stay few', async () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`key_${n}`, n]));
    const { message } = await failure(deliver(keys));
    expect(message).toMatch(/ but got .{600,}…\. Nothing was run\. If this happens again/);
    expect(message.length).toBeLessThanOrEqual(1000);
    const kinds = [null, 'x', 7, [], {}, true];
    const mixed = Array.from({ length: 6000 }, (_, n) => kinds[n % kinds.length]);
    const told = (await failure(deliver(mixed))).message;
    expect(told).toMatch(/entries 1, 7, 13(?:, \d+)+ and 9\d\d more are each null instead/);
    expect(told).toMatch(
      /and 9\d\d more are each a boolean instead of an object\. Nothing was run/,
    );
    expect(told.length).toBeLessThanOrEqual(1000);
  });
});

test('no delivery at all points to the demo, and never becomes samples', async () => {
  const { message, code } = await failure(perform({}));
  expect(message).toBe(
    'This trigger runs when DeskDirector delivers chat sessions to its webhook, and there was no ' +
      'delivery. To see it work on your machine, run "npm run demo".',
  );
  expect(code).toBe('NoDelivery');
});

test('good entries run; each bad one is named by position and reason, without its content', async () => {
  const outcome = await deliver([
    { id: 'a' },
    'secret',
    { name: 'secret' },
    { id: 7 },
    { id: true },
    { id: 42, hook_id: 'secret' },
  ]);

  expect(ids(outcome)).toEqual(['a', '7']);
  expect(outcome.warnings).toEqual([
    'Skipped 4 of 6 entries of a delivery: entry 2 is text instead of an object; ' +
      'entries 3, 5 are each an object without an id; entry 6 is an object that is no chat session.',
  ]);
});

test('neighbours are named as a range, and the warning stays short', async () => {
  const good = { id: 'a' };
  const bad = Array.from({ length: 18 }, () => null);
  expect((await deliver([good, good, ...bad, good, good, good, good, null])).warnings).toEqual([
    'Skipped 19 of 25 entries of a delivery: entries 3–20, 25 are each null instead of an object.',
  ]);

  const everyOther = Array.from({ length: 10_000 }, (_, n) => (n % 2 === 0 ? good : null));
  const { results, warnings } = await deliver(everyOther);
  expect(results).toHaveLength(1);
  expect(warnings).toEqual([
    expect.stringMatching(
      /: entries 2, 4, 6, .+ and \d{4} more are each null instead of an object\.$/,
    ),
  ]);
  expect(warnings[0]?.length).toBeLessThanOrEqual(1000);
});

describe('the same session twice in one delivery', () => {
  const first = { id: 'a', status: 'handled', lastModifiedDateTime: '2026-01-01T00:00:00Z' };

  test('with two statuses is two status changes, in order', async () => {
    const { results } = await deliver([first, { ...first, status: 'completed' }]);
    expect(results.map(({ status }) => status)).toEqual(['handled', 'completed']);
  });

  test('with the same status again later is two status changes', async () => {
    const later = { ...first, lastModifiedDateTime: '2026-01-01T00:00:01Z' };
    expect((await deliver([first, later])).results).toHaveLength(2);
  });

  test('unchanged is one status change: the last of the two', async () => {
    const { results } = await deliver([
      { ...first, name: 'old' },
      { id: 'b' },
      { ...first, name: 'new' },
    ]);
    expect(results.map(({ id, name }) => [id, name])).toEqual([
      ['b', null],
      ['a', 'new'],
    ]);
  });

  test('is one new session, whatever its status', async () => {
    const { results } = await deliver([first, { ...first, status: 'completed' }], {
      trigger: NEW_SESSION,
    });
    expect(results.map(({ status }) => status)).toEqual(['completed']);
  });

  const at = (time: string | null, status: string) => ({
    id: 'a',
    status,
    lastModifiedDateTime: time,
  });
  test.each([
    ['the later one, which came first', ['2026-01-01T00:00:02Z', '2026-01-01T00:00:01Z'], 'first'],
    [
      'the last of two at the same time',
      ['2026-01-01T00:00:01Z', '2026-01-01T00:00:01Z'],
      'second',
    ],
    ['by the time in UTC', ['2026-01-01T01:00:00Z', '2026-01-01T02:00:00+02:00'], 'first'],
    ['the last one without readable times', ['2026-01-02', 'yesterday'], 'second'],
    ["the last one with .NET's no time", ['0001-01-01T00:00:00', '0001-01-01T00:00:00Z'], 'second'],
    ['the only one with a readable time', ['2026-01-01T00:00:01Z', 'later'], 'first'],
    ['the only one with a readable time, also last', [null, '2026-01-01T00:00:01Z'], 'second'],
  ])('is %s', async (_, [one = null, other = null], kept) => {
    const body = [at(one, 'first'), { id: 'b' }, at(other, 'second')];
    const { results } = await deliver(body, { trigger: NEW_SESSION });
    const ids = kept === 'first' ? ['a', 'b'] : ['b', 'a'];
    expect(results.map(({ id }) => id)).toEqual(ids);
    expect(results.find(({ id }) => id === 'a')).toMatchObject({ status: kept });
  });

  test.each([
    ['created', ['created']],
    ['callback', []],
  ])('is chosen among those that pass the filters: %s', async (statuses, expected) => {
    const waiting = { ...first, status: 'created' };
    const taken = { ...first, lastModifiedDateTime: '2026-01-01T00:00:09Z' };
    for (const body of [
      [waiting, taken],
      [taken, waiting],
    ]) {
      const { results } = await deliver(body, { trigger: NEW_SESSION, inputData: { statuses } });
      expect(results.map(({ status }) => status)).toEqual(expected);
    }
  });
});
