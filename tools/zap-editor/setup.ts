import type { AuthData } from '../zap-runner/app-calls.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import type { Zap } from '../zap-runner/zap-run.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { type Account, connectAccount, fillInAccount } from './account.ts';
import {
  configure,
  fillIn,
  isReachable,
  loadFields,
  newStep,
  type Panel,
  refresh,
  type StepContext,
  type StepDraft,
  testStep,
} from './step-draft.ts';
import {
  addStep,
  earlierRecords,
  openStep,
  removeStep,
  withoutTests,
  type ZapDraft,
} from './zap-draft.ts';

/** A Zap that is on. */
export interface ActiveZap {
  readonly zap: Zap;
  /** Its trigger. */
  readonly step: Step;
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
}

/*
 * The actions on the steps of the Zap and on the account. An action that the state does not allow
 * does nothing. An error of the app is kept in the state.
 */

/** Whether a panel of the open step can be opened. */
const isOpenable = (setup: Setup, panel: Panel): boolean =>
  isReachable(panel, setup.draft.open, isConnected(setup));

export const isConnected = ({ account }: Setup): boolean => account.label !== null;

/** Opens a panel of the open step. */
export async function openPanel(setup: Setup, panel: Panel): Promise<void> {
  if (!isOpenable(setup, panel)) return;
  setup.draft = await withPanel(setup, setup.draft, panel);
}

/** Opens a step where it was left. Its fields may depend on the tests of earlier steps. */
export async function goToStep(setup: Setup, id: string): Promise<void> {
  const opened = openStep(setup.draft, id);
  if (opened !== null) setup.draft = await withPanel(setup, opened, opened.open.panel);
}

/** Adds a step after another one. */
export function insertStep(setup: Setup, id: string): void {
  const opened = openStep(setup.draft, id);
  if (opened !== null) setup.draft = addStep(opened);
}

/** Removes a step that is not the trigger, and opens the step before it. */
export async function takeOutStep(setup: Setup, id: string): Promise<void> {
  const opened = openStep(setup.draft, id);
  if (opened === null || opened.before.length === 0) return;
  const draft = removeStep(opened);
  setup.draft = await withPanel(setup, draft, draft.open.panel);
}

/** Chooses what the open step does. Another trigger begins another Zap. */
export async function choose(setup: Setup, step: Step): Promise<void> {
  const { draft } = setup;
  const isTrigger = step.kind === 'triggers';
  if (isTrigger !== (draft.before.length === 0)) return;
  const { kind, key } = draft.open.step ?? {};
  const isChosen = kind === step.kind && key === step.key;
  const open = isChosen ? draft.open : newStep(step);
  const zap = isTrigger && !isChosen ? null : draft.zap;
  const panel = isConnected(setup) ? 'configure' : 'account';
  setup.draft = await withPanel(setup, { ...draft, open, zap }, panel);
}

export async function connect(setup: Setup, form: FormData): Promise<void> {
  if (!isOpenable(setup, 'account')) return;
  const { account, definition, passwords, zapier } = setup;
  setup.account = await connectAccount(account, definition, form, passwords, zapier);
  if (!isConnected(setup)) return;
  // The last tests may have used another account.
  setup.draft = await withPanel(setup, withoutTests(setup.draft), 'configure');
}

export async function refreshFields(setup: Setup, form: FormData): Promise<void> {
  if (!isOpenable(setup, 'configure')) return;
  setup.draft = await changeOpen(setup, setup.draft, (step, context) =>
    refresh(step, form, context),
  );
}

export async function configureStep(setup: Setup, form: FormData): Promise<void> {
  if (!isOpenable(setup, 'configure')) return;
  setup.draft = await changeOpen(setup, setup.draft, (step, context) =>
    configure(step, form, context),
  );
}

export async function testOpenStep(setup: Setup): Promise<void> {
  if (!isOpenable(setup, 'test')) return;
  setup.draft = await changeOpen(setup, setup.draft, testStep);
}

/** Keeps the values of the panel that is open. */
export async function keepForm(setup: Setup, form: FormData): Promise<void> {
  const { account, definition, draft } = setup;
  if (draft.isPublishing) return;
  if (draft.open.panel === 'account') setup.account = fillInAccount(account, definition, form);
  if (draft.open.panel === 'configure') {
    setup.draft = await changeOpen(setup, draft, (step, context) => fillIn(step, form, context));
  }
}

/** The draft with a panel of its open step. */
const withPanel = (setup: Setup, draft: ZapDraft, panel: Panel): Promise<ZapDraft> =>
  changeOpen(setup, { ...draft, isPublishing: false }, (step, context) =>
    panel === 'configure' ? loadFields({ ...step, panel }, context) : { ...step, panel },
  );

/** The draft with what a change makes of the open step. */
async function changeOpen(
  { zapier }: Setup,
  draft: ZapDraft,
  change: (step: StepDraft, context: StepContext) => StepDraft | Promise<StepDraft>,
): Promise<ZapDraft> {
  const open = await change(draft.open, { zapier, earlier: earlierRecords(draft) });
  return { ...draft, open };
}
