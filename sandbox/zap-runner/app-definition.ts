import { isObject, list, members, text } from '../../src/chat-session/values.ts';

/** What an app says of itself, as far as the Zap editor shows it. */
export interface AppDefinition {
  readonly authentication: {
    readonly fields: readonly InputField[];
    /** A template such as `{{bundle.inputData.siteHost}}`. */
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
  readonly outputFields: readonly OutputField[];
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
  readonly label: string;
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
  readonly children: readonly InputField[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Reads the definition that the platform serialises; what is missing in it is empty. */
export function readAppDefinition(definition: unknown): AppDefinition {
  const app = members(definition);
  const { fields, connectionLabel } = members(app.authentication);
  return {
    authentication: { fields: readInputFields(fields), connectionLabel: string(connectionLabel) },
    steps: (['triggers', 'searches', 'creates'] as const).flatMap((kind) =>
      Object.values(members(app[kind]))
        .filter((step) => members(members(step).display).hidden !== true)
        .map((step) => readStep(kind, step)),
    ),
  };
}

/** The input fields of a list; what is no field in it, such as a function, is left out. */
export function readInputFields(fields: unknown): InputField[] {
  return list(fields, readInputField).filter(({ key }) => key !== '');
}

function readStep(kind: StepKind, step: unknown): Step {
  const { key, noun, display, operation } = members(step);
  const { label, description } = members(display);
  return {
    kind,
    key: string(key),
    noun: string(noun),
    label: string(label),
    description: string(description),
    outputFields: list(members(operation).outputFields, readOutputField),
  };
}

function readOutputField(field: unknown): OutputField {
  const { key, label, children } = members(field);
  return { key: string(key), label: string(label), children: list(children, readOutputField) };
}

function readInputField(value: unknown): InputField {
  const field = members(value);
  return {
    key: string(field.key),
    label: text(field.label) ?? string(field.key),
    type: text(field.type) ?? 'string',
    isRequired: field.required === true,
    isList: field.list === true,
    helpText: string(field.helpText),
    placeholder: string(field.placeholder),
    default: string(field.default),
    choices: readChoices(field.choices),
    dynamic: text(field.dynamic),
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
