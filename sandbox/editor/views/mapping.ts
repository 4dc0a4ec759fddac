import { shortened } from '../../../src/values.ts';
import type { AppRecord } from '../draft.ts';
import { mapFields } from '../mapping.ts';
import { type Html, html, when } from './html.ts';

/** A later step with a text, into which you map fields. */
export const mappingSection: Html = html`<section id="mapping" class="card" aria-labelledby="mapping-title">
  <h3 id="mapping-title">Map fields into a later step</h3>
  <form class="mapping">
    <div class="form-field">
      <label for="mapping-text">Text, for example of a message or a ticket</label>
      <textarea id="mapping-text" name="template" rows="2" spellcheck="false" hx-post="/mapping"
        hx-trigger="input changed delay:150ms, record-shown" hx-sync="replace"
        hx-target="#mapping-preview" hx-swap="innerHTML"
        placeholder="Press Map next to a field of a record."></textarea>
    </div>
    <div id="mapping-preview" aria-live="polite"></div>
  </form>
</section>`;

/** The text that the step gets. Mapped fields are marked. */
export function mappingPreview(template: string, record: AppRecord | null): Html {
  return html`${when(template, () => {
    if (record === null) {
      return html`<p class="hint">Test the trigger or start a chat to see what the step gets.</p>`;
    }
    return html`<p class="hint">The step gets this text for the shown record:</p>
      <p class="preview">${mapFields(template, record).map(({ key, text }) =>
        key === null
          ? html`<span>${text}</span>`
          : html`<mark title="${key}">${shortened(text, 2000)}</mark>`,
      )}</p>`;
  })}`;
}
