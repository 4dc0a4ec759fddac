import { parseJson, shortened } from '../../../src/values.ts';
import { plural } from '../../common/plural.ts';
import type { Run, StepRun, ZapStep } from '../../zap-runner/zap-run.ts';
import type { HistoryEntry, Workbench } from '../workbench.ts';
import { alertBox, clockTime, type Html, html, logBox, when } from './html.ts';
import {
  firstValues,
  inputValues,
  type RecordSource,
  recordFields,
  recordList,
} from './records.ts';
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
  const milliseconds = [run, ...run.stepRuns.flat()].reduce(
    (sum, one) => sum + one.milliseconds,
    0,
  );
  return html`<li id="run-${number}">
    <button type="button" id="show-run-${number}" hx-post="/runs/${number}/show" ${when(isShown, () => html`aria-current="true"`)}>
      <span class="light is-${runStatus(entry)}" aria-hidden="true"></span>
      <span class="run-time">${clockTime(at)}</span>
      <span class="run-trigger">${runLabel(entry)}</span>
      <span class="run-counts">${runCounts(entry)}</span>
      <span class="run-milliseconds">${Math.round(milliseconds)} ms</span>
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

export function recordSource(entry: HistoryEntry): RecordSource {
  const { number, run, step } = entry;
  const source = { step, records: run.records, url: `/runs/${number}/records`, atOnce: 25 };
  if (run.zap.steps.length === 0) return source;
  return {
    ...source,
    note: (index) => outcomeOf(run, index).text,
    body: (index) => zapRun(entry, index),
  };
}

/** The run of a Zap for one record of its trigger: each step with its input and its result. */
function zapRun({ step, run }: HistoryEntry, index: number): Html {
  const record = run.records[index] ?? {};
  const stepRuns = run.stepRuns[index] ?? [];
  return html`<ol class="step-runs">
    <li><details><summary><strong>1. ${step.label}</strong> ${firstValues(step, record)}</summary>
      ${recordFields(step.outputFields, record)}
    </details></li>
    ${run.zap.steps.map((one, position) => html`<li>${stepRun(one, position + 2, stepRuns[position])}</li>`)}
  </ol>`;
}

/** A step of a run. Its details are open when the run stopped there. */
function stepRun({ step, fields }: ZapStep, number: number, run: StepRun | undefined): Html {
  const name = html`<strong>${number}. ${step.label}</strong>`;
  if (run === undefined) return html`<p>${name} <span class="hint">Did not run</span></p>`;
  const { inputData, records, error, stopped, logs } = run;
  const [record] = records;
  const reason =
    stopped === null
      ? 'Nothing was found, so the run stopped here.'
      : `The run stopped here. ${stopped}`;
  return html`<details ${when(error ?? record === undefined, () => html`open`)}>
    <summary>${name} ${when(record, (found) => firstValues(step, found))}</summary>
    <h4>What the step got</h4>
    ${inputValues(fields, inputData)}
    <h4>What the step gave</h4>
    ${when(error, alertBox)}
    ${
      record === undefined
        ? when(error === null, () => html`<p class="notice">${reason}</p>`)
        : recordFields(step.outputFields, record)
    }
    ${logBox(logs)}
  </details>`;
}

type Outcome = 'ran' | 'failed' | 'stopped';

/** How the run of a Zap for one record of its trigger ended. */
function outcomeOf({ stepRuns, zap }: Run, index: number): { outcome: Outcome; text: string } {
  const steps = stepRuns[index] ?? [];
  const last = steps.at(-1);
  const name = `${steps.length + 1}. ${zap.steps[steps.length - 1]?.step.label}`;
  if (last?.error) return { outcome: 'failed', text: `Failed at ${name}` };
  if (last?.records.length === 0) {
    const why = last.stopped === null ? ': nothing was found' : '';
    return { outcome: 'stopped', text: `Stopped at ${name}${why}` };
  }
  return { outcome: 'ran', text: 'All steps ran' };
}

/** How many runs of a delivery ended in a way. */
const runsThat = ({ run }: HistoryEntry, ended: Outcome): number =>
  run.records.filter((_, index) => outcomeOf(run, index).outcome === ended).length;

const runLabel = ({ step, run }: HistoryEntry): string =>
  run.isReplay ? `${step.label} (replay)` : step.label;

function runStatus(entry: HistoryEntry) {
  const { error, records } = entry.run;
  if (error !== null || runsThat(entry, 'failed') > 0) return 'failed';
  return records.length > 0 ? 'ran' : 'skipped';
}

/** Such as `3 sessions, 2 runs`. */
function runCounts(entry: HistoryEntry): string {
  const { run, sessions } = entry;
  const delivered = plural(sessions, 'session');
  if (run.error !== null) return `${delivered}, failed`;
  if (run.records.length === 0) {
    return sessions === 0 ? 'No session' : `${delivered}, skipped by the filters`;
  }
  const ended = (['failed', 'stopped'] as const).flatMap((outcome) => {
    const count = runsThat(entry, outcome);
    return count === 0 ? [] : `${count} ${outcome}`;
  });
  return [delivered, plural(run.records.length, 'run'), ...ended].join(', ');
}

function prettyBody(body: string): string {
  const json = parseJson(body);
  return json === undefined ? body : JSON.stringify(json, null, 2);
}
