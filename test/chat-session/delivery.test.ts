import { describe, expect, test } from '@jest/globals';
import { call, deliver, failure, NEW_SESSION, STATUS_CHANGED } from '../zapier.ts';

const perform = (bundle: object) =>
  call(`triggers.${STATUS_CHANGED}.operation.perform`, { ...bundle });
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

describe('nothing usable is an error that says what came instead', () => {
  test.each([
    ['null', { cleanedRequest: null }, 'got null.'],
    ['null as JSON text', { cleanedRequest: ' null ' }, 'got null.'],
    ['a number', { cleanedRequest: 42 }, 'got a number.'],
    ['blank text', { cleanedRequest: ' \n' }, 'got nothing.'],
    [
      'an id that is no number',
      { rawRequest: { content: '[{"id":1e400}]' } },
      'an object without an id',
    ],
    ['no text', { cleanedRequest: '' }, 'got nothing.'],
    ['text', { cleanedRequest: 'secret words' }, 'got text of 12 characters.'],
    ['cut JSON', { rawRequest: { content: '[{"id":' } }, 'got text of 7 characters.'],
    ['rubbish, twice', { cleanedRequest: null, rawRequest: { content: 'x' } }, 'got null.'],
    [
      'an object with odd keys',
      { cleanedRequest: { 'a secret': 1, a: 2 } },
      'with the keys a, others.',
    ],
    ['an object without keys', { cleanedRequest: {} }, 'got an object without keys.'],
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
        'entry 4 is a list instead of an object; entry 5 is an object without an id.',
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

  test('however much came, the words stay few', async () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`key_${n}`, n]));
    const { message } = await failure(deliver(keys));
    expect(message).toMatch(/ but got .{600,}…\. Nothing was run\. If this happens again/);
    expect(message.length).toBeLessThanOrEqual(1000);
    // The warning has one range, or only a count when there are too many.
    expect((await failure(deliver(Array(5000).fill(null)))).message).toContain(
      'entries 1–5000 are each null instead of an object.',
    );
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
  ]);

  expect(ids(outcome)).toEqual(['a', '7']);
  expect(outcome.warnings).toEqual([
    'Skipped 3 of 5 entries of a delivery: entry 2 is text instead of an object; ' +
      'entries 3, 5 are each an object without an id.',
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
});
