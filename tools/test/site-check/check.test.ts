import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { contacts, members } from '../../desk-director/people.ts';
import type { FaultKind } from '../../desk-director/server.ts';
import { whatIsChecked } from '../../site-check/app.ts';
import { ROWS } from '../../site-check/table.ts';
import { check, SITE, startSite } from './checked-site.ts';

const always = { times: Number.POSITIVE_INFINITY };
const refusal = { kind: 'status', status: 403, ...always } as const;

test('the table has a row for each line of what is not known, in the words of the document', () => {
  const document = readFileSync('docs/site-check.md', 'utf8');
  const section = document.slice(document.indexOf('| Not published |'));
  const lines = section.slice(0, section.indexOf('\n\n')).split('\n').slice(2);
  expect(ROWS.map(({ unknown }) => unknown)).toEqual(
    lines.map((line) => line.split(' | ')[0]?.slice(2)),
  );
});

test('the sandbox is as believed, and nothing is changed there', async () => {
  const deskDirector = await startSite();
  const { id } = deskDirector.chats.request({ contact: contacts.quilla });
  deskDirector.chats.join(id, members.pixel);
  const { verdicts, isDifferent, output, finding, said } = await check(deskDirector, {
    session: id,
  });
  expect(isDifferent).toBe(false);
  const seen = Object.entries(verdicts).filter(([, verdict]) => verdict !== 'not seen');
  expect(seen).toEqual(
    [
      'the ids of the two events',
      'the filters of a site, the search fields, and the forms of the actions',
      'the fields of contacts, members, companies, tickets, user groups and notifications',
      'the answer for one chat session',
      'whether an entity ID of a chat is the ID that the searches take',
      'the events of tickets, and what a site sends with them',
      "the format of a message's ID",
      'what future versions add',
      'the units of `creatorWaited` and `chatDuration`',
    ].map((unknown) => [unknown, 'as believed']),
  );
  expect(finding('List of Companies')?.found).toBe('3 choices');
  expect(finding('Chat Session Status Changed: filters')?.found).toBe('6 fields');
  expect(finding('Send System Message in Chat')?.leftOut).toEqual([
    'replyTo.replyTo (it contains itself)',
    'attachments (it takes several kinds of values)',
  ]);
  // Lists of tasks are entries, so their tasks are no list within a list.
  expect(finding('Find Ticket Tasks: result')?.leftOut).toEqual([]);
  expect(said('the filters')).toBe('24 forms, 1 with fields left out.');
  expect(said('the events of tickets')).toBe('4 events, all fields shown.');
  expect(output).toContain('It has all documented properties, and no other.');
  expect(new Set(deskDirector.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('a text is searched for in each search, and nothing of what is found is shown', async () => {
  const deskDirector = await startSite();
  const { verdicts, said, output, finding, isDifferent } = await check(deskDirector, {
    find: 'Tansy Oddsworth',
  });
  expect(said('where the list')).toBe('In results, of 1 answer.');
  expect(said('which property of what is found')).toBe('1 of 1 have one.');
  expect(verdicts).toMatchObject({
    'where the list is in the answer to a search': 'as believed',
    'which property of what is found is its ID': 'as believed',
  });
  expect(finding('Find Contact: search')?.found).toBe('1 found');
  expect(finding('Find User Group: search')?.found).toBe('nothing found');
  expect(finding('Find Ticket: fields')?.found).toBe('6 fields');
  expect(output).not.toMatch(/Tansy|Oddsworth/i);
  const posts = deskDirector.requests.filter(({ method }) => method !== 'GET');
  expect(posts.filter(({ path }) => !/\/find$/.test(path))).toEqual([]);
  expect(isDifferent).toBe(false);
});

test('the events that a site offers are named without names of somebody', async () => {
  const events = [{ id: 'new', name: 'New chat of Quentin Secretperson' }];
  const { output, finding, said } = await check(await startSite({ events }));
  expect(finding('Chat Session Status Changed: filters')?.failure).toMatch(/^The site offers no/);
  expect(said('the ids')).toMatch(/^It offers “New chat of x x”\. Nothing is taken for/);
  expect(output).not.toMatch(/Quentin|Secretperson/);
});

const NO_ANSWER = "no answer of DeskDirector's API";
const UNAUTHORIZED: FaultKind = { kind: 'status', status: 401 };
const REDIRECT: FaultKind = { kind: 'redirect', status: 302, to: 'https://new.example.com/' };
const PAGE: FaultKind = { kind: 'html' };
const NOTIFICATION = 'Send Notification to Member';
/** Results of types that the site describes, each with a fault that its description meets. */
const RESULTS: readonly (readonly [type: string, step: string, FaultKind, words: string])[] = [
  ['Ticket', 'Find Ticket', UNAUTHORIZED, '(401)'],
  ['CreateNotificationResponse', NOTIFICATION, { kind: 'status', status: 500 }, '500'],
  ['Member', 'Find Member', REDIRECT, 'redirect (302)'],
  ['Company', 'Find Company', PAGE, NO_ANSWER],
  ['Contact', 'Find Contact', { kind: 'truncated' }, NO_ANSWER],
];

test('results that meet faults are told, and the rest goes on', async () => {
  const deskDirector = await startSite();
  for (const [type, , fault] of RESULTS) {
    deskDirector.fail({ ...fault, ...always, path: new RegExp(`/${type}(Details)?$`) });
  }
  const { verdicts, finding, isDifferent, said, words: printed } = await check(deskDirector);
  expect(printed).toContain('The check sees more with --session ID, --find TEXT and --listen.');
  for (const [, step, , words] of RESULTS) {
    const found = finding(`${step}: result`);
    expect(found?.failure).toContain(words);
    expect(found?.leftOut).toEqual([]);
  }
  expect(said('the fields of contacts')).toBe("9 of 13 results can't be read.");
  const different = Object.keys(verdicts).filter((row) => verdicts[row] === 'different');
  expect(different).toEqual([
    'the fields of contacts, members, companies, tickets, user groups and notifications',
  ]);
  expect(isDifferent).toBe(true);
});

test.each([
  [UNAUTHORIZED, '(401)'],
  [PAGE, NO_ANSWER],
])('a site that meets %j everywhere is asked no more', async (fault, words) => {
  const deskDirector = await startSite();
  deskDirector.fail({ ...fault, ...always, path: /^/ });
  const { output, isDifferent, facts, finding } = await check(deskDirector);
  expect(finding('Connection test')?.failure).toContain(words);
  expect(output).toContain('Nothing else was asked');
  expect(facts).toBeNull();
  expect(isDifferent).toBe(true);
  expect(deskDirector.requests.length).toBeLessThan(9);
});

test('a connection test and dropdowns that are refused are told under what to do', async () => {
  const deskDirector = await startSite();
  deskDirector.fail({ ...refusal, path: /connections|service|companies|members/ });
  const { isDifferent, words, finding, said, verdicts } = await check(deskDirector);
  expect(isDifferent).toBe(true);
  expect(words).toMatch(
    /What to do .*- the connection and the dropdowns: .*“Connection test”, .*“List of Request Types”/,
  );
  expect(words).toContain('“connect your account again”');
  expect(finding('Create Ticket')?.failure).toBe(
    'not asked, because the request types could not be read',
  );
  expect(said('the filters')).toBe("1 of 22 forms can't be read.");
  expect(verdicts['the answer for one chat session']).toBe('not seen');
  expect(said('what future')).toBe('--session or --listen shows it.');
});

test('what a site does not have is not asked for, and compared with nothing', async () => {
  const deskDirector = await startSite();
  const none = { kind: 'json', value: { results: [] }, ...always } as const;
  deskDirector.fail({ ...none, path: /request-types|boards/ });
  const session = 'no-such-session';
  const found = await check(deskDirector, { session, find: 'Nobody' });
  const { isDifferent, finding, said, verdicts, output } = found;
  expect(finding('Create Ticket')?.found).toBe('not asked, because the site has no request types');
  expect(finding('List of Statuses')?.found).toBe('not asked, because the site has no boards');
  expect(said('the filters')).toMatch(/^21 forms/);
  expect(said('the answer for one')).toBe('The site has no such session.');
  expect(said('where the list')).toBe('No search found anything.');
  expect(said('which property of')).toBe('No search found anything.');
  expect(verdicts['what future versions add']).toBe('not seen');
  expect(output).not.toContain('compared with the documented one');
  expect(isDifferent).toBe(false);
});

test('the reason in the note of a form does not name the site', async () => {
  const deskDirector = await startSite();
  const body = JSON.stringify({ message: `Not on ${SITE.toUpperCase()}.` });
  deskDirector.fail({ ...refusal, path: /schema/, body });
  const { output, finding } = await check(deskDirector);
  expect(finding('Update Ticket')?.failure).toContain('(403)');
  expect(output.toLowerCase()).not.toContain(SITE);
});

test('a key that no site has, and a host that the app refuses, are told', async () => {
  const deskDirector = await startSite();
  const wrongKey = await check({ ...deskDirector, apiKey: 'no-key-of-this-site' });
  expect(wrongKey.finding('Connection test')?.failure).toMatch(/^the site .*API key \(401\)/);
  expect(wrongKey.output).not.toContain('no-key-of-this-site');
  const wrongHost = await check(deskDirector, {}, '192.168.0.7');
  expect(wrongHost.finding('Connection test')?.failure).toContain('is an IP address.');
  expect(wrongHost.isDifferent).toBe(true);
  const authData = { site: '192.168.0.7', apiKey: deskDirector.apiKey };
  expect(whatIsChecked({ authData, base: '' })).toBe('Checks the site.');
});

test('a site without a single event for new tickets is different, and handled', async () => {
  const deskDirector = await startSite();
  const events = { results: [{ id: 'ticket-note-created', name: 'Ticket Note Created' }] };
  deskDirector.fail({ kind: 'json', value: events, path: /ticket-workflow-events/, ...always });
  const { finding, said, verdicts, isDifferent } = await check(deskDirector);
  expect(finding('New Ticket')?.found).toContain('so use Ticket Event');
  expect(said('the events of tickets')).toBe(
    'None says only that a ticket is new. 1 event, all fields shown.',
  );
  expect(verdicts['the events of tickets, and what a site sends with them']).toBe(
    'different, and handled',
  );
  expect(isDifferent).toBe(false);
});
