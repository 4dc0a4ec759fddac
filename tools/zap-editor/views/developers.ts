import { type FaultSwitch, faultSwitches } from '../fault-switches.ts';
import type { Workbench } from '../workbench.ts';
import { rawView, shownRun } from './history.ts';
import { alertBox, type Html, html, when } from './html.ts';

/** What only developers need: the raw run, deliveries by hand, and faults of the site. */
export function developersSection(workbench: Workbench, example: string): Html {
  return html`<details id="developers">
    <summary><h2>For developers</h2></summary>
    <div class="card"><h3>The shown run, raw</h3>
      <div id="raw">${rawView(shownRun(workbench))}</div></div>
    <div class="card">
      <h3>Post a delivery by hand</h3>
      <form hx-post="/deliveries" hx-target="#delivery-answer">
        <div class="form-field">
          <label for="delivery-body">Body</label>
          <textarea id="delivery-body" name="body" rows="10" spellcheck="false" class="code">${example}</textarea>
          <p class="hint">DeskDirector's documented example. You can change it, or post any other text, to every Zap that is on.</p>
        </div>
        <button class="quiet">Post the delivery</button>
        <div id="delivery-answer"></div>
      </form>
    </div>
    <div class="card" id="faults">${faultForm(workbench.fault)}</div>
  </details>`;
}

/** The answers of the hooks to a delivery by hand. */
export function deliveryAnswer(statuses: readonly number[]): Html {
  if (statuses.length === 0) return alertBox('No Zap is on. Turn one on under Publish.');
  return html`<p class="notice is-good" role="status">Posted. The answer is ${statuses.join(', ')}.
    See the result in the <a href="#history">Zap history</a>.</p>`;
}

export const NO_FAULT = { key: 'none', label: 'None' };

/** The fault switches. At most one of them is on. */
export function faultForm(current: FaultSwitch | null): Html {
  const chosen = current ?? NO_FAULT;
  return html`<h3>Faults of the site</h3>
    <form hx-post="/faults" hx-trigger="change" hx-target="#faults" hx-swap="innerMorph">
      <fieldset class="faults"><legend class="hint">Every request to the API of the site meets this fault</legend>
        ${[NO_FAULT, ...faultSwitches].map(
          ({ key, label }) => html`<label class="choice">
            <input type="radio" name="fault" value="${key}" id="fault-${key}"
              ${when(key === chosen.key, () => html`checked`)}> ${label}</label>`,
        )}
      </fieldset>
    </form>`;
}
