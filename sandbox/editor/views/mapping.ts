import { shortened } from '../../../src/values.ts';
import type { AppRecord } from '../draft.ts';
import { mapFields } from '../mapping.ts';
import { type Html, html, when } from './html.ts';

/** A later step, into whose text fields can be mapped. */
export const mappingSection: Html = html`<section id="mapping" class="card" aria-labelledby="mapping-title">
  <h3 id="mapping-title">Map fields into a later step</h3>
  <form class="mapping">
    <div class="form-field">
      <label for="mapping-text">Text, such as that of a message or a ticket</label>
      <textarea id="mapping-text" name="template" rows="2" spellcheck="false" hx-post="/mapping"
        hx-trigger="input changed delay:150ms, record-shown" hx-sync="replace"
        hx-target="#mapping-preview" hx-swap="innerHTML"
        placeholder="Press Map beside any field of a record."></textarea>
    </div>
    <div id="mapping-preview" aria-live="polite"></div>
  </form>
</section>`;

/** What the step would get, with each mapped field marked. */
export function mappingPreview(template: string, record: AppRecord | null): Html {
  return html`${when(template, () => {
    if (record === null) {
      return html`<p class="hint">Test the trigger, or let a chat arrive, to see what the step gets.</p>`;
    }
    return html`<p class="hint">What the step gets for the record that is shown:</p>
      <p class="preview">${mapFields(template, record).map(({ key, text }) =>
        key === null
          ? html`<span>${text}</span>`
          : html`<mark title="${key}">${shortened(text, 2000)}</mark>`,
      )}</p>`;
  })}`;
}
