import { isMadeUp } from '../../../src/chat-session/made-up.ts';
import { asObject, isObject, list, shortened, text } from '../../../src/values.ts';
import { plural } from '../../common/plural.ts';
import type { InputField, OutputField, Step } from '../../zap-runner/app-definition.ts';
import { type AppRecord, asText, type FormValues, valueAt } from '../../zap-runner/mapping.ts';
import { type Html, html, when } from './html.ts';

/** A longer value is cut. The raw body holds the whole value. */
const VALUE_CHARACTERS = 2000;

/** More records are not shown. */
const MOST_RECORDS = 25;

/** What stands around a record, by its position. */
interface Around {
  /** What it shows instead of its fields. */
  readonly body?: (index: number) => Html;
  readonly sign?: (index: number) => Html;
  readonly note?: (index: number) => string;
}

/** The records of a step with a search for fields. The first record is open. */
export function recordList(
  { noun, outputFields }: Step,
  records: readonly AppRecord[],
  { body, sign, note }: Around = {},
): Html {
  return html`<div data-records>
    <input type="search" aria-label="Search fields" placeholder="Search fields" autocomplete="off">
    ${records.slice(0, MOST_RECORDS).map(
      (record, index) => html`<details class="record" ${when(index === 0, () => html`open`)}>
      <summary>${sign?.(index) ?? ''} <strong>${noun} ${letter(index)}</strong>
        <span>${recordTitle(outputFields, record)}</span>
        ${when(isExample(record), () => html`<span class="badge">Made up</span>`)}
        ${when(note?.(index), (words) => html`<em>${words}</em>`)}</summary>
      <div class="record-body">${body?.(index) ?? recordFields(outputFields, record)}</div>
    </details>`,
    )}
    ${when(
      records.length > MOST_RECORDS,
      () => html`<p class="hint">These are ${MOST_RECORDS} of ${records.length}.</p>`,
    )}
  </div>`;
}

/** A time, or the label of a field that people don't read. */
const NOT_FOR_TITLES = /^\d{4}-\d\d-\d\dT|\b(ID|Key)\b/;

/** A record in a few words: for a chat its customer and status, otherwise its first words and its ID. */
export function recordTitle(fields: readonly OutputField[], record: AppRecord): string {
  const status = text(record.status_name);
  const customer = text(record.contact_name) ?? text(record.name);
  if (status !== null) return shortened([customer, status].filter(Boolean).join(' · '), 120);
  const id = text(record.id);
  const first = fields
    .filter(({ label }) => !NOT_FOR_TITLES.test(label))
    .flatMap(({ key }) => text(valueAt(record, key)) ?? [])
    .filter((value) => value !== id && !NOT_FOR_TITLES.test(value));
  return shortened(`${first.slice(0, 2).join(' · ')}${id === null ? '' : ` (${id})`}`, 120);
}

/** Whether a record was made up for a test. */
export const isExample = (record: AppRecord): boolean => Object.values(record).some(isMadeUp);

/** A to Z. */
const letter = (index: number): string => String.fromCharCode(65 + index);

/** All fields of a record with label and value. Line items are lists of fields. */
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

/** The fields of values without an output field. Like Zapier, these have their keys as labels. */
export function undeclaredFields(
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

function fieldRow({ label, children }: OutputField, value: unknown): Html {
  if (children.length === 0) return valueRow(label, value);
  const items = list(value, asObject);
  return html`<div class="field items">
    <dt>${label}</dt>
    <dd>${items.length === 0 ? valueView(null) : html`<span class="value">${plural(items.length, 'item')}</span>`}
      <ol>${items.map(
        (item) =>
          html`<li><dl>${children.map((child) => valueRow(child.label, valueAt(item, child.key)))}</dl></li>`,
      )}</ol>
    </dd>
  </div>`;
}

const valueRow = (label: string, value: unknown): Html =>
  html`<div class="field"><dt>${label}</dt><dd>${valueView(value)}</dd></div>`;

/** A value as text, cut where it is too long. */
export function valueView(value: unknown): Html {
  const shown = asText(value);
  return shown === ''
    ? html`<span class="value is-empty">No data</span>`
    : html`<span class="value">${shortened(shown, VALUE_CHARACTERS)}</span>`;
}
