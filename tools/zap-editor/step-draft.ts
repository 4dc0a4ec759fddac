import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { asObject, list, text } from '../../src/values.ts';
import { recordsIn } from '../zap-runner/app-calls.ts';
import type { Choice, InputField, Step } from '../zap-runner/app-definition.ts';
import { type AppRecord, type FormValues, withMappedValues } from '../zap-runner/mapping.ts';
import { CREATES, type Plan } from '../zap-runner/recipes.ts';
import type { ZapStep } from '../zap-runner/zap-run.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import {
  complaintsAbout,
  defaults,
  fitting,
  readFormData,
  unseenField,
  withoutOutdated,
} from './form-data.ts';
import { typedIn } from './posted-form.ts';
import { asked, planned } from './recipes.ts';
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
  /** The number that stands for the step in mapped fields. It stays when other steps come and go. */
  readonly ref: number;
  /** The trigger, search or action, with the output fields that the app made last. */
  readonly step: Step | null;
  readonly panel: Panel;
  /** Whether a search creates what it does not find. */
  readonly isCreating: boolean;
  /** The fields that the app made last; those of the action behind a search come last. */
  readonly fields: readonly InputField[];
  /** The keys of the fields of that action; null when the app did not make them. */
  readonly creatorKeys: readonly string[] | null;
  /** What came of making the fields; null before the first time. */
  readonly form: Result<null> | null;
  /** The values for which the app made the fields. */
  readonly madeFor: FormValues;
  /** The choices of each dropdown, by its `dynamic`, such as `company_list.id.name`. */
  readonly dropdowns: ReadonlyMap<string, Result<readonly Choice[]>>;
  /** The values of the form. Fields of earlier steps may be mapped into them. */
  readonly input: FormValues;
  /** The values of a recipe for fields that the app has not made yet. */
  readonly plan: Plan;
  /** What the page says about the values, by the key of the field. It goes once a value is right. */
  readonly complaints: ReadonlyMap<string, string>;
  /** What the app said about a field, by its key. It goes once the value changes. */
  readonly refusal: readonly [key: string, message: string] | null;
  /** The result of a test with the current values. */
  readonly tested: Result<readonly AppRecord[]> | null;
}

/** What a step needs from outside. */
export interface StepContext {
  readonly zapier: ZapRunner;
  /** The records of the earlier steps by their refs: from a test, otherwise the samples. */
  readonly earlier: ReadonlyMap<number, AppRecord>;
}

export function newStep(ref: number, step: Step | null, plan: Plan = {}): StepDraft {
  return {
    id: randomUUID(),
    ref,
    step,
    panel: step === null ? 'event' : 'configure',
    isCreating: CREATES in plan,
    fields: [],
    creatorKeys: null,
    form: null,
    madeFor: {},
    dropdowns: new Map(),
    input: {},
    plan,
    complaints: new Map(),
    refusal: null,
    tested: null,
  };
}

/** The records of the last test; null when there was none, or when it failed. */
export function testedRecords({ tested }: Pick<StepDraft, 'tested'>): readonly AppRecord[] | null {
  return tested !== null && 'found' in tested ? tested.found : null;
}

/** What the step gets in a test. */
export const testInput = ({ input }: StepDraft, earlier: StepContext['earlier']): FormValues =>
  withMappedValues(input, (ref) => earlier.get(ref));

/** Whether a panel can be opened. */
export function isReachable(panel: Panel, { step }: StepDraft, isConnected: boolean): boolean {
  return panel === 'event' || (step !== null && (panel === 'account' || isConnected));
}

/**
 * The draft with new fields and dropdowns. A value stays if its field still exists. A new field
 * starts with the value of the recipe, otherwise with its default.
 */
export async function loadFields(draft: StepDraft, context: StepContext): Promise<StepDraft> {
  const made = await makeFields(draft, context);
  // A default may change a value that other fields depend on.
  const loaded = isOutdated(made) ? await makeFields(made, context) : made;
  return loaded.form !== null && 'found' in loaded.form
    ? { ...loaded, dropdowns: await loadDropdowns(loaded, context) }
    : loaded;
}

async function makeFields(draft: StepDraft, { zapier, earlier }: StepContext): Promise<StepDraft> {
  const { step, input, isCreating } = draft;
  if (step === null) return draft;
  const values = testInput(draft, earlier);
  const fieldsOf = ({ kind, key }: Step) => zapier.inputFields(kind, key, values);
  const creator = isCreating ? step.creator : undefined;
  const made = await resultOf(
    Promise.all([fieldsOf(step), creator === undefined ? { fields: [] } : fieldsOf(creator)]),
  );
  // Without fields, all values stay.
  if ('error' in made) return { ...draft, form: made };
  const [own, more] = made.found.map((one) => one.fields);
  const all = [...(own ?? []), ...(more ?? []).map((field) => ({ ...field, group: CREATES }))];
  // A key that both forms have belongs to both.
  const fields = asked(
    draft.plan,
    all.filter(({ key }, index) => all.findIndex((one) => one.key === key) === index),
  );
  const added = fields.filter(({ key }) => draft.fields.every((field) => field.key !== key));
  const filled = { ...defaults(added), ...planned(draft.plan, added), ...fitting(fields, input) };
  const creatorKeys = isCreating ? (more ?? []).map(({ key }) => key) : null;
  return withInput(
    { ...draft, form: { found: null }, fields, creatorKeys, madeFor: input },
    filled,
    earlier.keys(),
  );
}

/** Whether a value that other fields depend on has changed since the app made the fields. */
const isOutdated = ({ fields, input, madeFor, isCreating, creatorKeys }: StepDraft): boolean =>
  isCreating !== (creatorKeys !== null) ||
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

/** The draft with the values of a form, and with the fields that the app made before. */
export function keep(draft: StepDraft, posted: FormData, { earlier }: StepContext): StepDraft {
  const { fields, input } = draft;
  const form = typedIn(posted);
  const values = withoutOutdated(fields, readFormData(fields, form, input), input);
  const isCreating = form.has(CREATES) ? form.getAll(CREATES).includes('yes') : draft.isCreating;
  return withInput({ ...draft, isCreating }, values, earlier.keys());
}

/** The draft with the values of a form. It gets new fields if a value changes that they depend on. */
export async function fillIn(
  draft: StepDraft,
  form: FormData,
  context: StepContext,
): Promise<StepDraft> {
  const filled = keep(draft, form, context);
  return isOutdated(filled) ? loadFields(filled, context) : filled;
}

/** A change of the values discards the last test, and what was wrong before. */
function withInput(draft: StepDraft, input: FormValues, refs: Iterable<number>): StepDraft {
  const wrong = complaintsAbout(draft.fields, input, [...refs]);
  const complaints = new Map([...wrong].filter(([key]) => draft.complaints.has(key)));
  const [refused = ''] = draft.refusal ?? [];
  const refusal = isDeepStrictEqual(input[refused], draft.input[refused]) ? draft.refusal : null;
  return isDeepStrictEqual(input, draft.input)
    ? { ...draft, complaints }
    : { ...draft, complaints, refusal, input, tested: null };
}

/**
 * The draft with the panel for the test. The panel stays when something is wrong with the values, or
 * when the form lacks a field because the app has made new fields since.
 */
export async function configure(
  draft: StepDraft,
  form: FormData,
  context: StepContext,
): Promise<StepDraft> {
  const current = await fillIn(draft, form, context);
  const complaints = complaintsAbout(current.fields, current.input, [...context.earlier.keys()]);
  const isWhole = unseenField(current.fields, form) === undefined;
  if (complaints.size > 0 || !isWhole) return { ...current, complaints };
  return 'error' in (current.form ?? {})
    ? current
    : loadOutputFields({ ...current, complaints, panel: 'test' }, context);
}

/** The draft with the output fields that the app makes. The former ones stay when the app fails. */
export async function loadOutputFields(
  draft: StepDraft,
  { zapier, earlier }: StepContext,
): Promise<StepDraft> {
  const { step } = draft;
  if (step === null) return draft;
  const made = await resultOf(zapier.outputFields(step.kind, step.key, testInput(draft, earlier)));
  return 'error' in made ? draft : { ...draft, step: { ...step, outputFields: made.found } };
}

/** The draft with the result of a test. A trigger is tested with the records for the Zap editor. */
export async function testStep(draft: StepDraft, context: StepContext): Promise<StepDraft> {
  return draft.step === null
    ? draft
    : { ...draft, tested: await resultOf(testResults(draft, draft.step, context)) };
}

async function testResults(
  draft: StepDraft,
  { kind, key }: Step,
  { zapier, earlier }: StepContext,
): Promise<AppRecord[]> {
  const input = testInput(draft, earlier);
  if (kind === 'triggers') return recordsIn(await zapier.testTrigger(key, input));
  const found = recordsIn(await zapier.testStep(kind, key, input));
  const creator = creatorOf(draft);
  if (found.length > 0 || creator === undefined) return found;
  const values = testInput({ ...draft, input: creator.inputData }, earlier);
  return recordsIn(await zapier.testStep(creator.step.kind, creator.step.key, values));
}

/**
 * The action behind a search, with its values; undefined while the search only searches. The search
 * itself gets the values of both forms: what Zapier hands it is not documented.
 */
export function creatorOf({ step, input, creatorKeys }: StepDraft): ZapStep['creator'] {
  if (creatorKeys === null || step?.creator === undefined) return undefined;
  const own = Object.entries(input).filter(([key]) => creatorKeys.includes(key));
  return { step: step.creator, inputData: Object.fromEntries(own) };
}
