import { expect, test } from '@jest/globals';
import { newStep, type StepDraft } from '../../zap-editor/step-draft.ts';
import {
  addStep,
  isComplete,
  isReadyIn,
  newZap,
  openStep,
  publishable,
  removeStep,
  restoreStep,
  withOpen,
  type ZapDraft,
} from '../../zap-editor/zap-draft.ts';
import { readAppDefinition, readInputFields } from '../../zap-runner/app-definition.ts';
import type { FormValues } from '../../zap-runner/mapping.ts';

/* What becomes of mapped fields when steps are added and removed. */

const { steps: offered } = readAppDefinition({ triggers: { new: { key: 'new' } } });
const fields = readInputFields([{ key: 'text' }, { key: 'other' }]);
const tested = { found: [{ id: '1' }] };
const step = (ref: number, input: FormValues): StepDraft => ({
  ...newStep(ref, offered[0] ?? null),
  fields,
  form: { found: null },
  input,
  tested,
});

const trigger = step(1, {});
const second = step(2, { text: '{{1.id}}' });
const third = step(3, { text: '{{1.name}}: {{2.name}}', other: '{{2.id}}' });
const zap: ZapDraft = newZap([trigger, second, third]);
const ready = (draft: ZapDraft) => draft.steps.map((one) => isReadyIn(draft, one));

/** The values of the later steps with which a Zap is turned on. */
const published = (draft: ZapDraft) =>
  publishable(draft)?.steps.map(({ inputData }) => inputData) ?? [];

test('mapped fields stay with their steps, and a run numbers the steps by their places', () => {
  const added = addStep(zap, trigger);
  expect(openStep(added)).toMatchObject({ ref: 4, step: null });
  expect(ready(added)).toEqual([true, false, true, true]);
  // No test was lost.
  expect(added.steps.map((one) => one.tested)).toEqual([tested, null, tested, tested]);
  const filled = addStep(zap, trigger, offered[0] ?? null);
  expect(published(filled).slice(1)).toEqual([
    { text: '{{1.id}}' },
    { text: '{{1.name}}: {{3.name}}', other: '{{3.id}}' },
  ]);
  expect(isComplete(zap)).toBe(true);
  expect(isComplete(newZap([trigger]))).toBe(false);
});

test('a step that lost a step before it is not ready, until the removal is undone', () => {
  const removed = removeStep(zap, second);
  expect(openStep(removed)).toBe(trigger);
  expect(ready(removed)).toEqual([true, false]);
  // A new step is another one.
  expect(openStep(addStep(removed, trigger)).ref).toBe(4);
  const restored = restoreStep(addStep(removed, third));
  expect(restored.steps.map(({ ref }) => ref)).toEqual([1, 2, 3, 4]);
  expect(openStep(restored)).toBe(second);
  expect(ready(restored)).toEqual([true, true, true, false]);
});

test('the trigger is not removed', () => {
  expect(removeStep(withOpen(zap, trigger), trigger).steps).toBe(zap.steps);
});
