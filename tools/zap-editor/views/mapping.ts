import { shortened } from '../../../src/values.ts';
import {
  type AppRecord,
  type MappedField,
  mappedField,
  mappedText,
  partsOf,
} from '../../zap-runner/mapping.ts';
import type { StepDraft } from '../step-draft.ts';
import { earlierRecords, openStep, stepsBefore, type ZapDraft } from '../zap-draft.ts';
import { type Html, html, when } from './html.ts';
import { undeclaredFields, valueView } from './records.ts';

/** A step before the open one, whose fields can be mapped. */
export interface EarlierStep {
  /** Its position in the Zap, from 1. */
  readonly number: number;
  readonly draft: StepDraft;
  /** The record of its last test, otherwise its sample. */
  readonly record: AppRecord;
}

/** The steps before the open one, in order. */
export function earlierSteps(draft: ZapDraft): EarlierStep[] {
  const open = openStep(draft);
  const records = earlierRecords(draft, open);
  return stepsBefore(draft, open).map((step, index) => ({
    number: index + 1,
    draft: step,
    record: records.get(step.ref) ?? {},
  }));
}

/** Shows the fields of the earlier steps, to map one of them into a field of the open step. */
export const mappingDialog: Html = html`<dialog id="mapping" aria-labelledby="mapping-title" data-records>
  <h2 id="mapping-title">Map a field into <span id="mapping-into"></span></h2>
  <input type="search" autofocus aria-label="Search fields" placeholder="Search fields" autocomplete="off">
  <div id="mappable" hx-get="/zap/mappable" hx-trigger="mapping" hx-sync="this:replace"></div>
  <form method="dialog"><button class="quiet">Close</button></form>
  <template id="pill">${pillView('', '', '')}</template>
</dialog>`;

/** The fields of each step before the open one, the nearest step first. */
export function mappableFields(draft: ZapDraft): Html {
  return html`${earlierSteps(draft)
    .reverse()
    .map(
      (earlier) => html`<section class="mappable-step">
      <h3>${earlier.number}. ${earlier.draft.step?.label ?? 'Step'}</h3>
      ${when(earlier.draft.tested === null, () => html`<p class="hint">Not tested yet: the values are examples.</p>`)}
      <ul>${pathsOf(earlier).map((field) => fieldButton(field, earlier))}</ul>
    </section>`,
    )}`;
}

interface Path {
  readonly path: string;
  readonly label: string;
}

/** The fields of a step's record, and the columns of its line items. */
function pathsOf({ draft, record }: EarlierStep): Path[] {
  const declared = draft.step?.outputFields ?? [];
  return [...declared, ...undeclaredFields(declared, record)].flatMap(({ key, label, children }) =>
    children.length === 0
      ? { path: key, label }
      : children.map((child) => ({ path: `${key}[]${child.key}`, label: child.label })),
  );
}

function fieldButton({ path, label }: Path, { number, draft, record }: EarlierStep): Html {
  const name = `${number}. ${label}`;
  const value = mappedText(record, path);
  return html`<li class="field"><button type="button"
    data-map="${mappedField({ step: draft.ref, path })}" data-name="${name}" data-value="${inPill(value)}">
    <span>${name}</span>
    ${valueView(shortened(value, 200))}
  </button></li>`;
}

const inPill = (value: string): string => shortened(value.replace(/\s+/g, ' '), 40);

/** A mapped field: the number of its step, its label and its value, with a button that removes it. */
function pillView(map: string, name: string, value: string, more = html``): Html {
  return html`<span class="pill" contenteditable="false" data-map="${map}"><span class="pill-name">${name}${value && ` · ${value}`}</span><button
    type="button" data-remove-pill aria-label="Remove ${name}">×</button>${more}</span>`;
}

/** The texts of a value, and its mapped fields as pills. */
export const withPills = (text: string, earlier: readonly EarlierStep[], more?: Html): Html =>
  html`${partsOf(text).map((part) => (typeof part === 'string' ? part : pillOf(part, earlier, more)))}`;

/** A mapped field as the only value of a control. */
export const pillAsValue = (name: string, text: string, earlier: readonly EarlierStep[]): Html =>
  withPills(text, earlier, html`<input type="hidden" name="${name}" value="${text}">`);

function pillOf({ step, path }: MappedField, earlier: readonly EarlierStep[], more = html``): Html {
  const map = mappedField({ step, path });
  const found = earlier.find(({ draft }) => draft.ref === step);
  if (found === undefined) return pillView(map, 'A field of a removed step', '', more);
  const label = pathsOf(found).find((one) => one.path === path)?.label ?? path;
  return pillView(map, `${found.number}. ${label}`, inPill(mappedText(found.record, path)), more);
}
