import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publishedIds } from '../../../src/deskdirector/operations.ts';
import { asObject } from '../../../src/values.ts';
import { companies, contacts, members } from '../../desk-director/people.ts';
import { readReplay } from '../../desk-director/site-file.ts';
import { createNames } from '../../site-check/names.ts';
import { saveSite, siteFile } from '../../site-check/save.ts';
import { answerStructure, schemaStructure } from '../../site-check/structure.ts';
import { check, checkAndSave, save, startSite } from './checked-site.ts';

const API = '/api/v2/automate/connector';
const forever = { times: Number.POSITIVE_INFINITY };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const saved = (name: string, ...options: Parameters<typeof check>) =>
  checkAndSave(join(folder, name), ...options);

/** A sandbox that was checked without a session, and saved. */
let plain: Awaited<ReturnType<typeof saved>>;
beforeAll(async () => {
  plain = await saved('plain.json', await startSite());
});

const withoutTimes = (findings: readonly { milliseconds: number | null }[]) =>
  findings.map((finding) => ({ ...finding, milliseconds: 0 }));

test('a site that is saved, replayed and checked again reports the same', async () => {
  const replayed = await check(await startSite(await readReplay(plain.path)));
  expect(replayed.rows).toEqual(plain.rows);
  expect(withoutTimes(replayed.findings)).toEqual(withoutTimes(plain.findings));
});

test('a replayed site announces chats by its own events, whatever their order', async () => {
  const events = [
    { id: 'b', name: 'Chat Session Status Changed' },
    { id: 'x', name: 'Something Else' },
    { id: 'x', name: 'With the same ID' },
    { id: 'a', name: 'New Chat Session' },
  ];
  const { path, text } = await saved('events.json', await startSite({ events }));
  expect(JSON.parse(text).events).toMatchObject([
    { id: 'b', trigger: 'chat_session_status_changed' },
    { id: 'x', trigger: null },
    { id: 'a', trigger: 'new_chat_session' },
  ]);
  const replay = await readReplay(path);
  expect(replay).toMatchObject({ announced: { new: 'a', statusChanged: 'b' } });
});

/** What must be nowhere. The sandbox names its people and companies, too. */
const PLANTED = [
  ...['Zelda', 'Plantwell', 'Plantwell & Sons', 'PlantwellSons', 'zelda@plantwell.example'],
  ...[
    'plantwell.example',
    'Our secret greeting',
    'Tier One',
    'Goldplated',
    '+1 202-555-0199',
    '48213777',
  ],
];

const person = 'Zelda Plantwell';
const hostile = {
  $id: 'https://acme-desk.plantwell.example/schema',
  $schema: 'https://plantwell.example/draft',
  $comment: person,
  type: 'object',
  title: `Form of ${person}`,
  description: 'Our secret greeting',
  examples: [person],
  'x-owner': person,
  'x-ms-summary': person,
  required: [person, 'plantwellNote'],
  properties: {
    [person]: { type: 'string', const: person, pattern: `^${person}$` },
    plantwellnotes: { type: 'string' },
    zeldaNote: { type: 'string' },
    plantwellNote: { type: 'string', default: person, enum: [person, 'Tier One'] },
    ref48213777: { type: 'integer', default: 48213777, enum: [48213777, 5] },
    'ann.bell@initech.example': { type: 'string' },
    'portal.initech.example': { type: 'string' },
    '@odata.type': { type: 'string' },
    'A-KEY-that-nobody-SHOULD-see': { type: 'string' },
    'zelda@plantwell.example': { type: 'string', format: 'plantwell' },
    __proto__x: { $ref: 'https://plantwell.example/types#/Zelda' },
    local: { $ref: `#/definitions/${encodeURIComponent(person)}` },
    list: {
      type: 'integer',
      'x-ms-dynamic-values': {
        operationId: 'ListCompanies',
        'value-path': 'id',
        parameters: {
          [person]: { value: person },
          other: person,
          zelda: 48213777,
          tier: 'Goldplated',
        },
        owner: person,
      },
    },
    choice: {
      oneOf: [
        { const: person, title: person },
        { const: 'Tier One', title: 'Tier One' },
      ],
      'x-enumNames': [person, 'Tier One'],
    },
    nested: {
      type: 'object',
      patternProperties: { [`^${person}`]: { type: 'string' } },
      additionalProperties: { description: person, type: 'string' },
    },
  },
  definitions: { [person]: { type: 'string', title: person } },
};

const hostileSession = {
  id: '1773129600-1006',
  name: `Chat Request from ${person}`,
  type: 'request',
  status: 'handled',
  creator: {
    entityId: 48213777,
    name: person,
    userId: 'tildesite~c~48213777',
    displayName: 'Wanda',
    email: 'wumpus@example.com',
    company: { entityId: 7, name: 'Plantwell & Sons', identifier: 'PlantwellSons' },
  },
  [person]: 'Our secret greeting',
  zeldaMood: { 'Plantwell & Sons': true },
  tildesiteNote: { wandaNote: 1, wumpusNote: 2 },
  callback: { type: 'phone', phone: '+1 202-555-0199', note: 'Our secret greeting' },
  createdDateTime: '2018-06-28T05:15:45.7824134Z',
  lastModifiedDateTime: '2018-06-28T05:15:45.78+13:00',
  // The platform's log replaces what may be a secret, also without quotes.
  authorId: 987654321,
};

test('no name, host, key or text is in the saved file or on the screen', async () => {
  const apiKey = 'a-key-that-nobody-should-see';
  const site = await startSite({
    apiKey,
    events: [
      { id: 'plantwell-new', name: 'New chat of Zelda' },
      { id: 'status', name: 'Chat Session Status Changed' },
      { id: 'quentin@secretperson.example', name: 'Chat updated by Quentin Secretperson' },
      { id: apiKey, name: 'Chat on 5550199' },
    ],
    schemas: { UpdateTicketRequest: hostile, MemberDetails: hostile, parameters: hostile },
  });
  const list = {
    results: [
      { id: 1, name: person },
      { id: 2, name: 'Plantwell & Sons' },
      { id: 3, name: 'New Status Group' },
    ],
  };
  site.fail({ kind: 'json', path: `${API}/companies`, value: list, ...forever });
  site.fail({ kind: 'json', path: `${API}/chat-sessions/s`, value: hostileSession, ...forever });
  const host = 'acme-desk.plantwell.example.com';
  const { text, output, told } = await saved('hostile.json', site, { session: 's' }, host);

  const people = Object.values({ ...companies, ...contacts, ...members });
  const names = people.flatMap(({ name }) => [name, ...name.split(' ')]);
  const secrets = [
    ...PLANTED,
    ...['initech', 'ann.bell', 'quentin', 'secretperson', '5550199', 'censored'],
    ...['tildesite', 'wanda', 'wumpus'],
    ...names.filter((name) => name.length > 3),
    apiKey,
    host,
    'acme-desk',
  ];
  for (const secret of secrets) {
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(output.toLowerCase()).not.toContain(secret.toLowerCase());
  }
  expect(told.join()).toMatch(
    /leaves out the key, all texts.*can't know every name: look through the file/,
  );

  const file = JSON.parse(text);
  expect(file.lists['/companies']).toBe(3);
  expect(file.events.map(({ name }: { name: string }) => name)).toEqual([
    'New chat of x',
    'Chat Session Status Changed',
    'Chat updated by x x',
    expect.stringMatching(/^event\d+$/),
  ]);
  expect(file.session).toMatchObject({
    id: 'text',
    status: 'handled',
    creator: { entityId: 1, name: 'text', userId: 'site~c~1', company: { identifier: 'text' } },
    xMood: {},
    createdDateTime: '2000-01-01T00:00:00.0000000Z',
    lastModifiedDateTime: '2000-01-01T00:00:00.00+00:00',
  });
  const form = file.types.UpdateTicketRequest;
  expect(Object.keys(form)).toEqual(
    expect.arrayContaining(['type', 'title', 'required', 'properties', 'definitions']),
  );
  const [placeholder] = Object.keys(form.definitions);
  const [, note] = form.required;
  expect(form.required).toEqual([placeholder, expect.stringMatching(/^xNote\d*$/)]);
  expect(form.properties).toHaveProperty(['@odata.type']);
  expect(Object.keys(form.properties)).toHaveLength(Object.keys(hostile.properties).length);
  expect(form.properties.local).toEqual({ $ref: `#/definitions/${placeholder}` });
  expect(form.properties[note].enum).toHaveLength(2);
  expect(form.properties[note].default).toBe(form.properties[note].enum[0]);
});

test('names of companies erase no published name, and no part of an ordinary word', () => {
  const names = createNames();
  const ids = publishedIds();
  expect(ids).toEqual(expect.arrayContaining(['ListBoards', 'InviteUsersToChat', 'TicketDetails']));
  // No company has a version in its name.
  names.learn([...ids.map((id) => id.replace(/_?V2$/, '')), 'Able', 'Wumpus']);
  expect(ids.map(names.property)).toEqual(ids);
  expect(names.property('isAvailable')).toBe('isAvailable');
  expect(names.property('ableNote')).toBe('xNote');
  expect(names.property('mywumpusnote')).toBe('x');
  expect(names.property('x')).toMatch(/^x\d+$/);
  expect(names.property('laterNote')).toBe('laterNote');
  names.learn(['Later']);
  expect(names.property('laterNote')).not.toMatch(/later/);
});

test.each([
  ['Müller', 'mullerPortal', 'xPortal'],
  ['Müller', 'muellerPortal', 'xPortal'],
  ['Mu\u0308ller', 'muller_url', 'x_url'],
  ['Łukasz Søndergård', 'lukaszOrSondergaardNote', 'xOrXNote'],
  ['Acme', 'acmeportalurl', 'x'],
  ['Acme', 'myacmeportal', 'x'],
  ['HP', 'hpportalurl', 'x'],
  ['HP', 'graphpoint', 'graphpoint'],
  ['Sue', 'sueapproval', 'x'],
  ['Zoë', 'zoeNotes', 'xNotes'],
  ["O'Brien", 'obrienNote', 'xNote'],
  ['Plantwell', 'plant_well_note', 'property1'],
  ['Able', 'tel_021_555_0177', 'property1'],
  ['Able', 'callOn20265501', 'property1'],
  ['Able', 'line2Of2024', 'property1'],
  ['Able', 'line2Of24', 'line2Of24'],
  ['Service Desk', 'serviceDeskId', 'serviceDeskId'],
])('who knows %s writes %s as %s', (known, name, safe) => {
  const names = createNames();
  names.learn([known]);
  expect(names.property(name).toLowerCase()).toBe(safe.toLowerCase());
});

/** The forms of actions, by what the site sends in place of the form. */
const ODD_FORMS: Readonly<Record<string, { type: string; schema: unknown }>> = {
  'Send System Message in Chat': {
    type: 'CreateChatMessageRequest',
    schema: { message: 'No form for you.' },
  },
  'Invite Users to Chat': { type: 'CreateChatInviteRequest', schema: [1, 2] },
  'Send Notification to Contact': {
    type: 'CreateContactNotificationRequest',
    schema: { schema: { type: 'object', properties: { note: {} } } },
  },
  'Send Notification to Member': {
    type: 'CreateMemberNotificationRequest',
    schema: { properties: { note: { type: 'string', required: true } } },
  },
};
const TYPE_IDS = ['Contact/Details', 'a~1b%2F~', '100% Ann'];

test('odd forms, types and refused lists report the same when they are replayed', async () => {
  const properties = TYPE_IDS.map((typeId, n) => {
    const dynamic = { operationId: 'GetDynamicSchema', parameters: { typeId } };
    return [`more${n}`, { type: 'object', 'x-ms-dynamic-schema': dynamic }];
  });
  const odd = Object.values(ODD_FORMS).map(({ type, schema }) => [type, schema]);
  const UpdateTicketRequest = { type: 'object', properties: Object.fromEntries(properties) };
  const schemas = { ...Object.fromEntries(odd), UpdateTicketRequest };
  const site = await startSite({ schemas });
  const value = { type: 'object', properties: { note: { type: 'string' } } };
  for (const typeId of TYPE_IDS) {
    const path = `${API}/schema/dynamic-types/${encodeURIComponent(typeId)}`;
    site.fail({ kind: 'json', path, value, ...forever });
  }
  site.fail({ kind: 'status', status: 403, path: /companies$/, ...forever });

  const original = await saved('odd.json', site);
  expect(original.told.join()).toContain(
    '“List of Companies” could not be read. The names there are not',
  );
  expect(original.output).toMatch(/What to do\n[\s\S]*- the connection and the dropdowns: Read/);
  const replayed = await check(await startSite(await readReplay(original.path)));
  expect(replayed.verdicts).toEqual(original.verdicts);
  expect(replayed.finding('List of Companies')?.failure).toContain('(404)');
  for (const { finding } of [original, replayed]) {
    expect(finding('Update Ticket')).toMatchObject({ found: '3 fields', failure: null });
  }
  for (const form of Object.keys(ODD_FORMS)) {
    expect(replayed.finding(form)?.found).toBe(original.finding(form)?.found);
  }
});

test('a slash and a tilde in a name that a form refers to, and two equal entries, are kept', async () => {
  const names = createNames();
  const { $ref, definitions } = asObject(
    schemaStructure({ $ref: '#/definitions/a~1b~0c', definitions: { 'a/b~c': {} } }, names),
  );
  expect($ref).toBe(`#/definitions/${Object.keys(asObject(definitions))[0]}`);
  expect(answerStructure(['a', 2, 'b', 'c'], names)).toEqual(['text', 1, 'text']);
});

test.each(['text', 7, false])('a session that was %j is saved and replayed', async (data) => {
  const path = join(folder, `session-${data}.json`);
  await save(path, { ...plain.facts, lookUp: { answer: 'other', failure: 'no session', data } });
  await expect(readReplay(path)).resolves.toMatchObject({ replay: { version: 1 } });
});

test('a file that exists is not overwritten, even if it appears while the question is asked', async () => {
  const path = join(folder, 'appears.json');
  const { facts } = plain;
  await expect(saveSite(path, facts, () => writeFile(path, 'kept'))).rejects.toThrow('EEXIST');
  expect(await readFile(path, 'utf8')).toBe('kept');
  const other = join(folder, 'refused.json');
  await expect(saveSite(other, facts, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(readFile(other)).rejects.toThrow('ENOENT');
  expect(siteFile(facts).session).toBeNull();
});

const good = {
  ...{ format: 'DeskDirector site', version: 1, app: '1.0.0', events: [], types: {} },
  ...{ ticketForms: [], lists: {}, subscription: null, session: null, delivery: null },
};

const event = { id: 'a', name: 'b', trigger: null, filters: null };

test.each<[string, string, string]>([
  ['a cut file', '{"format"', 'is not valid JSON.'],
  ['another version', JSON.stringify({ ...good, version: 2 }), 'has version 2 of its format.'],
  ['another file', '{"name":"x"}', "must have required property 'format'"],
  [
    'two events with the same id',
    JSON.stringify({ ...good, events: [event, event] }),
    '/events/1/id is the id of another event, too: "a".',
  ],
  ['a property too many', JSON.stringify({ ...good, host: 'x' }), 'additional properties ("host")'],
  [
    'a type that is no object',
    JSON.stringify({ ...good, types: { ContactDetails: 'x' } }),
    '/types/ContactDetails must be object',
  ],
])('%s is refused, and the error names what is wrong', async (name, text, words) => {
  const path = join(folder, `${name}.json`);
  await writeFile(path, text);
  await expect(readReplay(path)).rejects.toThrow(words);
  await expect(readReplay(path)).rejects.toThrow(path);
});

test('a file that is not there is told', async () => {
  await expect(readReplay(join(folder, 'none.json'))).rejects.toThrow("none.json can't be read.");
});
