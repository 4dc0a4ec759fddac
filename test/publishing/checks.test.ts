import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { asObject, list } from '../../src/values.ts';
import { badDescription, badLogo } from './brand.ts';
import { visibleSteps } from './definition.ts';
import * as definitions from './definition-checks.ts';
import { changed, type Evidence, gatherEvidence } from './evidence.ts';
import { type InterfaceChange, interfaceChanges, interfaceOf } from './interface.ts';
import * as records from './record-checks.ts';

let evidence: Evidence;
beforeAll(async () => {
  evidence = await gatherEvidence();
});

interface Check {
  /** As Zapier names it. */
  readonly id: string;
  readonly rule: string;
  /** Words for whatever breaks the rule. */
  readonly problems: (evidence: Evidence) => string[];
  /** What breaks it: another value at a path (none: nothing there), and the words that it brings. */
  readonly breaks: readonly (readonly [path: string, value: unknown, words: string])[];
}

const HOOK = 'definition.triggers.new_chat_session';
const SEARCH = 'definition.searches.find_chat_session';
const CREATE = 'definition.creates.invite_users_to_chat';

const ofDefinition =
  (problems: (definition: unknown) => string[]) =>
  ({ definition }: Evidence) =>
    problems(definition);

const ofInterface =
  (check: InterfaceChange['check']) =>
  ({ definition, recorded }: Evidence) =>
    interfaceChanges(recorded, interfaceOf(definition)).flatMap((change) =>
      change.check === check ? change.words : [],
    );

const CHECKS: readonly Check[] = [
  {
    id: 'C001',
    rule: 'no trigger, search or create that Zaps use is gone or hidden',
    problems: ofInterface('C001'),
    breaks: [
      [HOOK, undefined, "existing Zaps with it can't be migrated"],
      [SEARCH, undefined, "existing Zaps with it can't be migrated"],
      [CREATE, undefined, "existing Zaps with it can't be migrated"],
      [`${HOOK}.display.hidden`, true, 'no new Zap can have it'],
    ],
  },
  {
    id: 'C002',
    rule: 'no input field that Zaps fill in is gone',
    problems: ofInterface('C002'),
    breaks: [
      [`${HOOK}.operation.inputFields.0`, '$func$2$f$', 'what existing Zaps filled in is not read'],
      [`${CREATE}.operation.inputFields.0.key`, 'chat_id', 'input session_id is gone'],
    ],
  },
  {
    id: 'C003',
    rule: 'no output field that Zaps have mapped is gone',
    problems: ofInterface('C003'),
    breaks: [
      [`${HOOK}.operation.sample.name`, undefined, 'existing Zaps that mapped it get nothing'],
      [`${SEARCH}.operation.outputFields.0.key`, 'session', 'output id is gone'],
      [`${SEARCH}.operation.sample.participants`, [{}], 'output participants[]id is gone'],
    ],
  },
  {
    id: 'D001',
    rule: 'no input field asks for a secret',
    problems: ofDefinition(definitions.secretInputs),
    breaks: [
      [`${HOOK}.operation.inputFields.0.key`, 'api_key', 'api_key asks for a secret'],
      [`${CREATE}.operation.inputFields.0.type`, 'password', 'session_id asks for a secret'],
    ],
  },
  {
    id: 'D002',
    rule: "the help texts of the connection's fields link to where the values are found",
    problems: ofDefinition(definitions.unlinkedAuthFields),
    breaks: [
      ['definition.authentication.fields.1.helpText', 'In the portal.', 'apiKey does not link'],
      ['definition.authentication.fields.0.helpText', undefined, 'site does not link'],
    ],
  },
  {
    id: 'D003',
    rule: 'the connection label tells one connection from another, without a secret',
    problems: ofDefinition(definitions.badConnectionLabel),
    breaks: [
      ['definition.authentication.connectionLabel', 'DeskDirector', 'the same for all connections'],
      ['definition.authentication.connectionLabel', '{{apiKey}}', 'shows a secret'],
      ['definition.authentication.connectionLabel', undefined, 'the same for all connections'],
    ],
  },
  {
    id: 'D004',
    rule: 'ids are chosen from dropdowns, but for session ids, which no call lists',
    problems: ofDefinition(definitions.idsWithoutDropdown),
    breaks: [
      [`${HOOK}.operation.inputFields.3.dynamic`, undefined, 'company_ids has no dropdown'],
      [`${SEARCH}.operation.inputFields.0.key`, 'ticketId', 'ticketId has no dropdown'],
    ],
  },
  {
    id: 'D005',
    rule: 'dropdowns name triggers that exist',
    problems: ofDefinition(definitions.brokenDropdowns),
    breaks: [
      ['definition.triggers.company_list', undefined, 'company_list.id.name, which does not exist'],
    ],
  },
  {
    id: 'D006',
    rule: 'hooks have records for the test in the editor',
    problems: ofDefinition(definitions.hooksWithoutList),
    breaks: [[`${HOOK}.operation.performList`, undefined, 'new_chat_session has no performList']],
  },
  {
    id: 'D007',
    rule: 'all URLs are https',
    problems: ofDefinition(definitions.insecureUrls),
    breaks: [
      ['definition.authentication.test', { url: 'http://example.com/me' }, 'test.url has a URL'],
    ],
  },
  {
    id: 'D008',
    rule: 'links in descriptions and help texts are written as links, or in backticks',
    problems: ofDefinition(definitions.brokenLinks),
    breaks: [
      [`${HOOK}.display.description`, 'See [Google(https://google.com)', 'display.description has'],
      [`${HOOK}.operation.inputFields.0.helpText`, 'See https://google.com', 'helpText has a link'],
      ['definition.authentication.fields.0.helpText', '[a] (b)', 'fields.0.helpText has a link'],
    ],
  },
  {
    id: 'D009',
    rule: 'searches have a field to search by',
    problems: ofDefinition(definitions.searchesWithoutField),
    breaks: [
      [`${SEARCH}.operation.inputFields`, [], 'has no field to search by'],
      [`${SEARCH}.operation.inputFields`, undefined, 'has no field to search by'],
    ],
  },
  {
    id: 'D011',
    rule: 'help texts say more than the labels',
    problems: ofDefinition(definitions.redundantHelp),
    breaks: [
      [`${HOOK}.operation.inputFields.2.helpText`, 'session types', 'repeats its label'],
      ['definition.authentication.fields.1.helpText', 'API key.', 'apiKey has a help text that'],
    ],
  },
  {
    id: 'D012',
    rule: 'visible steps have a sample',
    problems: ofDefinition(definitions.stepsWithoutSample),
    breaks: [
      [`${HOOK}.operation.sample`, undefined, 'new_chat_session has no sample'],
      [`${CREATE}.operation.sample`, {}, 'invite_users_to_chat has no sample'],
      ['definition.triggers.member_list.display.hidden', false, 'member_list has no sample'],
    ],
  },
  {
    id: 'D017',
    rule: 'hooks can be subscribed and unsubscribed',
    problems: ofDefinition(definitions.staticHooks),
    breaks: [
      [`${HOOK}.operation.performSubscribe`, undefined, "new_chat_session can't be subscribed"],
      [`${HOOK}.operation.performUnsubscribe`, undefined, "new_chat_session can't be subscribed"],
    ],
  },
  {
    id: 'D018',
    rule: 'labels of visible steps are in title case',
    problems: ofDefinition(definitions.labelsNotInTitleCase),
    breaks: [
      [`${SEARCH}.display.label`, 'find chat session', 'in place of "Find Chat Session"'],
      [`${SEARCH}.display.label`, 'Find A Chat Session', 'in place of "Find a Chat Session"'],
    ],
  },
  {
    id: 'D021',
    rule: 'visible triggers are described as "Triggers when …."',
    problems: ofDefinition(definitions.badTriggerDescriptions),
    breaks: [
      [`${HOOK}.display.description`, 'Triggers whenever there is a chat.', 'is not described'],
      [`${HOOK}.display.description`, 'Triggers when there is a chat', 'is not described'],
    ],
  },
  {
    id: 'D022',
    rule: 'creates have static input fields',
    problems: ofDefinition(definitions.createsWithoutStaticField),
    breaks: [[`${CREATE}.operation.inputFields.0`, '$func$2$f$', 'has no static input field']],
  },
  {
    id: 'D023',
    rule: 'times in samples are ISO 8601 with their offset',
    problems: ofDefinition(records.unreadableTimes),
    breaks: [
      [`${HOOK}.operation.sample.created_at`, '2023-08-01T06:50:30', 'has "2023-08-01T06:50:30"'],
      [`${SEARCH}.operation.sample.name`, '01 Aug 2023 06:50:30', 'has "01 Aug 2023 06:50:30"'],
      [`${HOOK}.operation.sample.callback_preferred_times.0.start`, '01 Aug 2023', 'has "01 Aug'],
    ],
  },
  {
    id: 'D024',
    rule: 'samples are as the output fields say',
    problems: ofDefinition(records.wrongSamples),
    breaks: [
      [`${HOOK}.operation.sample.participant_count`, '3', 'participant_count is no integer: "3"'],
      [`${HOOK}.operation.sample.created_at`, 'yesterday', 'created_at is no datetime'],
      [
        `${SEARCH}.operation.sample.participants.1.entity_id`,
        'x',
        'participants.1.entity_id is no',
      ],
      [`${SEARCH}.operation.sample.participants`, 'Casey', 'participants is no list of line items'],
      [
        `${CREATE}.operation.outputFields.1`,
        { key: 'email', required: true },
        'email is required and missing',
      ],
    ],
  },
  {
    id: 'D025',
    rule: 'no URI runs code',
    problems: ofDefinition(definitions.dangerousUris),
    breaks: [
      [`${HOOK}.display.description`, "[x](javascript:alert('XSS'))", 'has a dangerous URI'],
      [`${HOOK}.operation.sample.name`, 'java\nscript:alert(1)', 'has a dangerous URI'],
      [`${HOOK}.operation.sample.name`, 'data:text/html;base64,eA==', 'has a dangerous URI'],
    ],
  },
  {
    id: 'D026',
    rule: 'a host that is no public name is refused, before any request',
    problems: ({ hosts }) =>
      hosts
        .filter(({ refusal, requests }) => !refusal?.includes('The Site Host ') || requests > 0)
        .map(({ typed }) => `"${typed}" is taken for a site`),
    breaks: [
      ['hosts.0.refusal', null, '"127.0.0.1" is taken for a site'],
      ['hosts.2.requests', 1, '"localhost" is taken for a site'],
    ],
  },
  {
    id: 'D027',
    rule: 'the definition is for the platform that is installed',
    problems: ({ definition, platform }) => definitions.outdatedPlatform(definition, platform),
    breaks: [['definition.platformVersion', '18.0.0', 'is for platform 18.0.0']],
  },
  {
    id: 'D028',
    rule: 'blank input reaches the app as it is',
    problems: ofDefinition(definitions.cleanedInput),
    breaks: [
      ['definition.flags.cleanInputData', undefined, 'does not set the flag cleanInputData'],
      [`${SEARCH}.operation.cleanInputData`, true, 'find_chat_session has blank input removed'],
    ],
  },
  {
    id: 'M002',
    rule: 'the description of the app is about the app alone, and short',
    problems: ({ marketing }) => badDescription(marketing),
    breaks: [
      ['marketing.description', 'Chat for IT service providers.', 'does not begin with'],
      ['marketing.description', 'DeskDirector is a tool.', 'has less than 40 characters'],
      ['marketing.description', `DeskDirector is a ${'very '.repeat(30)}tool.`, 'more than 140'],
      ['marketing.description', 'DeskDirector is a. B. C. D.', 'has more than three sentences'],
      ['marketing.description', 'DeskDirector is a portal for Zapier users.', 'says "Zapier"'],
      ['marketing.description', 'DeskDirector is a way to sync all chats.', 'says "sync"'],
    ],
  },
  {
    id: 'M004',
    rule: 'the logo is a square PNG of at least 256 pixels with transparency',
    problems: ({ logo }) => badLogo(logo),
    breaks: [
      ['logo.width', 511, 'is not square'],
      ['logo.width', 128, 'is narrower than 256 pixels'],
      ['logo.isRgba', false, 'is not in RGBA mode'],
      ['logo.cornerAlpha', 255, 'has no transparent background'],
    ],
  },
  {
    id: 'T003',
    rule: 'times in live records are ISO 8601 with their offset',
    problems: ({ definition, live }) => records.unreadableLiveTimes(definition, live),
    breaks: [
      ['live.triggers.new_chat_session.0.created_at', '2023-08-01T06:50:30', 'has "2023-08-01T'],
      ['live.searches.find_chat_session.0.close_note', '01 Aug 2023', 'has "01 Aug 2023"'],
    ],
  },
  {
    id: 'T004',
    rule: 'what can be mapped from a sample is in every live record',
    problems: ({ definition, live }) => records.sampleKeysMissingLive(definition, live),
    breaks: [
      ['live.triggers.new_chat_session.0.ticket_id', undefined, 'has no "ticket_id"'],
      ['live.searches.find_chat_session.0.participants', [{}], 'has no "participants[]id"'],
      ['live.creates.invite_users_to_chat.0.session_id', undefined, 'has no "session_id"'],
      ['live.triggers.chat_session_status_changed', [], 'status_changed has no records'],
    ],
  },
  {
    id: 'T005',
    rule: 'live records are as the output fields say',
    problems: ({ definition, live }) => records.wrongLiveRecords(definition, live),
    breaks: [
      ['live.triggers.new_chat_session.0.id', 1, 'id is no string: 1'],
      ['live.triggers.new_chat_session.1.created_at', '01 Aug 2023', 'created_at is no datetime'],
      [
        'live.searches.find_chat_session.0.participants.0.entity_id',
        '1',
        'entity_id is no integer',
      ],
      ['live.creates.invite_users_to_chat.0.session_id', 1, 'session_id is no string'],
    ],
  },
  {
    id: 'T006',
    rule: "what can be mapped from the editor's test records is in every live record",
    problems: ({ definition, live, polled }) =>
      records.polledKeysMissingLive(definition, live, polled),
    breaks: [
      ['polled.triggers.new_chat_session.2.email', 'a@example.com', 'has no "email"'],
      ['live.triggers.chat_session_status_changed.0.id', undefined, 'has no "id"'],
    ],
  },
  {
    id: 'Z001',
    rule: "the editor's test records are as the output fields say",
    problems: ({ definition, polled }) => records.wrongPolledRecords(definition, polled),
    breaks: [
      ['polled.triggers.new_chat_session.0.id', 1, 'id is no string: 1'],
      ['polled.triggers.chat_session_status_changed', [], 'status_changed has no records'],
    ],
  },
];

describe.each(CHECKS)('$id: $rule', ({ problems, breaks }) => {
  test('is so', () => {
    expect(problems(evidence)).toEqual([]);
  });

  test.each(breaks)('is not so with another %s: %j', (path, value, words) => {
    expect(problems(changed(evidence, path, value))).toEqual(
      expect.arrayContaining([expect.stringContaining(words)]),
    );
  });
});

test('each list of line items has rows in some live record', () => {
  const lists = visibleSteps(evidence.definition).flatMap(({ operation }) =>
    list(operation.outputFields, asObject).flatMap(({ key, children }) => (children ? [key] : [])),
  );
  const live = Object.values(evidence.live).flatMap((ofKind) => Object.values(ofKind).flat());
  const rows = (key: unknown) =>
    live.flatMap((record) => list(asObject(record)[String(key)], asObject));
  expect(lists.length).toBeGreaterThan(0);
  expect(lists.filter((key) => rows(key).length === 0)).toEqual([]);
});

describe('with the fields that a site describes', () => {
  test('the definition is valid, unique keys included', () => {
    const { validateAppDefinition } = createRequire(import.meta.url)('zapier-platform-schema');
    const { definitionOfSite } = evidence;
    expect(JSON.stringify(definitionOfSite)).toContain('"nameContains"');
    expect(validateAppDefinition(definitionOfSite).errors).toEqual([]);
  });

  // Not D004: a site's ids have dropdowns where the site says what lists them.
  test.each(['D001', 'D005', 'D008', 'D011', 'D025'])('%s holds, too', (id) => {
    const check = CHECKS.find((one) => one.id === id);
    expect(check?.problems({ ...evidence, definition: evidence.definitionOfSite })).toEqual([]);
  });
});
