import { expect, test } from '@jest/globals';
import { defaults, missingFields, readForm } from '../../sandbox/editor/form.ts';
import { readInputFields } from '../../sandbox/zap-runner/app-definition.ts';

const fields = readInputFields([
  { key: 'name', required: true, default: 'A chat' },
  { key: 'tags', list: true },
  {
    key: 'rows',
    children: [{ key: 'id', required: true }, { key: 'note' }, { key: 'loud', default: 'no' }],
  },
]);

function filled(...entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

test('a field is a text, a list of texts, or a list of rows', () => {
  const form = filled(
    ['name', 'Printer'],
    ['tags', 'one'],
    ['tags', ''],
    ['tags', 'two'],
    ['rows[]id', '1'],
    ['rows[]note', ''],
    ['rows[]id', ''],
    ['rows[]note', 'second'],
    ['rows[]id', ''],
    ['rows[]note', ''],
    ['other', 'not asked for'],
  );
  expect(readForm(fields, form)).toEqual({
    name: 'Printer',
    tags: ['one', 'two'],
    rows: [{ id: '1' }, { note: 'second' }],
  });
});

test('what is blank is not handed over', () => {
  const form = filled(['name', ''], ['tags', ''], ['rows[]id', ''], ['rows[]note', '']);
  expect(readForm(fields, form)).toEqual({});
  expect(missingFields(fields, {}).map(({ key }) => key)).toEqual(['name']);
});

test('a row that is as it began was not filled in, and one that was lacks what it needs', () => {
  const form = filled(['name', 'x'], ['rows[]id', ''], ['rows[]note', ''], ['rows[]loud', 'no']);
  expect(readForm(fields, form)).toEqual({ name: 'x' });
  const input = { name: 'x', rows: [{ note: 'second' }] };
  expect(missingFields(fields, input).map(({ key }) => key)).toEqual(['rows']);
});

test('a form begins with its defaults', () => {
  expect(defaults(fields)).toEqual({ name: 'A chat' });
  expect(fields.map(({ children }) => defaults(children))).toEqual([{}, {}, { loud: 'no' }]);
});

test('choices are labels by value, values, or objects of both', () => {
  const read = readInputFields([
    { key: 'a', choices: { one: 'First' } },
    { key: 'b', choices: ['one'] },
    { key: 'c', choices: [{ value: 'one', label: 'First', sample: 'one' }] },
    { key: 'd' },
    null,
    { label: 'without a key' },
  ]);
  expect(read.map(({ choices }) => choices)).toEqual([
    [{ value: 'one', label: 'First' }],
    [{ value: 'one', label: 'one' }],
    [{ value: 'one', label: 'First' }],
    null,
  ]);
});
