import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isObject, list, members, text } from '../../src/chat-session/values.ts';
import type { Choice, InputField, Step } from '../zap-runner/app-definition.ts';
import type { Zap, ZapRunner } from '../zap-runner/zap-runner.ts';
import { defaults, type InputData, missingFields, readForm } from './form.ts';
import { errorIn, type Outcome, outcomeOf } from './outcome.ts';

/** The parts of a Zap's first step, in the order in which one fills them in. */
export const PANELS = ['event', 'account', 'configure', 'test', 'publish'] as const;
export type Panel = (typeof PANELS)[number];

/** A record as a step returned it. */
export type AppRecord = Readonly<Record<string, unknown>>;

/** The step at which somebody is at work. */
export interface Draft {
  /** No two are the same. */
  readonly id: string;
  readonly step: Step | null;
  panel: Panel;
  /** The fields of its form, and what the app logged while it made them. */
  form: Outcome<{ readonly fields: readonly InputField[]; readonly logs: readonly string[] }>;
  /** What the dropdowns offer, by what fills them, such as `company_list.id.name`. */
  dropdowns: ReadonlyMap<string, Outcome<readonly Choice[]>>;
  /** What is filled in; null until the fields are known. */
  input: InputData | null;
  /** The fields that were found to lack something when somebody wanted to go on. */
  missing: readonly InputField[];
  isConfigured: boolean;
  tested: Outcome<readonly AppRecord[]> | null;
  /** What it was turned on as; its input may be an earlier one. */
  zap: Zap | null;
  publishError: string | null;
}

export function newDraft(step: Step | null): Draft {
  return {
    id: randomUUID(),
    step,
    panel: 'event',
    form: { found: { fields: [], logs: [] } },
    dropdowns: new Map(),
    input: null,
    missing: [],
    isConfigured: false,
    tested: null,
    zap: null,
    publishError: null,
  };
}

/** The fields of the form, if the app could make them. */
export function fieldsOf({ form }: Pick<Draft, 'form'>): readonly InputField[] {
  return 'found' in form ? form.found.fields : [];
}

/** The records of the test; null while none has passed. */
export function testedRecords({ tested }: Pick<Draft, 'tested'>): readonly AppRecord[] | null {
  return tested !== null && 'found' in tested ? tested.found : null;
}

/** Whether a part can be opened yet. */
export function isReachable(panel: Panel, draft: Readonly<Draft>, isConnected: boolean): boolean {
  if (panel === 'event') return true;
  if (panel === 'account') return draft.step !== null;
  const isReady = panel === 'configure' || draft.isConfigured;
  return draft.step !== null && isConnected && isReady;
}

/** Whether what is filled in differs from what the Zap that is on runs with. */
export const isChanged = ({ zap, input }: Readonly<Draft>): boolean =>
  zap !== null && !isDeepStrictEqual(zap.inputData, input);

/** Reads the fields anew, and what their dropdowns offer. */
export async function loadFields(draft: Draft, zapier: ZapRunner): Promise<void> {
  const { step, input } = draft;
  if (step === null) return;
  draft.form = await outcomeOf(zapier.inputFields(step.kind, step.key, input ?? {}));
  const fields = fieldsOf(draft);
  draft.input ??= defaults(fields);
  const names = new Set(
    fields.flatMap((field) => [field, ...field.children]).flatMap(({ dynamic }) => dynamic ?? []),
  );
  draft.dropdowns = new Map(
    await Promise.all(
      [...names].map(async (name) => [name, await outcomeOf(choicesOf(name, zapier))] as const),
    ),
  );
}

/** @param dynamic a hidden trigger, and the keys of what is filled in and of what is shown */
async function choicesOf(dynamic: string, zapier: ZapRunner): Promise<Choice[]> {
  const [trigger = '', valueKey = '', labelKey = valueKey] = dynamic.split('.');
  return list(await zapier.dropdown(trigger), (record) => {
    const { [valueKey]: value, [labelKey]: label } = members(record);
    return { value: text(value) ?? '', label: text(label) ?? text(value) ?? '' };
  });
}

/** Keeps what is filled in; a test of what was filled in before counts no more. */
export function fillIn(draft: Draft, form: FormData): void {
  const fields = fieldsOf(draft);
  const input = readForm(fields, form);
  if (isDeepStrictEqual(input, draft.input)) return;
  draft.input = input;
  draft.tested = null;
  draft.isConfigured &&= missingFields(fields, input).length === 0;
}

/** Goes on to the test, unless something required is missing. */
export function finish(draft: Draft): void {
  draft.missing = missingFields(fieldsOf(draft), draft.input ?? {});
  draft.isConfigured = draft.missing.length === 0;
  if (draft.isConfigured) draft.panel = 'test';
}

/** Runs the step once: a trigger shows its records for the editor. */
export async function testStep(draft: Draft, zapier: ZapRunner): Promise<void> {
  const { step, input } = draft;
  if (step === null || input === null) return;
  const results =
    step.kind === 'triggers'
      ? zapier.testTrigger(step.key, input)
      : zapier.step(step.kind, step.key, input);
  draft.tested = await outcomeOf(results.then(recordsOf));
}

/** Turns the step on as a Zap; null when it can't be. */
export async function publish(draft: Draft, zapier: ZapRunner): Promise<Zap | null> {
  const { step, input } = draft;
  if (step === null || input === null) return null;
  const turnedOn = await outcomeOf(zapier.turnOn(step.key, input));
  draft.publishError = errorIn(turnedOn);
  if ('error' in turnedOn) return null;
  draft.zap = turnedOn.found;
  return turnedOn.found;
}

/** Searches and triggers return a list of records, actions one. */
const recordsOf = (results: unknown): AppRecord[] =>
  (Array.isArray(results) ? results : [results]).filter(isObject);
