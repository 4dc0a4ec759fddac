import type { AppDefinition, Step, StepKind } from '../../zap-runner/app-definition.ts';
import type { InputData } from '../form.ts';
import { type ActiveZap, fieldsOf, type Panel, type Workbench } from '../workbench.ts';
import { alertBox, type Html, html, plural, when } from './html.ts';
import { inputFields } from './input-fields.ts';
import { recordList } from './records.ts';

/** What the Zap editor shows of a Workbench. */
type State = Pick<Workbench, 'definition' | 'draft' | 'account' | 'activeZaps'>;

interface PanelView {
  readonly panel: Panel;
  readonly title: string;
  /** What is settled there; null while nothing is. */
  readonly summary: string | null;
  /** Whether it can be opened yet. */
  readonly isReachable: boolean;
  readonly content: () => Html;
}

const KINDS: Readonly<Record<StepKind, { title: string; verb: string }>> = {
  triggers: { title: 'Triggers', verb: 'Test trigger' },
  searches: { title: 'Searches', verb: 'Test search' },
  creates: { title: 'Actions', verb: 'Test action' },
};

/** The Zap: its five parts, one of them open. */
export function zapSection(state: State): Html {
  return html`<section id="zap" aria-labelledby="zap-title" hx-target:inherited="#zap"
    hx-swap:inherited="outerMorph">
    <h2 id="zap-title">The Zap</h2>
    <ol class="panels">${panelsOf(state).map((view, index) => panelItem(view, index, state))}</ol>
  </section>`;
}

function panelsOf(state: State): PanelView[] {
  const { draft, account } = state;
  const { step, tested, isConfigured, zap } = draft;
  const isConnected = step !== null && account.label !== null;
  return [
    {
      panel: 'event',
      title: 'App & event',
      summary: step?.label ?? null,
      isReachable: true,
      content: () => eventPanel(state.definition, step),
    },
    {
      panel: 'account',
      title: 'Account',
      summary: account.label,
      isReachable: step !== null,
      content: () => accountPanel(state),
    },
    {
      panel: 'configure',
      title: 'Configure',
      summary: isConfigured ? filledIn(draft.input) : null,
      isReachable: isConnected,
      content: () => configurePanel(state),
    },
    {
      panel: 'test',
      title: 'Test',
      summary: tested !== null && 'found' in tested ? plural(tested.found.length, 'record') : null,
      isReachable: isConnected && isConfigured,
      content: () => testPanel(state),
    },
    {
      panel: 'publish',
      title: 'Publish',
      summary: zap === null ? null : 'On',
      isReachable: isConnected && isConfigured,
      content: () => publishPanel(state),
    },
  ];
}

function panelItem(view: PanelView, index: number, { draft }: State): Html {
  const { panel, title, summary, isReachable } = view;
  const isOpen = draft.panel === panel;
  return html`<li class="panel ${isOpen ? 'is-open' : ''} ${summary === null ? '' : 'is-done'}">
    <h3>
      <button type="button" id="open-${panel}" hx-post="/zap/panel/${panel}" aria-expanded="${isOpen}"
        aria-controls="panel-${panel}" ${when(!isReachable, () => html`disabled`)}>
        <span class="mark" aria-hidden="true">${summary === null ? index + 1 : '✓'}</span>
        <span class="panel-title">${title}</span>
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
            aria-pressed="${step === chosen}">
            <strong>${step.label}</strong> <span>${step.description}</span>
          </button>
        </li>`,
      )}</ul>`,
    )}`;
}

function accountPanel({ definition, account }: State): Html {
  return html`<form hx-post="/zap/account" hx-disable="find button">
    ${inputFields(definition.authentication.fields, { input: account.authData })}
    ${when(account.error, alertBox)}
    ${when(account.label, (label) => html`<p class="notice is-good">Connected: ${label}</p>`)}
    <p class="buttons">
      <button class="primary">${account.label === null ? 'Connect' : 'Connect again'}</button>
      ${when(account.label, () => continueTo('configure'))}
    </p>
  </form>`;
}

function configurePanel({ draft }: State): Html {
  const { form, input, missing, dropdowns } = draft;
  if ('error' in form) {
    return html`${alertBox(form.error)}
      <p class="buttons"><button type="button" class="primary" hx-post="/zap/panel/configure">Try again</button></p>`;
  }
  const fields = fieldsOf(draft);
  return html`<form hx-post="/zap/configure" hx-disable="find button" novalidate>
    ${inputFields(fields, { input: input ?? {}, missing, dropdowns })}
    ${when(fields.length === 0, () => html`<p class="hint">There is nothing to fill in.</p>`)}
    ${form.found.logs.map((log) => html`<p class="notice">The app logged: ${log}</p>`)}
    <p class="buttons">
      <button class="primary">Continue</button>
      <button type="submit" class="quiet" hx-post="/zap/fields">Refresh fields</button>
    </p>
  </form>`;
}

function testPanel({ draft: { step, tested } }: State): Html {
  if (step === null) return html``;
  return html`${when(tested, (result) => {
    if ('error' in result) return alertBox(result.error);
    if (result.found.length === 0) return html`<p class="notice">Nothing was found.</p>`;
    return recordList(step, result.found, '/zap/records');
  })}
  <p class="buttons">
    <button type="button" class="${tested === null ? 'primary' : 'quiet'}" hx-post="/zap/test"
      hx-disable="this">${KINDS[step.kind].verb}${tested === null ? '' : ' again'}</button>
    ${continueTo('publish', tested !== null && 'found' in tested ? 'primary' : 'quiet')}
  </p>`;
}

function publishPanel({ draft, activeZaps }: State): Html {
  return html`
    ${draft.step?.kind === 'triggers' ? zapSwitch(draft) : laterStep}
    ${when(draft.publishError, alertBox)}
    ${zapList(activeZaps.filter(({ zap }) => zap !== draft.zap))}`;
}

function zapSwitch({ zap, input }: State['draft']): Html {
  const turnOn = (label: string) => html`<button type="button" class="primary" hx-post="/zap/on"
    hx-disable="this">${label}</button>`;
  if (zap === null) {
    return html`<p>The Zap is off. Turned on, it runs for each chat that its trigger is about.</p>
      <p class="buttons">${turnOn('Turn on')}</p>`;
  }
  const isChanged = zap.inputData !== input;
  return html`<p>${isChanged ? 'The Zap is on with its earlier settings.' : 'The Zap is on, and waits for chats.'}</p>
    <p class="buttons">
      ${when(isChanged, () => turnOn('Publish the changes'))}
      <button type="button" class="quiet" hx-post="/zap/off/${zap.id}" hx-disable="this">Turn off</button>
    </p>`;
}

const laterStep = html`<p>Such a step runs behind a trigger, as often as that does. Only a Zap with a
  trigger is turned on: choose one under App &amp; event.</p>`;

function zapList(others: readonly ActiveZap[]): Html {
  if (others.length === 0) return html``;
  return html`<h4>Other Zaps that are on</h4>
    <ul class="zaps">${others.map(
      ({ zap, step }, index) => html`<li>
        <span class="light" aria-hidden="true"></span>
        <span><strong>${step.label}</strong> <span class="hint">${settings(zap.inputData)}</span></span>
        <button type="button" class="quiet" hx-post="/zap/off/${zap.id}" hx-disable="this"
          aria-label="Turn off the other Zap ${index + 1}, ${step.label}">Turn off</button>
      </li>`,
    )}</ul>`;
}

const filledIn = (input: InputData | null): string =>
  Object.keys(input ?? {}).length === 0
    ? 'Nothing filled in'
    : plural(Object.keys(input ?? {}).length, 'field');

/** What is filled in, such as `statuses: missed, completed`. */
function settings(input: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(input).map(([key, value]) => {
    return `${key}: ${Array.isArray(value) ? value.map(String).join(', ') : value}`;
  });
  return parts.join(' · ') || 'all chats';
}

const continueTo = (panel: Panel, look = 'primary'): Html =>
  html`<button type="button" class="${look}" hx-post="/zap/panel/${panel}">Continue</button>`;
