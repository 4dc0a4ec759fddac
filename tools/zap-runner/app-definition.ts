import { asObject, isObject, list, text, texts } from '../../src/values.ts';

/** The part of an app's definition that the Zap editor shows. */
export interface AppDefinition {
  readonly authentication: {
    readonly fields: readonly InputField[];
    /** A template such as `{{bundle.inputData.site}}`. */
    readonly connectionLabel: string;
  };
  /** The visible triggers, searches and actions. */
  readonly steps: readonly Step[];
}

/** A stand-in is no step of the app: see stand-ins.ts. */
export type StepKind = 'triggers' | 'searches' | 'creates' | 'standIns';

export interface Step {
  readonly kind: StepKind;
  readonly key: string;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly inputFieldGroups: readonly InputFieldGroup[];
  /** In the definition without the fields that the app makes. */
  readonly outputFields: readonly OutputField[];
  /** The record that Zapier shows for a step that was not tested. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** The action that a search can run when it finds nothing. Zapier: `searchOrCreates`. */
  readonly creator?: Step;
}

/** A heading above input fields. The `group` of each of these fields is the key of the group. */
export interface InputFieldGroup {
  readonly key: string;
  /** Empty when there is none. */
  readonly label: string;
  /** Whether the fields are hidden at first. Zapier: groups without `emphasize: true`. */
  readonly isCollapsed: boolean;
}

/** An output field. A field with children is a list of line items. */
export interface OutputField {
  readonly key: string;
  readonly label: string;
  readonly children: readonly OutputField[];
}

/** An input field. A field with children is a list of rows. */
export interface InputField {
  readonly key: string;
  /** The key when the field has no label; empty for a note without a label. */
  readonly label: string;
  /** A field of type `copy` is a note: it shows its help text, and takes no value. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  /** Markdown; empty when there is none. */
  readonly helpText: string;
  readonly placeholder: string;
  readonly default: string;
  /** Null when the field takes any value. */
  readonly choices: readonly Choice[] | null;
  /** The hidden trigger that fills the dropdown, such as `company_list.id.name`. */
  readonly dynamic: string | null;
  /** The keys of the fields whose values this field depends on. */
  readonly dependsOn: readonly string[];
  /** Whether other fields depend on the value of this field. */
  readonly isDependedOn: boolean;
  /** The key of the field's group. */
  readonly group: string | null;
  readonly children: readonly InputField[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Reads the definition that the platform serialises. A missing value becomes an empty one. */
export function readAppDefinition(definition: unknown): AppDefinition {
  const app = asObject(definition);
  const { fields, connectionLabel } = asObject(app.authentication);
  const steps = (['triggers', 'searches', 'creates'] as const).flatMap((kind) =>
    Object.values(asObject(app[kind]))
      .filter((step) => asObject(asObject(step).display).hidden !== true)
      .map((step) => readStep(kind, step)),
  );
  const pairs = Object.values(asObject(app.searchOrCreates)).map(asObject);
  return {
    authentication: { fields: readInputFields(fields), connectionLabel: string(connectionLabel) },
    steps: steps.map((step) => {
      const pair = step.kind === 'searches' && pairs.find(({ search }) => search === step.key);
      const creator = steps.find(
        ({ kind, key }) => kind === 'creates' && pair && key === pair.create,
      );
      return creator ? { ...step, creator } : step;
    }),
  };
}

/** The input fields of a list. Leaves out what is no field, such as a function. */
export function readInputFields(fields: unknown): InputField[] {
  const all = list(fields, readInputField).filter(({ key }) => key !== '');
  const dependedOn = all.flatMap(({ dependsOn, children }) => [
    ...dependsOn,
    ...children.flatMap((child) => child.dependsOn),
  ]);
  return all.map((field) =>
    dependedOn.includes(field.key) ? { ...field, isDependedOn: true } : field,
  );
}

/** The output fields of a list. Leaves out what is no field, such as a function. */
export function readOutputFields(fields: unknown): OutputField[] {
  return list(fields, readOutputField).filter(({ key }) => key !== '');
}

function readStep(kind: StepKind, step: unknown): Step {
  const { key, noun, display, operation } = asObject(step);
  const { label, description } = asObject(display);
  const { inputFieldGroups, outputFields, sample } = asObject(operation);
  return {
    kind,
    key: string(key),
    noun: string(noun),
    label: string(label),
    description: string(description),
    inputFieldGroups: list(inputFieldGroups, readInputFieldGroup),
    outputFields: readOutputFields(outputFields),
    sample: asObject(sample),
  };
}

function readInputFieldGroup(group: unknown): InputFieldGroup {
  const { key, label, emphasize } = asObject(group);
  return { key: string(key), label: string(label), isCollapsed: emphasize !== true };
}

function readOutputField(field: unknown): OutputField {
  const { key, label, children } = asObject(field);
  return {
    key: string(key),
    label: text(label) ?? string(key),
    children: readOutputFields(children),
  };
}

function readInputField(value: unknown): InputField {
  const field = asObject(value);
  const type = text(field.type) ?? 'string';
  const children = readInputFields(field.children);
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
    dependsOn: texts(field.dependsOn),
    isDependedOn:
      field.altersDynamicFields === true || children.some((child) => child.isDependedOn),
    group: text(field.group),
    children,
  };
}

/** Zapier accepts labels by value, values alone, and objects with value and label. */
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
