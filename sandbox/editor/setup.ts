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

/**
 * What can be done to the draft, the account and the Zaps. What fails is kept in words, to be shown.
 * Each resolves with whether it was done: what came too late, so that it no longer fits, is not.
 */
export interface SetupActions {
  /** Opens a part that is reachable, and keeps what is filled in where one comes from. */
  open(panel: Panel, form: FormData): Promise<boolean>;
  choose(step: Step): Promise<boolean>;
  connect(form: FormData): Promise<boolean>;
  /** Makes the fields anew, and keeps what is filled in. */
  refreshFields(form: FormData): Promise<boolean>;
  configure(form: FormData): Promise<boolean>;
  test(): Promise<boolean>;
  /** A Zap that is on already, with the same settings, is not turned on again. */
  turnOn(): Promise<boolean>;
  turnOff(id: string): Promise<boolean>;
}

/** What somebody sets up in the editor: an account, a draft, and the Zaps that are on. */
export interface Setup {
  readonly draft: Draft;
  readonly account: Account;
  readonly activeZaps: readonly ActiveZap[];
  /** Why a Zap that was to be turned off is still known to the site. */
  readonly turnOffError: string | null;
  /**
   * Lets somebody do something, once all that was asked for before is done. Whoever looks meanwhile
   * sees nothing that is half done.
   */
  inTurn<T>(action: (actions: SetupActions) => Promise<T>): Promise<T>;
}

/**
 * @param initial the account to begin with
 * @param passwords stand for those that somebody leaves empty
 */
export function createSetup(
  definition: AppDefinition,
  initial: Account,
  passwords: AuthData,
  zapier: ZapRunner,
): Setup {
  const queue = createQueue();
  let account = initial;
  let draft = newDraft(null);
  let activeZaps: readonly ActiveZap[] = [];
  let turnOffError: string | null = null;

  const isOpenable = (panel: Panel, wanted: Draft) =>
    isReachable(panel, wanted, account.label !== null);

  const openConfigure = (current: Draft) => loadFields({ ...current, panel: 'configure' }, zapier);

  async function turnOff(zap: Zap): Promise<void> {
    turnOffError = errorIn(await resultOf(zapier.turnOff(zap)));
    activeZaps = activeZaps.filter((active) => active.zap !== zap);
    if (draft.zap === zap) draft = withoutZap(draft);
  }

  const actions: SetupActions = {
    async open(panel, form) {
      const wasOpenable = isOpenable(panel, draft);
      if (draft.panel === 'configure') draft = await fillIn(draft, form, zapier);
      if (draft.panel === 'account') account = fillInAccount(account, definition, form);
      if (panel === 'configure' && wasOpenable) draft = await openConfigure(draft);
      // What is filled in may lack something by now.
      else if (isOpenable(panel, draft)) draft = { ...draft, panel };
      return wasOpenable;
    },

    async choose(step) {
      const chosen = draft.step === step ? draft : newDraft(step);
      draft =
        account.label === null ? { ...chosen, panel: 'account' } : await openConfigure(chosen);
      return true;
    },

    async connect(form) {
      if (draft.panel !== 'account') return false;
      account = await connectAccount(account, definition, form, passwords, zapier);
      // What was tested is what another account may have found.
      if (account.label !== null) draft = await openConfigure({ ...draft, tested: null });
      return true;
    },

    async refreshFields(form) {
      if (draft.panel !== 'configure') return false;
      draft = await refresh(draft, form, zapier);
      return true;
    },

    async configure(form) {
      if (draft.panel !== 'configure') return false;
      draft = await configure(draft, form, zapier);
      return true;
    },

    async test() {
      if (!isOpenable('test', draft)) return false;
      draft = await testStep(draft, zapier);
      return true;
    },

    async turnOn() {
      const { zap: former, step } = draft;
      const isOnAlready = former !== null && !isChanged(draft);
      if (step?.kind !== 'triggers' || isOnAlready || !isOpenable('publish', draft)) return false;
      draft = await publish(draft, zapier);
      const { zap } = draft;
      if (zap === null || zap === former) return true;
      activeZaps = [...activeZaps, { zap, step }];
      // Only now, so that no chat falls between the two.
      if (former !== null) await turnOff(former);
      return true;
    },

    async turnOff(id) {
      const active = activeZaps.find(({ zap }) => zap.id === id);
      if (active !== undefined) await turnOff(active.zap);
      return active !== undefined;
    },
  };

  return {
    get draft() {
      return draft;
    },
    get account() {
      return account;
    },
    get activeZaps() {
      return activeZaps;
    },
    get turnOffError() {
      return turnOffError;
    },
    inTurn: (action) => queue(() => action(actions)),
  };
}
