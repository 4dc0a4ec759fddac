import { isDeepStrictEqual } from 'node:util';
import type { Step } from '../zap-runner/app-definition.ts';
import {
  type AppRecord,
  type FormValues,
  mappedField,
  replaceMappedIn,
} from '../zap-runner/mapping.ts';
import type { Zap, ZapStep } from '../zap-runner/zap-run.ts';
import { complaintsAbout } from './form-data.ts';
import { creatorOf, newStep, type StepDraft, testedRecords } from './step-draft.ts';

/**
 * The Zap in the editor: a trigger and the steps after it. One step is open. It is immutable, like a
 * step.
 */
export interface ZapDraft {
  /** The first is the trigger. */
  readonly steps: readonly [StepDraft, ...StepDraft[]];
  /** The id of the step whose panels are shown. */
  readonly openId: string;
  /** Whether the panel for the Zap as a whole is shown instead of the open step's panel. */
  readonly isPublishing: boolean;
  /** The step that was removed last, and the position at which it stood. */
  readonly removed: { readonly step: StepDraft; readonly position: number } | null;
  /** The Zap that is on. It may run with earlier values. */
  readonly zap: Zap | null;
  readonly publishError: string | null;
}

export function newZap(steps: ZapDraft['steps'] = [newStep(1, null)]): ZapDraft {
  const { id } = steps[0];
  return { steps, openId: id, isPublishing: false, removed: null, zap: null, publishError: null };
}

/** The step whose panels are shown. */
export const openStep = ({ steps, openId }: ZapDraft): StepDraft =>
  steps.find(({ id }) => id === openId) ?? steps[0];

/** Whether nothing was chosen yet. */
export const isBlank = ({ steps: [trigger, ...others] }: ZapDraft): boolean =>
  trigger.step === null && others.length === 0;

/** The steps before a step, in order. */
export const stepsBefore = ({ steps }: ZapDraft, { id }: StepDraft): StepDraft[] =>
  steps.slice(
    0,
    steps.findIndex((step) => step.id === id),
  );

/** The draft with a change of each step. */
export function withEach(draft: ZapDraft, change: (step: StepDraft) => StepDraft): ZapDraft {
  const [trigger, ...others] = draft.steps;
  return { ...draft, steps: [change(trigger), ...others.map(change)] };
}

/** The draft with another step in the place of the one with its id. */
export const withStep = (draft: ZapDraft, id: string, step: StepDraft): ZapDraft => ({
  ...withEach(draft, (one) => (one.id === id ? step : one)),
  openId: draft.openId === id ? step.id : draft.openId,
});

/** The draft with a step open. */
export const withOpen = (draft: ZapDraft, { id }: StepDraft): ZapDraft => ({
  ...draft,
  openId: id,
  isPublishing: false,
});

/** The draft with a step at a position, and open. */
function withAdded(draft: ZapDraft, step: StepDraft, position: number): ZapDraft {
  const [trigger, ...others] = draft.steps;
  return withOpen({ ...draft, steps: [trigger, ...others.toSpliced(position - 1, 0, step)] }, step);
}

/** The draft with a new step after another one. */
export function addStep(draft: ZapDraft, after: StepDraft, step: Step | null = null): ZapDraft {
  const refs = [...draft.steps, ...(draft.removed ? [draft.removed.step] : [])];
  const ref = Math.max(...refs.map((one) => one.ref)) + 1;
  return withAdded(draft, newStep(ref, step), draft.steps.indexOf(after) + 1);
}

/** The draft without a step, and the step before it open. The trigger can't be removed. */
export function removeStep(draft: ZapDraft, step: StepDraft): ZapDraft {
  const [trigger, ...others] = draft.steps;
  const position = draft.steps.indexOf(step);
  const before = draft.steps[position - 1];
  if (before === undefined) return draft;
  const removed = { step, position };
  return withOpen(
    { ...draft, steps: [trigger, ...others.filter((one) => one !== step)], removed },
    before,
  );
}

/** The draft with the step that was removed last in its former place. */
export function restoreStep(draft: ZapDraft): ZapDraft {
  if (draft.removed === null) return draft;
  const { step, position } = draft.removed;
  return withAdded({ ...draft, removed: null }, step, position);
}

/** The record of each step before a step, by its ref: from its test, otherwise its sample. */
export const earlierRecords = (draft: ZapDraft, step: StepDraft): Map<number, AppRecord> =>
  new Map(
    stepsBefore(draft, step).map((one) => [
      one.ref,
      testedRecords(one)?.[0] ?? one.step?.sample ?? {},
    ]),
  );

/** Whether a step can run: the app has made its fields, and nothing is wrong with their values. */
export function isReadyIn(draft: ZapDraft, step: StepDraft): boolean {
  const { form, fields, input } = step;
  const refs = stepsBefore(draft, step).map(({ ref }) => ref);
  return form !== null && 'found' in form && complaintsAbout(fields, input, refs).size === 0;
}

/** Whether the Zap can be turned on. Zapier: a Zap has a trigger and at least one more step. */
export const isComplete = (draft: ZapDraft): boolean =>
  draft.steps.length > 1 && draft.steps.every((step) => isReadyIn(draft, step));

/** The settings with which the Zap would be turned on; null without a trigger. */
export function publishable(
  draft: ZapDraft,
): { trigger: Step; inputData: FormValues; steps: ZapStep[] } | null {
  const [first, ...others] = draft.steps;
  if (first.step?.kind !== 'triggers') return null;
  // In a run, the steps are numbered by their position.
  const refs = draft.steps.map(({ ref }) => ref);
  const numbered = (values: FormValues) =>
    replaceMappedIn(values, ({ step, path }) =>
      mappedField({ step: refs.indexOf(step) + 1, path }),
    );
  const steps = others.flatMap((one): ZapStep[] => {
    const { step, fields, input } = one;
    const found = creatorOf(one);
    const creator = found && { ...found, inputData: numbered(found.inputData) };
    return step === null ? [] : [{ step, fields, inputData: numbered(input), creator }];
  });
  return { trigger: first.step, inputData: first.input, steps };
}

/** Whether the steps differ from those of the Zap that is on. */
export function isChanged(draft: ZapDraft): boolean {
  const { zap } = draft;
  const settings = publishable(draft);
  if (zap === null || settings === null) return false;
  const told = ({ inputData, steps }: Pick<Zap, 'inputData' | 'steps'>) => [
    inputData,
    steps.map(({ step, inputData, creator }) => [step.key, inputData, creator?.inputData]),
  ];
  return !isDeepStrictEqual(told(zap), told(settings));
}
