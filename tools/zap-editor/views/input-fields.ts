import type { Choice, InputField } from '../../zap-runner/app-definition.ts';
import { type FormValues, mappedFieldsIn } from '../../zap-runner/mapping.ts';
import { columnName, defaults, isNote, mapsRemovedStep, rowsIn, textsOf } from '../form-data.ts';
import type { Result } from '../result.ts';
import type { StepDraft } from '../step-draft.ts';
import { alertBox, type Html, html, rendered, renderedNote, when } from './html.ts';
import { namedMapping } from './mapping.ts';

/** The values of a form and the choices of its dropdowns. */
export interface FormState {
  readonly input: FormValues;
  readonly missing?: readonly InputField[];
  readonly dropdowns?: ReadonlyMap<string, Result<readonly Choice[]>>;
  /** Where the form gets new fields; absent when no field depends on another. */
  readonly refreshAt?: string;
  /** The steps whose fields can be mapped into the form. */
  readonly earlier?: readonly StepDraft[];
}

/** The fields of a form, each with label, help text and value. */
export function inputFields(fields: readonly InputField[], state: FormState): Html {
  return html`${fields.map((field) => inputField(field, state))}`;
}

function inputField(field: InputField, state: FormState): Html {
  if (isNote(field)) return noteView(field, `field-${field.key}`);
  if (field.children.length > 0) return lineItemsView(field, state);
  const { choices } = choicesOf(field, state);
  const values = textsOf(state.input[field.key]);
  if (field.isList) {
    const content =
      choices === undefined
        ? repeated(field, values, state)
        : checkboxes(field, choices, values, state);
    return group(field, state, content);
  }
  const [value = ''] = values;
  const one = { field, id: `field-${field.key}`, name: field.key, value };
  return labelledControl(one, state, refreshing(field, state));
}

/** Loads the fields again when a field changes that other fields depend on. */
const refreshing = ({ isDependedOn }: InputField, { refreshAt }: FormState): Html =>
  when(
    isDependedOn && refreshAt,
    // A change replaces an earlier change that is still loading.
    (url) => html`hx-post="${url}" hx-trigger="change" hx-sync="closest form:replace"`,
  );

function noteView({ label, helpText }: InputField, id: string): Html {
  return html`<div class="form-note" id="${id}" role="note"
    ${when(label, () => html`aria-labelledby="${id}-label"`)}>
    ${when(label, (text) => html`<p class="form-note-label" id="${id}-label">${text}</p>`)}
    ${renderedNote(helpText)}
  </div>`;
}

/** Whether a field lacked a required value at the last "Continue". */
export const isMissing = (field: InputField, { missing }: FormState): boolean =>
  missing?.includes(field) === true;

/** The texts below a field: why it has no choices, the missing value, and its help text. */
function hints(field: InputField, id: string, state: FormState): Html {
  const { error, waits } = choicesOf(field, state);
  return html`${when(error, alertBox)}
    ${when(waits, (message) => html`<p class="hint">${message}</p>`)}
    ${when(isMissing(field, state), () => html`<p class="form-error" id="${id}-error">${complaint(field, state)}</p>`)}
    ${when(field.helpText, (text) => html`<p class="hint" id="${id}-help">${rendered(text)}</p>`)}`;
}

/** What the owner should do about a field at which "Continue" stopped. */
const complaint = ({ key, label }: InputField, { input }: FormState): string =>
  mapsRemovedStep(input[key])
    ? `${label} holds a field of a removed step. Replace it, or take it out.`
    : `Fill in ${label}.`;

/** The ids of these texts, for screen readers. */
function describedBy(field: InputField, id: string, state: FormState): Html {
  const ids = [
    ...(isMissing(field, state) ? [`${id}-error`] : []),
    ...(field.helpText === '' ? [] : [`${id}-help`]),
  ];
  return when(ids.join(' '), (found) => html`aria-describedby="${found}"`);
}

interface Control {
  readonly field: InputField;
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

function labelledControl(one: Control, state: FormState, attributes = html``): Html {
  const { field, id } = one;
  return html`<div class="form-field ${isMissing(field, state) ? 'is-missing' : ''}" ${attributes}>
    <label for="${id}">${field.label}${requiredMark(field)}</label>
    ${mappable(control(one, state), field, offered(field, state) === null ? [one.value] : [], state)}
    ${hints(field, id, state)}
  </div>`;
}

/** A control with a button that maps a field into it, and the names of the fields that are mapped. */
function mappable(
  control: Html,
  { label }: InputField,
  values: readonly string[],
  { earlier = [] }: FormState,
): Html {
  if (earlier.length === 0) return control;
  const mapped = values.filter((value) => mappedFieldsIn(value).length > 0);
  return html`<div class="mappable">
      ${control}
      <button type="button" class="tool" data-open-mapping aria-label="Map a field into ${label}">+ Map</button>
    </div>
    ${mapped.map((value) => html`<p class="hint mapped">${namedMapping(value, earlier)}</p>`)}`;
}

function control({ field, id, name, value }: Control, state: FormState): Html {
  const choices = offered(field, state);
  const about = html`id="${id}" name="${name}" ${describedBy(field, id, state)}
    ${when(field.isRequired, () => html`aria-required="true"`)}
    ${when(isMissing(field, state), () => html`aria-invalid="true"`)}`;
  if (choices !== null) {
    return html`<select ${about}>
      <option value="">Choose…</option>
      ${withChosen(choices, [value], state).map((choice) => option(choice, id, choice.value === value))}
    </select>`;
  }
  if (field.type === 'text') {
    return html`<textarea ${about} rows="3" placeholder="${field.placeholder}">${value}</textarea>`;
  }
  // The page never gets a password, so the placeholder stands for it.
  const isPassword = field.type === 'password';
  return html`<input ${about} type="${isPassword ? 'password' : 'text'}" autocomplete="off"
    spellcheck="false" placeholder="${isPassword ? '••••••••••••' : field.placeholder}" value="${value}">`;
}

/** The choices of a field; null when a text is filled in for it. */
const offered = (field: InputField, state: FormState): readonly Choice[] | null =>
  choicesOf(field, state).choices ?? (field.type === 'boolean' ? YES_OR_NO : null);

const YES_OR_NO: readonly Choice[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The choices, and the chosen values that are not among them: former choices and mapped fields. */
const withChosen = (
  choices: readonly Choice[],
  chosen: readonly string[],
  { earlier = [] }: FormState,
): readonly Choice[] => [
  ...choices,
  ...chosen
    .filter((value) => value !== '' && choices.every((choice) => choice.value !== value))
    .map((value) => ({ value, label: namedMapping(value, earlier) })),
];

/** With an id, a choice keeps its state when the page adds a choice before it. */
const choiceId = (id: string, value: string): string => `${id}-${value}`;

const option = ({ value, label }: Choice, id: string, isSelected: boolean): Html =>
  html`<option id="${choiceId(id, value)}" value="${value}" ${when(isSelected, () => html`selected`)}>${label}</option>`;

function group(field: InputField, state: FormState, content: Html): Html {
  const id = `field-${field.key}`;
  return html`<fieldset class="form-field ${isMissing(field, state) ? 'is-missing' : ''}" id="${id}"
    ${describedBy(field, id, state)} ${refreshing(field, state)}>
    <legend>${field.label}${requiredMark(field)}</legend>
    ${content}
    ${hints(field, id, state)}
  </fieldset>`;
}

function checkboxes(
  field: InputField,
  choices: readonly Choice[],
  chosen: readonly string[],
  state: FormState,
): Html {
  // Sends a blank, so that the form contains the field when nothing is checked.
  return html`<input type="hidden" name="${field.key}" value="">
  ${mappable(
    html`<div class="choices" data-name="${field.key}">
    ${withChosen(choices, chosen, state).map(
      ({ value, label }) => html`<label class="choice">
        <input type="checkbox" id="${choiceId(`field-${field.key}`, value)}" name="${field.key}" value="${value}"
          ${when(chosen.includes(value), () => html`checked`)}>
        ${label}
      </label>`,
    )}
    ${when(choices.length === 0, () => html`<p class="hint">There is nothing to choose from.</p>`)}
  </div>`,
    field,
    [],
    state,
  )}`;
}

/** A row for each value, and an empty row. */
function repeated(field: InputField, values: readonly string[], state: FormState): Html {
  const input = (value: string) =>
    html`<input type="text" name="${field.key}" value="${value}" aria-label="${field.label}"
      autocomplete="off" placeholder="${field.placeholder}">`;
  return html`${[...values, ''].map(
    (value) => html`<div class="row">${mappable(input(value), field, [value], state)}</div>`,
  )}
  ${addRow}`;
}

/** The rows of the value, and a new row with the defaults of its columns. */
function lineItemsView(field: InputField, state: FormState): Html {
  const rows = [...rowsIn(state.input[field.key]), defaults(field.children)];
  const column = (child: InputField, value: string, index: number) => {
    const id = `field-${field.key}-${index}-${child.key}`;
    if (isNote(child)) return noteView(child, id);
    return labelledControl({ field: child, id, name: columnName(field, child), value }, state);
  };
  return group(
    field,
    state,
    html`${rows.map(
      (row, index) => html`<div class="row line-item">
        ${field.children.map((child) => column(child, row[child.key] ?? '', index))}
      </div>`,
    )}
    ${addRow}`,
  );
}

const addRow = html`<button type="button" class="quiet" data-add-row>Add another</button>`;

const requiredMark = ({ isRequired }: InputField): Html =>
  when(isRequired, () => html` <span class="required">(required)</span>`);

/**
 * The choices of a field; or the error of its dropdown, or which choice the dropdown waits for. None of
 * them when the field takes any value.
 */
function choicesOf(
  { choices, dynamic }: InputField,
  { dropdowns }: FormState,
): { choices?: readonly Choice[]; error?: string; waits?: string } {
  if (choices !== null) return { choices };
  const dropdown = dropdowns?.get(dynamic ?? '');
  if (dropdown === undefined) return {};
  if ('found' in dropdown) return { choices: dropdown.found };
  const { error, waitsForChoice } = dropdown;
  return waitsForChoice ? { waits: error } : { error };
}
