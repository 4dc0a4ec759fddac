import { expect, test } from '@jest/globals';
import {
  complaintsAbout,
  defaults,
  fitting,
  isFilledIn,
  readFormData,
  unseenField,
} from '../../zap-editor/form-data.ts';
import { readInputFields } from '../../zap-runner/app-definition.ts';

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
  expect(readFormData(fields, form)).toEqual({
    name: 'Printer',
    tags: ['one', 'two'],
    rows: [{ id: '1' }, { note: 'second' }],
  });
});

test('what is blank is not handed over', () => {
  const form = filled(['name', ''], ['tags', ''], ['rows[]id', ''], ['rows[]note', '']);
  expect(readFormData(fields, form)).toEqual({});
  expect([...complaintsAbout(fields, {}, [])]).toEqual([['name', 'Fill in name.']]);
});

test('a row that is as it began was not filled in, and one that was lacks what it needs', () => {
  const form = filled(['name', 'x'], ['rows[]id', ''], ['rows[]note', ''], ['rows[]loud', 'no']);
  expect(readFormData(fields, form)).toEqual({ name: 'x' });
  const input = { name: 'x', rows: [{ note: 'second' }] };
  expect([...complaintsAbout(fields, input, [])]).toEqual([
    ['rows', 'Fill in id in each row of rows.'],
  ]);
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

test('a form is whole when it shows every field, and every column of its rows', () => {
  const names = ['name', 'tags', 'rows[]id', 'rows[]note', 'rows[]loud'];
  const unseen = (shown: string[]) =>
    unseenField(fields, filled(...shown.map((name): [string, string] => [name, ''])))?.key;
  expect(unseen(names)).toBeUndefined();
  for (const gone of names) {
    expect(unseen(names.filter((name) => name !== gone))).toBe(gone.split('[]')[0]);
  }
});

test('a value is wrong when its field takes another type, or when its step is gone', () => {
  const typed = readInputFields([
    { key: 'count', label: 'Count', type: 'integer' },
    { key: 'wait', label: 'Wait', helpText: 'How long to wait. A whole number.' },
    { key: 'at', label: 'At', list: true, type: 'date-time' },
    { key: 'rows', label: 'Rows', children: [{ key: 'rate', type: 'number' }] },
    { key: 'text', label: 'Text' },
  ]);
  const wrong = (input: Parameters<typeof complaintsAbout>[1]) =>
    Object.fromEntries(complaintsAbout(typed, input, [1]));
  expect(wrong({ count: ' 5 ', wait: '{{1.id}}', at: ['2026-03-10T14:00:00+01:00'] })).toEqual({});
  expect(wrong({ count: '1.5', wait: 'abc', at: ['soon'], rows: [{ rate: 'x' }] })).toEqual({
    count: '“1.5” is not a whole number.',
    wait: '“abc” is not a whole number.',
    at: '“soon” is not a date and time with its offset.',
    rows: '“x” is not a number, such as 12.5.',
  });
  expect(wrong({ text: 'abc {{1.id}} {{2.id}}' })).toEqual({
    text: 'Text holds a field of a removed step. Replace it, or take it out.',
  });
});

test('what is filled in fits only where there is a field of its shape', () => {
  const input = {
    name: ['One', 'Two'],
    tags: 'one',
    rows: [{ id: '1', gone: 'x' }],
    other: 'gone',
  };
  expect(fitting(fields, input)).toEqual({ name: 'One', tags: ['one'], rows: [{ id: '1' }] });
  expect(fitting(fields, { rows: 'none' })).toEqual({});
});

test('a field that is as it began is not filled in', () => {
  const isFilled = (key: string, input: Parameters<typeof isFilledIn>[1]) =>
    fields.some((field) => field.key === key && isFilledIn(field, input));
  expect(isFilled('name', {})).toBe(false);
  expect(isFilled('name', { name: 'A chat' })).toBe(false);
  expect(isFilled('name', { name: 'Printer' })).toBe(true);
  expect(isFilled('tags', { tags: ['one'] })).toBe(true);
  expect(isFilled('rows', { rows: [{ id: '1' }] })).toBe(true);
});
