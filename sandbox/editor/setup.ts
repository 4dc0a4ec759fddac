import { createQueue } from '../queue.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import type { AuthData, Zap, ZapRunner } from '../zap-runner/zap-runner.ts';
import { type Account, connectAccount, fillInAccount } from './account.ts';
import {
  configure,
  type Draft,
  fillIn,
  isChanged,
  isReachable,
  loadFields,
  newDraft,
  type Panel,
  publish,
  refresh,
  testStep,
  withoutZap,
} from './draft.ts';
import { errorIn, resultOf } from './result.ts';

/** A Zap that is on. */
export interface ActiveZap {
  readonly zap: Zap;
  readonly step: Step;
}

interface SetupState {
  draft: Draft;
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
    draft: newDraft(null),
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
 * The actions on the state. Each resolves with false when it does nothing, because the state no longer
 * allows it. An error of the app is kept in the state.
 */
function createActions(
  state: SetupState,
  definition: AppDefinition,
  passwords: AuthData,
  zapier: ZapRunner,
) {
  const isOpenable = (panel: Panel) =>
    isReachable(panel, state.draft, state.account.label !== null);

  const openConfigure = (draft: Draft) => loadFields({ ...draft, panel: 'configure' }, zapier);

  async function turnOffZap(zap: Zap): Promise<void> {
    state.turnOffError = errorIn(await resultOf(zapier.turnOff(zap)));
    state.activeZaps = state.activeZaps.filter((active) => active.zap !== zap);
    if (state.draft.zap === zap) state.draft = withoutZap(state.draft);
  }

  return {
    /** Opens a panel and keeps the values of the panel that was open. */
    async open(panel: Panel, form: FormData): Promise<boolean> {
      const wasOpenable = isOpenable(panel);
      const { draft } = state;
      if (draft.panel === 'configure') state.draft = await fillIn(draft, form, zapier);
      if (draft.panel === 'account') {
        state.account = fillInAccount(state.account, definition, form);
      }
      if (panel === 'configure' && wasOpenable) state.draft = await openConfigure(state.draft);
      // The values of the form may lack a required value.
      else if (isOpenable(panel)) state.draft = { ...state.draft, panel };
      return wasOpenable;
    },

    async choose(step: Step): Promise<boolean> {
      const chosen = state.draft.step === step ? state.draft : newDraft(step);
      state.draft =
        state.account.label === null
          ? { ...chosen, panel: 'account' }
          : await openConfigure(chosen);
      return true;
    },

    async connect(form: FormData): Promise<boolean> {
      if (state.draft.panel !== 'account') return false;
      state.account = await connectAccount(state.account, definition, form, passwords, zapier);
      if (state.account.label === null) return true;
      // The last test may have used another account.
      state.draft = await openConfigure({ ...state.draft, tested: null });
      return true;
    },

    async refreshFields(form: FormData): Promise<boolean> {
      if (state.draft.panel !== 'configure') return false;
      state.draft = await refresh(state.draft, form, zapier);
      return true;
    },

    async configure(form: FormData): Promise<boolean> {
      if (state.draft.panel !== 'configure') return false;
      state.draft = await configure(state.draft, form, zapier);
      return true;
    },

    async test(): Promise<boolean> {
      if (!isOpenable('test')) return false;
      state.draft = await testStep(state.draft, zapier);
      return true;
    },

    /** Does nothing when the Zap is on with the same values already. */
    async turnOn(): Promise<boolean> {
      const { zap: former, step } = state.draft;
      const isOnAlready = former !== null && !isChanged(state.draft);
      if (step?.kind !== 'triggers' || isOnAlready || !isOpenable('publish')) return false;
      state.draft = await publish(state.draft, zapier);
      const { zap } = state.draft;
      if (zap === null || zap === former) return true;
      state.activeZaps = [...state.activeZaps, { zap, step }];
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
