import { beforeAll, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { isMadeUp } from '../../src/chat-session/made-up.ts';
import { asObject, list } from '../../src/values.ts';
import { call, deliver, NEW_SESSION, recordOf, STATUS_CHANGED } from '../helpers/zapier.ts';

const TRIGGERS = [NEW_SESSION, STATUS_CHANGED] as const;
const SAMPLE_COUNTS = { [NEW_SESSION]: 3, [STATUS_CHANGED]: 5 };
const listed = (trigger: string, inputData = {}) =>
  call(`triggers.${trigger}.operation.performList`, { inputData });

describe.each(TRIGGERS)('the samples of %s', (trigger) => {
  const { sample, outputFields } = app.triggers[trigger].operation;

  test('are the newest first', async () => {
    const { results } = await listed(trigger);
    const times = results.map(({ last_modified_at }) => String(last_modified_at));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('have the keys of a live record, in the order of the output fields', async () => {
    const live = Object.keys(await recordOf({}));
    expect(outputFields?.map((field) => 'key' in field && field.key)).toEqual(live);
    expect(Object.keys(sample ?? {})).toEqual(live);
    const listedKeys = (await listed(trigger)).results.map((record) => Object.keys(record));
    expect(listedKeys).toEqual(Array(SAMPLE_COUNTS[trigger]).fill(live));
  });

  test('follow the filters for types and statuses where these leave any', async () => {
    const chosen = { session_types: 'push', statuses: 'handled', company_ids: [1] };
    const { results } = await listed(trigger, chosen);
    expect(results).toMatchObject([{ type: 'push', status: 'handled' }]);
    const all = (await listed(trigger)).results;
    expect((await listed(trigger, { session_types: ['video'] })).results).toEqual(all);
  });

  test('name no real person, site or phone', async () => {
    const text = JSON.stringify((await listed(trigger)).results);
    expect(text).not.toMatch(/@|https?:|deskdirector/i);
    expect(text.match(/\+1 [\d-]+/g)?.every((phone) => /^\+1 \d{3}-555-01\d\d$/.test(phone))).toBe(
      true,
    );
  });
});

describe('the made-up IDs', () => {
  const idsIn = (value: unknown): string[] =>
    Object.entries(asObject(value)).flatMap(([key, inner]) =>
      /(?:^|_)id$/.test(key) && inner !== null
        ? String(inner)
        : list(inner, asObject).flatMap(idsIn),
    );
  const samples = [app.triggers, app.searches, app.creates].flatMap((steps) =>
    Object.values(asObject(steps)).map((step) => asObject(asObject(step).operation).sample),
  );
  let ids: string[];
  beforeAll(async () => {
    const chats = await Promise.all(TRIGGERS.map((trigger) => listed(trigger)));
    ids = [...samples, ...chats.flatMap(({ results }) => results)].flatMap(idsIn);
  });

  test('are those of no site: too large for one, or marked as an example', () => {
    const numbers = ids.filter((id) => /^\d+$/.test(id)).map(Number);
    expect(numbers.filter((id) => id < 2_000_000_000 || id >= 2 ** 31)).toEqual([]);
    const texts = ids.filter((id) => !/^\d+$/.test(id));
    expect(texts.filter((id) => !id.includes('example'))).toEqual([]);
    expect(texts).toContain('1773129600-example');
  });

  test('are all on the list', () => {
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => !isMadeUp(id))).toEqual([]);
  });

  test.each([
    ...[undefined, null, '', 0, true, [], ['2000005101'], {}],
    ...[71, 1001, 48190, '48190', '1773129600-1006', 2000005104, 2 ** 31 - 1],
    ...['of 2000005101', '2000005101,2000005102', 'acme~c~2000005101', 'Example Bakery'],
  ])('are none of %j', (id) => {
    expect(isMadeUp(id)).toBe(false);
  });

  test('are each of one chat', async () => {
    for (const trigger of TRIGGERS) {
      const chats = (await listed(trigger)).results.map(({ id }) => id);
      expect(new Set(chats).size).toBe(chats.length);
    }
  });

  test.each(TRIGGERS)('are in no run that DeskDirector started: %s', async (trigger) => {
    const { results } = await deliver(
      [
        { id: '1', name: 'x' },
        { id: 2, users: [{}] },
      ],
      { trigger },
    );
    expect(JSON.stringify(results)).not.toMatch(/example|20{4}/i);
    expect(results).toHaveLength(2);
  });
});

test('the samples of new chats are chats that have just begun', async () => {
  const { results } = await listed(NEW_SESSION);
  expect(results.map(({ status, type }) => [status, type])).toEqual([
    ['callback', 'request'],
    ['handled', 'push'],
    ['created', 'request'],
  ]);
  for (const record of results) {
    expect(record).toMatchObject({
      past_statuses: null,
      closed_at: null,
      closed_by_user_id: null,
      seconds_to_closed: null,
      last_modified_at: record.created_at,
    });
  }
});

test('the samples of changed chats are one for each status that a chat changes to, and a push chat', async () => {
  const { results } = await listed(STATUS_CHANGED);
  expect(new Set(results.map(({ status }) => status))).toEqual(
    new Set(['handled', 'missed', 'completed', 'callback']),
  );
  expect(results.filter(({ type }) => type === 'push')).toHaveLength(1);
});

const emptyIn = (sample: object = {}) =>
  Object.entries(sample).flatMap(([key, value]) =>
    value === null || (Array.isArray(value) && value.length === 0) ? key : [],
  );
const noCompany = (person: string) =>
  ['entity_id', 'name', 'identifier'].map((name) => `${person}_company_${name}`);

test('the static sample of changed chats has a value wherever DeskDirector gives one', () => {
  expect(emptyIn(app.triggers[STATUS_CHANGED].operation.sample)).toEqual([
    ...noCompany('member'),
    ...noCompany('closed_by'),
  ]);
});

test('the static sample of new chats has a value wherever a chat can have one when it begins', async () => {
  const { sample } = app.triggers[NEW_SESSION].operation;
  expect((await listed(NEW_SESSION)).results).toContainEqual(sample);
  expect(emptyIn(sample)).toEqual([
    ...['previous_status', 'past_statuses', 'handled_at', 'closed_at'],
    ...['seconds_to_handled', 'seconds_handled_to_closed', 'seconds_to_closed'],
    ...['creator_waited', 'chat_duration'],
    ...noCompany('member'),
    ...['user_id', 'entity_id', 'name', 'type'].map((name) => `closed_by_${name}`),
    ...noCompany('closed_by'),
    ...['close_note', 'close_record_modified_at', 'member_names'],
  ]);
});
