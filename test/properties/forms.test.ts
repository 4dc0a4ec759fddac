import { afterAll, describe, expect } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { plainLinks } from '../../src/markdown.ts';
import { readInput, toBody } from '../../src/site-form/body.ts';
import {
  type Form,
  fieldNames,
  fieldsIn,
  type Property,
  readForm,
} from '../../src/site-form/form.ts';
import { toInputFields } from '../../src/site-form/input-fields.ts';
import { offerList } from '../../src/site-form/lists.ts';
import { isObject } from '../../src/values.ts';
import { startPreparedSite } from '../helpers/prepared-site.ts';
import { call } from '../helpers/zapier.ts';
import { bodyOf, complaints, formOf, OWN, SESSION_ID } from './fields.ts';
import { holds, trickyText } from './property.ts';
import { anyInput, anySchema, anyValue, describedBody } from './schemas.ts';

const site = await startPreparedSite({}, {});
afterAll(() => site.stop());

const deep = (open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(10_000)}1${close.repeat(10_000)}`);
const string = { type: 'string' };
const NO_TEXT = { toString: 1 };
/** Schemas of a property that once broke a form, with input for it. */
const ODD: [a: object, input: unknown][] = [
  [{ ...string, enum: [NO_TEXT] }, 'x'],
  [{ ...string, enum: [[]] }, ''],
  [{ ...string, enum: 5 }, 'x'],
  [{ ...string, format: NO_TEXT }, 'x'],
  [{ ...string, default: NO_TEXT }, 'x'],
  [string, NO_TEXT],
  [{ type: 'integer', multipleOf: 0 }, '1'],
  [{ type: 'integer', enum: [1, '1'] }, '1'],
  [{ type: deep('[', ']') }, ''],
  [{ ...string, enum: [deep('[', ']')] }, ''],
  [{ ...string, default: deep('{"a":', '}') }, ''],
];
const oddForm = (a: object) => ({ properties: { a, b: { properties: { a } } } });

describe('any JSON as a schema', () => {
  holds(
    'is read without an error, and Zapier takes the fields',
    200,
    anySchema,
    (schema) => {
      const form = formOf(schema);
      if (form === null) return false;
      const { normal, advanced } = toInputFields(form, OWN, offerList);
      const fields = [...normal, ...advanced];
      expect(complaints([SESSION_ID, ...fields])).toEqual([]);
      const labels = fields.flatMap(({ label, children = [] }) => [
        label,
        ...children.map((c) => c.label),
      ]);
      const all = [SESSION_ID.label, ...labels].map((label) => label?.toLowerCase());
      expect(new Set(all).size).toBe(all.length);
      return fields.length > 0;
    },
    [...ODD.map(([a]) => oddForm(a)), { enum: [NO_TEXT], properties: {} }],
  );

  holds(
    'takes any input: a body, or an error that names a field',
    250,
    fc.tuple(anySchema, anyInput, fc.array(anyValue, { minLength: 1, maxLength: 4 })),
    ([schema, others, values]) => {
      const form = formOf(schema);
      if (form === null) return false;
      const names = fieldNames(form.properties, OWN);
      const filled = fieldsIn(form.properties).map((field, n) => [
        names(field).key,
        values[n % values.length],
      ]);
      const body = bodyOf(form, { ...Object.fromEntries(filled), ...others });
      return isObject(body) && Object.keys(body).length > 0;
    },
    ODD.map(([a, input]): [object, Record<string, unknown>, unknown[]] => [
      oddForm(a),
      {},
      [input],
    ]),
  );

  holds('leaves the static fields, through the handler', 60, anySchema, async (schema) => {
    site.answer({ '/CreateChatMessageRequest': schema });
    const { results } = await call('creates.send_chat_system_message.operation.inputFields');
    expect(results[0]).toMatchObject({ key: 'session_id', required: true });
    expect(complaints(results)).toEqual([]);
    // The form leaves out only what it can't show. It leaves out everything when the schema is no form.
    const note = results.find(({ type }) => type === 'copy')?.helpText;
    const isLost = note !== undefined && String(note).includes("can't be shown");
    // This site describes no type.
    expect(isLost).toBe(formOf(schema, { schema: {} }) === null);
    return results.length > 1;
  });
});

describe('any text of a site as Markdown', () => {
  const renderers = [markdownIt(), markdownIt({ html: true })];
  const parts = fc.oneof(
    fc.constantFrom(...'[]()!<>\\`:" \n'),
    fc.constantFrom('a', '](', '[1]: ', '[x][1]', 'http://e.com', 'https://e.com', '<1@e.com>'),
    fc.constantFrom('<a href="http://e.com">', '</a>', '<img src=x>', '![x](https://e.com)'),
    fc.constantFrom('[x](https://e.com)', '[x](<http://e.com> "x")', 'javascript:alert(1)'),
    trickyText,
  );
  holds(
    'has no image, and no link but with https',
    1000,
    fc.array(parts, { maxLength: 12 }).map((texts) => texts.join('')),
    (written) => {
      const text = plainLinks(written);
      expect(text.length).toBeLessThanOrEqual(written.length);
      for (const html of renderers.map((renderer) => renderer.render(`“${text} ${text}”`))) {
        expect(html).not.toMatch(/<(?:img|(?!a href="https:)a\b)/i);
      }
      return text !== written;
    },
    // Without its link, the text between < and > is an address.
    ['<[x](<http://e.com> "x")javascript:alert(1)<1@e.com>'],
  );
});

const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
for (const format of ['multiline', 'html', 'int32', 'double', 'uuid', 'email']) {
  ajv.addFormat(format, true);
}

function violations(schema: object, body: unknown): unknown {
  const validate = ajv.compile(schema);
  // The compiled schema is for one input only.
  ajv.removeSchema(schema);
  return validate(body) ? null : validate.errors;
}

type Way = 'as it is' | 'as text' | 'as rows' | 'as columns';
const anyWay = fc.constantFrom<Way>('as it is', 'as text', 'as rows', 'as columns');

/** The input that makes a value the body. */
function filledIn(form: Form, value: unknown, way: Way): Record<string, unknown> {
  const names = fieldNames(form.properties, OWN);
  const asText = way !== 'as it is';
  const written = (one: unknown): unknown =>
    Array.isArray(one) ? one.map(written) : asText ? String(one) : one;

  const fill = (properties: readonly Property[], found: unknown): Record<string, unknown> =>
    Object.assign(
      Object.create(null),
      ...properties.map((property) => {
        const name = property.path.at(-1) ?? '';
        if (property.kind === 'leftOut' || !isObject(found) || !Object.hasOwn(found, name))
          return {};
        const inner = found[name];
        if (property.kind === 'leaf') return { [names(property).key]: written(inner) };
        if (!property.isList) return fill(property.properties, inner);
        const rows = Array.isArray(inner) ? inner.map((row) => fill(property.properties, row)) : [];
        if (way !== 'as columns') return { [names(property).key]: rows };
        const keys = fieldsIn(property.properties).map((field) => names(field).key);
        return Object.fromEntries(
          keys
            .filter((key) => rows.some((row) => key in row))
            .map((key) => [key, rows.map((row) => row[key] ?? '')]),
        );
      }),
    );
  return fill(form.properties, value);
}

describe('a schema within the scope', () => {
  holds(
    'is asked for in full, and a body that it allows comes through as it is',
    200,
    fc.tuple(describedBody, anyWay),
    ([{ schema, value }, way]) => {
      expect(violations(schema, value)).toBeNull();
      const { form, leftOut } = readForm(schema, new Map());
      if (form === null) throw new Error('This is no form.');
      expect(leftOut).toEqual([]);
      const input = filledIn(form, value, way);
      const body = toBody(form, input, OWN, Error);
      const { unknown } = readInput(form, input, OWN);
      expect(JSON.parse(JSON.stringify(body))).toEqual(value);
      expect(unknown).toEqual([]);
    },
  );

  holds(
    'gives a body of its types, or an error that names a field, whatever is filled in',
    150,
    fc.tuple(describedBody, anyWay, anyInput, fc.array(fc.nat(20), { maxLength: 3 })),
    ([{ schema, value }, way, anything, left]) => {
      const form = formOf(schema);
      if (form === null) throw new Error('This is no form.');
      const given = Object.entries(filledIn(form, value, way));
      const input = Object.fromEntries([
        ...given.filter((_, index) => !left.includes(index)),
        ...Object.entries(anything),
      ]);
      const body = bodyOf(form, input);
      if (body === undefined) return false;
      expect(violations(schema, body)).toBeNull();
      return true;
    },
  );

  holds(
    'gives the same through the handler',
    50,
    fc.tuple(describedBody, anyWay),
    async ([{ schema, value }, way]) => {
      const form = formOf(schema);
      if (form === null) throw new Error('This is no form.');
      site.answer({ '/CreateChatMessageRequest': schema });
      await call('creates.send_chat_system_message.operation.perform', {
        inputData: { ...filledIn(form, value, way), session_id: 'abc' },
      });
      expect(JSON.parse(site.requests.at(-1)?.body ?? '')).toEqual(value);
    },
  );
});
