import { beforeEach, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { asObject, list } from '../../src/values.ts';
import { stepsOf } from '../../tools/scripts/published-interface.ts';
import { ask, IN_TEST, refusal, seen, sent, site } from '../helpers/described-site.ts';
import { integer, list as listOf, number, object, string } from '../helpers/schema.ts';
import { call, failure } from '../helpers/zapier.ts';

describe.each([
  ['a test', IN_TEST],
  ['a run', {}],
])('a made-up ID in a field of the site, in %s', (_, meta) => {
  const FORM = 'GET /schema/dynamic-types/UpdateTicketRequest';
  const perform = 'creates.update_ticket.operation.perform';
  const form = object({
    who: { ...integer, title: 'Person' },
    amount: number,
    words: string,
    people: listOf(string),
    rows: listOf(object({ part: { ...integer, title: 'Part' } })),
    inner: object({ ref: { ...string, title: 'Reference' } }),
  });
  beforeEach(() => site.answer({ [FORM]: form }));

  test.each([
    ['Person', { who: '2000005102' }],
    ['Person', { who: 2000005102 }],
    ['Amount', { amount: '2000003102.0' }],
    ['Words', { words: '\n1773129600-example ' }],
    ['Words', { words: 'example~c~2000005101' }],
    ['Words', { words: '1773131700000-8F-example~m~2000000201' }],
    ['People', { people: ['71', 'example~m~2000000202'] }],
    ['Part', { rows: [{ rows__part: '1' }, { rows__part: '2000048213' }] }],
    ['Part', { rows__part: ['1', '2000000201'] }],
    ['Reference', { inner__ref: 'Example ID' }],
  ])('is refused, with the field %j named: %j', async (label, input) => {
    const { message } = await refusal(perform, { ticket_id: 7, ...input }, meta);
    expect(message.startsWith(`"${label}" holds a made-up ID: `)).toBe(true);
    for (const words of ['real ID', 'leave the field empty', 'skip the test', 'Map the field']) {
      expect(message).toContain(words);
    }
    expect(seen()).toEqual([FORM]);
  });

  test.each([
    { who: 2000005104 },
    { words: 'Please call Casey Customer (2000005101).' },
    { words: 'example~c~2000005101,example~m~2000000201' },
    { words: '1773129601-example' },
    { people: ['Casey Customer', 'Example Bakery'] },
  ])('is not what %j is', async (input) => {
    await ask(perform, { ticket_id: 7, ...input }, meta);
    expect(sent()).toEqual([input]);
  });
});

test('no example from a test is sent by an action', async () => {
  const described = object({
    ...{ userId: string, company_ID: integer, Id: integer },
    ...{ memberIds: listOf(number), pick: { enum: [4, 5] } },
    // Nothing is of the type of the one, and nothing is known of the other.
    ...{ half: { ...integer, enum: [1.5] }, odd: { type: 'file' } },
    ...{ teamIDs: listOf(integer), Guid: string },
  });
  site.answer({
    'GET /schema/dynamic-types/ContactDetails': described,
    'GET /schema/dynamic-types/UpdateTicketRequest': described,
  });
  const input = { contact_id: '2000005103' };
  const [found = {}] = (await ask('searches.find_contact.operation.perform', input, IN_TEST))
    .results;
  expect(found).toEqual({
    id: '2000005103',
    ...{ userId: 'Example ID', company_ID: 2000005103, Id: 2000005103 },
    ...{ memberIds: [2000005103], pick: 4, half: null },
    ...{ teamIDs: [2000005103], Guid: 'Example ID' },
  });
  for (const key of ['userId', 'company_ID', 'Id', 'memberIds', 'teamIDs', 'Guid']) {
    const update = { ticket_id: 7, [key]: found[key] };
    const { message } = await refusal('creates.update_ticket.operation.perform', update, IN_TEST);
    expect(message).toContain('" holds a made-up ID: ');
  }
  expect(seen()).not.toContain('PATCH /tickets/7');
});

/** The steps that need an ID, each with its field. Most searches take search fields instead. */
const NEEDY = stepsOf(app).flatMap(({ name, operation }) => {
  const [field = {}] = name.startsWith('triggers.') ? [] : list(operation.inputFields, asObject);
  return field.required === true ? [{ name, field }] : [];
});

describe.each(NEEDY)('$name, whose ID field is empty,', ({ name, field }) => {
  const perform = `${name}.operation.perform`;

  // A HaltedError stops the run, and the Zap stays on.
  test.each([
    ...[undefined, null, '', ' \n', [], ['', null]].map((id) => [id, {}, 'HaltedError'] as const),
    ['', undefined, 'HaltedError'],
    ['', IN_TEST, 'AppError'],
  ])('%j, with the meta data %j, fails with %s', async (id, meta, expected) => {
    const inputData = { [String(field.key)]: id, words: 'Hello', message: 'Hello' };
    const { name, code, message } = await failure(call(perform, { inputData, meta }));
    expect([name, code]).toEqual([expected, 'InvalidId']);
    expect(message).toContain(`The field "${field.label}" is empty.`);
    expect(message).toContain('has no value in this run.');
    expect(site.requests).toEqual([]);
  });
});
