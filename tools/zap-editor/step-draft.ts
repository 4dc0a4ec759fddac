import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { asObject, list, text } from '../../src/values.ts';
import { recordsIn } from '../zap-runner/app-calls.ts';
import type { Choice, InputField, Step } from '../zap-runner/app-definition.ts';
import { type AppRecord, type FormValues, withMappedValues } from '../zap-runner/mapping.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import {
  defaults,
  fitting,
  isWholeForm,
  missingFields,
  readFormData,
  withoutOutdated,
} from './form-data.ts';
import { type Result, resultOf } from './result.ts';

/** The panels of a step, in the order in which you complete them. */
export const PANELS = ['event', 'account', 'configure', 'test'] as const;
export type Panel = (typeof PANELS)[number];

/**
 * A step of the Zap in the editor. It is immutable: every change returns another draft, so that no
 * page shows an unfinished change.
 */
export interface StepDraft {
  /** Another event makes another id. */
  readonly id: string;
  /** The trigger, search or action, with the output fields that the app made last. */
  readonly step: Step | null;
  readonly panel: Panel;
  /** The fields that the app made last. */
  readonly fields: readonly InputField[];
  /** What the app logged when it last made the fields, or why it failed. */
  readonly form: Result<{ readonly logs: readonly string[] }>;
  /** The values for which the app made the fields. */
  readonly madeFor: FormValues;
  /** The choices of each dropdown, by its `dynamic`, such as `company_list.id.name`. */
  readonly dropdowns: ReadonlyMap<string, Result<readonly Choice[]>>;
  /** The values of the form. Fields of earlier steps may be mapped into them. */
  readonly input: FormValues;
  /** The fields that lacked a value at the last "Continue". */
  readonly missing: readonly InputField[];
  readonly isConfigured: boolean;
  /** The result of a test with the current values. */
  readonly tested: Result<readonly AppRecord[]> | null;
}

/** What a step needs from outside. */
export interface StepContext {
  readonly zapier: ZapRunner;
  /** A record of each earlier step, from its test. */
  readonly earlier: readonly AppRecord[];
}

export function newStep(step: Step | null): StepDraft {
  return {
    id: randomUUID(),
    step,
    panel: 'event',
    fields: [],
    form: { found: { logs: [] } },
    madeFor: {},
    dropdowns: new Map(),
    input: {},
    missing: [],
    isConfigured: false,
    tested: null,
  };
}

/** The records of the last test; null when there was none, or when it failed. */
export function testedRecords({ tested }: Pick<StepDraft, 'tested'>): readonly AppRecord[] | null {
  return tested !== null && 'found' in tested ? tested.found : null;
}

/** What the step gets in a test. */
export const testInput = ({ input }: StepDraft, earlier: readonly AppRecord[]): FormValues =>
  withMappedValues(input, earlier);

/** Whether a panel can be opened. */
export function isReachable(panel: Panel, draft: StepDraft, isConnected: boolean): boolean {
  if (panel === 'event') return true;
  if (panel === 'account') return draft.step !== null;
  const isReady = panel === 'configure' || draft.isConfigured;
  return draft.step !== null && isConnected && isReady;
}

/** The draft with the values of a form, and with new fields. */
export const refresh = (
  draft: StepDraft,
  form: FormData,
  context: StepContext,
): Promise<StepDraft> => loadFields(withForm(draft, form), context);

/**
 * The draft with new fields and dropdowns. A value stays if its field still exists. A new field
 * starts with its default.
 */
export async function loadFields(draft: StepDraft, context: StepContext): Promise<StepDraft> {
  const made = await makeFields(draft, context);
  // A default may change a value that other fields depend on.
  const loaded = isOutdated(made) ? await makeFields(made, context) : made;
  return 'error' in loaded.form
    ? loaded
    : { ...loaded, dropdowns: await loadDropdowns(loaded, context) };
}

async function makeFields(draft: StepDraft, { zapier, earlier }: StepContext): Promise<StepDraft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const form = await resultOf(zapier.inputFields(step.kind, step.key, testInput(draft, earlier)));
  // Without fields, all values stay.
  if ('error' in form) return { ...draft, form };
  const { fields } = form.found;
  const added = fields.filter(({ key }) => draft.fields.every((field) => field.key !== key));
  const filled = { ...defaults(added), ...fitting(fields, input) };
  const missing = missingFields(fields, filled).filter(({ key }) =>
    draft.missing.some((field) => field.key === key),
  );
  return withInput({ ...draft, form, fields, missing, madeFor: input }, filled);
}

/** Whether a value that other fields depend on has changed since the app made the fields. */
const isOutdated = ({ fields, input, madeFor }: StepDraft): boolean =>
  fields.some(
    ({ key, isDependedOn }) => isDependedOn && !isDeepStrictEqual(input[key], madeFor[key]),
  );

async function loadDropdowns(
  draft: StepDraft,
  { zapier, earlier }: StepContext,
): Promise<StepDraft['dropdowns']> {
  const input = testInput(draft, earlier);
  const all = draft.fields.flatMap((field) => [field, ...field.children]);
  const names = new Set(all.flatMap(({ dynamic }) => dynamic ?? []));
  const load = async (name: string) =>
    [name, await resultOf(loadDropdown(name, input, zapier))] as const;
  return new Map(await Promise.all([...names].map(load)));
}

/** @param dynamic the key of a hidden trigger, and the keys of value and label in its records */
async function loadDropdown(
  dynamic: string,
  input: FormValues,
  zapier: ZapRunner,
): Promise<Choice[]> {
  const [trigger = '', valueKey = '', labelKey = valueKey] = dynamic.split('.');
  return list(await zapier.dropdown(trigger, input), (record) => {
    const { [valueKey]: value, [labelKey]: label } = asObject(record);
    return { value: text(value) ?? '', label: text(label) ?? text(value) ?? '' };
  });
}

/** The draft with the values of a form. It gets new fields if a value changes that they depend on. */
export async function fillIn(
  draft: StepDraft,
  form: FormData,
  context: StepContext,
): Promise<StepDraft> {
  const filled = withForm(draft, form);
  return isOutdated(filled) ? loadFields(filled, context) : filled;
}

function withForm(draft: StepDraft, form: FormData): StepDraft {
  const { fields, input } = draft;
  return withInput(draft, withoutOutdated(fields, readFormData(fields, form, input), input));
}

/** A change of the values discards the last test. */
export function withInput(draft: StepDraft, input: FormValues): StepDraft {
  const isConfigured = draft.isConfigured && missingFields(draft.fields, input).length === 0;
  return isDeepStrictEqual(input, draft.input)
    ? { ...draft, isConfigured }
    : { ...draft, isConfigured, input, tested: null };
}

/**
 * The draft with the panel for the test. The panel stays when a value is missing, or when the form
 * lacks a field because the app has made new fields since.
 */
export async function configure(
  draft: StepDraft,
  form: FormData,
  context: StepContext,
): Promise<StepDraft> {
  const current = await fillIn(draft, form, context);
  if ('error' in current.form || !isWholeForm(current.fields, form)) return current;
  const missing = missingFields(current.fields, current.input);
  if (missing.length > 0) return { ...current, missing, isConfigured: false };
  const panel = 'test';
  return loadOutputFields({ ...current, missing, isConfigured: true, panel }, context);
}

/** The draft with the output fields that the app makes. The former ones stay when the app fails. */
async function loadOutputFields(
  draft: StepDraft,
  { zapier, earlier }: StepContext,
): Promise<StepDraft> {
  const { step } = draft;
  if (step === null) return draft;
  const made = await resultOf(zapier.outputFields(step.kind, step.key, testInput(draft, earlier)));
  return 'error' in made ? draft : { ...draft, step: { ...step, outputFields: made.found } };
}

/** The draft with the result of a test. A trigger is tested with the records for the Zap editor. */
export async function testStep(
  draft: StepDraft,
  { zapier, earlier }: StepContext,
): Promise<StepDraft> {
  const { step } = draft;
  if (step === null) return draft;
  const input = testInput(draft, earlier);
  const results =
    step.kind === 'triggers'
      ? zapier.testTrigger(step.key, input)
      : zapier.testStep(step.kind, step.key, input);
  return { ...draft, tested: await resultOf(results.then(recordsIn)) };
}
