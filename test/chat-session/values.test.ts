import { describe, expect, test } from '@jest/globals';
import { exactInteger, idText, isBlank, kindOf, shortened, texts } from '../../src/values.ts';
import { recordOf } from '../helpers/zapier.ts';

describe('text', () => {
  test.each([
    [
      'any string, unchanged',
      ' é {{bundle.authData.apiKey}} \u0000 ',
      ' é {{bundle.authData.apiKey}} \u0000 ',
    ],
    ['a number as its text', 42.5, '42.5'],
    ['a boolean as its text', false, 'false'],
    ['an empty string', '', null],
    ['a list', ['x'], null],
    ['null', null, null],
  ])('%s', async (_, value, read) => {
    expect(await recordOf({ name: value })).toMatchObject({ name: read });
  });
});

describe('integer', () => {
  test.each([
    ['an integer', -7, -7],
    ['the largest safe integer', 2 ** 53 - 1, 2 ** 53 - 1],
    ['one beyond that', 2 ** 53, null],
    ['plain digits', '42', 42],
    ['plain digits with a sign', '-7', -7],
    ['plain digits behind zeros', '007', 7],
    ['digits beyond the largest', '9007199254740993', null],
    ['a fraction', 1.5, null],
    ['an exponent', '1e3', null],
    ['hexadecimal digits', '0x10', null],
    ['digits with a line break', '7\n', null],
    ['an empty string', '', null],
    ['a list', [7], null],
  ])('%s', async (_, value, read) => {
    const creator = { entityId: value, company: { entityId: value } };
    expect(await recordOf({ creator })).toMatchObject({
      creator_entity_id: read,
      creator_company_entity_id: read,
    });
  });
});

describe('number', () => {
  test.each([
    ['a number', 12.5, 12.5],
    ['a plain decimal', '12.5', 12.5],
    ['a negative one', '-0.25', -0.25],
    ['plain digits', '12', 12],
    ['more digits than a number can hold', '9'.repeat(400), null],
    ['an exponent', '1e3', null],
    ['a bare point', '.5', null],
    ['a point at the end', '5.', null],
    ['a list', ['12.5'], null],
  ])('%s', async (_, value, read) => {
    const report = { creatorWaited: value, chatDuration: value };
    expect(await recordOf({ report })).toMatchObject({ creator_waited: read, chat_duration: read });
  });
});

describe('date and time', () => {
  test.each([
    ['seven digits of fraction, cut', '2018-06-28T05:18:26.9468948Z', '2018-06-28T05:18:26.946Z'],
    ['no fraction', '2018-06-28T05:18:26Z', '2018-06-28T05:18:26.000Z'],
    ['one digit', '2018-06-28T05:18:26.9Z', '2018-06-28T05:18:26.900Z'],
    ['a comma', '2018-06-28T05:18:26,5Z', '2018-06-28T05:18:26.500Z'],
    ['no seconds', '2018-06-28T05:18Z', '2018-06-28T05:18:00.000Z'],
    ['an offset ahead', '2018-06-28T05:18:26+12:45', '2018-06-27T16:33:26.000Z'],
    ['an offset behind', '2018-06-28T22:18:26.5-0330', '2018-06-29T01:48:26.500Z'],
    ['an offset in hours', '2018-06-28T05:18:26+02', '2018-06-28T03:18:26.000Z'],
    ['February 29 of a leap year', '2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
    ['the last moment', '9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
    ['the second moment of year 1', '0001-01-01T00:00:00.001Z', '0001-01-01T00:00:00.001Z'],
    ["'no time' of .NET in UTC", '0001-01-01T00:00:00Z', null],
    ["'no time' of .NET with a fraction", '0001-01-01T00:00:00.0000000Z', null],
    ["'no time' of .NET in UTC, written with an offset", '0001-01-01T05:00:00+05:00', null],
    ['the year 0 in UTC', '0000-01-01T00:00:00Z', null],
    ['before the year 1 in UTC', '0001-01-01T05:00:00+12:00', null],
    ['after the year 9999 in UTC', '9999-12-31T23:00:00-02:00', null],
    ['no offset', '2018-06-28T05:18:26', null],
    ['a date only', '2018-06-28', null],
    ['a day that does not exist', '2018-02-30T00:00:00Z', null],
    ['a fraction of a minute', '2018-06-28T05:18.5Z', null],
    ['an offset of 24 hours', '2018-06-28T05:18:26+24:00', null],
    ['a line break at the end', '2018-06-28T05:18:26Z\n', null],
    ['NUL at the end', '2018-06-28T05:18:26Z\u0000', null],
    ['a byte-order mark', '\ufeff2018-06-28T05:18:26Z', null],
    ['a template of the platform', '2018-06-28T05:18:26.{{bundle.authData.apiKey}}Z', null],
    ['a number', 1530162945, null],
    ['a list', ['2018-06-28T05:18:26Z'], null],
    ['an empty string', '', null],
  ])('in every place: %s', async (_, date, read) => {
    const record = await recordOf({
      createdDateTime: date,
      report: { handledDateTime: date },
      closedDateTime: date,
      lastModifiedDateTime: date,
      closeRecord: { lastModifiedDateTime: date },
      callback: { preferredTime: [{ start: date, end: date }] },
    });
    expect(record).toMatchObject({
      ...{ created_at: read, handled_at: read, closed_at: read, last_modified_at: read },
      ...{ close_record_modified_at: read, seconds_to_closed: read === null ? null : 0 },
      ...{ callback_preferred_start: read, callback_preferred_end: read },
      callback_preferred_times: [{ start: read, end: read }],
    });
  });
});

describe('past statuses', () => {
  test.each([
    ['strings', ['created', 'handled'], 'handled', 'created, handled'],
    ['entries that are no strings are passed over', ['handled', 7, null, {}], 'handled', 'handled'],
    ['empty strings too', ['handled', ''], 'handled', 'handled'],
    ['none', [], null, null],
    ['a single one', 'handled', 'handled', 'handled'],
    ['no string', 7, null, null],
  ])('%s', async (_, value, previous, all) => {
    expect(await recordOf({ pastStatus: value })).toMatchObject({
      previous_status: previous,
      past_statuses: all,
    });
  });
});

describe('the type of a person', () => {
  const NOBODY = [
    ...['c~5', 'a~c~', 'a~c~5x', 'a~m~5x', 'a~c~5\n', 'a~x~5', 'a~cm~5', 'a~c~5~', 'a~c~~5', ''],
    ...['a~c~ 5', 'a~c~-5', 'a~c~5.0', 'a~c~5\u0000', 'a~c~５', 'a~ｃ~5', 'a∼c∼5'],
  ];
  test.each<[string, string | null]>([
    ['nzlancomdev~c~11220', 'contact'],
    ['nzlancomdev~m~268', 'member'],
    ['a~b~c~5', 'contact'],
    ['a~c~b~m~5', 'member'],
    ['~~~c~5', 'contact'],
    ['~c~5~m~6', 'member'],
    ['a~C~5', 'contact'],
    ['a~M~5', 'member'],
    ['{{bundle.authData.apiKey}}~m~5', 'member'],
    ...NOBODY.map((userId): [string, null] => [userId, null]),
  ])('%j: %s', async (userId, type) => {
    const record = await recordOf({ creator: { userId }, participants: [{ userId }] });
    expect(record).toMatchObject({
      creator_type: type,
      contact_user_id: type === 'contact' ? userId : null,
      member_user_id: type === 'member' ? userId : null,
      participants: [{ type }],
    });
  });
});

test.each<[unknown, boolean]>([
  [' \t\n', true],
  [['', [null, ' ']], true],
  ['x', false],
  [0, false],
  [{}, false],
])('%j is blank: %s', (value, is) => {
  expect(isBlank(value)).toBe(is);
});

test.each<[unknown, string | null]>([
  ['a-1', 'a-1'],
  [7, '7'],
  [2 ** 53, null],
  [7.5, null],
  [true, null],
])('the id in %j is %j', (value, id) => {
  expect(idText(value)).toBe(id);
});

test('an integer that JavaScript can not hold stays as it is without the text it was read from', () => {
  expect(exactInteger('', 2 ** 60, { source: '1152921504606846977' })).toBe('1152921504606846977');
  expect(exactInteger('', 2 ** 60)).toBe(2 ** 60);
  expect(exactInteger('', 2 ** 60, { source: '1152921504606846976e0' })).toBe(2 ** 60);
});

test('what is no list has no texts', () => {
  expect(texts('x')).toEqual([]);
});

test('an object is called so', () => {
  expect(kindOf({})).toBe('an object');
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['abc👩‍👩‍👧def', 6, 'abc…'],
  ['cafe\u0301s', 5, 'caf…'],
  // A single character can have any number of accents. It is cut, but not within a surrogate pair.
  [`ab${'\u0301'.repeat(99)}`, 60, `ab${'\u0301'.repeat(57)}…`],
  [`ab${'\u{1d165}'.repeat(99)}`, 61, `ab${'\u{1d165}'.repeat(29)}…`],
])('%j is cut to %d units between two characters', (text, most, cut) => {
  expect(shortened(text, most)).toBe(cut);
});
