import { plural } from '../../plural.ts';
import type { AppDefinition, Step, StepKind } from '../../zap-runner/app-definition.ts';
import { isChanged, isReachable, type Panel, testedRecords } from '../draft.ts';
import { type FormValues, fillable } from '../form-data.ts';
import type { ActiveZap } from '../setup.ts';
import type { Workbench } from '../workbench.ts';
import { groupedFields } from './field-groups.ts';
import { alertBox, type Html, html, logBox, when } from './html.ts';
import { inputFields } from './input-fields.ts';
import { recordList } from './records.ts';
import { settingsOf } from './settings.ts';

type ZapState = Pick<Workbench, 'definition' | 'draft' | 'account' | 'activeZaps' | 'turnOffError'>;

interface PanelView {
  readonly panel: Panel;
  readonly title: string;
  /** The result of the panel; null while it has none. */
  readonly summary: string | null;
  readonly content: () => Html;
}

const KINDS: Readonly<Record<StepKind, { title: string; verb: string }>> = {
  triggers: { title: 'Triggers', verb: 'Test trigger' },
  searches: { title: 'Searches', verb: 'Test search' },
  creates: { title: 'Actions', verb: 'Test action' },
};

/**
 * The five panels of the Zap, one of them open, and the Zaps that are on.
 *
 * @param isTooLate whether to say that a request did nothing, because the Zap has changed
 */
export function zapSection(state: ZapState, isTooLate = false): Html {
  // In headers, because a field of the form may have any name.
  const { id, revision } = state.draft;
  return html`<section id="zap" aria-labelledby="zap-title" hx-target:inherited="#zap"
    hx-swap:inherited="outerMorph" hx-sync:inherited="#zap:drop"
    hx-headers:inherited='{"Shown-Draft":"${id}","Shown-Revision":"${revision}"}'>
    <h2 id="zap-title">The Zap</h2>
    ${when(
      isTooLate,
      () => html`<p class="notice" role="alert">Nothing was done, because the Zap has changed. The page now
        shows the current Zap.</p>`,
    )}
    <ol>${panelsOf(state).map((view, index) => panelItem(view, index, state))}</ol>
    ${zapList(state)}
  </section>`;
}

function panelsOf(state: ZapState): PanelView[] {
  const { draft, account } = state;
  const { step, isConfigured, zap } = draft;
  const records = testedRecords(draft);
  return [
    {
      panel: 'event',
      title: 'App & event',
      summary: step?.label ?? null,
      content: () => eventPanel(state.definition, step),
    },
    {
      panel: 'account',
      title: 'Account',
      summary: account.label,
      content: () => accountPanel(state),
    },
    {
      panel: 'configure',
      title: 'Configure',
      summary: isConfigured ? configureSummary(draft.input) : null,
      content: () => configurePanel(state),
    },
    {
      panel: 'test',
      title: 'Test',
      summary: records === null ? null : plural(records.length, 'record'),
      content: () => testPanel(state),
    },
    {
      panel: 'publish',
      title: 'Publish',
      summary: zap === null ? null : 'On',
      content: () => publishPanel(state),
    },
  ];
}

function panelItem(view: PanelView, index: number, { draft, account }: ZapState): Html {
  const { panel, title, summary } = view;
  const isOpen = draft.panel === panel;
  const canBeOpened = isReachable(panel, draft, account.label !== null);
  return html`<li class="panel ${isOpen ? 'is-open' : ''} ${summary === null ? '' : 'is-done'}">
    <h3>
      <button type="button" id="open-${panel}" hx-post="/zap/panel/${panel}" hx-include="#zap form"
        aria-expanded="${String(isOpen)}" aria-controls="panel-${panel}"
        ${when(!canBeOpened, () => html`disabled`)}>
        <span class="mark" aria-hidden="true">${summary === null ? index + 1 : '✓'}</span>
        <span>${title}</span>
        <span class="panel-summary">${summary ?? ''}</span>
      </button>
    </h3>
    <div id="panel-${panel}" class="panel-body" ${when(!isOpen, () => html`hidden`)}>
      ${when(isOpen, view.content)}
    </div>
  </li>`;
}

function eventPanel({ steps }: AppDefinition, chosen: Step | null): Html {
  const kinds = Object.entries(KINDS).map(([kind, { title }]) => ({
    title,
    steps: steps.filter((step) => step.kind === kind),
  }));
  return html`${kinds
    .filter((group) => group.steps.length > 0)
    .map(
      (group) => html`<h4>${group.title}</h4>
      <ul class="steps">${group.steps.map(
        (step) => html`<li>
          <button type="button" hx-post="/zap/step/${step.kind}/${step.key}"
            aria-pressed="${String(step === chosen)}">
            <strong>${step.label}</strong> <span>${step.description}</span>
          </button>
        </li>`,
      )}</ul>`,
    )}`;
}

function accountPanel({ definition, account }: ZapState): Html {
  return html`<form hx-post="/zap/account">
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
      ${when(account.label, () => continueTo('configure'))}
    </p>
  </form>`;
}

function configurePanel({ draft }: ZapState): Html {
  const { step, fields, form, input, missing, dropdowns } = draft;
  if ('error' in form) {
    return html`${alertBox(form.error)}
      <p class="buttons"><button type="button" class="primary" hx-post="/zap/panel/configure">Try again</button></p>`;
  }
  return html`<form hx-post="/zap/configure" novalidate>
    ${groupedFields(fields, step?.inputFieldGroups ?? [], { input, missing, dropdowns })}
    ${when(fillable(fields).length === 0, () => html`<p class="hint">There is nothing to fill in.</p>`)}
    ${logBox(form.found.logs)}
    <p class="buttons">
      <button class="primary">Continue</button>
      <button type="submit" class="quiet" hx-post="/zap/fields">Refresh fields</button>
    </p>
  </form>`;
}

function testPanel({ draft }: ZapState): Html {
  const { step, tested } = draft;
  if (step === null) return html``;
  return html`${when(tested, (result) => {
    if ('error' in result) return alertBox(result.error);
    if (result.found.length === 0) return html`<p class="notice">Nothing was found.</p>`;
    return recordList({ step, records: result.found, url: '/zap/records' });
  })}
  <p class="buttons">
    <button type="button" class="${tested === null ? 'primary' : 'quiet'}" hx-post="/zap/test">${KINDS[step.kind].verb}${tested === null ? '' : ' again'}</button>
    ${continueTo('publish', testedRecords(draft) === null ? 'quiet' : 'primary')}
  </p>`;
}

function publishPanel({ draft }: ZapState): Html {
  return html`${draft.step?.kind === 'triggers' ? zapSwitch(draft) : laterStep}
    ${when(draft.publishError, alertBox)}`;
}

function zapSwitch(draft: ZapState['draft']): Html {
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

const laterStep = html`<p>A search or an action runs after a trigger. To turn a Zap on, choose a trigger
  under App &amp; event.</p>`;

/** The other Zaps that are on. The open Publish panel has a button for the current one. */
function zapList({ activeZaps, draft, turnOffError }: ZapState): Html {
  const others = activeZaps.filter(({ zap }) => zap !== draft.zap || draft.panel !== 'publish');
  return html`${when(turnOffError, (words) => alertBox(`The Zap is off here, but unsubscribing failed. ${words}`))}
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
    <span><strong>${step.label}</strong> <span class="hint">${settingsOf(zap.inputData)}</span></span>
    <button type="button" class="quiet" hx-post="/zap/off/${zap.id}"
      aria-label="Turn off Zap ${index + 1}, ${step.label}">Turn off</button>
  </li>`;

function configureSummary(input: FormValues): string {
  const count = Object.keys(input).length;
  return count === 0 ? 'Nothing filled in' : plural(count, 'field');
}

const continueTo = (panel: Panel, look = 'primary'): Html =>
  html`<button type="button" class="${look}" hx-post="/zap/panel/${panel}">Continue</button>`;
