import { parseJson, shortened } from '../../../src/values.ts';
import type { StepRun, ZapStep } from '../../zap-runner/zap-run.ts';
import { outcomeOf } from '../outcome.ts';
import type { HistoryEntry, Workbench } from '../workbench.ts';
import { alertBox, clockTime, type Html, html, when } from './html.ts';
import { inputValues, recordFields, recordList, recordTitle } from './records.ts';
import { signView } from './signs.ts';

/** A longer body is cut where it is shown. */
const BODY_CHARACTERS = 100_000;

/** The run in detail: the chosen one, otherwise the latest; null when there is none. */
export const shownRun = ({ history, chosenRun }: Workbench): HistoryEntry | null =>
  history.find(({ number }) => number === chosenRun) ?? history[0] ?? null;

/** The deliveries that ran, the latest first, and one run in detail. */
export function historyView(workbench: Workbench): Html {
  const { history, zapier, chosenRun } = workbench;
  const { waiting } = zapier;
  const shown = shownRun(workbench);
  const isBehind = chosenRun !== null && chosenRun !== history[0]?.number;
  return html`<div class="run-list">
      ${when(waiting > 0, () => html`<p class="notice">${waiting === 1 ? '1 delivery waits' : `${waiting} deliveries wait`} for the app.</p>`)}
      ${when(isBehind, () => html`<button type="button" class="quiet" hx-post="/runs/latest/show">Show the latest</button>`)}
      ${when(
        history.length + waiting === 0,
        () =>
          html`<p class="hint">Nothing has arrived yet. Turn a Zap on, then be the customer.</p>`,
      )}
      <ol class="runs" reversed>${history.map((entry) => runItem(entry, entry === shown))}</ol>
    </div>
    <div id="run-detail">${when(shown, runDetail)}</div>`;
}

const runItem = (entry: HistoryEntry, isShown: boolean): Html => {
  const { number, at, title, outcome, step, run } = entry;
  return html`<li id="run-${number}">
    <button type="button" hx-post="/runs/${number}/show" ${when(isShown, () => html`aria-current="true"`)}>
      ${signView(outcome.sign)}
      <strong>${title}</strong>
      <span>${clockTime(at)}</span>
      <span class="run-outcome">${outcome.words}</span>
      <span class="run-trigger">${step.label}${run.isReplay ? ' (replay)' : ''}</span>
    </button>
  </li>`;
};

/** The records of a run with their steps, or its error. */
function runDetail(entry: HistoryEntry): Html {
  const { number, at, run, title, outcome } = entry;
  // `hx-morph-skip` keeps what you opened and typed until another run is shown.
  return html`<article id="run-${at.getTime()}-${number}" class="card" aria-labelledby="run" hx-morph-skip data-frame>
    <div class="run-head">
      <h3 id="run" tabindex="-1">${signView(outcome.sign)} Run ${number}: ${title}, ${clockTime(at)}</h3>
      <button type="button" class="quiet" hx-post="/runs/${number}/replay">Replay</button>
    </div>
    ${
      run.error === null
        ? when(run.records.length === 0, () => html`<p>${outcome.words}</p>`)
        : alertBox(run.error)
    }
    ${when(run.records.length > 0, () =>
      recordList(entry.step, run.records, {
        sign: (index) => signView(outcomeOf(run, index).sign),
        note: (index) => outcomeOf(run, index).words,
        body: (index) => zapRun(entry, index),
      }),
    )}
  </article>`;
}

/** For developers: what the app logged in the shown run, its records with their keys, and its body. */
export function rawView(entry: HistoryEntry | null): Html {
  if (entry === null) return html`<p class="hint">There is no run yet.</p>`;
  const { number, run } = entry;
  const logs = [run, ...run.stepRuns.flat()].flatMap((one) => one.logs);
  const json = (value: unknown) => shortened(JSON.stringify(value, null, 2), BODY_CHARACTERS);
  return html`<h4>What the app logged (${logs.length})</h4>
    ${logs.map((log) => html`<p class="logs">${shortened(log, 2000)}</p>`)}
    <h4>Body of run ${number}, as posted</h4>
    <pre tabindex="0">${shortened(prettyBody(run.body), BODY_CHARACTERS)}</pre>
    <h4>Its first record, with the keys</h4>
    <pre tabindex="0">${json(run.records[0] ?? null)}</pre>`;
}

/** The run of a Zap for one record of its trigger: each step with its input and its result. */
function zapRun({ step, run }: HistoryEntry, index: number): Html {
  const record = run.records[index] ?? {};
  const stepRuns = run.stepRuns[index] ?? [];
  return html`<ol class="step-runs">
    <li><details><summary>${signView('done')} <strong>1. ${step.label}</strong>
      <span>${recordTitle(step.outputFields, record)}</span></summary>
      ${recordFields(step.outputFields, record)}
    </details></li>
    ${run.zap.steps.map((one, position) => html`<li>${stepRun(one, position + 2, stepRuns[position])}</li>`)}
  </ol>`;
}

/** A step of a run. Its details are open when the run stopped there. */
function stepRun({ step, fields }: ZapStep, number: number, run: StepRun | undefined): Html {
  const name = html`<strong>${number}. ${step.label}</strong>`;
  if (run === undefined) {
    return html`<p>${signView('untested')} ${name} <span class="hint">Did not run</span></p>`;
  }
  const { inputData, records, error, stopped, isCreated } = run;
  const [record] = records;
  const sign = error ? 'failed' : stopped ? 'stopped' : record ? 'done' : 'nothing';
  const reason =
    stopped === null
      ? 'Nothing was found, so the run stopped here.'
      : `The run stopped here. ${stopped}`;
  return html`<details ${when(error ?? record === undefined, () => html`open`)}>
    <summary>${signView(sign)} ${name}
      ${when(record, (found) => html`<span>${recordTitle(step.outputFields, found)}</span>`)}
      ${when(isCreated, () => html`<span class="badge">Created</span>`)}</summary>
    <h4>What the step got</h4>
    ${inputValues(fields, inputData)}
    <h4>What the step gave</h4>
    ${when(error, alertBox)}
    ${
      record === undefined
        ? when(error === null, () => html`<p class="notice">${reason}</p>`)
        : recordFields(step.outputFields, record)
    }
  </details>`;
}

function prettyBody(body: string): string {
  const json = parseJson(body);
  return json === undefined ? body : JSON.stringify(json, null, 2);
}
