import type { Choice, InputField } from '../../zap-runner/app-definition.ts';
import { columnName, type InputData, rowsOf, textsOf } from '../form.ts';
import { MASK, type Outcome } from '../workbench.ts';
import { alertBox, type Html, html, rendered, when } from './html.ts';

/** What the fields of a form hold and offer. */
export interface FormState {
  readonly input: InputData;
  readonly missing?: readonly InputField[];
  readonly dropdowns?: ReadonlyMap<string, Outcome<readonly Choice[]>>;
}

/** The fields of a form, each with its label, help text, and what is filled in. */
export function inputFields(fields: readonly InputField[], state: FormState): Html {
  return html`${fields.map((field) => inputField(field, state))}`;
}

function inputField(field: InputField, state: FormState): Html {
  if (field.children.length > 0) return lineItems(field, state);
  const choices = choicesOf(field, state);
  if (field.isList) {
    return group(
      field,
      state,
      'choices' in choices
        ? checkboxes(field, choices.choices, textsOf(state.input[field.key]))
        : repeated(field, textsOf(state.input[field.key])),
    );
  }
  const id = `field-${field.key}`;
  const isMissing = state.missing?.includes(field) === true;
  return html`<div class="form-field">
    <label for="${id}">${field.label}${requiredMark(field)}</label>
    ${control({ field, id, name: field.key, value: textsOf(state.input[field.key])[0] ?? '' }, state, isMissing)}
    ${when(choices.error, alertBox)}
    ${when(isMissing, () => html`<p class="form-error" id="${id}-error">Fill in ${field.label}.</p>`)}
    ${help(field, id)}
  </div>`;
}

interface Control {
  readonly field: InputField;
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

function control({ field, id, name, value }: Control, state: FormState, isMissing = false): Html {
  const { choices } = choicesOf(field, state);
  const about = html`id="${id}" name="${name}" aria-describedby="${id}-help ${id}-error"
    ${when(field.isRequired, () => html`aria-required="true"`)}
    ${when(isMissing, () => html`aria-invalid="true"`)}`;
  if (choices !== undefined || field.type === 'boolean') {
    const offered = choices ?? [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ];
    return html`<select ${about}>
      <option value="">Choose…</option>
      ${offered.map((choice) => option(choice, choice.value === value))}
    </select>`;
  }
  if (field.type === 'text') {
    return html`<textarea ${about} rows="3" placeholder="${field.placeholder}">${value}</textarea>`;
  }
  const isPassword = field.type === 'password';
  return html`<input ${about} type="${isPassword ? 'password' : 'text'}" autocomplete="off"
    spellcheck="false" placeholder="${field.placeholder}"
    value="${isPassword && value !== '' ? MASK : value}">`;
}

const option = ({ value, label }: Choice, isSelected: boolean): Html =>
  html`<option value="${value}" ${when(isSelected, () => html`selected`)}>${label}</option>`;

function group(field: InputField, state: FormState, content: Html): Html {
  const id = `field-${field.key}`;
  const isMissing = state.missing?.includes(field) === true;
  return html`<fieldset class="form-field" aria-describedby="${id}-help">
    <legend>${field.label}${requiredMark(field)}</legend>
    ${content}
    ${when(choicesOf(field, state).error, alertBox)}
    ${when(isMissing, () => html`<p class="form-error">Fill in ${field.label}.</p>`)}
    ${help(field, id)}
  </fieldset>`;
}

function checkboxes(
  field: InputField,
  choices: readonly Choice[],
  chosen: readonly string[],
): Html {
  return html`<div class="choices">
    ${choices.map(
      ({ value, label }) => html`<label class="choice">
        <input type="checkbox" name="${field.key}" value="${value}"
          ${when(chosen.includes(value), () => html`checked`)}>
        ${label}
      </label>`,
    )}
    ${when(choices.length === 0, () => html`<p class="hint">There is nothing to choose from.</p>`)}
  </div>`;
}

/** A row for each value, and one more to fill in. */
function repeated(field: InputField, values: readonly string[]): Html {
  return html`<div class="rows" data-rows>
    ${[...values, ''].map(
      (value) => html`<div class="row" data-row>
        <input type="text" name="${field.key}" value="${value}" aria-label="${field.label}"
          autocomplete="off" placeholder="${field.placeholder}">
      </div>`,
    )}
    ${addRow}
  </div>`;
}

function lineItems(field: InputField, state: FormState): Html {
  const rows = [...rowsOf(state.input[field.key]), {}];
  return group(
    field,
    state,
    html`<div class="rows" data-rows>
      ${rows.map(
        (row, index) => html`<div class="row line-item" data-row>
          ${field.children.map((child) => {
            const id = `field-${field.key}-${index}-${child.key}`;
            const name = columnName(field, child);
            const value = new Map(Object.entries(row)).get(child.key) ?? '';
            return html`<div class="form-field">
              <label for="${id}">${child.label}${requiredMark(child)}</label>
              ${control({ field: child, id, name, value }, state)}
              ${help(child, id)}
            </div>`;
          })}
        </div>`,
      )}
      ${addRow}
    </div>`,
  );
}

const addRow = html`<button type="button" class="quiet" data-add-row>Add another</button>`;

const requiredMark = ({ isRequired }: InputField): Html =>
  when(isRequired, () => html` <span class="required">(required)</span>`);

const help = ({ helpText }: InputField, id: string): Html =>
  when(helpText, (text) => html`<p class="hint" id="${id}-help">${rendered(text)}</p>`);

/** What a field offers to choose from, if it does; or why its dropdown can't. */
function choicesOf(
  { choices, dynamic }: InputField,
  { dropdowns }: FormState,
): { choices?: readonly Choice[]; error?: string } {
  if (choices !== null) return { choices };
  const dropdown = dropdowns?.get(dynamic ?? '');
  if (dropdown === undefined) return {};
  return 'error' in dropdown ? { error: dropdown.error } : { choices: dropdown.found };
}
