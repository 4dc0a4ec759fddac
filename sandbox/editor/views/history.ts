import { parseJson } from '../../../src/chat-session/values.ts';
import type { Run } from '../../zap-runner/zap-runner.ts';
import type { HistoryEntry } from '../workbench.ts';
import { alertBox, clockTime, type Html, html, plural, when } from './html.ts';
import { recordList } from './records.ts';

/** A body longer than this is cut where it is shown. */
const SHOWN_CHARACTERS = 100_000;

type Result = 'ran' | 'skipped' | 'failed';

/** The runs, the latest first; each opens what became of it. */
export function runList(history: readonly HistoryEntry[], shown: HistoryEntry | null): Html {
  if (history.length === 0) {
    return html`<p class="hint">Nothing has arrived yet. Turn a Zap on, then let people do something.</p>`;
  }
  return html`<ol class="runs" reversed>${history.map((entry) => runItem(entry, entry === shown))}</ol>`;
}

function runItem(entry: HistoryEntry, isShown: boolean): Html {
  const { number, at, run } = entry;
  return html`<li id="run-${number}">
    <button type="button" hx-get="/runs/${number}" hx-target="#run" hx-swap="innerHTML"
      ${when(isShown, () => html`aria-current="true"`)}>
      <span class="light is-${resultOf(run)}" aria-hidden="true"></span>
      <span class="run-time">${clockTime(at)}</span>
      <span class="run-trigger">${labelOf(entry)}</span>
      <span class="run-counts">${countsOf(run)}</span>
      <span class="run-milliseconds">${Math.round(run.milliseconds)} ms</span>
    </button>
  </li>`;
}

/** What became of a delivery: its records or its error, what the app logged, and the body. */
export function runDetail(entry: HistoryEntry | null): Html {
  if (entry === null) return html`<p class="hint">What became of a delivery is shown here.</p>`;
  const { number, at, run } = entry;
  // Two deliveries differ in all: what is opened of one stays as it is until another one is shown.
  return html`<article id="run-of-${at.getTime()}-${number}" hx-morph-skip>
    <div class="run-head">
      <h3>${labelOf(entry)}, ${clockTime(at)}</h3>
      <button type="button" class="quiet" hx-post="/runs/${number}/replay" hx-swap="none"
        hx-disable="this">Play again</button>
    </div>
    <p class="run-result is-${resultOf(run)}">${countsOf(run)}</p>
    ${when(run.error, alertBox)}
    ${run.logs.map((log) => html`<p class="notice">The app logged: ${log}</p>`)}
    ${when(run.records.length > 0, () => recordList(entry.step, run.records, `/runs/${number}/records`))}
    <details class="raw"><summary>Raw body, as it was posted</summary><pre tabindex="0">${bodyOf(run)}</pre></details>
  </article>`;
}

const labelOf = ({ step, run }: HistoryEntry): string =>
  run.isReplay ? `${step.label} (played again)` : step.label;

function resultOf({ error, records }: Run): Result {
  if (error !== null) return 'failed';
  return records.length > 0 ? 'ran' : 'skipped';
}

/** Such as `3 sessions, 2 runs`. */
function countsOf(run: Run): string {
  const delivered = parseJson(run.body);
  const sessions = plural(Array.isArray(delivered) ? delivered.length : 1, 'session');
  switch (resultOf(run)) {
    case 'failed':
      return 'Failed';
    case 'skipped':
      return `${sessions}, skipped: not what the Zap wants`;
    case 'ran':
      return `${sessions}, ${plural(run.records.length, 'run')}`;
  }
}

function bodyOf({ body }: Run): string {
  const json = parseJson(body);
  const words = json === undefined ? body : JSON.stringify(json, null, 2);
  if (words.length <= SHOWN_CHARACTERS) return words;
  return `${words.slice(0, SHOWN_CHARACTERS)}\n… and ${words.length - SHOWN_CHARACTERS} characters more`;
}
