import { randomUUID } from 'node:crypto';
import { parseJson } from '../../src/chat-session/values.ts';
import { type DeskDirector, startDeskDirector } from '../desk-director/server.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import { type Run, startZapRunner, type Zap } from '../zap-runner/zap-runner.ts';
import { type Account, connectAccount, fillInAccount, newAccount } from './account.ts';
import {
  type Draft,
  fillIn,
  finish,
  isReachable,
  loadFields,
  newDraft,
  type Panel,
  publish,
  testStep,
} from './draft.ts';
import { type FaultSwitch, forAllAnswers } from './faults.ts';
import { errorIn, outcomeOf } from './outcome.ts';

/** A Zap that is on. */
export interface ActiveZap {
  readonly zap: Zap;
  readonly step: Step;
}

/** A delivery that was run. */
export interface HistoryEntry {
  /** The first is 1. */
  readonly number: number;
  readonly at: Date;
  readonly run: Run;
  /** The trigger that was run. */
  readonly step: Step;
  /** How many entries the delivery had. */
  readonly sessions: number;
}

/** Which parts of a page a change is about. */
export type Part = 'zap' | 'chats' | 'history' | 'targets' | 'faults';

const HISTORY_LENGTH = 200;
const HISTORY_CHARACTERS = 50_000_000;

/**
 * A sandbox, the app, and what somebody did with them so far. What fails in them is kept in words,
 * to be shown; nothing here rejects for it.
 */
export interface Workbench {
  /** No two are the same. */
  readonly id: string;
  readonly deskDirector: DeskDirector;
  readonly definition: AppDefinition;
  readonly draft: Readonly<Draft>;
  readonly account: Readonly<Account>;
  readonly activeZaps: readonly ActiveZap[];
  /** Why a Zap that was to be turned off is still known to the site. */
  readonly turnOffError: string | null;
  /** The latest first. */
  readonly history: readonly HistoryEntry[];
  /** How many deliveries are still to be run. */
  readonly waiting: number;
  /** What goes wrong with each answer of the site's API. */
  readonly fault: FaultSwitch | null;
  /** Opens a part that is reachable, and keeps what is filled in where one comes from. */
  open(panel: Panel, form: FormData): Promise<void>;
  choose(step: Step): Promise<void>;
  connect(form: FormData): Promise<void>;
  /** Reads the fields anew, and keeps what is filled in. */
  refreshFields(form: FormData): Promise<void>;
  configure(form: FormData): void;
  test(): Promise<void>;
  turnOn(): Promise<void>;
  turnOff(id: string): Promise<void>;
  replay(run: Run): Promise<void>;
  /** Posts a text, whatever it is, to the hook of each Zap; resolves with their statuses. */
  deliver(zaps: readonly ActiveZap[], body: string): Promise<number[]>;
  breakApi(fault: FaultSwitch | null): void;
  stop(): Promise<void>;
}

/**
 * @param changed is told of what happens by itself
 * @param appPath the app to run in place of the built one
 */
export async function openWorkbench(
  changed: (...parts: Part[]) => void,
  appPath?: string,
): Promise<Workbench> {
  const deskDirector = await startDeskDirector({ apiKey: randomUUID() });
  const passwords = { apiKey: deskDirector.apiKey };
  const account = newAccount({ siteHost: 'support.deskdirector.com' });
  const history: HistoryEntry[] = [];
  let runs = 0;
  const zapier = await startZapRunner({
    authData: {},
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    ...(appPath === undefined ? {} : { appPath }),
    onDelivery: () => changed('history'),
    onRun(run) {
      const step = definition.steps.find(({ key }) => key === run.zap.trigger);
      if (step === undefined) return;
      runs += 1;
      history.unshift({ number: runs, at: new Date(), run, step, sessions: sessionsIn(run) });
      forgetTheOldest(history);
      changed('history');
    },
  });
  const stop = async () => {
    await zapier.stop();
    await deskDirector.stop();
  };
  const definition = await zapier.definition().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let draft = newDraft(null);
  let activeZaps: ActiveZap[] = [];
  let turnOffError: string | null = null;
  let fault: FaultSwitch | null = null;

  async function openConfigure(current: Draft): Promise<void> {
    current.panel = 'configure';
    await loadFields(current, zapier);
  }

  async function turnOff(zap: Zap): Promise<void> {
    turnOffError = errorIn(await outcomeOf(zapier.turnOff(zap)));
    activeZaps = activeZaps.filter((active) => active.zap !== zap);
    if (draft.zap === zap) draft.zap = null;
  }

  return {
    id: randomUUID(),
    deskDirector,
    definition,
    account,
    history,
    get draft() {
      return draft;
    },
    get activeZaps() {
      return activeZaps;
    },
    get turnOffError() {
      return turnOffError;
    },
    get waiting() {
      return zapier.waiting;
    },
    get fault() {
      return fault;
    },

    async open(panel, form) {
      if (draft.panel === 'configure') fillIn(draft, form);
      if (draft.panel === 'account') fillInAccount(account, definition, form);
      if (!isReachable(panel, draft, account.label !== null)) return;
      if (panel === 'configure') await openConfigure(draft);
      else draft.panel = panel;
    },

    async choose(step) {
      if (draft.step !== step) draft = newDraft(step);
      if (account.label === null) draft.panel = 'account';
      else await openConfigure(draft);
    },

    async connect(form) {
      const current = draft;
      fillInAccount(account, definition, form);
      await connectAccount(account, definition, form, passwords, zapier);
      if (account.label !== null && current.step !== null) await openConfigure(current);
    },

    async refreshFields(form) {
      const current = draft;
      fillIn(current, form);
      await loadFields(current, zapier);
    },

    configure(form) {
      if (draft.panel !== 'configure') return;
      fillIn(draft, form);
      finish(draft);
    },

    test: () => testStep(draft, zapier),

    async turnOn() {
      const { zap: former, step } = draft;
      const zap = await publish(draft, zapier);
      if (zap === null || step === null) return;
      activeZaps.push({ zap, step });
      // Only now, so that no chat falls between the two.
      if (former !== null) await turnOff(former);
    },

    async turnOff(id) {
      const active = activeZaps.find(({ zap }) => zap.id === id);
      if (active !== undefined) await turnOff(active.zap);
    },

    replay: (run) => zapier.replay(run),

    deliver: (zaps, body) =>
      Promise.all(
        zaps.map(async ({ zap }) => {
          const headers = { 'content-type': 'application/json' };
          const hook = `${zapier.url}/hooks/${zap.id}`;
          return (await fetch(hook, { method: 'POST', headers, body })).status;
        }),
      ),

    breakApi(chosen) {
      fault = chosen;
      deskDirector.faults.clear();
      if (chosen !== null) deskDirector.fail(forAllAnswers(chosen.fault));
    },

    stop,
  };
}

function sessionsIn({ body }: Run): number {
  const delivered = parseJson(body);
  return Array.isArray(delivered) ? delivered.length : 1;
}

/** A delivery may be large: neither their number nor their size grows without end. */
function forgetTheOldest(history: HistoryEntry[]): void {
  let characters = 0;
  const kept = history.findIndex(({ run }, index) => {
    characters += run.body.length;
    return index >= HISTORY_LENGTH || (index > 0 && characters > HISTORY_CHARACTERS);
  });
  if (kept !== -1) history.splice(kept);
}
