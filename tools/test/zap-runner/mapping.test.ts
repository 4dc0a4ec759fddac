import { expect, test } from '@jest/globals';
import { valueAt, withMappedValues } from '../../zap-runner/mapping.ts';

const trigger = {
  name: 'Printer',
  count: 2,
  note: null,
  hostile: '{{1.count}} $& {{constructor}}',
  users: [{ name: 'Quilla' }, { name: null }, { name: 'Tansy', home: { town: 'Reefton' } }],
};
const contact = {
  id: '501',
  'full name': 'Quilla Fernwhistle',
  site: { town: 'Westport', phones: [{ number: '1' }, { number: '2' }] },
  site__town: 'elsewhere',
};
const recordOf = (step: number) => [trigger, contact][step - 1];
const mapped = (template: string) => withMappedValues({ text: template }, recordOf).text ?? '';

test.each([
  ['{{1.name}} has {{1.count}}', 'Printer has 2'],
  ['none: {{1.note}}{{1.missing}}{{3.name}}{{0.name}}.', 'none: .'],
  ['{{1.users[]name}} of {{1.users[]home__town}}', 'Quilla,Tansy of Reefton'],
  ['{{1.name[]name}}{{1.constructor}}', ''],
  ['{{2.id}}: {{2.full name}}', '501: Quilla Fernwhistle'],
  ['{{2.site__phones[]number}}', '1,2'],
  ['{{1.users[]home}}', '{"town":"Reefton"}'],
  // A value is nothing but text.
  ['{{1.hostile}}', '{{1.count}} $& {{constructor}}'],
  // No mapped fields.
  ['{{name}} {{1.name} {{1.}} {{ 1.name }}', '{{name}} {{1.name} {{1.}} {{ 1.name }}'],
])('%s becomes %s', (template, text) => {
  expect(mapped(template)).toBe(text);
});

test('fields are mapped into texts, lists and rows, and nothing blank is left', () => {
  const values = {
    text: '{{1.note}}',
    list: ['{{1.name}}', '{{1.note}}', 'fixed'],
    empty: ['{{1.note}}'],
    rows: [{ id: '{{2.id}}', note: '{{1.note}}' }, { id: '{{1.note}}' }],
  };
  expect(withMappedValues(values, recordOf)).toEqual({
    list: ['Printer', 'fixed'],
    rows: [{ id: '501' }],
  });
});

test('a key with two underscores is that of a property before it is that of a nested one', () => {
  expect(valueAt(contact, 'site__town')).toBe('elsewhere');
  expect(valueAt({ site: { town: 'Westport' } }, 'site__town')).toBe('Westport');
  expect(valueAt({ a: {}, a__b: { c: 1 } }, 'a__b__c')).toBe(1);
  expect(valueAt({ a: { b__c: 2 } }, 'a__b__c')).toBe(2);
});
