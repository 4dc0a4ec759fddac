import type { AppDefinition, InputField, Step } from '../zap-runner/app-definition.ts';
import type { FormValue, FormValues } from '../zap-runner/mapping.ts';
import { type Plan, RECIPES, type Recipe } from '../zap-runner/recipes.ts';
import { fitting } from './form-data.ts';

/** A recipe whose steps the app offers. */
export type AvailableRecipe = Recipe<{ readonly step: Step; readonly plan: Plan }>;

/** The recipes whose steps the app offers. */
export function availableRecipes({ steps: offered }: AppDefinition): AvailableRecipe[] {
  return RECIPES.flatMap(({ steps, ...recipe }) => {
    const found = steps.flatMap(([key, plan]) => {
      const step = offered.find((one) => one.key === key);
      return step === undefined ? [] : { step, plan };
    });
    return found.length === steps.length ? { ...recipe, steps: found } : [];
  });
}

const planFor = (plan: Plan, { key, label }: InputField): FormValue | null | undefined =>
  key in plan ? plan[key] : plan[label.toLowerCase()];

/** The planned values of fields, in the shape of these fields. */
export function planned(plan: Plan, fields: readonly InputField[]): FormValues {
  const values = fields.map((field) => [field.key, planFor(plan, field) ?? []] as const);
  return fitting(fields, Object.fromEntries(values));
}

/** The fields, of which a recipe requires those that it leaves to the owner of the Zap. */
export const asked = (plan: Plan, fields: readonly InputField[]): InputField[] =>
  fields.map((field) => (planFor(plan, field) === null ? { ...field, isRequired: true } : field));
