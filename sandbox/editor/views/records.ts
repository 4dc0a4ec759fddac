import { asObject, list, shortened, text } from '../../../src/values.ts';
import { plural } from '../../plural.ts';
import type { OutputField, Step } from '../../zap-runner/app-definition.ts';
import type { AppRecord } from '../draft.ts';
import { asText } from '../mapping.ts';
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
}

/** The records of a step with a search for fields. The first record is open. */
export function recordList(source: RecordSource): Html {
  return html`<div class="records" data-records hx-target:inherited="this" hx-swap:inherited="innerHTML">
    <div class="record-tools">
      <label class="search">
        <span class="visually-hidden">Search fields</span>
        <input type="search" data-field-search placeholder="Search fields" autocomplete="off">
      </label>
      <label class="choice"><input type="checkbox" class="show-keys"> Show keys</label>
      <span class="hint" role="status" data-field-count></span>
    </div>
    ${recordsFrom(source, 0)}
  </div>`;
}

/** The records from a position on, and a button that loads the next ones. */
export function recordsFrom(source: RecordSource, from: number): Html {
  const { step, records, url, atOnce = 3 } = source;
  const to = from + atOnce;
  return html`${records.slice(from, to).map((record, offset) => {
    const index = from + offset;
    const isFirst = index === 0;
    const load = html`hx-get="${url}/${index}" hx-trigger="toggle once" hx-target="find .record-body"`;
    return html`<details class="record" ${isFirst ? html`open` : load}>
      <summary>${recordName(step, record, index)}</summary>
      <div class="record-body">${when(isFirst, () => recordFields(step, record))}</div>
    </details>`;
  })}
  ${when(
    records.length > to,
    () => html`<button type="button" class="quiet" hx-get="${url}?from=${to}" hx-target="this"
      hx-swap="outerHTML">Load more (${records.length - to})</button>`,
  )}`;
}

/** Such as `Chat Session B`, followed by the first two values of the record. */
function recordName(step: Step, record: AppRecord, index: number): Html {
  const values = step.outputFields
    .slice(0, 2)
    .flatMap(({ key }) => text(record[key]) ?? [])
    .join(' · ');
  return html`<strong>${step.noun} ${letters(index)}</strong> <span>${shortened(values, 120)}</span>`;
}

/** A to Z, then AA, AB and so on. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** All fields of a record with label, value and key. Line items are lists of fields. */
export function recordFields({ outputFields }: Step, record: AppRecord): Html {
  const declared = new Set(outputFields.map(({ key }) => key));
  // Like Zapier, shows a value without an output field by its key.
  const others = Object.keys(record)
    .filter((key) => !declared.has(key))
    .map((key) => ({ key, label: key, children: [] }));
  return html`<dl>${[...outputFields, ...others].map((field) => fieldRow(field, record[field.key]))}</dl>`;
}

function fieldRow(field: OutputField, value: unknown): Html {
  return field.children.length > 0
    ? itemsRow(field, list(value, asObject))
    : valueRow(field, value);
}

function valueRow({ key, label }: OutputField, value: unknown, path = key): Html {
  return html`<div class="field" data-field="${label} ${path}">
    <dt>${label}</dt>
    <dd>${valueView(value)}${tools(label, path)}</dd>
  </div>`;
}

function itemsRow({ key, label, children }: OutputField, items: readonly AppRecord[]): Html {
  return html`<div class="field items" data-field="${label} ${key}">
    <dt>${label}</dt>
    <dd>
      ${items.length === 0 ? valueView(null) : html`<span class="value">${plural(items.length, 'item')}</span>`}
      ${keyButton(label, key)}
      <ol>${items.map(
        (item) =>
          html`<li><dl>${children.map((child) =>
            valueRow(child, item[child.key], `${key}[]${child.key}`),
          )}</dl></li>`,
      )}</ol>
    </dd>
  </div>`;
}

function valueView(value: unknown): Html {
  const shown = asText(value);
  return shown === ''
    ? html`<span class="value is-empty">No data</span>`
    : html`<span class="value">${shortened(shown, VALUE_CHARACTERS)}</span>`;
}

const tools = (label: string, path: string): Html => html`${keyButton(label, path)}
  <button type="button" class="tool" data-map="{{${path}}}" aria-label="Map ${label}">Map</button>`;

const keyButton = (label: string, path: string): Html => html`
  <button type="button" class="tool key" data-copy="${path}" aria-label="Copy the key of ${label}: ${path}">
    <code>${path}</code></button>`;
