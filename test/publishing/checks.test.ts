import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { asObject, list } from '../../src/values.ts';
import { stepsOf } from '../../tools/scripts/published-interface.ts';
import { flaws } from '../helpers/output-fields.ts';
import {
  type Evidence,
  type Fields,
  type Rule,
  type StepRecords,
  testRules,
  visibleSteps,
} from './evidence.ts';

/*
 * Zapier's checks before publishing that a change of this app can break.
 * Source: https://docs.zapier.com/integrations/publish/integration-checks-reference
 */

interface Check extends Rule {
  /** The ids of the checks at Zapier. */
  readonly ids: string;
}

const HOOK = 'triggers.new_chat_session';
const SEARCH = 'searches.find_chat_session';
const HOOK_RECORDS = 'records.new_chat_session';
const SEARCH_RECORDS = 'records.find_chat_session';
const ACTION_RECORDS = 'records.invite_users_to_chat';
const FIELDS = `siteDefinition.${HOOK}.operation.inputFields`;

/**
 * These ids have no dropdown, since no call of DeskDirector's API lists chats, contacts, tickets or results
 * of forms.
 */
const CAN_NOT_BE_LISTED = ['session_id', 'contact_id', 'ticket_id', 'result_id'];

/** The findings D009 and D022 that docs/publishing.md says to expect. */
const ONLY_A_NOTE = ['find_user_group', 'create_contact'];

const { validateAppDefinition } = createRequire(import.meta.url)('zapier-platform-schema');

const RULES: readonly Check[] = [
  {
    ids: 'Schema, D015',
    rule: 'the definition is valid with the fields of a site, its keys are unique, and its pairs have steps',
    problems: ({ siteDefinition }) => validateAppDefinition(siteDefinition).errors,
    breaks: [
      [`${FIELDS}.1.key`, 'company_ids'],
      [`${FIELDS}.1.type`, 'list'],
      ['siteDefinition.searchOrCreates.find_contact.create', 'none'],
      ['siteDefinition.searchOrCreates.find_contact.search', 'none'],
    ],
  },
  {
    ids: 'D001',
    rule: 'no input field asks for a secret',
    problems: (evidence) =>
      inputsOf(evidence).filter(
        ({ key, type }) => /api_?key|token|secret|password/i.test(`${key}`) || type === 'password',
      ),
    breaks: [
      [`${FIELDS}.1.key`, 'api_key'],
      [`${FIELDS}.1.type`, 'password'],
    ],
  },
  {
    ids: 'D004',
    rule: "the app's own ids have dropdowns, except those that can't be listed",
    problems: (evidence) =>
      inputsOf(evidence).filter(
        ({ key, group, dynamic }) =>
          /_ids?$/.test(`${key}`) &&
          !`${group}`.startsWith('site') &&
          dynamic === undefined &&
          !CAN_NOT_BE_LISTED.includes(`${key}`),
      ),
    breaks: [
      [`${FIELDS}.3.dynamic`],
      [`siteDefinition.${SEARCH}.operation.inputFields.0.key`, 'thread_id'],
    ],
  },
  {
    ids: 'D005',
    rule: 'dropdowns name triggers that exist',
    problems: (evidence) =>
      inputsOf(evidence).filter(
        ({ dynamic }) =>
          dynamic !== undefined &&
          !(String(`${dynamic}`.split('.')[0]) in asObject(evidence.siteDefinition.triggers)),
      ),
    breaks: [['siteDefinition.triggers.company_list']],
  },
  {
    ids: 'D009, D022',
    rule: 'a search or an action has a field of its own; two have only a note, since the site has all fields',
    problems: ({ definition }) =>
      visibleSteps(definition).filter(({ kind, key, operation }) => {
        const fields = list(operation.inputFields, asObject);
        const isOwn = ({ type }: Fields) => type !== 'copy' || ONLY_A_NOTE.includes(key);
        return kind !== 'triggers' && !fields.some(isOwn);
      }),
    breaks: [
      ['definition.searches.find_contact.operation.inputFields.0.type', 'copy'],
      ['definition.searches.find_user_group.operation.inputFields', []],
      ['definition.creates.create_contact.operation.inputFields.0', '$func$2$f$'],
    ],
  },
  {
    ids: 'D007, D008',
    rule: 'a link has https, and is written as a link or in backticks',
    problems: ({ siteDefinition }) =>
      textsIn(siteDefinition).filter((text) =>
        /https?:|www\.|\]\s*\(/i.test(text.replace(/\[[^\]]+\]\(https:[^)]+\)|`[^`]+`/g, '')),
      ),
    breaks: [
      [`${FIELDS}.1.helpText`, 'See https://example.com'],
      [`${FIELDS}.1.helpText`, 'See [the page](http://example.com)'],
      ['siteDefinition.authentication.fields.0.helpText', '[a] (b)'],
    ],
  },
  {
    ids: 'D025',
    rule: 'no text has a URI that runs code',
    problems: ({ siteDefinition }) =>
      textsIn(siteDefinition).filter((text) =>
        /\b(?:javascript|vbscript):|\bdata:[\w/+-]*[;,]/i.test(text),
      ),
    breaks: [[`${FIELDS}.1.helpText`, '[x](javascript:alert(1))']],
  },
  {
    ids: 'D010',
    rule: 'the sample of a trigger has its primary key',
    problems: ({ definition }) =>
      visibleSteps(definition)
        .filter(({ kind }) => kind === 'triggers')
        .flatMap(({ key: step, operation: { outputFields, sample } }) => {
          const primary = list(outputFields, asObject).filter((field) => field.primary === true);
          const keys = primary.length > 0 ? primary.map(({ key }) => String(key)) : ['id'];
          return keys.flatMap((key) => (asObject(sample)[key] == null ? [`${step}: ${key}`] : []));
        }),
    breaks: [[`definition.${HOOK}.operation.sample.id`]],
  },
  {
    ids: 'D013, D014',
    rule: 'a field that a search can fill in names a search that exists, and takes one value',
    problems: (evidence) =>
      inputsOf(evidence).filter(
        ({ search, type = 'string', list: isList, dict, children }) =>
          search !== undefined &&
          (!(String(`${search}`.split('.')[0]) in asObject(evidence.siteDefinition.searches)) ||
            !['string', 'number', 'integer'].includes(String(type)) ||
            Boolean(isList ?? dict ?? children)),
      ),
    breaks: [
      [`siteDefinition.${SEARCH}.operation.inputFields.0.search`, 'find_nothing.id'],
      [`${FIELDS}.1.search`, 'find_contact.id'],
    ],
  },
  {
    ids: 'D011',
    rule: 'a help text says more than its label',
    problems: (evidence) => inputsOf(evidence).filter(({ label, helpText }) => label === helpText),
    breaks: [[`${FIELDS}.2.helpText`, 'Session Types']],
  },
  {
    ids: 'D018',
    rule: 'labels of steps are in title case',
    problems: ({ definition }) =>
      visibleSteps(definition).filter(({ display }) =>
        `${display.label}`
          .split(' ')
          .some((word, n) => /^\p{Lu}/u.test(word) === (n > 0 && SMALL_WORD.test(word))),
      ),
    breaks: [
      [`definition.${SEARCH}.display.label`, 'Find chat Session'],
      [`definition.${SEARCH}.display.label`, 'Find A Chat Session'],
    ],
  },
  {
    ids: 'D021',
    rule: 'triggers are described as "Triggers when …."',
    problems: ({ definition }) =>
      visibleSteps(definition).filter(
        ({ kind, display }) =>
          kind === 'triggers' && !/^Triggers when .+\.$/.test(`${display.description}`),
      ),
    breaks: [
      [`definition.${HOOK}.display.description`, 'Runs for a new chat.'],
      [`definition.${HOOK}.display.description`, 'Triggers when there is a chat'],
    ],
  },
  {
    ids: 'D028',
    rule: 'blank input reaches the app as it is',
    problems: ({ definition }) =>
      [asObject(definition.flags).cleanInputData].filter((flag) => flag !== false),
    breaks: [['definition.flags.cleanInputData', true]],
  },
  {
    ids: 'D012, D024',
    rule: 'the sample is as the output fields of the app itself say',
    problems: ({ ownDefinition, records }) =>
      disagreements(ownDefinition, records, ({ sample }) => [sample]),
    breaks: [
      [`${HOOK_RECORDS}.sample.created_at`, 'yesterday'],
      [`${HOOK_RECORDS}.sample.participant_count`, '3'],
      [`${HOOK_RECORDS}.sample.email`, 'casey@example.com'],
      [`${ACTION_RECORDS}.sample.session_id`],
    ],
  },
  {
    ids: 'D006, T006, Z001',
    rule: "the editor's test records are as the output fields say",
    problems: ({ siteDefinition, records }) =>
      disagreements(siteDefinition, records, ({ tested }) => tested),
    breaks: [
      [`${HOOK_RECORDS}.tested.1.id`, 1],
      [`${HOOK_RECORDS}.tested.1.email`, 'casey@example.com'],
      [`${HOOK_RECORDS}.tested`, []],
      ['records.ticket_event.tested.0.ticket.summary', 1],
    ],
  },
  {
    ids: 'T004, T005',
    rule: 'live records are as the output fields say, with those of the site',
    problems: ({ siteDefinition, records }) =>
      disagreements(siteDefinition, records, ({ live }) => live, { mayHaveMore: true }),
    breaks: [
      [`${HOOK_RECORDS}.live.0.id`, 1],
      [`${SEARCH_RECORDS}.live.0.ticket_id`],
      [`${SEARCH_RECORDS}.live.0.participants.0.entity_id`, '1'],
      [`${SEARCH_RECORDS}.live.0.participants`, 'Casey'],
      [`${ACTION_RECORDS}.live`, []],
      ['records.find_contact.live.0.email'],
      ['records.find_ticket.live.0.board', { name: 1 }],
    ],
  },
  {
    ids: 'D023, T003',
    rule: 'times have an offset',
    problems: ({ records }) =>
      textsIn(records).filter((text) => /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text)),
    breaks: [
      [`${HOOK_RECORDS}.sample.created_at`, '2023-08-01T06:50:30'],
      [`${SEARCH_RECORDS}.live.0.name`, '2023-08-01T06:50:30'],
    ],
  },
];

const SMALL_WORD = /^(?:an?|and|as|at|but|by|for|if|in|of|on|or|the|to|via)$/i;

/** All input fields of all steps, with those of line items. */
function inputsOf({ siteDefinition }: Evidence): Fields[] {
  const flat = (fields: unknown): Fields[] =>
    list(fields, asObject).flatMap((field) => [field, ...flat(field.children)]);
  return stepsOf(siteDefinition).flatMap(({ operation }) => flat(operation.inputFields));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value ?? {}).flatMap(textsIn);
}

/** Whether a field's key is that of a value of a record, or of a value in an object of it. */
const isMappedAs = (field: string, key: string) => field === key || field.startsWith(`${key}__`);

/** How the records of the visible steps differ from the output fields of a definition. */
function disagreements(
  definition: unknown,
  records: Evidence['records'],
  choose: (records: StepRecords) => readonly Fields[] | null,
  { mayHaveMore = false } = {},
): string[] {
  return visibleSteps(definition).flatMap(({ key: step, operation: { outputFields } }) => {
    const keys = list(outputFields, asObject).map(({ key }) => String(key));
    const chosen = records[step] === undefined ? [] : choose(records[step]);
    if (chosen?.length === 0) return [`${step} has no records`];
    return (chosen ?? []).flatMap((record) => [
      ...flaws(record, outputFields).map((flaw) => `${step}: ${flaw}`),
      ...Object.keys(record)
        .filter((key) => !mayHaveMore && !keys.some((one) => isMappedAs(one, key)))
        .map((key) => `${step}: ${key} is no output field`),
    ]);
  });
}

const evidence = testRules('$ids: $rule', RULES);

test('each list of line items has rows in some live record', () => {
  const { siteDefinition, records } = evidence();
  const lists = visibleSteps(siteDefinition).flatMap(({ operation }) =>
    list(operation.outputFields, asObject).flatMap(({ key, children }) => (children ? [key] : [])),
  );
  const live = Object.values(records).flatMap((ofStep) => ofStep.live);
  const isFilled = (key: unknown) =>
    live.some((record) => list(record[String(key)], asObject).length > 0);
  expect(lists.length).toBeGreaterThan(0);
  expect(lists.filter((key) => !isFilled(key))).toEqual([]);
});
