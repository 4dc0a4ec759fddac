import { asObject, isObject, list, text } from '../../src/values.ts';

/** What an app says of itself, as far as the Zap editor shows it. */
export interface AppDefinition {
  readonly authentication: {
    readonly fields: readonly InputField[];
    /** A template such as `{{bundle.inputData.site}}`. */
    readonly connectionLabel: string;
  };
  /** The triggers, searches and creates that people can choose. */
  readonly steps: readonly Step[];
}

export type StepKind = 'triggers' | 'searches' | 'creates';

export interface Step {
  readonly kind: StepKind;
  readonly key: string;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly inputFieldGroups: readonly InputFieldGroup[];
  readonly outputFields: readonly OutputField[];
}

/** A heading for input fields that name its key as their `group`. */
export interface InputFieldGroup {
  readonly key: string;
  /** Empty when there is none. */
  readonly label: string;
  /** Whether its fields are out of sight at first. Zapier: `emphasize: false`. */
  readonly isCollapsed: boolean;
}

/** An output field; one with children is a list of line items. */
export interface OutputField {
  readonly key: string;
  readonly label: string;
  readonly children: readonly OutputField[];
}

/** An input field; one with children is a list of rows. */
export interface InputField {
  readonly key: string;
  /** The key, when there is none; empty for a note without one. */
  readonly label: string;
  /** One of type `copy` is a note: its help text is shown, and nothing is filled in for it. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  /** Markdown; empty when there is none. */
  readonly helpText: string;
  readonly placeholder: string;
  readonly default: string;
  /** Null when anything may be filled in. */
  readonly choices: readonly Choice[] | null;
  /** Which hidden trigger fills the dropdown, such as `company_list.id.name`. */
  readonly dynamic: string | null;
  /** Whether the form's other fields depend on what is filled in for this one. */
  readonly altersDynamicFields: boolean;
  /** The key of the group in which it stands. */
  readonly group: string | null;
  readonly children: readonly InputField[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Reads the definition that the platform serialises; what is missing in it is empty. */
export function readAppDefinition(definition: unknown): AppDefinition {
  const app = asObject(definition);
  const { fields, connectionLabel } = asObject(app.authentication);
  return {
    authentication: { fields: readInputFields(fields), connectionLabel: string(connectionLabel) },
    steps: (['triggers', 'searches', 'creates'] as const).flatMap((kind) =>
      Object.values(asObject(app[kind]))
        .filter((step) => asObject(asObject(step).display).hidden !== true)
        .map((step) => readStep(kind, step)),
    ),
  };
}

/** The input fields of a list; what is no field in it, such as a function, is left out. */
export function readInputFields(fields: unknown): InputField[] {
  return list(fields, readInputField).filter(({ key }) => key !== '');
}

function readStep(kind: StepKind, step: unknown): Step {
  const { key, noun, display, operation } = asObject(step);
  const { label, description } = asObject(display);
  const { inputFieldGroups, outputFields } = asObject(operation);
  return {
    kind,
    key: string(key),
    noun: string(noun),
    label: string(label),
    description: string(description),
    inputFieldGroups: list(inputFieldGroups, readInputFieldGroup),
    outputFields: list(outputFields, readOutputField),
  };
}

function readInputFieldGroup(group: unknown): InputFieldGroup {
  const { key, label, emphasize } = asObject(group);
  return { key: string(key), label: string(label), isCollapsed: emphasize === false };
}

function readOutputField(field: unknown): OutputField {
  const { key, label, children } = asObject(field);
  return { key: string(key), label: string(label), children: list(children, readOutputField) };
}

function readInputField(value: unknown): InputField {
  const field = asObject(value);
  const type = text(field.type) ?? 'string';
  return {
    key: string(field.key),
    label: text(field.label) ?? (type === 'copy' ? '' : string(field.key)),
    type,
    isRequired: field.required === true,
    isList: field.list === true,
    helpText: string(field.helpText),
    placeholder: string(field.placeholder),
    default: string(field.default),
    choices: readChoices(field.choices),
    dynamic: text(field.dynamic),
    altersDynamicFields: field.altersDynamicFields === true,
    group: text(field.group),
    children: readInputFields(field.children),
  };
}

/** Zapier takes labels by value, values alone, and objects of both. */
function readChoices(choices: unknown): Choice[] | null {
  if (isObject(choices)) {
    return Object.entries(choices).map(([value, label]) => ({ value, label: string(label) }));
  }
  if (!Array.isArray(choices)) return null;
  return choices.map((choice: unknown) => {
    const { value, label } = isObject(choice) ? choice : { value: choice, label: choice };
    return { value: string(value), label: text(label) ?? string(value) };
  });
}

const string = (value: unknown): string => text(value) ?? '';
