import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Chats, createChats } from '../../desk-director/chats.ts';
import { createClock } from '../../desk-director/clock.ts';
import { contacts, members } from '../../desk-director/people.ts';
import type { ChatSessionPayload } from '../../desk-director/session.ts';

const { quilla, bramble } = contacts;
const { sprocket, pixel } = members;
const dotnetTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
let chats: Chats;
let announced: [event: string, session: ChatSessionPayload][];
let milliseconds: number;

beforeEach(() => {
  announced = [];
  milliseconds = Date.parse('2018-06-28T05:15:45.782Z');
  const time = createClock(() => milliseconds);
  chats = createChats(time, (event, session) => announced.push([event, session]));
});

test('a requested chat starts in the documented shape, with nothing known yet', () => {
  expect(chats.request({ contact: quilla })).toEqual({
    id: '1530162945-1001',
    name: 'Chat Request from Quilla Fernwhistle at Fernwhistle Florists',
    type: 'request',
    status: 'created',
    pastStatus: [],
    report: {},
    creator: {
      entityId: 501,
      name: 'Quilla Fernwhistle',
      userId: 'sandbox~c~501',
      company: { entityId: 3101, name: 'Fernwhistle Florists', identifier: 'FernwhistleFlorists' },
    },
    targetUsers: [],
    users: [quilla],
    participants: [quilla],
    createdDateTime: dotnetTime,
    lastModifiedDateTime: dotnetTime,
  });
});

test('a callback left on the Request Support page begins with this status, and never changes to it', () => {
  const callback = { type: 'phone', phone: '+1 202-555-0143' } as const;
  const left = chats.leaveCallback(callback, { contact: quilla });
  expect(left).toMatchObject({
    type: 'request',
    status: 'callback',
    pastStatus: [],
    callback,
    users: [],
    participants: [quilla],
  });
  expect(announced).toEqual([['new', left]]);
  expect(chats.complete(left.id)).toMatchObject({ status: 'completed', pastStatus: ['callback'] });
});

test('a requested chat is handled, then completed', () => {
  const { id } = chats.request({ contact: quilla });
  milliseconds += 40_000;
  const handled = chats.join(id, pixel);
  milliseconds += 300_000;
  const completed = chats.complete(id, { member: pixel, note: 'The printer sings again.' });

  expect(handled).toMatchObject({
    status: 'handled',
    pastStatus: [],
    report: { creatorWaited: 40, handledDateTime: dotnetTime },
    users: [quilla, pixel],
    participants: [quilla, pixel],
    lastMessageId: '1530162985782-5E-sandbox~m~72',
  });
  expect(completed).toMatchObject({
    status: 'completed',
    pastStatus: ['handled'],
    report: { creatorWaited: 40, chatDuration: 340 },
    closeRecord: {
      user: pixel,
      note: 'The printer sings again.',
      lastModifiedDateTime: dotnetTime,
    },
    closedDateTime: dotnetTime,
  });
  expect(chats.find(id)).toEqual(completed);
});

test('a missed chat has nobody in it, becomes a callback, then completed', () => {
  const preferredTime = [
    { start: '2018-06-28T21:00:00Z', end: '2018-06-28T22:00:00Z' },
    { start: '2018-06-29T01:00:00Z', end: '2018-06-29T02:30:00Z' },
  ];
  const callback = {
    type: 'phone' as const,
    phone: '555 0100',
    note: 'After lunch',
    preferredTime,
  };
  const { id } = chats.request();

  expect(chats.miss(id)).toMatchObject({ status: 'missed', pastStatus: [], users: [] });
  expect(chats.askForCallback(id, callback)).toMatchObject({ status: 'callback', callback });
  expect(chats.complete(id)).toMatchObject({
    status: 'completed',
    pastStatus: ['missed', 'callback'],
    callback,
    closeRecord: { user: sprocket },
  });
});

test('a pushed chat belongs to its technician until the customer joins', () => {
  const started = chats.push({ member: pixel, contact: bramble, ticketId: '88412' });
  const joined = chats.join(started.id);

  expect(started).toMatchObject({
    type: 'push',
    status: 'created',
    reference: { type: 'ticket', id: '88412' },
    creator: pixel,
    targetUsers: [bramble],
    users: [pixel],
    participants: [pixel],
  });
  expect(joined).toMatchObject({
    status: 'handled',
    creator: pixel,
    targetUsers: [],
    users: [pixel, bramble],
    participants: [pixel, bramble],
  });
});

test('the times only ever grow, even while the clock stands still', () => {
  const { id } = chats.request();
  for (let count = 0; count < 6_000; count += 1) chats.request();
  chats.join(id);
  for (let count = 0; count < 6_000; count += 1) chats.request();
  milliseconds -= 1_000;
  chats.complete(id);

  const times = announced.map(([, session]) => session.lastModifiedDateTime);
  expect(times).toEqual([...new Set(times)].sort());
  expect(times.at(-1)).toMatch(/^2018-06-28T05:15:45\.783\d{4}Z$/);
});

describe('not possible', () => {
  const callback = { type: 'chat' as const };
  const changes: Record<string, (id: string) => unknown> = {
    join: (id) => chats.join(id, pixel),
    miss: (id) => chats.miss(id),
    askForCallback: (id) => chats.askForCallback(id, callback),
    complete: (id) => chats.complete(id),
  };

  test.each([
    ['join', 'missed', (id: string) => chats.miss(id)],
    ['miss', 'handled', (id: string) => chats.join(id)],
    ['askForCallback', 'handled', (id: string) => chats.join(id)],
    ['complete', 'created', () => undefined],
  ])('%s, once a chat is %s', (change, status, reach) => {
    const { id } = chats.request();
    reach(id);
    const before = chats.find(id);

    expect(() => changes[change]?.(id)).toThrow(
      `${change} is not possible in chat ${id}: its status is ${status}, not `,
    );
    expect(chats.find(id)).toEqual(before);
  });

  test('is any change of a chat that there is not', () => {
    expect(() => chats.miss('1530162945-9852')).toThrow('There is no chat 1530162945-9852.');
  });

  test('is joining twice, or uninvited', () => {
    const { id } = chats.request({ contact: quilla });

    expect(() => chats.join(id, quilla)).toThrow('Quilla Fernwhistle is in chat');
    expect(() => chats.join(id, bramble)).toThrow('Bramble Oddsworth is not invited');
  });
});
