import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { call, NEW_SESSION, recordOf, STATUS_CHANGED } from '../zapier.ts';

const TRIGGERS = [NEW_SESSION, STATUS_CHANGED] as const;
const listed = (trigger: string, inputData = {}) =>
  call(`triggers.${trigger}.operation.performList`, { inputData });

describe.each(TRIGGERS)('the samples of %s', (trigger) => {
  const { sample, outputFields } = app.triggers[trigger].operation;

  test('are one for each status and a push chat, newest first', async () => {
    const { results } = await listed(trigger);

    expect(new Set(results.map(({ status }) => status))).toEqual(
      new Set(['created', 'handled', 'missed', 'completed', 'callback']),
    );
    expect(results.filter(({ type }) => type === 'push')).toHaveLength(1);
    const times = results.map(({ last_modified_at }) => String(last_modified_at));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('have the keys of a live record, in the order of the output fields', async () => {
    const live = Object.keys(await recordOf({}));
    expect(outputFields?.map((field) => 'key' in field && field.key)).toEqual(live);
    expect(Object.keys(sample ?? {})).toEqual(live);
    const listedKeys = (await listed(trigger)).results.map((record) => Object.keys(record));
    expect(listedKeys).toEqual(Array(6).fill(live));
  });

  test('follow the filters for types and statuses where these leave any', async () => {
    const { results } = await listed(trigger, { session_types: 'push', company_ids: [1] });
    expect(results.map(({ type }) => type)).toEqual(['push']);
    expect((await listed(trigger, { session_types: ['video'] })).results).toHaveLength(6);
  });

  test('name no real person, site or phone', async () => {
    const text = JSON.stringify((await listed(trigger)).results);
    expect(text).not.toMatch(/@|https?:|deskdirector/i);
    expect(text.match(/\+1 [\d-]+/g)?.every((phone) => /^\+1 \d{3}-555-01\d\d$/.test(phone))).toBe(
      true,
    );
  });
});

test('the status filter applies where there is one', async () => {
  const { results } = await listed(STATUS_CHANGED, { statuses: ['missed', 'callback'] });
  expect(results.map(({ status }) => status)).toEqual(['callback', 'missed']);
});

test('the static sample is the fullest: a row in every list, and null only where a technician has no company', () => {
  const { sample = {} } = app.triggers[STATUS_CHANGED].operation;
  const empty = Object.entries(sample).filter(
    ([, value]) => value === null || (Array.isArray(value) && value.length === 0),
  );
  expect(empty.map(([key]) => key)).toEqual([
    'member_company_entity_id',
    'member_company_name',
    'member_company_identifier',
    'closed_by_company_entity_id',
    'closed_by_company_name',
    'closed_by_company_identifier',
  ]);
});
