import { plural } from '../../common/plural.ts';
import type { AppDefinition, Step, StepKind } from '../../zap-runner/app-definition.ts';
import type { AppRecord, FormValues } from '../../zap-runner/mapping.ts';
import { fillable } from '../form-data.ts';
import type { ActiveZap } from '../setup.ts';
import {
  isReachable,
  type Panel,
  type StepDraft,
  testedRecords,
  testInput,
} from '../step-draft.ts';
import type { Workbench } from '../workbench.ts';
import { earlierRecords, isChanged, isComplete, stepsOf, type ZapDraft } from '../zap-draft.ts';
import { groupedFields } from './field-groups.ts';
import { alertBox, type Html, html, logBox, when } from './html.ts';
import { inputFields } from './input-fields.ts';
import { inputValues, type RecordSource, recordList } from './records.ts';
import { settingsOf } from './settings.ts';

type ZapState = Pick<Workbench, 'definition' | 'draft' | 'account' | 'activeZaps' | 'turnOffError'>;

interface PanelView {
  readonly panel: Panel | 'publish';
  readonly title: string;
  /** The result of the panel; null while it has none. */
  readonly summary: string | null;
  readonly isOpen: boolean;
  readonly isReachable: boolean;
  readonly content: () => Html;
}

const KINDS: Readonly<Record<StepKind, { title: string; verb: string }>> = {
  triggers: { title: 'Triggers', verb: 'Test trigger' },
  searches: { title: 'Searches', verb: 'Test search' },
  creates: { title: 'Actions', verb: 'Test action' },
};

/** The steps of the Zap, one of them open, the panel that turns the Zap on, and the Zaps that are on. */
export function zapSection(state: ZapState): Html {
  const steps = stepsOf(state.draft);
  return html`<section id="zap" aria-labelledby="zap-title" hx-target:inherited="#zap"
    hx-swap:inherited="outerMorph" hx-sync:inherited="#zap:drop">
    <h2 id="zap-title">The Zap</h2>
    <ol class="zap-steps">
      ${steps.map((step, index) => stepItem(step, index + 1, steps.length, state))}
      <li class="card">${panelView(publishView(state), '•', state.draft)}</li>
    </ol>
    ${zapList(state)}
  </section>`;
}

/** The address of what a form of the open step asks for. It names the step. */
const urlIn = ({ open }: ZapDraft, path: string): string => `/zap/steps/${open.id}/${path}`;

/** A step with its panels, or only with its name when another step is open. */
function stepItem(step: StepDraft, number: number, count: number, state: ZapState): Html {
  const { draft } = state;
  const { id, isConfigured } = step;
  const isOpen = id === draft.open.id;
  const name = stepName(step, number);
  return html`<li class="card zap-step ${isOpen ? 'is-current' : ''}" id="step-${id}">
      <div class="step-head">
        <h3><button type="button" id="open-step-${number}" hx-post="${urlIn(draft, `open/${id}`)}" hx-include="#zap form"
          ${when(isOpen, () => html`aria-current="step"`)}>
          ${markView(isConfigured, String(number))}
          <span>${name}</span>
          <span class="panel-summary">${isOpen ? '' : stepSummary(step)}</span>
        </button></h3>
        ${when(
          number > 1,
          () => html`<button type="button" class="quiet" hx-post="${urlIn(draft, `remove/${id}`)}"
            hx-include="#zap form" aria-label="Remove step ${name}">Remove</button>`,
        )}
      </div>
      ${when(isOpen, () => html`<ol class="panels">${panelsOf(state).map((view, index) => html`<li>${panelView(view, String(index + 1), draft)}</li>`)}</ol>`)}
    </li>
    <li class="add-step"><button type="button" class="quiet" hx-post="${urlIn(draft, `add/${id}`)}" hx-include="#zap form"
      ${when(number < count, () => html`aria-label="Add a step after step ${number}"`)}>${number < count ? '+' : 'Add a step'}</button></li>`;
}

const stepName = ({ step }: StepDraft, number: number): string =>
  `${number}. ${step?.label ?? (number === 1 ? 'Trigger' : 'Action')}`;

function stepSummary({ step, isConfigured, tested }: StepDraft): string {
  if (step === null) return 'Choose what it does';
  if (!isConfigured) return 'Not complete';
  if (tested === null) return 'Not tested';
  if ('error' in tested) return 'The test failed';
  return tested.found.length > 0 ? 'Tested' : 'Nothing found';
}

function panelsOf(state: ZapState): PanelView[] {
  const { draft, account } = state;
  const { open, isPublishing } = draft;
  const { step, isConfigured, input } = open;
  const records = testedRecords(open);
  const view = (panel: Panel, title: string, summary: string | null, content: () => Html) => ({
    panel,
    title,
    summary,
    content,
    isOpen: open.panel === panel && !isPublishing,
    isReachable: isReachable(panel, open, account.label !== null),
  });
  return [
    view('event', 'App & event', step?.label ?? null, () => eventPanel(state.definition, draft)),
    view('account', 'Account', account.label, () => accountPanel(state)),
    view('configure', 'Configure', isConfigured ? configureSummary(input) : null, () =>
      configurePanel(draft),
    ),
    view('test', 'Test', records === null ? null : plural(records.length, 'record'), () =>
      testPanel(draft),
    ),
  ];
}

function publishView({ draft, account }: ZapState): PanelView {
  return {
    panel: 'publish',
    title: 'Publish',
    summary: draft.zap === null ? null : isChanged(draft) ? 'On, with its earlier settings' : 'On',
    isOpen: draft.isPublishing,
    isReachable: account.label !== null && isComplete(draft),
    content: () => html`${zapSwitch(draft)} ${when(draft.publishError, alertBox)}`,
  };
}

function panelView(view: PanelView, mark: string, draft: ZapDraft): Html {
  const { panel, title, summary, isOpen, content } = view;
  return html`<div class="panel">
    <h4>
      <button type="button" id="open-${panel}" hx-post="${urlIn(draft, `panel/${panel}`)}" hx-include="#zap form"
        aria-expanded="${String(isOpen)}" aria-controls="panel-${panel}"
        ${when(!view.isReachable, () => html`disabled`)}>
        ${markView(summary !== null, mark)}
        <span>${title}</span>
        <span class="panel-summary">${summary ?? ''}</span>
      </button>
    </h4>
    <div id="panel-${panel}" class="panel-body" ${when(!isOpen, () => html`hidden`)}>
      ${when(isOpen, content)}
    </div>
  </div>`;
}

const markView = (isDone: boolean, mark: string): Html =>
  html`<span class="mark ${isDone ? 'is-done' : ''}" aria-hidden="true">${isDone ? '✓' : mark}</span>`;

/** The events to choose from. The first step of a Zap is a trigger, and the others are not. */
function eventPanel({ steps }: AppDefinition, draft: ZapDraft): Html {
  const { step: chosen } = draft.open;
  const isFirst = draft.before.length === 0;
  const kinds = Object.entries(KINDS).map(([kind, { title }]) => ({
    title,
    steps: steps.filter((step) => step.kind === kind && (kind === 'triggers') === isFirst),
  }));
  return html`${kinds
    .filter((group) => group.steps.length > 0)
    .map(
      (group) => html`<h5>${group.title}</h5>
      <ul class="events">${group.steps.map(
        (step) => html`<li>
          <button type="button" hx-post="${urlIn(draft, `choose/${step.kind}/${step.key}`)}"
            aria-pressed="${String(step.kind === chosen?.kind && step.key === chosen.key)}">
            <strong>${step.label}</strong> <span>${step.description}</span>
          </button>
        </li>`,
      )}</ul>`,
    )}`;
}

function accountPanel({ definition, account, draft }: ZapState): Html {
  return html`<form hx-post="${urlIn(draft, 'account')}">
    ${inputFields(definition.authentication.fields, { input: account.input })}
    <p class="hint">Leave a password empty to use the sandbox's own.</p>
    ${when(account.error, alertBox)}
    ${when(account.label, (label) => html`<p class="notice is-good">Connected: ${label}</p>`)}
    <p class="buttons">
      ${
        account.label === null
          ? html`<button class="primary">Connect</button>`
          : html`<button class="quiet">Connect again</button>`
      }
      ${when(account.label, () => continueTo(urlIn(draft, 'panel/configure')))}
    </p>
  </form>`;
}

function configurePanel(draft: ZapDraft): Html {
  const { open, before } = draft;
  const { step, fields, form, input, missing, dropdowns } = open;
  if ('error' in form) {
    return html`${alertBox(form.error)}
      <p class="buttons"><button type="button" class="primary" hx-post="${urlIn(draft, 'panel/configure')}">Try again</button></p>`;
  }
  const groups = step?.inputFieldGroups ?? [];
  const refreshAt = urlIn(draft, 'fields');
  return html`<form hx-post="${urlIn(draft, 'configure')}" novalidate>
    ${groupedFields(fields, groups, { input, missing, dropdowns, refreshAt, earlier: before })}
    ${when(fillable(fields).length === 0, () => html`<p class="hint">There is nothing to fill in.</p>`)}
    ${logBox(form.found.logs)}
    <p class="buttons">
      <button class="primary">Continue</button>
      <button type="submit" class="quiet" hx-post="${refreshAt}">Refresh fields</button>
    </p>
  </form>`;
}

/** The records of a test, and where the page loads more of them. */
export const testSource = (
  id: string,
  step: Step,
  records: readonly AppRecord[],
): RecordSource => ({ step, records, url: `/zap/steps/${id}/records` });

function testPanel(draft: ZapDraft): Html {
  const { open, before, after } = draft;
  const { step, fields, tested } = open;
  if (step === null) return html``;
  const [next] = after;
  const look = testedRecords(open) === null ? 'quiet' : 'primary';
  return html`${when(
    before.length > 0,
    () => html`<details class="data-in">
      <summary>What the step gets</summary>
      <div class="record-body">${inputValues(fields, testInput(open, earlierRecords(draft)))}</div>
    </details>`,
  )}
  ${when(tested, (result) => {
    if ('error' in result) return alertBox(result.error);
    if (result.found.length === 0) {
      return html`<p class="notice">Nothing was found. A run of the Zap would stop here.</p>`;
    }
    return recordList(testSource(open.id, step, result.found));
  })}
  <p class="buttons">
    <button type="button" class="${tested === null ? 'primary' : 'quiet'}" hx-post="${urlIn(draft, 'test')}">${KINDS[step.kind].verb}${tested === null ? '' : ' again'}</button>
    ${
      next === undefined
        ? when(isComplete(draft), () => continueTo(urlIn(draft, 'panel/publish'), look))
        : continueTo(urlIn(draft, `open/${next.id}`), look)
    }
  </p>`;
}

function zapSwitch(draft: ZapDraft): Html {
  const { zap } = draft;
  const turnOn = (label: string) =>
    html`<button type="button" class="primary" hx-post="/zap/on">${label}</button>`;
  if (zap === null) {
    return html`<p>The Zap is off. Turn it on to run it for the chats of its trigger.</p>
      <p class="buttons">${turnOn('Turn on')}</p>`;
  }
  const hasChanges = isChanged(draft);
  return html`<p>${hasChanges ? 'The Zap is on with its earlier settings.' : 'The Zap is on and waits for chats.'}</p>
    <p class="buttons">
      ${when(hasChanges, () => turnOn('Publish the changes'))}
      <button type="button" class="quiet" hx-post="/zap/off/${zap.id}">Turn off</button>
    </p>`;
}

/** The other Zaps that are on. The open Publish panel has a button for the current one. */
function zapList({ activeZaps, draft, turnOffError }: ZapState): Html {
  const others = activeZaps.filter(({ zap }) => zap !== draft.zap || !draft.isPublishing);
  return html`${when(turnOffError, (message) => alertBox(`The Zap is off here, but unsubscribing failed. ${message}`))}
    ${when(
      others.length > 0,
      () => html`<div class="card">
        <h3>Zaps that are on</h3>
        <ul class="zaps">${others.map(zapItem)}</ul>
      </div>`,
    )}`;
}

const zapItem = ({ zap, step }: ActiveZap, index: number): Html => html`<li>
    <span class="light" aria-hidden="true"></span>
    <span><strong>${[step, ...zap.steps.map((one) => one.step)].map(({ label }) => label).join(' → ')}</strong>
      <span class="hint">${settingsOf(zap.inputData)}</span></span>
    <button type="button" class="quiet" hx-post="/zap/off/${zap.id}"
      aria-label="Turn off Zap ${index + 1}, ${step.label}">Turn off</button>
  </li>`;

function configureSummary(input: FormValues): string {
  const count = Object.keys(input).length;
  return count === 0 ? 'Nothing filled in' : plural(count, 'field');
}

const continueTo = (url: string, look = 'primary'): Html =>
  html`<button type="button" class="${look}" hx-post="${url}">Continue</button>`;
