import { parseJson, shortened } from '../../../src/values.ts';
import { plural } from '../../plural.ts';
import type { HistoryEntry, Workbench } from '../workbench.ts';
import { alertBox, clockTime, type Html, html, logBox, when } from './html.ts';
import { type RecordSource, recordList } from './records.ts';
import { settingsOf } from './settings.ts';

/** The part of the editor's state that the Zap history shows. */
export interface HistoryState {
  readonly workbench: Workbench;
  /** The number of the run that was chosen; null while the page follows the latest run. */
  readonly chosenRun: number | null;
  /** The run in detail; null when there is none. */
  readonly shownRun: HistoryEntry | null;
}

/** A longer body is cut where it is shown. */
const BODY_CHARACTERS = 100_000;

/** The deliveries that ran, the latest first, and one run in detail. */
export function historyView({ workbench, shownRun, chosenRun }: HistoryState): Html {
  const { history, zapier } = workbench;
  const { waiting } = zapier;
  const isBehind = chosenRun !== null && chosenRun !== history[0]?.number;
  return html`<div class="run-list">
      ${when(waiting > 0, () => html`<p class="notice">${waiting === 1 ? '1 delivery waits' : `${waiting} deliveries wait`} for the app.</p>`)}
      ${when(isBehind, () => html`<button type="button" class="quiet" hx-post="/runs/latest/show">Show the latest</button>`)}
      ${when(
        history.length + waiting === 0,
        () => html`<p class="hint">Nothing has arrived yet. Turn a Zap on, then start a chat.</p>`,
      )}
      <ol class="runs" reversed>${history.map((entry) => runItem(entry, entry === shownRun))}</ol>
    </div>
    <div id="run">${when(shownRun, runDetail)}</div>`;
}

function runItem(entry: HistoryEntry, isShown: boolean): Html {
  const { number, at, run } = entry;
  return html`<li id="run-${number}">
    <button type="button" id="show-run-${number}" hx-post="/runs/${number}/show" ${when(isShown, () => html`aria-current="true"`)}>
      <span class="light is-${runStatus(entry)}" aria-hidden="true"></span>
      <span class="run-time">${clockTime(at)}</span>
      <span class="run-trigger">${runLabel(entry)}</span>
      <span class="run-counts">${runCounts(entry)}</span>
      <span class="run-milliseconds">${Math.round(run.milliseconds)} ms</span>
    </button>
  </li>`;
}

/** The records or the error of a run, what the app logged, and the body of the delivery. */
function runDetail(entry: HistoryEntry): Html {
  const { number, at, run } = entry;
  // `hx-morph-skip` keeps what you opened and typed until another run is shown.
  return html`<article id="run-${at.getTime()}-${number}" class="card" hx-morph-skip>
    <div class="run-head">
      <h3>${runLabel(entry)}, ${clockTime(at)}</h3>
      <button type="button" class="quiet" hx-post="/runs/${number}/replay">Replay</button>
    </div>
    <p class="hint">${runCounts(entry)} · ${settingsOf(run.zap.inputData)}</p>
    ${when(run.error, alertBox)}
    ${when(run.records.length > 0, () => recordList(recordSource(entry)))}
    ${logBox(run.logs)}
    <details class="raw"><summary>Raw body as posted</summary>
      <pre tabindex="0">${shortened(prettyBody(run.body), BODY_CHARACTERS)}</pre>
    </details>
  </article>`;
}

export function recordSource({ number, run, step }: HistoryEntry): RecordSource {
  return { step, records: run.records, url: `/runs/${number}/records`, atOnce: 25 };
}

const runLabel = ({ step, run }: HistoryEntry): string =>
  run.isReplay ? `${step.label} (replay)` : step.label;

function runStatus({ run: { error, records } }: HistoryEntry) {
  if (error !== null) return 'failed';
  return records.length > 0 ? 'ran' : 'skipped';
}

/** Such as `3 sessions, 2 runs`. */
function runCounts(entry: HistoryEntry): string {
  const { run, sessions } = entry;
  const delivered = plural(sessions, 'session');
  switch (runStatus(entry)) {
    case 'failed':
      return `${delivered}, failed`;
    case 'skipped':
      return sessions === 0 ? 'No session' : `${delivered}, skipped by the filters`;
    case 'ran':
      return `${delivered}, ${plural(run.records.length, 'run')}`;
  }
}

function prettyBody(body: string): string {
  const json = parseJson(body);
  return json === undefined ? body : JSON.stringify(json, null, 2);
}
