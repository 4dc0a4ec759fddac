import type { Choice, InputField } from '../../zap-runner/app-definition.ts';
import { type FormValues, mappedFieldsIn } from '../../zap-runner/mapping.ts';
import { columnName, defaults, isNote, rowsIn, textsOf } from '../form-data.ts';
import type { Result } from '../result.ts';
import { alertBox, type Html, html, rendered, renderedNote, when } from './html.ts';
import { type EarlierStep, pillAsValue, withPills } from './mapping.ts';

/** The values of a form and the choices of its dropdowns. */
export interface FormState {
  readonly input: FormValues;
  /** What is wrong with a value, by the key of its field. */
  readonly complaints?: ReadonlyMap<string, string>;
  readonly dropdowns?: ReadonlyMap<string, Result<readonly Choice[]>>;
  /** Where the form gets new fields; absent when no field depends on another. */
  readonly refreshAt?: string;
  /** The steps whose fields can be mapped into the form. */
  readonly earlier?: readonly EarlierStep[];
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
    (url) => html`hx-post="${url}" hx-trigger="change" hx-sync="closest form:replace" data-alters`,
  );

function noteView({ label, helpText }: InputField, id: string): Html {
  return html`<div class="form-note" id="${id}" role="note"
    ${when(label, () => html`aria-labelledby="${id}-label"`)}>
    ${when(label, (text) => html`<b id="${id}-label">${text}</b>`)}
    ${renderedNote(helpText)}
  </div>`;
}

/** Whether something is wrong with the value of a field. */
export const isWrong = ({ key }: InputField, { complaints }: FormState): boolean =>
  complaints?.has(key) === true;

const fieldClass = (field: InputField, state: FormState): string =>
  isWrong(field, state) ? 'form-field is-wrong' : 'form-field';

/** The texts below a field: why it has no choices, what is wrong with its value, and its help text. */
function hints(field: InputField, id: string, state: FormState): Html {
  const { error, waits } = choicesOf(field, state);
  return html`${when(error, alertBox)}
    ${when(waits, (message) => html`<p class="hint">${message}</p>`)}
    ${when(state.complaints?.get(field.key), (complaint) => html`<p class="form-error" id="${id}-error">${complaint}</p>`)}
    ${when(field.helpText, (text) => html`<p class="hint" id="${id}-help">${rendered(text)}</p>`)}`;
}

/** The attributes of a control that tell screen readers about its field. */
function about(field: InputField, id: string, state: FormState): Html {
  const ids = [
    ...(isWrong(field, state) ? [`${id}-error`] : []),
    ...(field.helpText === '' ? [] : [`${id}-help`]),
  ];
  return html`${when(ids.join(' '), (found) => html`aria-describedby="${found}"`)}
    ${when(isWrong(field, state), () => html`aria-invalid="true"`)}`;
}

interface Control {
  readonly field: InputField;
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

function labelledControl(one: Control, state: FormState, attributes = html``): Html {
  const { field, id } = one;
  return html`<div class="${fieldClass(field, state)}" ${attributes}>
    <label for="${id}" id="${id}-label">${field.label}${requiredMark(field)}</label>
    ${mappable(control(one, state), field, state)}
    ${hints(field, id, state)}
  </div>`;
}

/** A control, and the button that maps a field into it when there are earlier steps. */
function mappable(control: Html, { label }: InputField, { earlier = [] }: FormState): Html {
  if (earlier.length === 0) return control;
  return html`<div class="mappable">
      ${control}
      <button type="button" class="tool" data-open-mapping="${label}" aria-label="Map a field into ${label}">+ Map</button>
    </div>`;
}

function control({ field, id, name, value }: Control, state: FormState): Html {
  const { earlier = [] } = state;
  const { choices } = choicesOf(field, state);
  const attributes = html`id="${id}" ${about(field, id, state)}
    ${when(field.isRequired, () => html`aria-required="true"`)}`;
  if (choices !== undefined)
    return dropdown({ field, id, name, value }, choices, attributes, earlier);
  // The page never gets a password, so the placeholder stands for it.
  const isPassword = field.type === 'password';
  if (earlier.length > 0 && !isPassword) {
    return textbox(field, name, value, earlier, html`${attributes} aria-labelledby="${id}-label"`);
  }
  if (field.type === 'text') {
    return html`<textarea ${attributes} name="${name}" rows="3" placeholder="${field.placeholder}">${value}</textarea>`;
  }
  return html`<input ${attributes} name="${name}" type="${isPassword ? 'password' : 'text'}" autocomplete="off"
    spellcheck="false" placeholder="${isPassword ? '••••••••••••' : field.placeholder}" value="${value}">`;
}

/** A text in which the mapped fields are pills. The page keeps its value in the hidden control. */
const textbox = (
  field: InputField,
  name: string,
  value: string,
  earlier: readonly EarlierStep[],
  attributes: Html,
): Html => html`<div class="textbox ${field.type === 'text' ? 'is-long' : ''}" role="textbox"
    contenteditable="plaintext-only" spellcheck="false" data-name="${name}" ${attributes}
    ${when(field.type === 'text', () => html`aria-multiline="true"`)}
    data-placeholder="${field.placeholder}">${withPills(value, earlier)}</div><input type="hidden" name="${name}" value="${value}">`;

/** More choices than these can be searched. */
const MOST_AT_SIGHT = 10;

const choiceSearch = (label: string, choices: readonly Choice[]): Html =>
  when(
    choices.length > MOST_AT_SIGHT,
    () => html`<input type="search" aria-label="Search ${label}" placeholder="Search">`,
  );

/** A dropdown. A field that is mapped into it stands in its place as a pill. */
function dropdown(
  { field, id, name, value }: Control,
  choices: readonly Choice[],
  attributes: Html,
  earlier: readonly EarlierStep[],
): Html {
  const isMapped = mappedFieldsIn(value).length > 0;
  return html`<div class="dropdown" data-name="${name}" data-records>${choiceSearch(field.label, choices)}
    <select ${attributes} name="${name}" data-empty="" ${when(isMapped, () => html`disabled hidden`)}>
      <option value="">Choose…</option>
      ${withChosen(choices, isMapped ? [] : [value]).map(
        (one) => html`<option id="${choiceId(id, one.value)}" value="${one.value}"
          ${when(one.value === value, () => html`selected`)}>${one.label}</option>`,
      )}
    </select>${when(isMapped, () => pillAsValue(name, value, earlier))}</div>`;
}

const YES_OR_NO: readonly Choice[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The choices, and the chosen values that are no longer among them. */
const withChosen = (choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] => [
  ...choices,
  ...chosen
    .filter((value) => value !== '' && choices.every((choice) => choice.value !== value))
    .map((value) => ({ value, label: value })),
];

/** With an id, a choice keeps its state when the page adds a choice before it. */
const choiceId = (id: string, value: string): string => `${id}-${value}`;

function group(field: InputField, state: FormState, content: Html): Html {
  const id = `field-${field.key}`;
  return html`<fieldset class="${fieldClass(field, state)}" id="${id}" data-records
    ${about(field, id, state)} ${refreshing(field, state)}>
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
  const { earlier = [] } = state;
  const mapped = chosen.filter((value) => mappedFieldsIn(value).length > 0);
  const fixed = chosen.filter((value) => !mapped.includes(value));
  // Sends a blank, so that the form contains the field when nothing is checked.
  return html`<input type="hidden" name="${field.key}" value="">
  ${choiceSearch(field.label, choices)}
  ${mappable(
    html`<div class="choices" data-name="${field.key}">
    ${withChosen(choices, fixed).map(
      ({ value, label }) => html`<label class="choice">
        <input type="checkbox" id="${choiceId(`field-${field.key}`, value)}" name="${field.key}" value="${value}"
          ${when(chosen.includes(value), () => html`checked`)}>
        ${label}
      </label>`,
    )}
    ${when(choices.length === 0, () => html`<p class="hint">There is nothing to choose from.</p>`)}
    ${mapped.map((value) => pillAsValue(field.key, value, earlier))}
  </div>`,
    field,
    state,
  )}`;
}

/** A row for each value, and an empty row. */
function repeated(field: InputField, values: readonly string[], state: FormState): Html {
  const { earlier = [] } = state;
  const named = html`aria-label="${field.label}"`;
  const input = (value: string) =>
    earlier.length > 0
      ? textbox(field, field.key, value, earlier, named)
      : html`<input type="text" name="${field.key}" value="${value}" ${named}
      autocomplete="off" placeholder="${field.placeholder}">`;
  return html`${[...values, ''].map(
    (value, index) =>
      html`<div class="row" id="row-${field.key}-${index}">${mappable(input(value), field, state)}</div>`,
  )}
  ${addRow(field, values.length + 1, state)}`;
}

/** The rows of the value, and a new row with the defaults of its columns. */
function lineItemsView(field: InputField, state: FormState): Html {
  const rows = [...rowsIn(state.input[field.key]), defaults(field.children)];
  const column = (child: InputField, value: string, index: number) => {
    const id = `field-${field.key}-${index}-${child.key}`;
    if (isNote(child)) return noteView(child, id);
    const { complaints, ...others } = state;
    return labelledControl({ field: child, id, name: columnName(field, child), value }, others);
  };
  return group(
    field,
    state,
    html`${rows.map(
      (row, index) => html`<div class="row line-item" id="row-${field.key}-${index}">
        ${field.children.map((child) => column(child, row[child.key] ?? '', index))}
      </div>`,
    )}
    ${addRow(field, rows.length, state)}`,
  );
}

/** Sends the rows that are filled in. An empty row follows them. */
const addRow = ({ key }: InputField, next: number, { refreshAt }: FormState): Html =>
  when(
    refreshAt,
    (url) =>
      html`<button type="submit" class="quiet" hx-post="${url}?shown=row-${encodeURIComponent(key)}-${next}">Add another</button>`,
  );

const requiredMark = ({ isRequired }: InputField): Html =>
  when(isRequired, () => html` <span class="required">(required)</span>`);

/**
 * The choices of a field; or the error of its dropdown, or which choice the dropdown waits for. None of
 * them when the field takes any value.
 */
function choicesOf(
  { choices, dynamic, type }: InputField,
  { dropdowns }: FormState,
): { choices?: readonly Choice[]; error?: string; waits?: string } {
  if (choices !== null) return { choices };
  if (type === 'boolean') return { choices: YES_OR_NO };
  const dropdown = dropdowns?.get(dynamic ?? '');
  if (dropdown === undefined) return {};
  if ('found' in dropdown) return { choices: dropdown.found };
  const { error, reason } = dropdown;
  return reason === 'waits' ? { waits: error } : { error };
}
