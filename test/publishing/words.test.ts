import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { asObject, list } from '../../src/values.ts';
import { type Fields, type Rule, testRules, visibleSteps } from './evidence.ts';

/*
 * Reads the definition as a person or a model does who chooses a step and fills it in: nothing but labels,
 * descriptions, input fields and output fields.
 */

/** A text of the definition, and where it stands. */
interface Words {
  /** `triggers`, `searches` or `creates`; another word for a pair and for the connection. */
  readonly kind: string;
  readonly place: string;
  /** The field of the app that a help text belongs to; null for the description of a step. */
  readonly field: Fields | null;
  readonly text: string;
}

const descriptionOf = (step: string) => `definition.${step}.display.description`;
const helpTextOf = (step: string, n = 0) =>
  `definition.${step}.operation.inputFields.${n}.helpText`;

/** *Find or Create Contact*. It has the fields of both its steps. */
const PAIR = 'find_or_create_contact';

/** Names of DeskDirector's own pages. */
const PAGES = ['Developer Corner', 'Request Support'];

const RULES: readonly Rule[] = [
  {
    rule: 'a description has one or two sentences, says more than the label, and is not long',
    problems: ({ definition }) =>
      descriptionsIn(definition).filter(({ text }) => {
        const sentences = text.split(/[.!?](?:\s|$)/).filter((sentence) => sentence !== '');
        return sentences.length > 2 || text.length < 100 || text.length > 400;
      }),
    breaks: [
      [descriptionOf('creates.create_ticket'), 'Creates a ticket.'],
      [descriptionOf('creates.update_ticket'), `Changes a ticket${' and more'.repeat(50)}.`],
      [
        descriptionOf('searches.find_ticket'),
        `${'Finds a ticket by its ID, or otherwise. '.repeat(3)}`,
      ],
    ],
  },
  {
    rule: 'a description begins with what the step does',
    problems: ({ definition }) =>
      descriptionsIn(definition).filter(
        ({ text }) => !/^(?:Triggers when|\p{Lu}\w+s) /u.test(text),
      ),
    breaks: [
      [descriptionOf('creates.create_ticket'), `Use this to make a ticket. ${'More. '.repeat(20)}`],
    ],
  },
  {
    rule: 'a search says what it gives',
    problems: ({ definition }) =>
      descriptionsIn(definition).filter(
        ({ kind, text }) => kind === 'searches' && !/\bGives\b/.test(text),
      ),
    breaks: [
      [
        descriptionOf('searches.find_contact'),
        'Finds a contact, who is a customer, by its ID, or by the search fields of your DeskDirector site.',
      ],
    ],
  },
  {
    rule: 'an action says what only the site decides, such as who sees it, or that it changes nothing',
    problems: ({ definition }) =>
      descriptionsIn(definition).filter(
        ({ kind, text }) =>
          kind === 'creates' && !/\bsite decides\b|\bchanges nothing: /.test(text),
      ),
    breaks: [[descriptionOf('creates.invite_users_to_chat'), 'Invites users to a chat session.']],
  },
  {
    rule: 'each field of the app itself has a help text',
    problems: ({ definition }) => wordsIn(definition).filter(({ text }) => text === ''),
    breaks: [[helpTextOf('searches.find_ticket'), '']],
  },
  {
    rule: 'a field for an ID has an example, or a list of names to choose from, and says so',
    problems: ({ definition }) =>
      wordsIn(definition).filter(
        ({ field, text }) =>
          /_ids?$/.test(String(field?.key)) &&
          !(field?.dynamic === undefined ? /\bsuch as \d/ : /\bby name\b/).test(text),
      ),
    breaks: [
      [helpTextOf('searches.find_contact'), 'Map the Contact Entity ID from the trigger.'],
      [
        helpTextOf('creates.send_member_notification'),
        'Choose a technician, or map the Member Entity ID.',
      ],
    ],
  },
  {
    rule: 'no text of a search or an action needs a trigger or another step before it',
    problems: ({ definition }) =>
      wordsIn(definition).filter(
        ({ kind, text }) =>
          kind !== 'triggers' &&
          /\bthe trigger\b|\b(?:earlier|previous|former) step\b|\bstep \d/i.test(text),
      ),
    breaks: [
      [helpTextOf('searches.find_chat_session'), 'Map the Session ID from the trigger.'],
      [helpTextOf('creates.create_ticket_tasks'), 'Map the ID from an earlier step.'],
    ],
  },
  {
    rule: 'each label that a text names is that of a visible step or of a field of one',
    problems: ({ definition, ownDefinition }) => {
      const known = labelsOf(ownDefinition);
      return wordsIn(definition).flatMap(({ place, text }) =>
        namesIn(text, known).map((name) => `${place} names ${name}`),
      );
    },
    breaks: [
      [
        descriptionOf('triggers.new_chat_session'),
        'Triggers when a chat begins: see Updated Ticket.',
      ],
      [helpTextOf('creates.update_ticket'), 'The Ticket Number of New Ticket, such as 48213.'],
      [helpTextOf('creates.update_ticket'), 'The ID of Find Ticket or Make Ticket, such as 48213.'],
      ['definition.searchOrCreates.find_contact.display.description', 'See Create Customer.'],
    ],
  },
  {
    rule: 'what the site describes has samples to map; the fields of the app have the sample of the step',
    problems: ({ definition, siteDefinition }) =>
      visibleSteps(siteDefinition).flatMap(({ name, kind, key, operation }) => {
        const own = asObject(asObject(asObject(definition)[kind])[key]);
        const { outputFields } = asObject(own.operation);
        const count = list(outputFields, asObject).filter((field) => 'key' in field).length;
        return list(operation.outputFields, asObject).flatMap((field, n) => {
          const isOfSite = n >= count && key !== 'find_chat_session';
          const leaves = list(field.children ?? [field], asObject);
          return leaves.every(({ sample }) => (sample !== undefined) === isOfSite)
            ? []
            : [`${name}: ${field.key}`];
        });
      }),
    breaks: [
      ['siteDefinition.searches.find_contact.operation.outputFields.1.sample', undefined],
      ['siteDefinition.triggers.new_chat_session.operation.outputFields.1.sample', 'completed'],
    ],
  },
];

/** The descriptions of the visible steps and pairs, and the help texts of the app's own fields. */
function wordsIn(definition: Fields): Words[] {
  const pairs = Object.values(asObject(definition.searchOrCreates)).map((pair) => asObject(pair));
  const steps = [
    ...visibleSteps(definition),
    ...pairs.map(({ display }) => ({ kind: 'pairs', key: PAIR, display: asObject(display) })),
    { kind: 'connection', key: '', operation: asObject(definition.authentication) },
  ];
  return steps.flatMap(({ kind, key, ...step }) => {
    const { inputFields, fields = inputFields } = 'operation' in step ? step.operation : {};
    const own = list(fields, asObject).filter((field) => 'key' in field);
    return [
      ...('display' in step
        ? [{ kind, place: key, field: null, text: String(step.display.description) }]
        : []),
      ...own.map((field) => ({
        kind,
        place: `${key} ${field.key}`,
        field,
        text: String(field.helpText ?? ''),
      })),
    ];
  });
}

const descriptionsIn = (definition: Fields): Words[] =>
  wordsIn(definition).filter(({ field }) => field === null);

/** The labels of the visible steps, of pairs, and of the app's own fields. */
function labelsOf(definition: unknown): ReadonlySet<string> {
  const ofFields = (fields: unknown): unknown[] =>
    list(fields, asObject).flatMap(({ label, children }) => [label, ...ofFields(children)]);
  const pairs = Object.values(asObject(asObject(definition).searchOrCreates));
  const labels = [
    ...pairs.map((pair) => asObject(asObject(pair).display).label),
    ...visibleSteps(definition).flatMap(({ display, operation }) => [
      display.label,
      ...ofFields(operation.inputFields),
      ...ofFields(operation.outputFields),
    ]),
  ];
  // "Creator Waited (As Reported)" is also called "Creator Waited".
  return new Set([
    ...PAGES,
    ...labels.flatMap((label) => [`${label}`, `${label}`.replace(/ \(.*/, '')]),
  ]);
}

const CAPITALISED = /\p{Lu}[\p{L}\d]*(?:(?: (?:and|in|of|or|to))? \p{Lu}[\p{L}\d]*)*/gu;

/** The names of several words in a text that are no label. */
const namesIn = (text: string, known: ReadonlySet<string>): string[] =>
  Array.from(text.matchAll(CAPITALISED), ([name]) => name)
    .flatMap((name) => (known.has(name) ? [] : name.split(/ (?:and|in|of|or|to) /)))
    .map((name) => name.replace(/^(?:An?|Gives|In|The|Your) /, ''))
    .filter((name) => name.includes(' ') && !known.has(name));

const evidence = testRules('$rule', RULES);

/** Requests in plain English, each with the steps that do it. `docs/testing.md` says how they are used. */
interface Request {
  readonly request: string;
  readonly zaps: readonly (readonly {
    readonly step: string;
    /** The values by the keys of input fields. `{{1.id}}` is the output field `id` of the first step. */
    readonly input?: Readonly<Record<string, unknown>>;
    /** The keys of the output fields that answer the request. */
    readonly read?: readonly string[];
  }[])[];
  /** What else the answer says. */
  readonly note?: string;
}
const REQUESTS: readonly Request[] = JSON.parse(
  readFileSync('test/publishing/requests.json', 'utf8'),
);

describe('the written requests', () => {
  const keysOf = (fields: readonly Fields[]): string[] =>
    fields.flatMap(({ key, children }) => [String(key), ...keysOf(list(children, asObject))]);
  /** The input fields and output fields of a step. */
  const fieldsOf = (step: string) => {
    const names = step === PAIR ? ['find_contact', 'create_contact'] : [step];
    const steps = visibleSteps(evidence().siteDefinition).filter(({ key }) => names.includes(key));
    return {
      inputs: steps.flatMap(({ operation }) => list(operation.inputFields, asObject)),
      outputs: steps.flatMap(({ operation }) => list(operation.outputFields, asObject)),
    };
  };

  test('are twenty, and need every visible step', () => {
    const used = new Set(REQUESTS.flatMap(({ zaps }) => zaps.flat().map(({ step }) => step)));
    const all = visibleSteps(evidence().definition).map(({ key }) => key);
    expect(REQUESTS).toHaveLength(20);
    expect([...used].toSorted()).toEqual([...all, PAIR].toSorted());
  });

  test.each(REQUESTS)('$request', ({ zaps }) => {
    for (const steps of zaps) {
      for (const { step, input = {}, read = [] } of steps) {
        const { inputs, outputs } = fieldsOf(step);
        const required = inputs.filter((field) => field.required === true);
        expect(keysOf(inputs)).toEqual(expect.arrayContaining(Object.keys(input)));
        expect(Object.keys(input)).toEqual(expect.arrayContaining(keysOf(required)));
        expect(keysOf(outputs)).toEqual(expect.arrayContaining([...read]));
        for (const [, n, key] of JSON.stringify(input).matchAll(/\{\{(\d+)\.(\w+)\}\}/g)) {
          expect(keysOf(fieldsOf(steps[Number(n) - 1]?.step ?? '').outputs)).toContain(key);
        }
      }
    }
  });
});
