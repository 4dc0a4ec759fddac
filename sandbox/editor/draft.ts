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

/** The panels of a step, in the order in which you complete them. */
export const PANELS = ['event', 'account', 'configure', 'test', 'publish'] as const;
export type Panel = (typeof PANELS)[number];

/** A record that a step returned. */
export type AppRecord = Readonly<Record<string, unknown>>;

/**
 * The step in the editor. It is immutable: every change returns another draft, so that no page shows an
 * unfinished change.
 */
export interface Draft {
  /** Changes whenever a step is chosen. */
  readonly id: string;
  /** Grows whenever a value changes, and when the Zap is turned on or off. */
  readonly revision: number;
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
  readonly input: FormValues;
  /** The fields that lacked a required value at the last "Continue". */
  readonly missing: readonly InputField[];
  readonly isConfigured: boolean;
  /** The result of a test with the current values. */
  readonly tested: Result<readonly AppRecord[]> | null;
  /** The Zap that is on. It may run with earlier values. */
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

/** The records of the last test; null when there was none, or when it failed. */
export function testedRecords({ tested }: Pick<Draft, 'tested'>): readonly AppRecord[] | null {
  return tested !== null && 'found' in tested ? tested.found : null;
}

/** Whether a panel can be opened. */
export function isReachable(panel: Panel, draft: Draft, isConnected: boolean): boolean {
  if (panel === 'event') return true;
  if (panel === 'account') return draft.step !== null;
  const isReady = panel === 'configure' || draft.isConfigured;
  return draft.step !== null && isConnected && isReady;
}

/** Whether the values differ from those of the Zap that is on. */
export const isChanged = ({ zap, input }: Draft): boolean =>
  zap !== null && !isDeepStrictEqual(zap.inputData, input);

/** The draft with the values of a form, and with new fields. */
export const refresh = (draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> =>
  loadFields(withForm(draft, form), zapier);

/**
 * The draft with new fields and dropdowns. A value stays if its field still exists. A new field starts
 * with its default.
 */
export async function loadFields(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const made = await makeFields(draft, zapier);
  // A default may change a value that other fields depend on.
  const loaded = isOutdated(made) ? await makeFields(made, zapier) : made;
  return 'error' in loaded.form
    ? loaded
    : { ...loaded, dropdowns: await loadDropdowns(loaded, zapier) };
}

async function makeFields(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const form = await resultOf(zapier.inputFields(step.kind, step.key, input));
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
const isOutdated = ({ fields, input, madeFor }: Draft): boolean =>
  fields.filter(altersOthers).some(({ key }) => !isDeepStrictEqual(input[key], madeFor[key]));

async function loadDropdowns(
  { fields, input }: Draft,
  zapier: ZapRunner,
): Promise<Draft['dropdowns']> {
  const all = fields.flatMap((field) => [field, ...field.children]);
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
export async function fillIn(draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> {
  const filled = withForm(draft, form);
  return isOutdated(filled) ? loadFields(filled, zapier) : filled;
}

const withForm = (draft: Draft, form: FormData): Draft =>
  withInput(draft, readFormData(draft.fields, form, draft.input));

/** A change of the values discards the last test. */
function withInput(draft: Draft, input: FormValues): Draft {
  const isConfigured = draft.isConfigured && missingFields(draft.fields, input).length === 0;
  return isDeepStrictEqual(input, draft.input)
    ? { ...draft, isConfigured }
    : { ...draft, isConfigured, revision: draft.revision + 1, input, tested: null };
}

/**
 * The draft with the panel for the test. The panel stays when a required value is missing, or when the
 * form lacks a field because the app has made new fields since.
 */
export async function configure(draft: Draft, form: FormData, zapier: ZapRunner): Promise<Draft> {
  const current = await fillIn(draft, form, zapier);
  if ('error' in current.form || !isWholeForm(current.fields, form)) return current;
  const missing = missingFields(current.fields, current.input);
  const isConfigured = missing.length === 0;
  return { ...current, missing, isConfigured, panel: isConfigured ? 'test' : current.panel };
}

/** The draft with the result of a test. A trigger is tested with the records for the Zap editor. */
export async function testStep(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const results =
    step.kind === 'triggers'
      ? zapier.testTrigger(step.key, input)
      : zapier.step(step.kind, step.key, input);
  return { ...draft, tested: await resultOf(results.then(asRecords)) };
}

/** The draft with its Zap turned on, or with the error. */
export async function publish(draft: Draft, zapier: ZapRunner): Promise<Draft> {
  const { step, input } = draft;
  if (step === null) return draft;
  const turnedOn = await resultOf(zapier.turnOn(step.key, input));
  const publishError = errorIn(turnedOn);
  return 'error' in turnedOn
    ? { ...draft, publishError }
    : { ...draft, revision: draft.revision + 1, zap: turnedOn.found, publishError };
}

export const withoutZap = (draft: Draft): Draft => ({
  ...draft,
  revision: draft.revision + 1,
  zap: null,
});

/** Triggers and searches return a list of records, actions return one record. */
const asRecords = (results: unknown): AppRecord[] => [results].flat().filter(isObject);
