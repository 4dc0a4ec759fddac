import { createQueue } from '../common/queue.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import type { AuthData } from '../zap-runner/app-calls.ts';
import type { Zap } from '../zap-runner/zap-run.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { type Account, connectAccount, fillInAccount } from './account.ts';
import { errorIn, resultOf } from './result.ts';
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
  isChanged,
  isComplete,
  newZap,
  openStep,
  publish,
  removeStep,
  stepsOf,
  withOpen,
  withoutTests,
  withoutZap,
  type ZapDraft,
} from './zap-draft.ts';

/** A Zap that is on. */
export interface ActiveZap {
  readonly zap: Zap;
  /** Its trigger. */
  readonly step: Step;
}

interface SetupState {
  draft: ZapDraft;
  account: Account;
  activeZaps: readonly ActiveZap[];
  /** Why the last Zap that was turned off may still be subscribed at the site. */
  turnOffError: string | null;
}

/** The account, the draft and the Zaps in the editor. */
export interface Setup extends Readonly<SetupState> {
  /** Runs one action at a time, in order. */
  inTurn<T>(action: (actions: SetupActions) => Promise<T>): Promise<T>;
}

export type SetupActions = ReturnType<typeof createActions>;

/**
 * A setup without a step and without Zaps.
 *
 * @param account the account to start with
 * @param passwords used where a form has an empty password
 */
export function createSetup(
  definition: AppDefinition,
  account: Account,
  passwords: AuthData,
  zapier: ZapRunner,
): Setup {
  const queue = createQueue();
  const state: SetupState = {
    draft: newZap(),
    account,
    activeZaps: [],
    turnOffError: null,
  };
  const actions = createActions(state, definition, passwords, zapier);
  return Object.assign(state, {
    inTurn: <T>(action: (actions: SetupActions) => Promise<T>) => queue(() => action(actions)),
  });
}

/**
 * The actions on the state. Each resolves with false when it does nothing, because the state no
 * longer allows it. An error of the app is kept in the state.
 */
function createActions(
  state: SetupState,
  definition: AppDefinition,
  passwords: AuthData,
  zapier: ZapRunner,
) {
  const isConnected = () => state.account.label !== null;
  const isOpenable = (panel: Panel) => isReachable(panel, state.draft.open, isConnected());
  const isPublishable = () => isConnected() && isComplete(state.draft);

  /** The draft with what a change makes of the open step. */
  async function changeOpen(
    draft: ZapDraft,
    change: (step: StepDraft, context: StepContext) => StepDraft | Promise<StepDraft>,
  ): Promise<ZapDraft> {
    return withOpen(draft, await change(draft.open, { zapier, earlier: earlierRecords(draft) }));
  }

  /** The draft with a panel of the open step. */
  const openPanel = (draft: ZapDraft, panel: Panel): Promise<ZapDraft> =>
    changeOpen({ ...draft, isPublishing: false }, (step, context) =>
      panel === 'configure' ? loadFields({ ...step, panel }, context) : { ...step, panel },
    );

  /** The draft where its open step was left. Its fields may depend on the tests of earlier steps. */
  const reopen = (draft: ZapDraft): Promise<ZapDraft> => openPanel(draft, draft.open.panel);

  const isOpen = (panel: Panel) => state.draft.open.panel === panel && !state.draft.isPublishing;

  /** Keeps the values of the panel that is open. */
  async function keepForm(form: FormData): Promise<void> {
    if (isOpen('account')) state.account = fillInAccount(state.account, definition, form);
    if (isOpen('configure')) {
      state.draft = await changeOpen(state.draft, (step, context) => fillIn(step, form, context));
    }
  }

  async function turnOffZap(zap: Zap): Promise<void> {
    state.turnOffError = errorIn(await resultOf(zapier.turnOff(zap)));
    state.activeZaps = state.activeZaps.filter((active) => active.zap !== zap);
    if (state.draft.zap === zap) state.draft = withoutZap(state.draft);
  }

  return {
    /** Opens a panel of the open step and keeps the values of the panel that was open. */
    async open(panel: Panel, form: FormData): Promise<boolean> {
      const wasOpenable = isOpenable(panel);
      await keepForm(form);
      // The values of the form may lack a required value.
      if (isOpenable(panel)) state.draft = await openPanel(state.draft, panel);
      return wasOpenable;
    },

    /** Opens the panel that turns the Zap on, and keeps the values of the panel that was open. */
    async openPublish(form: FormData): Promise<boolean> {
      const wasPublishable = isPublishable();
      await keepForm(form);
      if (isPublishable()) state.draft = { ...state.draft, isPublishing: true };
      return wasPublishable;
    },

    /** Opens a step and keeps the values of the panel that was open. */
    async openStep(id: string, form: FormData): Promise<boolean> {
      await keepForm(form);
      const opened = openStep(state.draft, id);
      if (opened !== null) state.draft = await reopen(opened);
      return opened !== null;
    },

    /** Adds a step after another one and keeps the values of the panel that was open. */
    async addStep(id: string, form: FormData): Promise<boolean> {
      await keepForm(form);
      const opened = openStep(state.draft, id);
      if (opened !== null) state.draft = addStep(opened);
      return opened !== null;
    },

    /** Removes a step that is not the trigger, and opens the step before it. */
    async removeStep(id: string, form: FormData): Promise<boolean> {
      await keepForm(form);
      const opened = openStep(state.draft, id);
      if (opened === null || opened.before.length === 0) return false;
      state.draft = await reopen(removeStep(opened));
      return true;
    },

    /** Chooses the event of the open step. Another trigger begins another Zap. */
    async choose(step: Step): Promise<boolean> {
      const { draft } = state;
      const isTrigger = step.kind === 'triggers';
      if (isTrigger !== (draft.before.length === 0)) return false;
      const { kind, key } = draft.open.step ?? {};
      const isChosen = kind === step.kind && key === step.key;
      const chosen = isChosen ? draft : withOpen(draft, newStep(step));
      const zap = isTrigger && !isChosen ? null : draft.zap;
      state.draft = await openPanel({ ...chosen, zap }, isConnected() ? 'configure' : 'account');
      return true;
    },

    async connect(form: FormData): Promise<boolean> {
      if (!isOpen('account')) return false;
      state.account = await connectAccount(state.account, definition, form, passwords, zapier);
      if (!isConnected()) return true;
      // The last tests may have used another account.
      state.draft = await openPanel(withoutTests(state.draft), 'configure');
      return true;
    },

    async refreshFields(form: FormData): Promise<boolean> {
      if (!isOpen('configure')) return false;
      state.draft = await changeOpen(state.draft, (step, context) => refresh(step, form, context));
      return true;
    },

    async configure(form: FormData): Promise<boolean> {
      if (!isOpen('configure')) return false;
      state.draft = await changeOpen(state.draft, (step, context) =>
        configure(step, form, context),
      );
      return true;
    },

    async test(): Promise<boolean> {
      if (!isOpenable('test')) return false;
      state.draft = await changeOpen(state.draft, testStep);
      return true;
    },

    /** Does nothing when the Zap is on with the same values already. */
    async turnOn(): Promise<boolean> {
      const { zap: former } = state.draft;
      const isOnAlready = former !== null && !isChanged(state.draft);
      const [trigger] = stepsOf(state.draft);
      if (!trigger?.step || isOnAlready || !isPublishable()) return false;
      state.draft = await publish(state.draft, zapier);
      const { zap } = state.draft;
      if (zap === null || zap === former) return true;
      state.activeZaps = [...state.activeZaps, { zap, step: trigger.step }];
      // After the new Zap is on, so that no chat is missed.
      if (former !== null) await turnOffZap(former);
      return true;
    },

    async turnOff(id: string): Promise<boolean> {
      const active = state.activeZaps.find(({ zap }) => zap.id === id);
      if (active !== undefined) await turnOffZap(active.zap);
      return active !== undefined;
    },
  };
}
