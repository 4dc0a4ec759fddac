import { asObject, isObject, list, shortened, text } from '../../../src/values.ts';
import { plural } from '../../common/plural.ts';
import type { InputField, OutputField, Step } from '../../zap-runner/app-definition.ts';
import {
  type AppRecord,
  asText,
  type FormValues,
  mappedField,
  mappedText,
  valueAt,
} from '../../zap-runner/mapping.ts';
import { type Html, html, when } from './html.ts';

/** A longer value is cut. The raw body holds the whole value. */
const VALUE_CHARACTERS = 2000;

/** The records of a step, and the URL at which the page loads more of them. */
export interface RecordSource {
  readonly step: Step;
  readonly records: readonly AppRecord[];
  readonly url: string;
  /** How many records are loaded at a time: 3 by default, like Zapier's "Test trigger". */
  readonly atOnce?: number;
  /** What a record shows instead of its fields, by its position. */
  readonly body?: (index: number) => Html;
  /** The text after the name of a record, by its position. */
  readonly note?: (index: number) => string;
}

/** The records of a step with a search for fields. The first record is open. */
export const recordList = (source: RecordSource): Html => fieldSearch(recordsFrom(source, 0));

/** Records or fields, with a search for fields. */
export const fieldSearch = (content: Html): Html =>
  html`<div class="records" data-records hx-target:inherited="this" hx-swap:inherited="innerHTML">
    <div class="record-tools">
      <label class="search">
        <span class="visually-hidden">Search fields</span>
        <input type="search" data-field-search placeholder="Search fields" autocomplete="off">
      </label>
      <label class="choice"><input type="checkbox" class="show-keys"> Show keys</label>
      <span class="hint" role="status" data-field-count></span>
    </div>
    ${content}
  </div>`;

/** The records from a position on, and a button that loads the next ones. */
export function recordsFrom(source: RecordSource, from: number): Html {
  const { step, records, url, atOnce = 3, note } = source;
  const to = from + atOnce;
  return html`${records.slice(from, to).map((record, offset) => {
    const index = from + offset;
    const isFirst = index === 0;
    const load = html`hx-get="${url}/${index}" hx-trigger="toggle once" hx-target="find .record-body"`;
    return html`<details class="record" ${isFirst ? html`open` : load}>
      <summary>${recordName(step, record, index)} ${when(note?.(index), (one) => html`<em>${one}</em>`)}</summary>
      <div class="record-body">${when(isFirst, () => recordBody(source, index))}</div>
    </details>`;
  })}
  ${when(
    records.length > to,
    () => html`<button type="button" class="quiet" hx-get="${url}?from=${to}" hx-target="this"
      hx-swap="outerHTML">Load more (${records.length - to})</button>`,
  )}`;
}

/** What a record shows when it is open. */
export function recordBody({ step, records, body }: RecordSource, index: number): Html {
  return body?.(index) ?? recordFields(step.outputFields, records[index] ?? {});
}

/** Such as `Chat Session B`, followed by the first values of the record. */
const recordName = (step: Step, record: AppRecord, index: number): Html =>
  html`<strong>${step.noun} ${letters(index)}</strong> ${firstValues(step, record)}`;

/** The values of the first two fields of a record. */
export function firstValues({ outputFields }: Step, record: AppRecord): Html {
  const values = outputFields.slice(0, 2).flatMap(({ key }) => text(record[key]) ?? []);
  return html`<span>${shortened(values.join(' · '), 120)}</span>`;
}

/** A to Z, then AA, AB and so on. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** All fields of a record with label, value and key. Line items are lists of fields. */
export function recordFields(fields: readonly OutputField[], record: AppRecord): Html {
  const all = [...fields, ...undeclaredFields(fields, record)];
  return html`<dl>${all.map((field) => fieldRow(field, valueAt(record, field.key)))}</dl>`;
}

/** The values that a step gets. Leaves out the input fields without a value. */
export const inputValues = (fields: readonly InputField[], input: FormValues): Html =>
  recordFields(
    fields.filter(({ key }) => Object.hasOwn(input, key)),
    input,
  );

/** The fields of a step's record and the columns of its line items, each with a button to map it. */
export function fieldsToMap(fields: readonly OutputField[], record: AppRecord, step: number): Html {
  const paths = [...fields, ...undeclaredFields(fields, record)].flatMap(
    ({ key, label, children }) =>
      children.length === 0
        ? { path: key, label }
        : children.map((child) => ({ path: `${key}[]${child.key}`, label: child.label })),
  );
  return html`<dl>${paths.map(({ path, label }) => {
    const name = `${step}. ${label}`;
    const map = html`<button type="button" class="tool" data-map="${mappedField({ step, path })}"
      data-label="${name}" aria-label="Map ${name}">Map</button>`;
    return valueRow(name, mappedText(record, path), path, map);
  })}</dl>`;
}

/** The fields of values without an output field. Like Zapier, these have their keys as labels. */
function undeclaredFields(
  declared: readonly OutputField[],
  values: AppRecord,
  prefix = '',
): OutputField[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const key = `${prefix}${name}`;
    if (declared.some((field) => field.key === key)) return [];
    return isObject(value)
      ? undeclaredFields(declared, value, `${key}__`)
      : { key, label: key, children: [] };
  });
}

function fieldRow({ key, label, children }: OutputField, value: unknown): Html {
  if (children.length === 0) return valueRow(label, value, key);
  const items = list(value, asObject);
  return html`<div class="field items" data-field="${label} ${key}">
    <dt>${label}</dt>
    <dd>
      ${items.length === 0 ? valueView(null) : html`<span class="value">${plural(items.length, 'item')}</span>`}
      ${keyButton(label, key)}
      <ol>${items.map(
        (item) =>
          html`<li><dl>${children.map((child) =>
            valueRow(child.label, valueAt(item, child.key), `${key}[]${child.key}`),
          )}</dl></li>`,
      )}</ol>
    </dd>
  </div>`;
}

const valueRow = (label: string, value: unknown, path: string, tool = html``): Html =>
  html`<div class="field" data-field="${label} ${path}">
    <dt>${label}</dt>
    <dd>${valueView(value)}${keyButton(label, path)}${tool}</dd>
  </div>`;

function valueView(value: unknown): Html {
  const shown = asText(value);
  return shown === ''
    ? html`<span class="value is-empty">No data</span>`
    : html`<span class="value">${shortened(shown, VALUE_CHARACTERS)}</span>`;
}

const keyButton = (label: string, path: string): Html => html`
  <button type="button" class="tool key" data-copy="${path}" aria-label="Copy the key of ${label}: ${path}">
    <code>${path}</code></button>`;
