import { isDeepStrictEqual } from 'node:util';
import type { Step } from '../zap-runner/app-definition.ts';
import {
  type AppRecord,
  mappedField,
  REMOVED_STEP,
  replaceMappedIn,
} from '../zap-runner/mapping.ts';
import type { Zap, ZapStep } from '../zap-runner/zap-run.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { errorIn, resultOf } from './result.ts';
import { newStep, type StepDraft, testedRecords, withInput } from './step-draft.ts';

/**
 * The Zap in the editor: a trigger and the steps after it. One step is open. It is immutable, like a
 * step.
 */
export interface ZapDraft {
  readonly before: readonly StepDraft[];
  /** The step whose panels are shown. */
  readonly open: StepDraft;
  readonly after: readonly StepDraft[];
  /** Whether the panel for the Zap as a whole is shown instead of the open step's panel. */
  readonly isPublishing: boolean;
  /** The Zap that is on. It may run with earlier values. */
  readonly zap: Zap | null;
  readonly publishError: string | null;
}

export const newZap = (): ZapDraft => ({
  before: [],
  open: newStep(null),
  after: [],
  isPublishing: false,
  zap: null,
  publishError: null,
});

/** All steps in order. The first is the trigger. */
export const stepsOf = ({ before, open, after }: ZapDraft): StepDraft[] => [
  ...before,
  open,
  ...after,
];

/** The draft with a step open, by the id of the step; null when there is no such step. */
export function openStep(draft: ZapDraft, id: string): ZapDraft | null {
  const steps = stepsOf(draft);
  const position = steps.findIndex((step) => step.id === id);
  const open = steps[position];
  return open === undefined
    ? null
    : {
        ...draft,
        before: steps.slice(0, position),
        open,
        after: steps.slice(position + 1),
        isPublishing: false,
      };
}

/** The draft with a new step after the open one. */
export function addStep(draft: ZapDraft): ZapDraft {
  const before = [...draft.before, draft.open];
  const added = before.length + 1;
  return {
    ...draft,
    before,
    open: newStep(null),
    after: renumbered(draft.after, (number) => number + Number(number >= added)),
    isPublishing: false,
  };
}

/** The draft without the open step. The trigger can't be removed. */
export function removeStep(draft: ZapDraft): ZapDraft {
  const removed = draft.before.length + 1;
  const open = draft.before.at(-1);
  if (open === undefined) return draft;
  return {
    ...draft,
    before: draft.before.slice(0, -1),
    open,
    after: renumbered(draft.after, (number) =>
      number === removed ? REMOVED_STEP : number - Number(number > removed),
    ),
  };
}

/** Steps whose mapped fields follow the new numbers of the earlier steps. */
const renumbered = (
  steps: readonly StepDraft[],
  numberOf: (number: number) => number,
): StepDraft[] =>
  steps.map((draft) => {
    const input = replaceMappedIn(draft.input, ({ step, path }) =>
      mappedField({ step: numberOf(step), path }),
    );
    // Other numbers alone do not make a test out of date.
    const { tested } = draft;
    const changed = withInput(draft, input);
    return changed.isConfigured ? { ...changed, tested } : changed;
  });

/** The record of each step before the open one, from its test. As in Zapier, otherwise its sample. */
export const earlierRecords = ({ before }: ZapDraft): AppRecord[] =>
  before.map((draft) => testedRecords(draft)?.[0] ?? draft.step?.sample ?? {});

/** The draft without the tests of its steps. */
export function withoutTests({ before, open, after, ...draft }: ZapDraft): ZapDraft {
  const untested = (step: StepDraft): StepDraft => ({ ...step, tested: null });
  return {
    ...draft,
    before: before.map(untested),
    open: untested(open),
    after: after.map(untested),
  };
}

/** Whether all steps are configured. */
export const isComplete = (draft: ZapDraft): boolean =>
  stepsOf(draft).every(({ isConfigured }) => isConfigured);

/** The settings with which the Zap would be turned on; null without a trigger. */
function publishable(
  draft: ZapDraft,
): { trigger: Step; inputData: StepDraft['input']; steps: ZapStep[] } | null {
  const [first, ...later] = stepsOf(draft).flatMap(({ step, fields, input }) =>
    step === null ? [] : { step, fields, inputData: input },
  );
  if (first?.step.kind !== 'triggers') return null;
  return { trigger: first.step, inputData: first.inputData, steps: later };
}

/** Whether the steps differ from those of the Zap that is on. */
export function isChanged(draft: ZapDraft): boolean {
  const { zap } = draft;
  const settings = publishable(draft);
  if (zap === null || settings === null) return false;
  const told = ({ inputData, steps }: Pick<Zap, 'inputData' | 'steps'>) => [
    inputData,
    steps.map(({ step, inputData }) => [step.key, inputData]),
  ];
  return !isDeepStrictEqual(told(zap), told(settings));
}

/** The draft with its Zap turned on, or with the error. */
export async function publish(draft: ZapDraft, zapier: ZapRunner): Promise<ZapDraft> {
  const settings = publishable(draft);
  if (settings === null) return draft;
  const { trigger, inputData, steps } = settings;
  const turnedOn = await resultOf(zapier.turnOn(trigger.key, inputData, steps));
  const publishError = errorIn(turnedOn);
  return 'error' in turnedOn
    ? { ...draft, publishError }
    : { ...draft, zap: turnedOn.found, publishError };
}

export const withoutZap = (draft: ZapDraft): ZapDraft => ({ ...draft, zap: null });
