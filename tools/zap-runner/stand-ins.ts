import { asObject, list, text } from '../../src/values.ts';
import { readOutputFields, type Step } from './app-definition.ts';
import type { AppRecord } from './mapping.ts';
import type { AppAnswer } from './worker.ts';

/*
 * Steps that stand in for Zapier's own steps and for those of other apps, so that a Zap on this
 * computer can be as whole as it would be at Zapier. They send nothing, and subscribe to nothing.
 */

interface StandIn {
  /** A trigger runs for what is posted to the hook of its Zap. */
  readonly kind: 'triggers' | 'standIns';
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  /** As in the definition of an app. */
  readonly inputFields: readonly object[];
  readonly outputFields: readonly object[];
  readonly sample: AppRecord;
  /** Returns the record of the step. Throws a `Stop` when the run should end here. */
  readonly perform: (input: AppRecord) => AppRecord;
}

/** Ends a run, as Zapier's `HaltedError` does. */
class Stop extends Error {
  override name = 'HaltedError';
}

/** The conditions of a filter, with Zapier's words. */
const CONDITIONS: Readonly<
  Record<string, { label: string; holds: (value: string, other: string) => boolean }>
> = {
  is: { label: 'Exactly matches', holds: (value, other) => value === other },
  isNot: { label: 'Does not exactly match', holds: (value, other) => value !== other },
  exists: { label: 'Exists', holds: (value) => value !== '' },
  missing: { label: 'Does not exist', holds: (value) => value === '' },
  before: { label: 'Is before', holds: (value, other) => Date.parse(value) < Date.parse(other) },
  after: { label: 'Is after', holds: (value, other) => Date.parse(value) > Date.parse(other) },
};

const quoted = (value: string): string => (value === '' ? '(empty)' : `"${value}"`);

const MILLISECONDS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

const STAND_INS: Readonly<Record<string, StandIn>> = {
  new_email: {
    kind: 'triggers',
    noun: 'Email',
    label: 'New Email',
    description:
      'Stands in for a trigger of another app, such as New Email of your mail program. You type the mail on this page.',
    inputFields: [],
    outputFields: [
      { key: 'from_name', label: 'From Name' },
      { key: 'from_email', label: 'From Email' },
      { key: 'subject', label: 'Subject' },
      { key: 'body', label: 'Mail Text' },
    ],
    sample: {
      from_name: 'Bramble Oddsworth',
      from_email: 'bramble.oddsworth@example.com',
      subject: 'The clock on the wall runs backwards',
      body: 'Since this morning. Please have a look.',
    },
    perform: (mail) => mail,
  },
  message: {
    kind: 'standIns',
    noun: 'Message',
    label: 'Send Me What Arrives',
    description:
      'Stands in for a step of another app, such as an e-mail, a message to your team or a calendar event. This page shows the text.',
    inputFields: [{ key: 'text', label: 'Text', type: 'text', required: true }],
    outputFields: [{ key: 'text', label: 'Text' }],
    sample: { text: 'Example text' },
    perform: ({ text: written }) => ({ text: written }),
  },
  filter: {
    kind: 'standIns',
    noun: 'Filter',
    label: 'Filter',
    description: 'Stands in for Filter by Zapier: the Zap continues only if all conditions hold.',
    inputFields: [
      {
        key: 'conditions',
        label: 'Only continue if',
        children: [
          { key: 'value', label: 'Value' },
          {
            key: 'condition',
            label: 'Condition',
            required: true,
            choices: Object.fromEntries(
              Object.entries(CONDITIONS).map(([key, { label }]) => [key, label]),
            ),
          },
          { key: 'other', label: 'Compared With' },
        ],
      },
    ],
    outputFields: [],
    sample: {},
    perform({ conditions }) {
      for (const { value, condition, other } of list(conditions, asObject)) {
        const [one, another] = [text(value) ?? '', text(other) ?? ''];
        const { label = '', holds } = CONDITIONS[text(condition) ?? ''] ?? {};
        if (holds?.(one, another) !== false) continue;
        const words = [
          quoted(one),
          label.toLowerCase(),
          ...(another === '' ? [] : [quoted(another)]),
        ];
        throw new Stop(`This condition does not hold: ${words.join(' ')}.`);
      }
      return {};
    },
  },
  delay: {
    kind: 'standIns',
    noun: 'Delay',
    label: 'Delay',
    description: 'Stands in for Delay by Zapier. On this page, the Zap goes on at once.',
    inputFields: [{ key: 'time', label: 'Time Delayed For', required: true }],
    outputFields: [],
    sample: {},
    perform: () => ({}),
  },
  formatter: {
    kind: 'standIns',
    noun: 'Time',
    label: 'Formatter: Add or Subtract Time',
    description: 'Stands in for Formatter by Zapier (Date / Time, Add/Subtract Time).',
    inputFields: [
      { key: 'input', label: 'Input', helpText: 'A time. Leave empty for the time of the run.' },
      {
        key: 'expression',
        label: 'Expression',
        required: true,
        helpText: 'For example `-5 minutes` or `+1 hour`.',
      },
    ],
    outputFields: [{ key: 'output', label: 'Output' }],
    sample: { output: '2026-03-10T08:00:00.000Z' },
    perform({ input, expression }) {
      const [, count, unit] =
        /^\s*([+-]?\d+)\s*(minute|hour|day)s?\s*$/.exec(text(expression) ?? '') ?? [];
      const from = text(input) === null ? Date.now() : Date.parse(text(input) ?? '');
      const output = from + Number(count) * (MILLISECONDS[unit ?? ''] ?? Number.NaN);
      if (Number.isNaN(output))
        throw new Error('Fill in a time, and an expression such as -5 minutes.');
      return { output: new Date(output).toISOString() };
    },
  },
  split: {
    kind: 'standIns',
    noun: 'Text',
    label: 'Formatter: Split Text',
    description: 'Stands in for Formatter by Zapier (Text, Split Text), at the last space.',
    inputFields: [{ key: 'input', label: 'Input', required: true }],
    outputFields: [
      { key: 'first', label: 'Text before the Last Space' },
      { key: 'last', label: 'Text after the Last Space' },
    ],
    sample: { first: 'Bramble', last: 'Oddsworth' },
    perform({ input }) {
      const words = (text(input) ?? '').trim().split(/\s+/);
      return { first: words.slice(0, -1).join(' '), last: words.at(-1) };
    },
  },
};

/** The stand-ins as steps of a Zap. */
export const standIns: readonly Step[] = Object.entries(STAND_INS).map(
  ([key, { kind, noun, label, description, outputFields, sample }]) => ({
    kind,
    key,
    noun,
    label,
    description,
    inputFieldGroups: [],
    outputFields: readOutputFields(outputFields),
    sample,
  }),
);

/**
 * Answers a call such as `standIns.filter.operation.perform`, as an app would; undefined when no
 * stand-in has this function.
 */
export function runStandIn(
  method: string,
  { inputData, cleanedRequest }: Record<string, unknown>,
): AppAnswer | undefined {
  const [kind, key = '', , part = ''] = method.split('.');
  const standIn = STAND_INS[key];
  if (standIn === undefined || standIn.kind !== kind) return undefined;
  const { inputFields, outputFields, sample, perform } = standIn;
  const parts: Readonly<Record<string, () => unknown>> = {
    inputFields: () => inputFields,
    outputFields: () => outputFields,
    performList: () => [sample],
    perform: () => perform(asObject(cleanedRequest ?? inputData)),
  };
  const answer = { results: null, error: null, logs: [] };
  try {
    return { ...answer, results: parts[part]?.() ?? {} };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { ...answer, error: { name, message } };
  }
}
