import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { documentedRecord, NO_PERSON } from '../helpers/documented-record.ts';
import { deliver, recordOf } from '../helpers/zapier.ts';

const exampleText = readFileSync('tools/desk-director/documented-example.json', 'utf8');
const example = JSON.parse(exampleText);
const [exampleSession] = example;

const contact = {
  entityId: 7,
  name: 'Casey Customer',
  userId: 'example~c~7',
  company: { entityId: 3101, name: 'Example Bakery', identifier: 'ExampleBakery' },
};
const member = { entityId: 9, name: 'Terry Technician', userId: 'example~m~9' };

test('the documented example becomes one record, key by key and in order', async () => {
  const { results, warnings } = await deliver(example);

  expect(results).toEqual([documentedRecord]);
  expect(Object.keys(results[0] ?? {})).toEqual(Object.keys(documentedRecord));
  expect(warnings).toEqual([]);
});

test('a session of which only the id is known keeps every key, with null or an empty list', async () => {
  const record = await recordOf({});

  const blank = Object.fromEntries(
    Object.entries(documentedRecord).map(([key, value]) => [
      key,
      Array.isArray(value) ? [] : typeof value === 'number' && key.endsWith('_count') ? 0 : null,
    ]),
  );
  expect(record).toEqual({ ...blank, id: 'session' });
});

test.each([
  ['Ticket', '48213', '48213'],
  ['project', 12, null],
])('a %s that the chat refers to: the ticket is %j', async (type, id, ticket) => {
  expect(await recordOf({ reference: { type, id } })).toMatchObject({
    ticket_id: ticket,
    reference_type: type,
    reference_id: String(id),
  });
});

describe('the contact and the member of a chat', () => {
  const person = (name: string, userId: string) => ({ name, userId, company: { name: userId } });
  const alice = person('Alice', 'bakery~c~1');
  const bob = person('Bob', 'lawfirm~c~2');
  const terry = person('Terry', 'site~m~3');
  const dana = person('Dana', 'site~m~4');
  const robot = person('Robot', 'robot-7');
  const asked = { creator: alice, users: [alice], participants: [alice] };
  const joined = { creator: alice, users: [alice, terry], participants: [alice, terry] };
  const pushed = { creator: terry, users: [terry], participants: [terry] };

  test.each([
    ['a customer asked', asked, 'Alice', null],
    ['a technician is invited', { ...asked, targetUsers: [terry] }, 'Alice', 'Terry'],
    ['a technician joined', joined, 'Alice', 'Terry'],
    ['another technician is invited', { ...joined, targetUsers: [dana] }, 'Alice', 'Terry'],
    [
      'the technician left, and another one stays',
      { ...joined, users: [alice, dana], participants: [alice, terry, dana] },
      'Alice',
      'Terry',
    ],
    ['the customer left', { ...joined, users: [terry] }, 'Alice', 'Terry'],
    ['another company is invited', { ...joined, targetUsers: [bob] }, 'Alice', 'Terry'],
    ['another company joined', { ...joined, participants: [bob, alice, terry] }, 'Alice', 'Terry'],
    ['a technician asked a customer', { ...pushed, targetUsers: [bob] }, 'Bob', 'Terry'],
    [
      'one of two customers joined whom a technician asked',
      { ...pushed, participants: [terry, alice], targetUsers: [bob] },
      'Alice',
      'Terry',
    ],
    [
      'both joined whom a technician asked',
      { ...pushed, users: [terry, alice, bob], participants: [terry, bob, alice] },
      'Bob',
      'Terry',
    ],
    [
      'a customer is in the chat of whom the participants do not tell',
      { ...pushed, users: [terry, alice], targetUsers: [bob] },
      'Alice',
      'Terry',
    ],
    [
      'another technician took the chat over from the one who started it',
      { ...pushed, users: [dana], participants: [dana, alice] },
      'Alice',
      'Dana',
    ],
    [
      'a technician started it, and the participants are not told',
      { creator: terry, users: [dana], targetUsers: [bob] },
      'Bob',
      'Terry',
    ],
    ['only an active technician is known', { creator: alice, users: [dana] }, 'Alice', 'Dana'],
    ['another technician closed it', { ...joined, closeRecord: { user: dana } }, 'Alice', 'Terry'],
    [
      'a technician closed it who never joined',
      { ...asked, users: [], closeRecord: { user: dana } },
      'Alice',
      'Dana',
    ],
    [
      'one technician is invited, and another one closed it',
      { ...asked, targetUsers: [terry], closeRecord: { user: dana } },
      'Alice',
      'Terry',
    ],
    ['only a customer who closed it is known', { closeRecord: { user: alice } }, null, null],
    [
      'somebody of no type started it',
      { creator: robot, participants: [robot, alice], closeRecord: { user: robot } },
      'Alice',
      null,
    ],
    [
      'technicians talk among themselves',
      { ...pushed, participants: [terry, dana] },
      null,
      'Terry',
    ],
  ])('%s', async (_, session, contact, member) => {
    expect(await recordOf(session)).toMatchObject({
      contact_name: contact,
      member_name: member,
    });
  });

  test('the company is that of the contact', async () => {
    const session = { ...pushed, participants: [terry, alice], targetUsers: [bob] };
    expect(await recordOf(session)).toMatchObject({
      contact_user_id: 'bakery~c~1',
      contact_company_name: 'bakery~c~1',
    });
  });
});

test.each([
  ['created', 'Waiting'],
  ['HANDLED', 'Handled'],
  ['Missed', 'Abandoned'],
  ['completed', 'Completed'],
  ['callBack', 'Callback'],
  ['Parked', 'Parked'],
  [null, null],
])('the status %j is called %j', async (status, name) => {
  expect(await recordOf({ status })).toMatchObject({ status_name: name });
});

describe('the last message', () => {
  const none = {
    last_message_at: null,
    last_message_user_id: null,
    last_message_user_type: null,
  };

  test.each([
    [
      '1530163058374-5E-nzlancomdev~c~11220',
      '2018-06-28T05:17:38.374Z',
      'nzlancomdev~c~11220',
      'contact',
    ],
    ['1262304000000-x-a-b~c~d~m~7', '2010-01-01T00:00:00.000Z', 'a-b~c~d~m~7', 'member'],
    ['4102444799999-8F-a~m~1', '2099-12-31T23:59:59.999Z', 'a~m~1', 'member'],
    ['1530163058374-5e-A~C~1', '2018-06-28T05:17:38.374Z', 'A~C~1', 'contact'],
    ['1530163058374-5E-a~M~1', '2018-06-28T05:17:38.374Z', 'a~M~1', 'member'],
  ])('is told by its id: %s', async (lastMessageId, at, userId, type) => {
    expect(await recordOf({ lastMessageId })).toMatchObject({
      last_message_id: lastMessageId,
      last_message_at: at,
      last_message_user_id: userId,
      last_message_user_type: type,
    });
  });

  test.each([
    ['no time', 'abc-5E-a~c~1'],
    ['a time before 2010', '1262303999999-5E-a~c~1'],
    ['a time from 2100 on', '4102444800000-5E-a~c~1'],
    ['an empty part in the middle', '1530163058374--a~c~1'],
    ['a tilde in the middle', '1530163058374-5~E-a~c~1'],
    ['somebody of no type', '1530163058374-5E-a~x~1'],
    ['something behind it', '1530163058374-5E-a~c~1 '],
    ['something before it', 'x1530163058374-5E-a~c~1'],
  ])('is not told by an id of another form: %s', async (_, lastMessageId) => {
    expect(await recordOf({ lastMessageId })).toMatchObject({
      last_message_id: lastMessageId,
      ...none,
    });
  });
});

test('a callback with two windows shows the first one flat and both as line items', async () => {
  const record = await recordOf({
    callback: {
      type: 'phone',
      phone: '+1 202-555-0143',
      note: 'After lunch, please',
      preferredTime: [
        { start: '2026-03-10T13:00:00.0000000+02:00', end: '2026-03-10T14:00:00.0000000+02:00' },
        { start: '2026-03-11T08:30:00.0000000Z', end: '2026-03-11T09:00:00.0000000Z' },
      ],
    },
  });
  expect(record).toMatchObject({
    callback_type: 'phone',
    callback_phone: '+1 202-555-0143',
    callback_note: 'After lunch, please',
    callback_preferred_start: '2026-03-10T11:00:00.000Z',
    callback_preferred_end: '2026-03-10T12:00:00.000Z',
    callback_preferred_times: [
      { start: '2026-03-10T11:00:00.000Z', end: '2026-03-10T12:00:00.000Z' },
      { start: '2026-03-11T08:30:00.000Z', end: '2026-03-11T09:00:00.000Z' },
    ],
    callback_preferred_times_text:
      '2026-03-10T11:00:00.000Z to 2026-03-10T12:00:00.000Z; 2026-03-11T08:30:00.000Z to 2026-03-11T09:00:00.000Z',
  });
});

test.each([
  [
    'a time without an offset',
    [{ start: '2026-03-10T13:00:00', end: '14 Uhr' }],
    '2026-03-10T13:00:00 to 14 Uhr',
  ],
  ['a start alone', [{ start: '2026-03-10T13:00:00Z' }], 'from 2026-03-10T13:00:00.000Z'],
  ['an end alone', [{ start: null, end: 'noon' }], 'until noon'],
  ['none among others', [{}, { start: 'noon' }, 'x', { end: '' }], 'from noon'],
  [
    '.NET\'s "no time"',
    [{ start: '0001-01-01T00:00:00Z', end: '0001-01-01T00:00:00' }, { end: 'noon' }],
    'until noon',
  ],
  ['a number', [{ start: 1530163058374 }], 'from 1530163058374'],
])(
  'the windows as text keep what can not be read as a time: %s',
  async (_, preferredTime, text) => {
    expect(await recordOf({ callback: { preferredTime } })).toMatchObject({
      callback_preferred_times_text: text,
    });
  },
);

test('a window with one readable end is a row, and so is one with none; what is no object is not', async () => {
  const { callback_preferred_times } = await recordOf({
    callback: { preferredTime: [{ start: 'noon', end: '2026-03-11T09:00:00Z' }, 'noon', {}, null] },
  });
  expect(callback_preferred_times).toEqual([
    { start: null, end: '2026-03-11T09:00:00.000Z' },
    { start: null, end: null },
  ]);
});

test.each([
  ['participants', 'participants', 'participant'],
  ['users', 'active_users', 'active_user'],
  ['targetUsers', 'invited_users', 'invited_user'],
])(
  '%s are named, counted and listed; what is no object in there is passed over',
  async (from, rows, key) => {
    const record = await recordOf({
      [from]: [contact, 'x', null, {}, [], { ...member, name: ' \u00a0\t' }],
    });
    expect(record).toMatchObject({
      [`${key}_names`]: 'Casey Customer',
      [`${key}_count`]: 3,
      [rows]: [
        {
          user_id: 'example~c~7',
          entity_id: 7,
          name: 'Casey Customer',
          type: 'contact',
          company_entity_id: 3101,
          company_name: 'Example Bakery',
          company_identifier: 'ExampleBakery',
        },
        NO_PERSON,
        {
          ...NO_PERSON,
          user_id: 'example~m~9',
          entity_id: 9,
          name: ' \u00a0\t',
          type: 'member',
        },
      ],
    });
  },
);

test('names of spaces alone are no names of contacts and members, either', async () => {
  const participants = [
    { ...contact, name: ' ' },
    { ...member, name: '\n' },
  ];
  expect(await recordOf({ participants, creator: participants[0] })).toMatchObject({
    contact_name: ' ',
    contact_names: null,
    member_names: null,
    participant_names: null,
    participant_count: 2,
  });
});

describe('one value where a list is due is a list of one', () => {
  const [row] = documentedRecord.participants;
  const liam = exampleSession.creator;
  const window = { start: '2026-03-10T13:00:00Z', end: '2026-03-10T14:00:00Z' };
  const times = { start: '2026-03-10T13:00:00.000Z', end: '2026-03-10T14:00:00.000Z' };

  test.each([
    [
      { participants: liam },
      { participants: [row], participant_count: 1, contact_name: liam.name },
    ],
    [{ users: liam }, { active_users: [row], active_user_names: liam.name }],
    [{ targetUsers: liam }, { invited_users: [row], contact_name: liam.name }],
    [
      { callback: { preferredTime: window } },
      { callback_preferred_times: [times], callback_preferred_start: times.start },
    ],
  ])('%j', async (session, fields) => {
    expect(await recordOf(session)).toMatchObject(fields);
  });
});

test.each([
  ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.999Z', 1],
  ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 0],
  ['2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00.000Z', null],
  ['2026-01-01T00:00:00.000Z', null, null],
  [null, '2026-01-01T00:00:00.000Z', null],
])('from %s to %s is %s whole seconds', async (from, to, seconds) => {
  expect(await recordOf({ createdDateTime: from, closedDateTime: to })).toMatchObject({
    seconds_to_closed: seconds,
  });
  expect(await recordOf({ createdDateTime: from, report: { handledDateTime: to } })).toMatchObject({
    seconds_to_handled: seconds,
  });
  expect(await recordOf({ report: { handledDateTime: from }, closedDateTime: to })).toMatchObject({
    seconds_handled_to_closed: seconds,
  });
});
