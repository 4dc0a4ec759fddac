import { describe, expect, test } from '@jest/globals';
import { chatSessionOutputFields } from '../../src/chat-session/fields.ts';
import hostileTexts from '../fixtures/hostile-texts.json' with { type: 'json' };
import { call, deliver, failure, NEW_SESSION, STATUS_CHANGED } from '../helpers/zapier.ts';

const texts = Object.entries(hostileTexts);
const KEYS = chatSessionOutputFields([]).map(({ key }) => key);
/** The fields that have a text of a delivery as it came. */
const KEPT = [
  ...['id', 'name', 'type', 'status', 'previous_status', 'past_statuses', 'reference_type'],
  ...['reference_id', 'last_message_id', 'creator_user_id', 'creator_name', 'closed_by_name'],
  ...['creator_company_name', 'creator_company_identifier', 'callback_type', 'close_note'],
  ...['callback_phone', 'callback_note'],
];

describe('a text in every place', () => {
  test.each(texts)('%s', async (_, text) => {
    const user = { name: text, userId: text, company: { name: text, identifier: text } };
    const everywhere = {
      id: text,
      name: text,
      type: text,
      status: text,
      pastStatus: [text],
      reference: { type: text, id: text },
      creator: user,
      callback: { type: text, phone: text, note: text },
      targetUsers: [user],
      closeRecord: { user, note: text },
      users: [user],
      participants: [user],
      lastMessageId: text,
    };
    const names = text.trim() === '' ? null : text;
    const row = {
      user_id: text,
      entity_id: null,
      name: text,
      type: null,
      company_entity_id: null,
      company_name: text,
      company_identifier: text,
    };
    const record = {
      ...Object.fromEntries(KEPT.map((key) => [key, text])),
      ...{ participant_names: names, active_user_names: names, invited_user_names: names },
      ...{ participants: [row], active_users: [row], invited_users: [row] },
    };
    for (const body of [[everywhere], JSON.stringify(everywhere)]) {
      const { results, warnings } = await deliver(body);
      expect(warnings).toEqual([]);
      expect(results).toMatchObject([record]);
      expect(Object.keys(results[0] ?? {})).toEqual(KEYS);
    }
  });
});

describe('names that every object has', () => {
  const JSON_TEXT =
    '[{"id":"a","__proto__":{"name":"evil","status":"evil"},"constructor":{"prototype":{"type":"evil"}},' +
    '"toString":1,"hasOwnProperty":null,"valueOf":"x","length":-1,' +
    '"creator":{"__proto__":{"userId":"x~c~1"},"toString":{}},' +
    '"participants":{"length":1,"0":{"name":"evil"}}}]';

  test.each([
    ['as an object', JSON.parse(JSON_TEXT)],
    ['as text', JSON_TEXT],
  ])('are properties like any others, which nobody reads: %s', async (_, body) => {
    const { results, warnings } = await deliver(body);
    expect(warnings).toEqual([]);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      id: 'a',
      name: null,
      status: null,
      type: null,
      creator_user_id: null,
      contact_user_id: null,
      participants: [{ user_id: null, name: null }],
    });
    expect(Object.keys(results[0] ?? {})).toEqual(KEYS);
    expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
  });

  test('are no values of filters that were not set', async () => {
    const inputData = JSON.parse('{"__proto__":{"statuses":["evil"]},"constructor":["evil"]}');
    expect((await deliver([{ id: 'a' }], { inputData })).results).toHaveLength(1);
  });

  test('name what arrived instead of a session, and nothing else', async () => {
    const body = JSON.parse('{"__proto__":{"id":"secret"},"constructor":"secret","toString":1}');
    const { code, message } = await failure(deliver(body));
    expect(code).toBe('UnusableDelivery');
    expect(message).toContain('with the keys __proto__, constructor, toString');
    expect(message).not.toContain('secret');
  });
});

describe.each([NEW_SESSION, STATUS_CHANGED] as const)('ids of %s', (trigger) => {
  const idsOf = async (ids: string[]) =>
    (
      await deliver(
        ids.map((id) => ({ id })),
        { trigger },
      )
    ).results.map(({ id }) => id);

  test('that every object has as a name are ids like any others', async () => {
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    expect(await idsOf([...ids, ...ids])).toEqual(ids);
  });

  test('that differ in case, or in how a letter is put together, are sessions of their own', async () => {
    const ids = ['abc', 'ABC', 'aBc', 'ß', 'SS', 'ı', 'I', 'é', 'e\u0301'];
    expect(await idsOf(ids)).toEqual(ids);
  });

  test('that are numbers are the same as their text, however that was written', async () => {
    const { results } = await deliver('[{"id":7},{"id":"7"},{"id":7.0},{"id":"07"},{"id":-0}]', {
      trigger,
    });
    expect(results.map(({ id }) => id)).toEqual(['7', '07', '0']);
  });
});

describe('sizes', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test('lists nested 10,000 deep are in nobody’s way', async () => {
    const body = `[{"id":"a","name":"x","extra":${deep(10_000)},"participants":${deep(10_000)},"report":{"creatorWaited":${deep(10_000)}}}]`;
    const { results, warnings } = await call(`triggers.${STATUS_CHANGED}.operation.perform`, {
      rawRequest: { content: body },
    });
    expect(results).toMatchObject([
      { id: 'a', name: 'x', participants: [], participant_count: 0, creator_waited: null },
    ]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['lists', deep(10_000), 'a list without a chat session: entry 1 is a list'],
    ['objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'with the keys a.'],
    ['broken lists', '['.repeat(10_000), 'text of 10000 characters'],
  ])('%s nested 10,000 deep are told as what they are', async (_, content, words) => {
    const { code, message } = await failure(
      call(`triggers.${STATUS_CHANGED}.operation.perform`, { rawRequest: { content } }),
    );
    expect(code).toBe('UnusableDelivery');
    expect(message).toContain(words);
    expect(message.length).toBeLessThan(800);
  });

  test('names of 1 MB come through whole', async () => {
    const name = 'x'.repeat(1024 * 1024);
    const user = { name, userId: 'a~c~1' };
    const { results } = await deliver([{ id: 'a', name, participants: [user, user] }]);
    expect(results).toHaveLength(1);
    expect(results[0]?.name).toBe(name);
    expect(results[0]?.participant_names).toBe(`${name}, ${name}`);
    expect(results[0]?.contact_name).toBe(name);
  });

  test('an id of 1 MB is one, and a key of 1 MB is not told', async () => {
    const long = 'x'.repeat(1024 * 1024);
    expect((await deliver([{ id: long }, { id: long }])).results.map(({ id }) => id)).toEqual([
      long,
    ]);
    expect((await failure(deliver({ [long]: 1 }))).message.length).toBeLessThan(800);
  });
});
