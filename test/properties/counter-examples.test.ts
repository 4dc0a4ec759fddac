import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toInputFields } from '../../src/site-form/input-fields.ts';
import { offerList } from '../../src/site-form/lists.ts';
import { startPreparedSite } from '../helpers/prepared-site.ts';
import { call } from '../helpers/zapier.ts';
import { bodyOf, complaints, formOf, OWN, SESSION_ID } from './fields.ts';

/* Inputs that once broke a property. */

const fixture = (name: string) =>
  JSON.parse(readFileSync(`test/fixtures/counter-examples-${name}.json`, 'utf8'));

interface SchemaExample {
  schema: { properties: object };
  input: Record<string, unknown>;
  /** The body that is sent; left out when an error that names a field is fine, too. */
  body?: object;
}
const deep = (open: string, close: string) =>
  JSON.parse(`${open.repeat(10_000)}1${close.repeat(10_000)}`);
const odd = (schema: object) => ({ schema: { properties: { odd: schema } }, input: {} });
const schemas: [string, SchemaExample][] = [
  ...Object.entries<SchemaExample>(fixture('schemas')),
  ['a type nested 10,000 deep', odd({ type: deep('[', ']') })],
  ['a choice nested 10,000 deep', odd({ type: 'string', enum: [deep('[', ']')] })],
  ['a default nested 10,000 deep', odd({ type: 'string', default: deep('{"a":', '}') })],
];

describe('a schema with one odd property', () => {
  test.each(schemas)('%s: the others are shown and sent', (_, { schema, input, body }) => {
    const good = { good: { type: 'string' } };
    const form = formOf({ ...schema, properties: { ...good, ...schema.properties } });
    if (form === null) throw new Error('This is no form.');
    const { normal, advanced } = toInputFields(form, OWN, offerList);
    const fields = [...normal, ...advanced];
    expect(fields.map(({ key }) => key)).toContain('good');
    expect(complaints([SESSION_ID, ...fields])).toEqual([]);
    const sent = bodyOf(form, { good: 'x', ...input });
    if (body !== undefined || sent !== undefined)
      expect(sent).toMatchObject({ good: 'x', ...body });
  });
});

describe('an odd answer of the API', () => {
  let site: Awaited<ReturnType<typeof startPreparedSite>>;
  beforeAll(async () => {
    site = await startPreparedSite({}, {});
  });
  afterAll(() => site.stop());

  interface AnswerExample {
    method: string;
    path: string;
    answer: unknown;
    subscribeData?: object;
    results: object;
  }

  test.each(Object.entries<AnswerExample>(fixture('answers')))(
    '%s',
    async (_, { method, path, answer, subscribeData = {}, results }) => {
      site.answer({
        '/CreateChatMessageRequest': { properties: { message: { type: 'string' } } },
        [path]: answer,
      });
      const outcome = await call<object>(method, {
        authData: site.authData,
        inputData: { session_id: 'abc', message: 'x' },
        subscribeData,
      });
      expect(outcome.results).toMatchObject(results);
    },
  );
});
