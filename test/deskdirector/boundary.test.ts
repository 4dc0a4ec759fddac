import { afterAll, describe, expect, test } from '@jest/globals';
import { Answer, startPreparedSite } from '../helpers/prepared-site.ts';
import { KEY, SPELLINGS } from '../helpers/spellings.ts';
import { call, failure, STATUS_CHANGED } from '../helpers/zapier.ts';

/*
 * What a site sends passes one boundary. It holds back the key, in whatever way the site writes it, and
 * what is nested too deeply.
 */

const DETAILS = { properties: { id: { type: 'integer' }, note: { type: 'string' } } };
const site = await startPreparedSite({ 'GET /schema/dynamic-types/ContactDetails': DETAILS }, {});
afterAll(() => site.stop());

const run = <T = Record<string, unknown>[]>(method: string, bundle: object = {}, apiKey = KEY) =>
  call<T>(method, { authData: { ...site.authData, apiKey }, ...bundle });
const findContact = (answer: unknown, apiKey?: string) => {
  site.answer({ 'GET /contacts/7': answer });
  const inputData = { contact_id: 7 };
  return run('searches.find_contact.operation.perform', { inputData }, apiKey);
};
const boards = (answer: unknown) => {
  site.answer({ 'GET /service/boards': answer });
  return run('triggers.board_list.operation.perform');
};
const PASSED_ON = 'Not passed on from an answer of support.deskdirector.com: ';

describe('a text that holds the key becomes …, and the log names the property', () => {
  test.each(SPELLINGS)('%s', async (_, written) => {
    const { results, warnings } = await findContact({
      id: 7,
      note: `The key is ${written}`,
      inner: { list: ['plain', written] },
    });
    expect(results).toEqual([{ id: '7', note: '…', inner: { list: ['plain', '…'] } }]);
    expect(warnings).toEqual([
      expect.stringMatching(/^Not passed on from an answer .*: note \(.*, inner\.list\.1 \(/),
    ]);
  });

  test.each([
    ['seven characters of it', 'isable+'],
    ['letters in a row', 'x'.repeat(100_000)],
    ['words that are hard to decode', Array.from({ length: 900 }, (_, n) => `${n}longer`).join()],
    ['a word that looks like HTML', 'AT&T; is no carrier, nor is B&B; see /x?a=1&copy=2'],
    ['a long word', 'Internationalisation-unsupported-by-this-endpoint'],
    ['an escape in many escapes', `%${'25'.repeat(20)}41`],
    [
      'base64 of base64 without an end',
      Array.from({ length: 30_000 }, (_, n) => 'ABEFQRUV'[(n * n * 7 + (n >> 3)) % 8]).join(''),
    ],
    ['a picture', `data:image/png;base64,${'iVBORw0KGgo'.repeat(1_000)}`],
  ])('a text that holds %s stays', async (_, note) => {
    const { results, warnings } = await findContact({ id: 7, note });
    expect(results).toEqual([{ id: '7', note }]);
    expect(warnings).toEqual([]);
  });

  test('a key of seven characters is not searched for', async () => {
    const { results } = await findContact({ id: 7, note: 'k3y-abc' }, 'k3y-abc');
    expect(results).toEqual([{ id: '7', note: 'k3y-abc' }]);
  });

  test('the log tells neither the key nor more than a few of very many places', async () => {
    const notes = Array.from({ length: 5_000 }, (_, n) => `${n} ${KEY}`);
    const { results, warnings } = await findContact({ id: 7, notes, ['x'.repeat(5_000)]: KEY });
    expect(results).toMatchObject([{ notes: notes.map(() => '…') }]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.length).toBeLessThan(1_000);
  });

  test('also when a path of names would spell it', async () => {
    const apiKey = 'first.second.third';
    const { warnings } = await findContact({ id: 7, first: { second: { third: apiKey } } }, apiKey);
    expect(warnings).toEqual([`${PASSED_ON}… (it holds your API key or a token).`]);
  });
});

describe('what would be sent back is left out', () => {
  test.each<[string, unknown, unknown]>([
    ['an ID', { id: KEY, note: 'x' }, { id: '7', note: 'x' }],
    ['the ID of another thing', { id: 7, ticketId: KEY }, { id: '7', note: null, ticketId: null }],
    ['IDs', { id: 7, boardIds: [1, KEY] }, { id: '7', note: null, boardIds: [1, null] }],
    [
      'the name of a property',
      { id: 7, [KEY]: 'x', a: { [`x${KEY}`]: 1 } },
      { id: '7', note: null, a: {} },
    ],
    [
      'the name that every object has',
      JSON.parse(`{"id":7,"__proto__":"${KEY.replace('"', '\\"')}"}`),
      JSON.parse('{"id":"7","note":null,"__proto__":"…"}'),
    ],
  ])('%s in a result', async (_, answer, result) => {
    const { results, warnings } = await findContact(answer);
    expect(results).toEqual([result]);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('recognis');
  });

  test('an entry of a list, by its ID; its name is hidden, and other properties are left out', async () => {
    const { results, warnings } = await boards({
      results: [
        { id: KEY, name: 'Gone' },
        { id: 2, name: `Board ${KEY}`, code: encodeURIComponent(KEY), kind: 'x' },
      ],
    });
    expect(results).toEqual([{ id: '2', name: '…', kind: 'x' }]);
    expect(warnings[0]).toMatch(
      /: results\.0\.id \(.*, results\.1\.name \(.*, results\.1\.code \(/,
    );
  });

  test('all entries of a list', async () => {
    expect((await boards({ results: [{ id: KEY }] })).results).toEqual([]);
  });

  test('the ID of a subscription; its token stays, whatever it holds', async () => {
    const subscribed = (answer: Answer) => {
      site.answer({
        'GET /chat-webhook-events': { results: [{ id: 1, name: 'Chat Session Status Changed' }] },
        'POST /chat-workflows': answer,
      });
      const method = `triggers.${STATUS_CHANGED}.operation.performSubscribe`;
      return run<object>(method, { targetUrl: 'https://hooks.example.com/1' });
    };
    const written = encodeURIComponent(KEY);
    const token = 'a-token-of-the-site';
    const body = JSON.stringify({ id: 'abc', token });
    const located = (location: string) => subscribed(new Answer(body, 201, { location }));
    expect((await located(`/chat-workflows/5?key=${written}&token=x`)).results).toEqual({
      id: '5',
      token: 'x',
    });
    expect((await located(`/chat-workflows/${written}?token=x`)).results).toEqual({
      id: 'abc',
      token: 'x',
    });
    expect((await located(`/chat-workflows/5?token=${written}`)).results).toEqual({
      id: '5',
      token: KEY,
    });
    expect((await subscribed(new Answer(JSON.stringify({ id: 5, token: KEY })))).results).toEqual({
      id: '5',
      token: KEY,
    });
    for (const answer of [JSON.stringify({ id: KEY }), JSON.stringify(KEY)]) {
      const { code, message } = await failure(subscribed(new Answer(answer, 201)));
      expect(code).toBe('NoSubscriptionId');
      expect(message).not.toContain('recognis');
    }
  });
});

describe('of the description of a form, only the part that holds the key is left out', () => {
  const METHOD = 'creates.update_ticket.operation';
  const describedBy = (schema: unknown, types = {}) =>
    site.answer({ 'GET /schema/dynamic-types/UpdateTicketRequest': schema, ...types });
  async function fields(schema: unknown, types = {}) {
    describedBy(schema, types);
    const { results, warnings } = await run(`${METHOD}.inputFields`, {
      inputData: { ticket_id: 7 },
    });
    expect(JSON.stringify([results, warnings])).not.toContain('recognis');
    const note = String(results.at(-1)?.helpText);
    return { fields: results.slice(1).filter(({ type }) => type !== 'copy'), note, warnings };
  }
  async function sent(schema: unknown, inputData = {}) {
    describedBy(schema, { 'PATCH /tickets/7': { id: 7 } });
    await run(`${METHOD}.perform`, { inputData: { ticket_id: 7, a: 'x', ...inputData } });
    return JSON.parse(site.requests.find(({ method }) => method === 'PATCH')?.body ?? '');
  }
  const a = { type: 'string', title: 'A' };
  const part = '(it holds your API key or a token)';

  test('a label', async () => {
    const written = encodeURIComponent(KEY);
    const b = { type: 'string', title: written };
    const shown = await fields({
      properties: { a: { ...a, description: `Use ${written}` }, b },
    });
    expect(shown.fields).toMatchObject([
      { key: 'a', label: 'A', helpText: '…' },
      { key: 'b', label: '…' },
    ]);
    expect(shown.warnings).toHaveLength(1);
  });

  const choices = (...all: object[]) => [{ choices: all }];
  const dynamic = { operationId: 'ListBoards', 'value-path': KEY };

  test.each<[string, object, object[], string]>([
    ['the name of a property', { [KEY]: a, a }, [{ key: 'a' }], '…'],
    [
      'a choice',
      { a: { ...a, enum: ['x', KEY, 'z'], 'x-enumNames': ['X', 'Y', 'Z'] } },
      choices({ value: 'x', label: 'X' }, { value: 'z', label: 'Z' }),
      'a',
    ],
    [
      'a choice among alternatives',
      { a: { title: 'A', oneOf: [{ const: 'x' }, { const: KEY, title: 'Y' }, { const: 'z' }] } },
      choices({ value: 'x' }, { value: 'z' }),
      'a',
    ],
    [
      'a default',
      { in: { properties: { a: { ...a, default: KEY } } } },
      [{ key: 'in__a' }],
      'in.a',
    ],
    ['the path of a value', { a: { ...a, 'x-ms-dynamic-values': dynamic } }, [{ key: 'a' }], 'a'],
    ['a reference', { a, b: { $ref: `#/definitions/${KEY}` } }, [{ key: 'a' }], 'b'],
  ])('%s', async (_, properties, expected, place) => {
    const shown = await fields({ properties });
    expect(shown.fields).toMatchObject(expected);
    for (const field of shown.fields) expect(field).not.toHaveProperty('default');
    expect(shown.note).toContain(`a part of “${place}” ${part}`);
  });

  test('the name of a choice', async () => {
    const named = { a: { ...a, enum: ['x', 'y'], 'x-enumNames': ['X', KEY] } };
    const shown = await fields({ properties: named });
    expect(shown.fields).toMatchObject(
      choices({ value: 'x', label: 'X' }, { value: 'y', label: '…' }),
    );
  });

  test('a part of a type that the description names', async () => {
    const parameters = { typeId: 'Other' };
    const where = { 'x-ms-dynamic-properties': { operationId: 'GetDynamicSchema', parameters } };
    const other = { properties: { b: a, [KEY]: a } };
    const shown = await fields({ properties: { a, where } }, { '/dynamic-types/Other': other });
    expect(shown.fields).toMatchObject([{ key: 'a' }, { key: 'where__b' }]);
    expect(shown.note).toContain(`a part of “…” ${part}`);
  });

  test.each<[string, object]>([
    ['const', { const: KEY }],
    ['default', { default: KEY }],
    ['default within an object', { default: { title: KEY, other: 'x' } }],
    ['only choice', { enum: [KEY] }],
  ])('the %s of a hidden property is not sent', async (_, value) => {
    const hidden = { 'x-ms-visibility': 'internal', ...value };
    const schema = {
      properties: { a, hidden, other: { 'x-ms-visibility': 'internal', default: 1 } },
      required: ['other'],
    };
    expect(await sent(schema)).toEqual({ a: 'x', other: 1 });
    const { message } = await failure(sent({ ...schema, required: ['hidden'] }));
    expect(message).toContain('requires "Hidden"');
  });

  test('a required property is not missed when its name is left out', async () => {
    expect(await sent({ properties: { a, [KEY]: a }, required: ['a', KEY] })).toEqual({ a: 'x' });
  });
});

describe('what lies deeper than 100 levels is left out', () => {
  const deep = (levels: number, open: string, close: string) =>
    `${open.repeat(levels)}1${close.repeat(levels)}`;
  const KINDS: [string, string, string][] = [
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['lists of objects', '[{"a":', '}]'],
  ];
  const DEEP = /^Not passed on from an answer of \S+: .*\(it lies deeper than 100 levels\)\.$/;

  test.each(KINDS)('20,000 nested %s in what was found', async (_, open, close) => {
    const part = deep(20_000, open, close);
    const answer = `{"id":7,"note":${part},"extra":${part},"last":1}`;
    const { results, warnings } = await findContact(new Answer(answer));
    expect(results).toMatchObject([{ id: '7', note: null, last: 1 }]);
    expect(warnings).toContainEqual(expect.stringMatching(DEEP));
  });

  const DEEP_PART = deep(20_000, '[{"a":', '}]');

  test('in the answer to an action that was done', async () => {
    for (const answer of [DEEP_PART, `{"id":8,"x":${DEEP_PART}}`]) {
      site.answer({
        'GET /schema/dynamic-types/UpdateTicketRequest': { properties: { a: { type: 'string' } } },
        'GET /schema/dynamic-types/TicketDetails': DETAILS,
        'PATCH /tickets/7': new Answer(answer),
      });
      const inputData = { ticket_id: 7, a: 'x' };
      const { results, warnings } = await run<object>('creates.update_ticket.operation.perform', {
        inputData,
      });
      expect(results).toMatchObject({ note: null });
      expect(warnings).toEqual([expect.stringMatching(DEEP)]);
    }
  });

  test('in an entry of a list', async () => {
    const answer = `{"results":[{"id":1,"name":"x"},{"id":2,"more":${DEEP_PART}}]}`;
    expect((await boards(new Answer(answer))).results).toMatchObject([{ id: '2' }, { id: '1' }]);
  });

  test.each([
    ['properties', '{"type":"object","properties":{"a":', '}}'],
    ['items', '{"type":"array","items":', '}'],
    ['allOf', '{"allOf":[', ']}'],
    ['a default', '{"type":"string","default":[', ']}'],
    ['a parameter', '{"x-ms-dynamic-values":{"operationId":"ListStatuses","parameters":', '}}'],
  ])('5,000 levels of %s in a description; its neighbours stay', async (_, open, close) => {
    const part = deep(5_000, open, close);
    const schema = new Answer(`{"properties":{"a":{"type":"string"},"deep":${part}}}`);
    site.answer({
      'GET /schema/dynamic-types/UpdateTicketRequest': schema,
      'GET /schema/dynamic-types/TicketDetails': schema,
      'PATCH /tickets/7': { a: 'y' },
    });
    const inputData = { ticket_id: 7, a: 'x' };
    const form = await run('creates.update_ticket.operation.inputFields', { inputData });
    expect(form.results[1]).toMatchObject({ key: 'a' });
    expect(form.results.at(-1)?.helpText).toMatch(
      /Left out: .*a part of “deep.*” \(it lies deeper than 100 levels\)\.$/,
    );
    const outputs = await run('creates.update_ticket.operation.outputFields');
    expect(outputs.results).toContainEqual(expect.objectContaining({ key: 'a' }));
    const done = await run('creates.update_ticket.operation.perform', { inputData });
    expect(done.results).toMatchObject({ id: '7', a: 'y' });
  });

  test('100 levels stay', async () => {
    const extra = JSON.parse(deep(99, '[', ']'));
    expect((await findContact({ id: 7, extra })).results).toMatchObject([{ extra }]);
  });

  // The platform itself fails for input with 5,000 levels.
  test('2,000 nested lists or objects as input are no value of a field', async () => {
    const b = { type: 'array', items: { properties: { c: { type: 'string' } } } };
    site.answer({
      'GET /schema/dynamic-types/UpdateTicketRequest': { properties: { a: { type: 'string' }, b } },
    });
    const lists = JSON.parse(deep(2_000, '[', ']'));
    const objects = JSON.parse(deep(2_000, '{"a":', '}'));
    for (const inputData of [
      { a: lists },
      { a: objects },
      { b__c: lists },
      { b: [{ b__c: objects }] },
      { ticket_id: lists },
    ]) {
      const refused = run('creates.update_ticket.operation.perform', {
        inputData: { ticket_id: 7, ...inputData },
      });
      expect((await failure(refused)).name).toBe('AppError');
    }
  });
});
