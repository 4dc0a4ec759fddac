import { REMOVED_STEP, replaceMapped } from '../../zap-runner/mapping.ts';
import type { StepDraft } from '../step-draft.ts';
import { earlierRecords, type ZapDraft } from '../zap-draft.ts';
import { type Html, html } from './html.ts';
import { fieldSearch, fieldsToMap } from './records.ts';

/** Shows the fields of the earlier steps, to map one of them into a field of the open step. */
export const mappingDialog: Html = html`<dialog id="mapping" aria-labelledby="mapping-title">
  <div class="mapping-head">
    <h2 id="mapping-title">Map a field of an earlier step</h2>
    <form method="dialog"><button class="quiet">Close</button></form>
  </div>
  <div id="mappable" hx-get="/zap/mappable" hx-trigger="mapping" hx-sync="this:replace"></div>
</dialog>`;

/** The fields of each step before the open one. The values are those of the last test, otherwise those of the sample. */
export function mappableFields(draft: ZapDraft): Html {
  const records = earlierRecords(draft);
  return fieldSearch(
    html`${draft.before.map(({ step, tested }, index) => {
      const number = index + 1;
      return html`<section class="mappable-step">
      <h3>${number}. ${step?.label ?? 'Step'}</h3>
      ${tested === null ? html`<p class="hint">Not tested yet: the values are those of its sample.</p>` : ''}
      ${fieldsToMap(step?.outputFields ?? [], records[index] ?? {}, number)}
    </section>`;
    })}`,
  );
}

/** A text with the names of its mapped fields, such as `Call 1. Contact Name`. */
export const namedMapping = (text: string, earlier: readonly StepDraft[]): string =>
  replaceMapped(text, ({ step: number, path }) => {
    if (number === REMOVED_STEP) return `a field of a removed step (${path})`;
    const [key = '', column] = path.split('[]');
    const field = earlier[number - 1]?.step?.outputFields.find((one) => one.key === key);
    const named =
      column === undefined ? field : field?.children.find((child) => child.key === column);
    return `${number}. ${named?.label ?? path}`;
  });
