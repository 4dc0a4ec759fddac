import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { asObject, isObject, list, text } from '../../src/values.ts';
import type { Choice, InputField, Step } from '../zap-runner/app-definition.ts';
import type { Zap, ZapRunner } from '../zap-runner/zap-runner.ts';
import {
  altersOthers,
  defaults,
  type FormValues,
  fitting,
  isWholeForm,
  missingFields,
  readFormData,
} from './form-data.ts';
import { errorIn, type Result, resultOf } from './result.ts';

/** The parts of a Zap's first step, in the order in which one fills them in. */
export const PANELS = ['event', 'account', 'configure', 'test', 'publish'] as const;
export type Panel = (typeof PANELS)[number];

/** A record as a step returned it. */
export type AppRecord = Readonly<Record<string, unknown>>;

/**
 * The step at which somebody is at work. It never changes: whatever is done makes another draft of
 * it, so that nobody sees one that is half done.
 */
export interface Draft {
  /** That of the step that was chosen: no two choices have the same. */
  readonly id: string;
  /** Grows whenever what is filled in changes, and when the Zap is turned on or off. */
  readonly revision: number;
  readonly step: Step | null;
  readonly panel: Panel;
  /** The fields of its form, when the app could last make them. */
  readonly fields: readonly InputField[];
  /** What the app logged while it made them; or why it can't make them now. */
  readonly form: Result<{ readonly logs: readonly string[] }>;
  /** What was filled in when the app made them. */
  readonly madeFor: FormValues;
  /** What the dropdowns offer, by what fills them, such as `company_list.id.name`. */
  readonly dropdowns: ReadonlyMap<string, Result<readonly Choice[]>>;
  /** What is filled in. */
  readonly input: FormValues;
  /** The fields that were found to lack something when somebody wanted to go on. */
  readonly missing: readonly InputField[];
  readonly isConfigured: boolean;
  /** What came of a test of what is filled in. */
  readonly tested: Result<readonly AppRecord[]> | null;
  /** What it was turned on as; its input may be an earlier one. */
  readonly zap: Zap | null;
  readonly publishError: string | null;
}

export function newDraft(step: Step | null): Draft {
  return {
    id: randomUUID(),
    revision: 0,
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
    zap: null,
    publishError: null,
  };
}

/** The records of the test; null while none has passed. */
export function testedRecords({ tested }: Pick<Draft, 'tested'>): readonly AppRecord[] | null {
  return tested !== null && 'found' in tested ? tested.found : null;
}

/** Whether a part can be opened yet. */
export function isReachable(panel: Panel, draft: Draft, isConnected: boolean): boolean {
  if (panel === 'event') return true;
  if (panel === 'account') return draft.step !== null;
  const isReady = panel === 'configure' || draft.isConfigured;
  return draft.step !== null && isConnected && isReady;
}

/** Whether what is filled in differs from what the Zap that is on runs with. */
export const isChanged = ({ zap, input }: Draft): boolean =>
  zap !== null && !isDeepStrictEqual(zap.inputData, input);

/** The draft with what a page's form is filled in with, and with its fields made anew. */
export const refresh = (draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> =>
  loadFields(withForm(draft, form), zapier);

/**
 * The draft with its fields made anew, and what their dropdowns offer. What is filled in stays
 * where there still is a field for it, and a field that was not there before begins with its default.
 */
export async function loadFields(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const made = await makeFields(draft, zapier);
  // A default may be that of a field on which the others depend.
  const loaded = isOutdated(made) ? await makeFields(made, zapier) : made;
  return 'error' in loaded.form
    ? loaded
    : { ...loaded, dropdowns: await loadDropdowns(loaded, zapier) };
}

async function makeFields(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const form = await resultOf(zapier.inputFields(step.kind, step.key, input));
  // What is filled in stays as long as nobody knows what there is to fill in.
  if ('error' in form) return { ...draft, form };
  const { fields } = form.found;
  const added = fields.filter(({ key }) => draft.fields.every((field) => field.key !== key));
  const filled = { ...defaults(added), ...fitting(fields, input) };
  const missing = missingFields(fields, filled).filter(({ key }) =>
    draft.missing.some((field) => field.key === key),
  );
  return withInput({ ...draft, form, fields, missing, madeFor: input }, filled);
}

/** Whether the fields were made for something else than what is filled in now. */
const isOutdated = ({ fields, input, madeFor }: Draft): boolean =>
  fields.filter(altersOthers).some(({ key }) => !isDeepStrictEqual(input[key], madeFor[key]));

async function loadDropdowns(
  { fields, input }: Draft,
  zapier: ZapRunner,
): Promise<Draft['dropdowns']> {
  const names = new Set(
    fields.flatMap((field) => [field, ...field.children]).flatMap(({ dynamic }) => dynamic ?? []),
  );
  return new Map(
    await Promise.all(
      [...names].map(
        async (name) => [name, await resultOf(loadDropdown(name, input, zapier))] as const,
      ),
    ),
  );
}

/** @param dynamic a hidden trigger, and the keys of what is filled in and of what is shown */
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

/**
 * The draft with what a page's form is filled in with. Its fields are made anew where they depend on
 * what has changed.
 */
export async function fillIn(draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> {
  const filled = withForm(draft, form);
  return isOutdated(filled) ? loadFields(filled, zapier) : filled;
}

const withForm = (draft: Draft, form: FormData): Draft =>
  withInput(draft, readFormData(draft.fields, form, draft.input));

/** A test of what was filled in before counts no more. */
function withInput(draft: Draft, input: FormValues): Draft {
  const isConfigured = draft.isConfigured && missingFields(draft.fields, input).length === 0;
  return isDeepStrictEqual(input, draft.input)
    ? { ...draft, isConfigured }
    : { ...draft, isConfigured, revision: draft.revision + 1, input, tested: null };
}

/**
 * The draft as it goes on to the test, unless something required is missing, or the page did not show
 * all fields: its form may be from before they were made anew.
 */
export async function configure(draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> {
  const current = await fillIn(draft, form, zapier);
  if ('error' in current.form || !isWholeForm(current.fields, form)) return current;
  const missing = missingFields(current.fields, current.input);
  const isConfigured = missing.length === 0;
  return { ...current, missing, isConfigured, panel: isConfigured ? 'test' : current.panel };
}

/** The draft after its step was run once: a trigger shows its records for the editor. */
export async function testStep(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const results =
    step.kind === 'triggers'
      ? zapier.testTrigger(step.key, input)
      : zapier.step(step.kind, step.key, input);
  return { ...draft, tested: await resultOf(results.then(asRecords)) };
}

/** The draft after its step was turned on as a Zap, or with why it can't be. */
export async function publish(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const turnedOn = await resultOf(zapier.turnOn(step.key, input));
  const publishError = errorIn(turnedOn);
  return 'error' in turnedOn
    ? { ...draft, publishError }
    : { ...draft, revision: draft.revision + 1, zap: turnedOn.found, publishError };
}

/** The draft once its Zap is off. */
export const withoutZap = (draft: Draft): Draft => ({
  ...draft,
  revision: draft.revision + 1,
  zap: null,
});

/** Searches and triggers return a list of records, actions one. */
const asRecords = (results: unknown): AppRecord[] =>
  (Array.isArray(results) ? results : [results]).filter(isObject);
