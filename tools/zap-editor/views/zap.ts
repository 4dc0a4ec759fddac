import type { AppDefinition, Step, StepKind } from '../../zap-runner/app-definition.ts';
import type { AppRecord } from '../../zap-runner/mapping.ts';
import { CREATES } from '../../zap-runner/recipes.ts';
import { PRACTICE_SITE } from '../account.ts';
import { fillable } from '../form-data.ts';
import { availableRecipes } from '../recipes.ts';
import type { ActiveZap } from '../setup.ts';
import {
  isReachable,
  type Panel,
  type StepDraft,
  testedRecords,
  testInput,
} from '../step-draft.ts';
import type { Workbench } from '../workbench.ts';
import {
  earlierRecords,
  isBlank,
  isChanged,
  isComplete,
  isReadyIn,
  openStep,
  stepsBefore,
  type ZapDraft,
} from '../zap-draft.ts';
import { groupedFields } from './field-groups.ts';
import { alertBox, type Html, html, when } from './html.ts';
import { type FormState, inputFields } from './input-fields.ts';
import { earlierSteps } from './mapping.ts';
import { inputValues, isExample, recordList } from './records.ts';
import { type Sign, signView, testState } from './signs.ts';

interface PanelView {
  readonly panel: Panel | 'publish';
  readonly title: string;
  readonly sign: Sign;
  readonly summary: string;
  readonly isOpen: boolean;
  readonly isReachable: boolean;
  readonly content: () => Html;
}

const KINDS: Readonly<Record<StepKind, { title: string; verb: string }>> = {
  triggers: { title: 'Triggers', verb: 'Test trigger' },
  searches: { title: 'Searches', verb: 'Test search' },
  creates: { title: 'Actions', verb: 'Test action' },
  standIns: { title: 'Steps of Zapier and of other apps', verb: 'Test step' },
};

let renders = 0;

/** The steps of the Zap, one of them open, the panel that turns the Zap on, and the Zaps that are on. */
export function zapSection(state: Workbench): Html {
  const { draft } = state;
  renders += 1;
  return html`<section id="zap" data-version="${renders}" aria-labelledby="zap-title" hx-target:inherited="#zap"
    hx-swap:inherited="outerMorph" hx-sync:inherited="#zap:queue last">
    ${when(isBlank(draft), () => recipeCards(state.definition))}
    <h2 id="zap-title">${isBlank(draft) ? 'Or build your own Zap' : 'The Zap'}</h2>
    <ol class="zap-steps">
      ${draft.steps.map((step, index) => stepItem(step, index + 1, state))}
      <li class="card">${panelView(publishView(state), draft)}</li>
    </ol>
    ${zapList(state)}
  </section>`;
}

const recipeCards = (definition: AppDefinition): Html => html`<div class="recipes">
    <h2>Start from a recipe</h2>
    <ul class="events">${availableRecipes(definition).map(
      ({ key, name, description }) => html`<li>
        <button type="button" id="recipe-${key}" hx-post="/zap/recipes/${key}">
          <strong>${name}</strong> <span>${description}</span>
        </button>
      </li>`,
    )}</ul>
  </div>`;

/** The address of what a form of the open step asks for. It names the step. */
const urlIn = ({ openId }: ZapDraft, path: string): string => `/zap/steps/${openId}/${path}`;

/** The address of a panel of the open step, or of the Zap. */
const panelUrl = (draft: ZapDraft, panel: PanelView['panel']): string =>
  urlIn(draft, `open/${draft.openId}/${panel}`);

/** A step with its panels, or only with its name when another step is open. */
function stepItem(step: StepDraft, number: number, state: Workbench): Html {
  const { draft } = state;
  const { id } = step;
  const isOpen = id === draft.openId;
  const name = stepName(step, number);
  const { sign, words } = stepState(step, draft);
  const count = draft.steps.length;
  return html`<li class="card zap-step ${isOpen ? 'is-current' : ''}" id="step-${id}" data-step="${id}">
      <div class="step-head">
        <h3><button type="button" id="open-step-${number}" hx-post="${urlIn(draft, `open/${id}`)}" hx-include="#zap form"
          ${when(isOpen, () => html`aria-current="step"`)}>
          ${signView(sign)}
          <span>${name}</span>
          <span class="panel-summary">${words}</span>
        </button></h3>
        ${when(
          number > 1,
          () => html`<button type="button" class="quiet" hx-post="${urlIn(draft, `remove/${id}`)}"
            hx-include="#zap form" aria-label="Remove step ${name}">Remove</button>`,
        )}
      </div>
      ${when(isOpen, () => html`<ol class="panels">${panelsOf(state).map((view) => html`<li>${panelView(view, draft)}</li>`)}</ol>`)}
    </li>
    ${when(draft.removed?.position === number && draft.removed, removedNotice)}
    ${when(
      count > 1 || step.step !== null,
      () => html`<li class="add-step"><button type="button" class="quiet" hx-post="${urlIn(draft, `add/${id}`)}" hx-include="#zap form"
      ${when(number < count, () => html`aria-label="Add a step after step ${number}"`)}>${number < count ? '+' : 'Add a step'}</button></li>`,
    )}`;
}

const removedNotice = ({ step, position }: NonNullable<ZapDraft['removed']>): Html =>
  html`<li class="notice removed" role="status">${stepName(step, position + 1)} was removed.
    <button type="button" class="quiet" id="undo" hx-post="/zap/undo">Undo</button></li>`;

const stepName = ({ step }: StepDraft, number: number): string =>
  `${number}. ${step?.label ?? (number === 1 ? 'Trigger' : 'Action')}`;

function stepState(step: StepDraft, draft: ZapDraft): { sign: Sign; words: string } {
  if (step.step === null) return { sign: 'todo', words: 'Choose what it does' };
  if (!isReadyIn(draft, step)) return { sign: 'todo', words: 'Not complete' };
  const { sign, words } = testState(step.tested);
  return { sign, words: sign === 'done' ? 'Tested' : words };
}

function panelsOf(state: Workbench): PanelView[] {
  const { draft, account } = state;
  const open = openStep(draft);
  const isReady = isReadyIn(draft, open);
  const tested = testState(open.tested);
  const practice = account.label === PRACTICE_SITE ? 'Practice site' : account.label;
  const view = (panel: Panel, title: string, sign: Sign, summary: string, content: () => Html) => ({
    panel,
    title,
    sign,
    summary,
    content,
    isOpen: open.panel === panel && !draft.isPublishing,
    isReachable: isReachable(panel, open, account.label !== null),
  });
  return [
    view('event', 'App & event', open.step ? 'done' : 'todo', open.step?.label ?? '', () =>
      eventPanel(state.definition, draft),
    ),
    view('account', 'Account', accountSign(state), practice ?? '', () => accountPanel(state)),
    view('configure', 'Configure', isReady ? 'done' : 'todo', '', () => configurePanel(draft)),
    view('test', 'Test', isReady ? tested.sign : 'todo', isReady ? tested.words : '', () =>
      testPanel(draft, isReady),
    ),
  ];
}

const accountSign = ({ account: { label, error } }: Workbench): Sign => {
  if (error !== null) return 'failed';
  if (label === null) return 'todo';
  return label === PRACTICE_SITE ? 'done' : 'attention';
};

function publishView(state: Workbench): PanelView {
  const { draft } = state;
  const isOn = draft.zap !== null;
  const hasChanges = isChanged(draft);
  return {
    panel: 'publish',
    title: 'Publish',
    sign: draft.publishError ? 'failed' : isOn ? (hasChanges ? 'attention' : 'done') : 'todo',
    summary: isOn ? (hasChanges ? 'On, with its earlier settings' : 'On') : 'Off',
    isOpen: draft.isPublishing,
    isReachable: !isBlank(draft),
    content: () => publishPanel(state),
  };
}

function panelView(view: PanelView, draft: ZapDraft): Html {
  const { panel, title, sign, summary, isOpen, content } = view;
  return html`<div class="panel" role="group" aria-label="${title}" data-frame>
    <h4>
      <button type="button" id="open-${panel}" hx-post="${panelUrl(draft, panel)}" hx-include="#zap form"
        aria-expanded="${String(isOpen)}" aria-controls="panel-${panel}"
        ${when(!view.isReachable, () => html`disabled`)}>
        ${signView(sign)}
        <span>${title}</span>
        <span class="panel-summary">${summary}</span>
      </button>
    </h4>
    <div id="panel-${panel}" class="panel-body" ${when(!isOpen, () => html`hidden`)}>
      ${when(isOpen, content)}
    </div>
  </div>`;
}

/** The events to choose from. The first step of a Zap is a trigger, and the others are not. */
function eventPanel({ steps }: AppDefinition, draft: ZapDraft): Html {
  const open = openStep(draft);
  const isFirst = open === draft.steps[0];
  const offered = steps.filter(({ kind }) => (kind === 'triggers') === isFirst);
  const byKind = [...Map.groupBy(offered, ({ kind }) => kind)];
  return html`${byKind.map(
    ([kind, group]) => html`<h5>${KINDS[kind].title}</h5>
      <ul class="events">${group.map(
        (step) => html`<li>
          <button type="button" hx-post="${urlIn(draft, `choose/${kind}/${step.key}`)}"
            aria-pressed="${String(kind === open.step?.kind && step.key === open.step.key)}">
            <strong>${step.label}</strong> <span>${step.description}</span>
          </button>
        </li>`,
      )}</ul>`,
  )}`;
}

function accountPanel({ definition, account, draft }: Workbench): Html {
  const { label, error, input } = account;
  return html`<form hx-post="${urlIn(draft, 'account')}" data-keep="${urlIn(draft, 'keep')}">
    <input type="hidden" name="panel" value="account">
    <p>This is a practice site on your computer, and its key is filled in. Just connect. Nothing leaves
      your computer.</p>
    ${inputFields(definition.authentication.fields, { input })}
    ${when(error, alertBox)}
    ${when(label, (host) =>
      host === PRACTICE_SITE
        ? html`<p class="notice is-good">Connected to the practice site, which stands for ${host}.</p>`
        : html`<p class="notice">The app accepts this address. Nothing was sent to ${host}: the practice site
            on your computer stands for it, too.</p>`,
    )}
    <p class="buttons">
      ${
        label === null
          ? html`<button class="primary">Connect</button>`
          : html`<button class="quiet">Connect again</button>
        ${goOnTo(panelUrl(draft, 'configure'))}`
      }
    </p>
  </form>`;
}

function configurePanel(draft: ZapDraft): Html {
  const open = openStep(draft);
  const { step, fields, form, input, complaints, refusal, dropdowns } = open;
  if (form !== null && 'error' in form) {
    return html`${alertBox(form.error)}
      <p class="buttons"><button type="button" class="primary" hx-post="${panelUrl(draft, 'configure')}">Try again</button></p>`;
  }
  const refreshAt = urlIn(draft, 'fields');
  const state = {
    input,
    complaints: new Map([...complaints, ...(refusal ? [refusal] : [])]),
    dropdowns,
    refreshAt,
    earlier: earlierSteps(draft),
  };
  return html`<form hx-post="${urlIn(draft, 'configure')}" data-keep="${urlIn(draft, 'keep')}" novalidate>
    ${groupedFields(
      fields.filter(({ group }) => group !== CREATES),
      step?.inputFieldGroups ?? [],
      state,
    )}
    ${when(step?.creator, (creator) => creatorChoice(creator, open, state))}
    ${when(fillable(fields).length === 0, () => html`<p class="hint">There is nothing to fill in.</p>`)}
    <p class="buttons">
      <button class="primary">Continue</button>
      <button type="submit" class="quiet" hx-post="${refreshAt}">Refresh fields</button>
    </p>
  </form>`;
}

/** Lets a search create what it does not find, with the fields that only its action has. */
const creatorChoice = ({ label }: Step, open: StepDraft, state: FormState): Html =>
  html`<div class="form-field" hx-post="${state.refreshAt}" hx-trigger="change" hx-sync="closest form:replace" data-alters>
    <input type="hidden" name="${CREATES}" value="">
    <label class="choice"><input type="checkbox" id="creates" name="${CREATES}" value="yes"
      ${when(open.isCreating, () => html`checked`)}> Create it if it isn't found</label>
    <p class="hint">The step then runs ${label}. It takes the fields above that it has, too, and those below.</p>
  </div>
  ${inputFields(
    open.fields.filter(({ group }) => group === CREATES),
    state,
  )}`;

function testPanel(draft: ZapDraft, isReady: boolean): Html {
  const open = openStep(draft);
  const { step, fields, tested } = open;
  if (step === null) return html``;
  if (!isReady) {
    return html`<p>This step is not complete.</p>
      <p class="buttons">${goOnTo(panelUrl(draft, 'configure'), 'Configure it')}</p>`;
  }
  const look = testedRecords(open) === null ? 'quiet' : 'primary';
  return html`${when(
    stepsBefore(draft, open).length > 0,
    () => html`<details>
      <summary>What the step gets</summary>
      <div class="record-body">${inputValues(fields, testInput(open, earlierRecords(draft, open)))}</div>
    </details>`,
  )}
  ${when(
    tested,
    (result) =>
      html`<div id="test-result" tabindex="-1" role="group" aria-label="Result of the test">${
        'error' in result
          ? html`${result.reason === 'failed' ? alertBox(result.error) : html`<p class="notice">${result.error}</p>`}
        ${fieldLinks(result.error, [open], draft)}`
          : testResult(open, step, result.found)
      }</div>`,
  )}
  <p class="buttons">
    <button type="button" class="${tested === null ? 'primary' : 'quiet'}" hx-post="${urlIn(draft, 'test')}">${KINDS[step.kind].verb}${tested === null ? '' : ' again'}</button>
    ${goOnTo(urlIn(draft, 'continue'), tested === null ? 'Skip the test' : 'Continue', look)}
  </p>`;
}

function testResult(open: StepDraft, step: Step, records: readonly AppRecord[]): Html {
  if (records.length === 0) {
    return html`<p class="notice">Nothing was found. A run of the Zap would stop here.</p>`;
  }
  const isOfChats = step.kind === 'triggers' && /chat/.test(step.key);
  return html`${when(
    records.every(isExample),
    () =>
      html`<p class="notice">${
        step.kind !== 'triggers'
          ? 'This result is made up, like the ID that the step got.'
          : isOfChats
            ? 'These chats are made up: DeskDirector has no way to list real ones.'
            : 'This is made up: your site has none to show, or no way to list them.'
      } ${when(
        isOfChats && open.input.company_ids,
        () => html`So their companies are none of your site, and the filter Companies counts from the first
        real chat on.`,
      )}</p>`,
  )}
  ${recordList(step, records)}`;
}

/** Buttons that lead to the fields that an error names in quotes. */
function fieldLinks(error: string, steps: readonly StepDraft[], draft: ZapDraft): Html {
  const named = steps.flatMap(({ id, fields }) =>
    fields
      .filter(({ label }) => error.includes(`"${label}"`))
      .map(
        ({ key, label }) =>
          html`<button type="button" class="quiet" hx-post="${urlIn(draft, `field/${id}/${encodeURIComponent(key)}`)}">Go to ${label}</button>`,
      ),
  );
  return when(named.length > 0 && named, (buttons) => html`<p class="buttons">${buttons}</p>`);
}

/** What is left to do before the Zap can be turned on, its switch, and what comes next. */
function publishPanel(state: Workbench): Html {
  const { draft, account } = state;
  const { zap, publishError, steps } = draft;
  const hasChanges = isChanged(draft);
  const turnOn = (label: string) =>
    html`<button type="button" class="primary" hx-post="/zap/on">${label}</button>`;
  const error = when(
    publishError,
    (message) => html`${alertBox(message)} ${fieldLinks(message, steps.slice(0, 1), draft)}`,
  );
  if (account.label === null || !isComplete(draft)) {
    return html`<p>Before the Zap can be turned on:</p>
      <ul>${thingsLeft(state)}</ul>${error}`;
  }
  if (zap === null) {
    return html`<p>The Zap is off. Turn it on to run it for what happens at your site.</p>
      ${error}<p class="buttons">${turnOn('Turn on')}</p>`;
  }
  return html`<p>${hasChanges ? 'The Zap is on with its earlier settings.' : 'The Zap is on and waits.'}</p>
    ${error}<p class="buttons">
      ${
        hasChanges
          ? turnOn('Publish the changes')
          : html`<button type="button" id="be-the-customer" class="${state.isCustomer ? 'quiet' : 'primary'}" hx-post="/zap/customer">Now be the customer</button>`
      }
      <button type="button" class="quiet" hx-post="/zap/off/${zap.id}">Turn off</button>
      ${when(!hasChanges, () => goOnTo('/zap/new', 'Build another Zap', 'quiet'))}
    </p>`;
}

function thingsLeft({ draft, account }: Workbench): Html[] {
  const [trigger] = draft.steps;
  const left =
    trigger.step !== null && account.label === null
      ? [{ words: 'Connect the account', path: `open/${trigger.id}/account` }]
      : draft.steps
          .map((step, index) => ({ step, name: stepName(step, index + 1) }))
          .filter(({ step }) => !isReadyIn(draft, step))
          .map(({ step, name }) => ({ words: `Complete ${name}`, path: `open/${step.id}` }));
  const items = left.map(
    ({ words, path }, index) =>
      html`<li>${goOnTo(urlIn(draft, path), words, index === 0 ? 'primary' : 'quiet')}</li>`,
  );
  if (draft.steps.length > 1) return items;
  const look = items.length === 0 ? 'primary' : 'quiet';
  return [
    ...items,
    html`<li><p>Add a step: as in Zapier, a Zap needs at least two. To see what the trigger gives, a
      stand-in will do.</p>
      <p class="buttons">${goOnTo('/zap/stand-in', 'Add “Send Me What Arrives”', look)}</p></li>`,
  ];
}

/** The other Zaps that are on. The open Publish panel has a button for the current one. */
function zapList({ activeZaps, draft, turnOffError }: Workbench): Html {
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
    ${signView('done')}
    <span><strong>${[step, ...zap.steps.map((one) => one.step)].map(({ label }) => label).join(' → ')}</strong></span>
    <button type="button" class="quiet" hx-post="/zap/off/${zap.id}"
      aria-label="Turn off Zap ${index + 1}, ${step.label}">Turn off</button>
  </li>`;

const goOnTo = (url: string, words = 'Continue', look = 'primary'): Html =>
  html`<button type="button" class="${look}" hx-post="${url}">${words}</button>`;
