import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { contacts, members } from '../../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { ROWS } from '../../site-check/table.ts';
import { faultSwitches } from '../../zap-editor/fault-switches.ts';
import { check, SITE } from './checked-site.ts';

let site: DeskDirector | undefined;
afterEach(() => site?.stop());

async function start(...options: Parameters<typeof startDeskDirector>): Promise<DeskDirector> {
  site = await startDeskDirector(...options);
  return site;
}

const API = '/api/v2/automate/connector';

test('the table has a row for each line of what is not known, in the words of the document', () => {
  const document = readFileSync('docs/site-check.md', 'utf8');
  const section = document.slice(document.indexOf('| Not published |'));
  const lines = section.slice(0, section.indexOf('\n\n')).split('\n').slice(2);
  expect(ROWS.map(({ unknown }) => unknown)).toEqual(
    lines.map((line) => line.split(' | ')[0]?.slice(2)),
  );
});

test('the sandbox is as believed, and nothing is changed there', async () => {
  const deskDirector = await start();
  const { id } = deskDirector.chats.request({ contact: contacts.quilla });
  deskDirector.chats.join(id, members.pixel);
  const { verdicts, isDifferent, output, finding, said } = await check(deskDirector, {
    session: id,
  });
  expect(isDifferent).toBe(false);
  expect(verdicts).toEqual({
    'a call that lists chat sessions': 'not seen',
    'the ids of the two events': 'as believed',
    'the filters of a site, and the forms of the actions': 'as believed',
    'the fields of contacts, members, companies, tickets and notifications': 'as believed',
    'the answer for one chat session': 'as believed',
    'the answers of the two actions on chats': 'not seen',
    'the id of a new subscription': 'not seen',
    'whether a delivery is one session or a list': 'not seen',
    'whether an entity ID of a chat is the ID that the searches take': 'as believed',
    'whether the same update of a ticket twice has the same effect as once': 'not seen',
    "the format of a message's ID": 'as believed',
    'whether an event comes again, and whether `completed` does': 'not seen',
    'what future versions add': 'as believed',
    'the units of `creatorWaited` and `chatDuration`': 'as believed',
  });
  expect(finding('List of Companies')?.found).toBe('3 choices');
  expect(finding('Chat Session Status Changed: filters')?.found).toBe('11 fields');
  expect(finding('Send System Message in Chat')?.leftOut).toEqual([
    'replyTo.replyTo (it contains itself)',
    'attachments (it takes several kinds of values)',
  ]);
  expect(said('the filters')).toBe('10 forms, 1 with fields left out.');
  expect(output).toContain('It has all documented properties, and no other.');
  expect(new Set(deskDirector.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('the reason for a missing event shows no name of somebody', async () => {
  const events = [{ id: 'new', name: 'New chat of Quentin Secretperson' }];
  const { output, finding } = await check(await start({ events }));
  expect(finding('Chat Session Status Changed: filters')?.failure).toContain(
    'It offers: New chat of x x. Ask DeskDirector whether',
  );
  expect(output).not.toMatch(/Quentin|Secretperson/);
});

test('a long word in the table is not split', async () => {
  const id = 'chat_session_status_changed_event';
  const events = [
    { id: 'new', name: 'New Chat Session' },
    { id, name: 'Chat Session Status Changed' },
  ];
  const { output } = await check(await start({ events }));
  expect(output).toMatch(/the ids of the two +the names are the +on the next line +as believed/);
  expect(output).toContain(`; ${id} (Chat`);
});

test('without --session, what only a session shows is not seen', async () => {
  const { verdicts, said } = await check(await start());
  expect(verdicts['the answer for one chat session']).toBe('not seen');
  expect(said('what future')).toBe('--session or --listen shows it.');
});

const RESULTS = ['Contact', 'Member', 'Company'];
const NO_ANSWER = "no answer of DeskDirector's API";
/** What is said of each fault that the editor can switch on, except an answer that is only late. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ unauthorized: '(401)', forbidden: '(403)', missing: '(404)', throttled: '(429)' },
  ...{ broken: '500', down: '503', reset: "can't be reached", amid: "can't be reached" },
  ...{ redirect: 'redirect (302)', page: NO_ANSWER, truncated: NO_ANSWER, other: NO_ANSWER },
  ...{ empty: NO_ANSWER, huge: 'MB', drip: 'no answer in 3 seconds' },
};
const FAULTS = faultSwitches
  .filter(({ key }) => key !== 'late')
  .map(({ key, fault }) => ({ key, fault, words: WORDS[key] ?? '' }));
/** One check tries three faults, since a check takes long. */
const GROUPS = [0, 3, 6, 9, 12].map((from) => {
  const faults = FAULTS.slice(from, from + 3);
  return { faults, names: faults.map(({ key }) => key).join(', ') };
});

test.each(GROUPS)(
  'results that meet the faults $names are told, and the rest goes on',
  async ({ faults }) => {
    const deskDirector = await start();
    for (const [n, { fault }] of faults.entries()) {
      const path = `${API}/schema/dynamic-types/${RESULTS[n]}Details`;
      deskDirector.fail({ ...fault, path, times: Number.POSITIVE_INFINITY });
    }
    const { verdicts, finding, isDifferent, said } = await check(deskDirector);
    for (const [n, { words }] of faults.entries()) {
      const found = finding(`Find ${RESULTS[n]}: result`);
      expect(found).toMatchObject({ found: '', leftOut: [] });
      expect(found?.failure).toContain(words);
    }
    expect(finding('Find Ticket: result')?.failure).toBeNull();
    expect(said('the fields of contacts')).toBe("3 of 8 results can't be read.");
    const different = Object.keys(verdicts).filter((row) => verdicts[row] === 'different');
    expect(different).toEqual([
      'the fields of contacts, members, companies, tickets and notifications',
    ]);
    expect(isDifferent).toBe(true);
  },
);

const REFUSING = ['unauthorized', 'broken', 'redirect', 'page', 'truncated'];
const EVERYWHERE = FAULTS.filter(({ key }) => REFUSING.includes(key));

test.each(EVERYWHERE)('a site that is $key everywhere is asked no more', async (everywhere) => {
  const { fault, words } = everywhere;
  const deskDirector = await start();
  deskDirector.fail({ ...fault, path: /^/, times: Number.POSITIVE_INFINITY });
  const { output, isDifferent, facts, finding } = await check(deskDirector);
  expect(finding('Connection test')?.failure).toContain(words);
  expect(output).toContain('Nothing else was asked');
  expect(facts).toBeNull();
  expect(isDifferent).toBe(true);
  expect(deskDirector.requests.length).toBeLessThan(9);
});

test('a connection test and dropdowns that are refused are told under what to do', async () => {
  const deskDirector = await start();
  const refusal = { kind: 'status', status: 403, times: Number.POSITIVE_INFINITY } as const;
  deskDirector.fail({ ...refusal, path: /connections|service|companies|members/ });
  const { isDifferent, words, finding, said } = await check(deskDirector);
  expect(isDifferent).toBe(true);
  expect(words).toMatch(
    /What to do .*- the connection and the dropdowns: .*“Connection test”, .*“List of Request Types”/,
  );
  expect(words).toContain('“connect your account again”');
  expect(finding('Create Ticket')?.failure).toBe(
    'not asked, because the request types could not be read',
  );
  expect(said('the filters')).toBe("1 of 8 forms can't be read.");
});

test('a site without request types and boards says what was not asked', async () => {
  const deskDirector = await start();
  const none = { kind: 'json', value: { results: [] }, times: 9 } as const;
  deskDirector.fail({ ...none, path: /request-types|boards/ });
  const { isDifferent, finding, said } = await check(deskDirector);
  expect(finding('Create Ticket')?.found).toBe('not asked, because the site has no request types');
  expect(finding('List of Statuses')?.found).toBe('not asked, because the site has no boards');
  expect(said('the filters')).toMatch(/^7 forms/);
  expect(isDifferent).toBe(false);
});

test('the reason in the note of a form does not name the site', async () => {
  const deskDirector = await start();
  const refusal = { kind: 'status', status: 403, times: Number.POSITIVE_INFINITY } as const;
  deskDirector.fail({
    ...refusal,
    path: /schema/,
    body: JSON.stringify({ message: `Not on ${SITE.toUpperCase()}.` }),
  });
  const { output, finding } = await check(deskDirector);
  expect(finding('Update Ticket')?.failure).toContain('(403)');
  expect(output.toLowerCase()).not.toContain(SITE);
});

test('a session that the site does not have is compared with nothing', async () => {
  const { verdicts, said, output } = await check(await start(), { session: 'no-such-session' });
  expect(said('the answer for one')).toBe('The site has no such session.');
  expect(verdicts['what future versions add']).toBe('not seen');
  expect(output).not.toContain('compared with the documented one');
});

test('a key that no site has, and a host that the app refuses, are told', async () => {
  const deskDirector = await start();
  const wrongKey = await check({ ...deskDirector, apiKey: 'no-key-of-this-site' });
  expect(wrongKey.finding('Connection test')?.failure).toMatch(/^the site .*API key \(401\)/);
  expect(wrongKey.output).not.toContain('no-key-of-this-site');
  const wrongHost = await check(deskDirector, {}, '192.168.0.7');
  expect(wrongHost.finding('Connection test')?.failure).toContain('is an IP address.');
  expect(wrongHost.isDifferent).toBe(true);
});
