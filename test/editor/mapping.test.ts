import { expect, test } from '@jest/globals';
import { mapFields } from '../../sandbox/editor/mapping.ts';

const record = {
  name: 'Printer',
  count: 2,
  note: null,
  users: [{ name: 'Quilla' }, { name: null }, { name: 'Tansy' }],
};
const mapped = (template: string) =>
  mapFields(template, record)
    .map(({ text }) => text)
    .join('');

test.each([
  ['{{name}} has {{ count }}', 'Printer has 2'],
  ['none: {{note}}{{missing}}.', 'none: .'],
  ['{{users[]name}}', 'Quilla,Tansy'],
  ['{{name[]name}}{{constructor}}', ''],
  ['{{name}', '{{name}'],
  ['', ''],
])('%s becomes %s', (template, text) => {
  expect(mapped(template)).toBe(text);
});

test('what comes from a field is told from the text around it', () => {
  expect(mapFields('Re: {{name}}', record)).toEqual([
    { key: null, text: 'Re: ' },
    { key: 'name', text: 'Printer' },
  ]);
});
