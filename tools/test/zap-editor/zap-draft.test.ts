import { expect, test } from '@jest/globals';
import { newStep, type StepDraft } from '../../zap-editor/step-draft.ts';
import {
  addStep,
  isComplete,
  newZap,
  openStep,
  removeStep,
  stepsOf,
  type ZapDraft,
} from '../../zap-editor/zap-draft.ts';
import { readInputFields } from '../../zap-runner/app-definition.ts';
import type { FormValues } from '../../zap-runner/mapping.ts';

/* What becomes of mapped fields when steps are added and removed. */

const fields = readInputFields([{ key: 'text' }, { key: 'other' }]);
const tested = { found: [{ id: '1' }] };
const step = (input: FormValues): StepDraft => ({
  ...newStep(null),
  fields,
  input,
  isConfigured: true,
  tested,
});

/** A Zap with a trigger and two steps. The first step is open. */
const open = step({ text: '{{1.id}}' });
const last = step({ text: '{{1.name}}: {{2.name}}', other: '{{2.id}}' });
const zap: ZapDraft = { ...newZap(), before: [step({})], open, after: [last] };
const inputs = (draft: ZapDraft) => stepsOf(draft).map(({ input }) => input);
const configured = (draft: ZapDraft) => stepsOf(draft).map(({ isConfigured }) => isConfigured);

test('mapped fields follow the numbers of their steps', () => {
  const added = addStep(zap);
  expect(inputs(added)).toEqual([
    {},
    { text: '{{1.id}}' },
    {},
    { text: '{{1.name}}: {{2.name}}', other: '{{2.id}}' },
  ]);
  const before = addStep(openStep(zap, stepsOf(zap)[0]?.id ?? '') ?? zap);
  expect(inputs(before)).toEqual([
    {},
    {},
    { text: '{{1.id}}' },
    { text: '{{1.name}}: {{3.name}}', other: '{{3.id}}' },
  ]);
  // Only the new step is not complete, and no test was lost.
  expect(configured(before)).toEqual([true, false, true, true]);
  expect(stepsOf(before).map((one) => one.tested)).toEqual([tested, null, tested, tested]);
  expect(inputs(removeStep(before))).toEqual(inputs(zap));
  expect(isComplete(removeStep(before))).toBe(true);
});

test('fields of a removed step are not taken for those of another step', () => {
  const removed = removeStep(zap);
  expect(inputs(removed)).toEqual([{}, { text: '{{1.name}}: {{0.name}}', other: '{{0.id}}' }]);
  expect(configured(removed)).toEqual([true, false]);
  expect(stepsOf(removed).map((one) => one.tested)).toEqual([tested, null]);
  // They stay those of a removed step, whatever is added.
  expect(inputs(addStep(removed)).at(-1)).toEqual({
    text: '{{1.name}}: {{0.name}}',
    other: '{{0.id}}',
  });
});

test('the trigger is not removed, and a step that is not there is not opened', () => {
  const trigger = openStep(zap, stepsOf(zap)[0]?.id ?? '') ?? zap;
  expect(trigger.before).toEqual([]);
  expect(removeStep(trigger)).toBe(trigger);
  expect(openStep(zap, 'none')).toBeNull();
});
