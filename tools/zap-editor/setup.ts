import type { AuthData } from '../zap-runner/app-calls.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import type { Zap } from '../zap-runner/zap-run.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { type Account, connectAccount, fillInAccount } from './account.ts';
import type { AvailableRecipe } from './recipes.ts';
import { errorIn } from './result.ts';
import {
  configure,
  fillIn,
  isReachable,
  keep,
  loadFields,
  loadOutputFields,
  newStep,
  PANELS,
  type Panel,
  type StepContext,
  type StepDraft,
  testStep,
} from './step-draft.ts';
import {
  addStep,
  earlierRecords,
  isReadyIn,
  newZap,
  openStep,
  removeStep,
  restoreStep,
  withEach,
  withOpen,
  withStep,
  type ZapDraft,
} from './zap-draft.ts';

/** A Zap that is on. */
export interface ActiveZap {
  readonly zap: Zap;
  /** Its trigger. */
  readonly step: Step;
  readonly since: Date;
}

/** The account, the draft and the Zaps in the editor, and what the actions on them need. */
export interface Setup {
  readonly definition: AppDefinition;
  readonly zapier: ZapRunner;
  /** Used where a form has an empty password. */
  readonly passwords: AuthData;
  draft: ZapDraft;
  account: Account;
  activeZaps: readonly ActiveZap[];
  /** Why the last Zap that was turned off may still be subscribed at the site. */
  turnOffError: string | null;
  /** Whether the owner of the Zap that is on plays the customer now. */
  isCustomer: boolean;
}

/*
 * The actions on the steps of the Zap and on the account. An action that the state does not allow
 * does nothing. An error of the app is kept in the state.
 */

export const isConnected = ({ account }: Setup): boolean => account.label !== null;

const stepOf = ({ draft }: Setup, id: string): StepDraft | undefined =>
  draft.steps.find((step) => step.id === id);

/** Opens a step at a panel, by default where it was left. */
export async function openPanel(setup: Setup, id: string, panel?: string): Promise<void> {
  const step = stepOf(setup, id);
  if (step === undefined) return;
  const wanted = PANELS.find((one) => one === panel) ?? step.panel;
  const isOpenable = isReachable(wanted, step, isConnected(setup));
  if (!isOpenable && step.step === null) return;
  await showPanel(setup, withOpen(setup.draft, step), isOpenable ? wanted : 'account');
}

/** Opens the first step that is not ready, from the open one on; the panel of the Zap otherwise. */
export async function goOn(setup: Setup): Promise<void> {
  const { draft } = setup;
  const position = draft.steps.indexOf(openStep(draft));
  const inOrder = [...draft.steps.slice(position + 1), ...draft.steps.slice(0, position + 1)];
  const next = inOrder.find((step) => !isReadyIn(draft, step));
  if (next === undefined) openPublish(setup);
  else await openPanel(setup, next.id);
}

/** Opens the panel that turns the Zap on. */
export function openPublish(setup: Setup): void {
  setup.draft = { ...setup.draft, isPublishing: true };
}

/** Opens the form of a step with what the app said about one of its fields. */
export async function showField(setup: Setup, id: string, key: string): Promise<void> {
  const { draft } = setup;
  const tested = stepOf(setup, id)?.tested;
  const message = (tested && errorIn(tested)) ?? draft.publishError;
  await openPanel(setup, id, 'configure');
  if (message === null) return;
  await changeStep(setup, id, (step) => ({ ...step, refusal: [key, message] }));
}

/** Adds a step after another one, or at the end. */
export async function insertStep(setup: Setup, id: string | null, step?: Step): Promise<void> {
  const after = id === null ? setup.draft.steps.at(-1) : stepOf(setup, id);
  if (after === undefined) return;
  const draft = addStep(setup.draft, after, step);
  await showPanel(setup, draft, step === undefined ? 'event' : firstPanel(setup));
}

/** Removes a step that is not the trigger, and opens the step before it. */
export async function takeOutStep(setup: Setup, id: string): Promise<void> {
  const step = stepOf(setup, id);
  const draft = step === undefined ? setup.draft : removeStep(setup.draft, step);
  if (draft !== setup.draft) await showPanel(setup, draft, openStep(draft).panel);
}

/** Puts the step that was removed last back. */
export async function undoRemoval(setup: Setup): Promise<void> {
  const draft = restoreStep(setup.draft);
  if (draft !== setup.draft) await showPanel(setup, draft, openStep(draft).panel);
}

const firstPanel = (setup: Setup): Panel => (isConnected(setup) ? 'configure' : 'account');

/** Chooses what the open step does. Another trigger begins another Zap. */
export async function choose(setup: Setup, step: Step): Promise<void> {
  const { draft } = setup;
  const open = openStep(draft);
  const isTrigger = step.kind === 'triggers';
  if (isTrigger !== (open === draft.steps[0])) return;
  const isChosen = open.step?.kind === step.kind && open.step.key === step.key;
  const chosen = isChosen ? open : newStep(open.ref, step);
  const zap = isTrigger && !isChosen ? null : draft.zap;
  await showPanel(setup, { ...withStep(draft, open.id, chosen), zap }, firstPanel(setup));
}

/** Makes the Zap of a recipe. */
export async function startRecipe(setup: Setup, { steps }: AvailableRecipe): Promise<void> {
  const [trigger, ...others] = steps.map(({ step, plan }, index) => newStep(index + 1, step, plan));
  if (trigger === undefined) return;
  setup.draft = newZap([trigger, ...others]);
  if (isConnected(setup)) await loadAll(setup);
  await showPanel(setup, setup.draft, firstPanel(setup));
}

export async function connect(setup: Setup, form: FormData): Promise<void> {
  const { account, definition, passwords, zapier } = setup;
  if (openStep(setup.draft).step === null) return;
  setup.account = await connectAccount(account, definition, form, passwords, zapier);
  if (!isConnected(setup)) return;
  // The last tests may have used another account.
  setup.draft = withEach(setup.draft, (step) => ({ ...step, tested: null }));
  await loadAll(setup);
  await showPanel(setup, setup.draft, 'configure');
}

/** Makes the fields of the steps that have none yet, such as those of a recipe. */
async function loadAll(setup: Setup): Promise<void> {
  for (const { id } of setup.draft.steps) {
    await changeStep(setup, id, async (step, context) =>
      step.form === null ? loadOutputFields(await loadFields(step, context), context) : step,
    );
  }
}

/** Changes the open step. */
async function changeOpen(
  setup: Setup,
  change: (step: StepDraft, context: StepContext) => StepDraft | Promise<StepDraft>,
): Promise<void> {
  const open = openStep(setup.draft);
  if (isReachable('configure', open, isConnected(setup))) await changeStep(setup, open.id, change);
}

export const refreshFields = (setup: Setup, form: FormData): Promise<void> =>
  changeOpen(setup, (step, context) => loadFields(keep(step, form, context), context));

export const configureStep = (setup: Setup, form: FormData): Promise<void> =>
  changeOpen(setup, (step, context) => configure(step, form, context));

export const testOpenStep = (setup: Setup): Promise<void> => changeOpen(setup, testStep);

/** Keeps the values of a panel that is left. */
export async function leave(setup: Setup, form: FormData): Promise<void> {
  const { draft } = setup;
  const { id, panel } = openStep(draft);
  if (draft.isPublishing) return;
  if (panel === 'account') keepAccount(setup, form);
  if (panel === 'configure') {
    await changeStep(setup, id, async (step, context) =>
      loadOutputFields(await fillIn(step, form, context), context),
    );
  }
}

/** Keeps what is typed, while the page shows it. */
export async function keepTyped(setup: Setup, id: string, form: FormData): Promise<void> {
  if (form.get('panel') === 'account') keepAccount(setup, form);
  else await changeStep(setup, id, (step, context) => keep(step, form, context));
}

function keepAccount(setup: Setup, form: FormData): void {
  setup.account = fillInAccount(setup.account, setup.definition, form);
}

/** Shows a panel of the open step of a draft. */
async function showPanel(setup: Setup, draft: ZapDraft, panel: Panel): Promise<void> {
  setup.draft = { ...draft, isPublishing: false };
  await changeStep(setup, draft.openId, (step, context) =>
    panel === 'configure' ? loadFields({ ...step, panel }, context) : { ...step, panel },
  );
}

/** Changes a step. An error of the last attempt to turn the Zap on may no longer be true. */
async function changeStep(
  setup: Setup,
  id: string,
  change: (step: StepDraft, context: StepContext) => StepDraft | Promise<StepDraft>,
): Promise<void> {
  const step = stepOf(setup, id);
  if (step === undefined) return;
  const { draft, zapier } = setup;
  const changed = await change(step, { zapier, earlier: earlierRecords(draft, step) });
  const publishError = changed.input === step.input ? draft.publishError : null;
  setup.draft = { ...withStep(setup.draft, id, changed), publishError };
}
