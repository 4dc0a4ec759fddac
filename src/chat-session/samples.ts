import { type ChatSessionRecord, toRecord } from './fields.ts';
import { type ChatSession, readChatSession } from './payload.ts';

/*
 * Everything here is made up. The phone number is from the range reserved for fiction. No site has one
 * of the IDs: an entity or a ticket has a larger one than those of any site, still within the 32 bits
 * of the API, and a chat has one that ends in `-example`. made-up.ts lists them all.
 * Zapier: D024, and "samples hold no real person's data".
 */
const bakery = { entityId: 2000003101, name: 'Example Bakery', identifier: 'ExampleBakery' };
const lawFirm = { entityId: 2000003102, name: 'Example Law Firm', identifier: 'ExampleLawFirm' };

const customer = {
  entityId: 2000005101,
  name: 'Casey Customer',
  userId: 'example~c~2000005101',
  company: bakery,
};
const colleague = {
  entityId: 2000005102,
  name: 'Robin Colleague',
  userId: 'example~c~2000005102',
  company: bakery,
};
const client = {
  entityId: 2000005103,
  name: 'Jamie Client',
  userId: 'example~c~2000005103',
  company: lawFirm,
};
const technician = {
  entityId: 2000000201,
  name: 'Terry Technician',
  userId: 'example~m~2000000201',
};
const dispatcher = {
  entityId: 2000000202,
  name: 'Dana Dispatcher',
  userId: 'example~m~2000000202',
};

/** Has a value for every documented field, and an entry in every list. */
const completed = {
  id: '1773129600-example',
  name: 'Chat Request from Casey Customer at Example Bakery',
  type: 'request',
  status: 'completed',
  pastStatus: ['callback', 'handled'],
  report: {
    creatorWaited: 95,
    handledDateTime: '2026-03-10T08:15:00.0000000Z',
    chatDuration: 1290,
  },
  reference: { type: 'ticket', id: '2000048213' },
  creator: customer,
  callback: {
    type: 'phone',
    phone: '+1 202-555-0143',
    note: 'The till prints no receipts. Please call before we open at ten.',
    preferredTime: [
      { start: '2026-03-10T08:00:00.0000000Z', end: '2026-03-10T09:00:00.0000000Z' },
      { start: '2026-03-10T13:00:00.0000000Z', end: '2026-03-10T14:30:00.0000000Z' },
    ],
  },
  targetUsers: [colleague],
  closeRecord: {
    user: technician,
    note: 'Replaced the printer driver; receipts print again.',
    lastModifiedDateTime: '2026-03-10T08:36:00.0000000Z',
  },
  closedDateTime: '2026-03-10T08:36:00.0000000Z',
  users: [dispatcher],
  participants: [customer, technician, dispatcher],
  lastMessageId: '1773131700000-8F-example~m~2000000201',
  createdDateTime: '2026-03-10T07:50:00.0000000Z',
  lastModifiedDateTime: '2026-03-10T08:36:00.0000000Z',
};

const callback = {
  id: '1773126000-example',
  name: 'Chat Request from Jamie Client at Example Law Firm',
  type: 'request',
  status: 'callback',
  pastStatus: [],
  report: {},
  creator: client,
  callback: {
    type: 'chat',
    note: 'I am in court until noon.',
    preferredTime: [{ start: '2026-03-09T12:00:00.0000000Z', end: '2026-03-09T13:00:00.0000000Z' }],
  },
  targetUsers: [],
  users: [],
  participants: [client],
  createdDateTime: '2026-03-09T07:40:00.0000000Z',
  lastModifiedDateTime: '2026-03-09T07:43:30.0000000Z',
};

const missed = {
  id: '1773040000-example',
  name: 'Chat Request from Robin Colleague at Example Bakery',
  type: 'request',
  status: 'missed',
  pastStatus: [],
  report: {},
  creator: colleague,
  targetUsers: [],
  users: [],
  participants: [colleague],
  createdDateTime: '2026-03-08T16:05:00.0000000Z',
  lastModifiedDateTime: '2026-03-08T16:12:20.0000000Z',
};

const push = {
  id: '1772950000-example',
  name: 'Chat about ticket 2000048190',
  type: 'push',
  status: 'handled',
  pastStatus: [],
  report: { handledDateTime: '2026-03-07T10:20:00.0000000Z' },
  reference: { type: 'ticket', id: '2000048190' },
  creator: technician,
  targetUsers: [client],
  users: [technician],
  participants: [technician],
  createdDateTime: '2026-03-07T10:20:00.0000000Z',
  lastModifiedDateTime: '2026-03-07T10:20:00.0000000Z',
};

const handled = {
  id: '1772870000-example',
  name: 'Chat Request from Casey Customer at Example Bakery',
  type: 'request',
  status: 'handled',
  pastStatus: [],
  report: { creatorWaited: 42, handledDateTime: '2026-03-06T09:00:42.0000000Z' },
  creator: customer,
  targetUsers: [],
  users: [customer, technician],
  participants: [customer, technician],
  lastMessageId: '1772870100000-2A-example~c~2000005101',
  createdDateTime: '2026-03-06T09:00:00.0000000Z',
  lastModifiedDateTime: '2026-03-06T09:00:42.0000000Z',
};

const created = {
  id: '1772780000-example',
  name: 'Chat Request from Jamie Client at Example Law Firm',
  type: 'request',
  status: 'created',
  pastStatus: [],
  report: {},
  creator: client,
  targetUsers: [],
  users: [client],
  participants: [client],
  createdDateTime: '2026-03-05T14:30:00.0000000Z',
  lastModifiedDateTime: '2026-03-05T14:30:00.0000000Z',
};

/** Has every value that a chat can have when it begins. */
const leftCallback = {
  id: '1773216000-example',
  name: 'The till prints no receipts since this morning.',
  type: 'request',
  status: 'callback',
  pastStatus: [],
  report: {},
  reference: { type: 'ticket', id: '2000048213' },
  creator: customer,
  callback: {
    type: 'phone',
    phone: '+1 202-555-0143',
    note: 'Please call before we open at ten.',
    preferredTime: [
      { start: '2026-03-11T08:30:00.0000000Z', end: '2026-03-11T09:45:00.0000000Z' },
      { start: '2026-03-11T13:00:00.0000000Z', end: '2026-03-11T14:30:00.0000000Z' },
    ],
  },
  targetUsers: [technician, colleague],
  users: [customer],
  participants: [customer],
  lastMessageId: '1773216000000-1A-example~c~2000005101',
  createdDateTime: '2026-03-11T08:00:00.0000000Z',
  lastModifiedDateTime: '2026-03-11T08:00:00.0000000Z',
};

const startedByTechnician = {
  ...push,
  id: '1773136800-example',
  createdDateTime: '2026-03-10T10:00:00.0000000Z',
  report: { handledDateTime: '2026-03-10T10:00:00.0000000Z' },
  lastModifiedDateTime: '2026-03-10T10:00:00.0000000Z',
};

const waiting = {
  ...created,
  id: '1773066600-example',
  createdDateTime: '2026-03-09T14:30:00.0000000Z',
  lastModifiedDateTime: '2026-03-09T14:30:00.0000000Z',
};

/**
 * The made-up sessions that the Zap editor shows for a trigger. DeskDirector publishes no call that
 * lists real ones.
 */
export interface Samples {
  /** The record from which an owner maps fields. It has a value in as many fields as possible. */
  readonly record: ChatSessionRecord;
  /** The sessions for "Test trigger", newest first. */
  readonly sessions: () => ChatSession[];
}

/*
 * Steps with the same sample share one record object. The platform copies the definition twice for
 * each delivery, and copies a shared object only once.
 */

/** Chats as they begin: one for each status that a chat can begin with. */
export const beginnings: Samples = {
  record: toRecord(readChatSession(leftCallback)),
  sessions: () => [leftCallback, startedByTechnician, waiting].map(readChatSession),
};

/**
 * Chats after a change: one for each status that a chat can change to, and one that a technician
 * started.
 */
export const changes: Samples = {
  record: toRecord(readChatSession(completed)),
  sessions: () => [completed, callback, missed, push, handled].map(readChatSession),
};
