import { randomUUID } from 'node:crypto';
import { parseJson } from '../../src/values.ts';
import { type DeskDirector, startDeskDirector } from '../desk-director/server.ts';
import type { AppDefinition, Step } from '../zap-runner/app-definition.ts';
import { type Run, startZapRunner } from '../zap-runner/zap-runner.ts';
import { newAccount } from './account.ts';
import { type FaultSwitch, forAllAnswers } from './fault-switches.ts';
import { type ActiveZap, createSetup, type Setup } from './setup.ts';

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
export type PagePart = 'zap' | 'chats' | 'history' | 'targets' | 'faults';

const HISTORY_LENGTH = 200;
const HISTORY_CHARACTERS = 50_000_000;

/**
 * A sandbox, the app, and what somebody did with them so far. What is not done by `inTurn` waits for
 * nothing that runs.
 */
export interface Workbench extends Setup {
  /** No two are the same. */
  readonly id: string;
  readonly deskDirector: DeskDirector;
  readonly definition: AppDefinition;
  /** The latest first. */
  readonly history: readonly HistoryEntry[];
  /** How many deliveries are still to be run. */
  readonly waiting: number;
  /** What goes wrong with each answer of the site's API. */
  readonly fault: FaultSwitch | null;
  replay(run: Run): Promise<void>;
  /** Posts a text, whatever it is, to the hook of each Zap; resolves with their statuses. */
  deliver(zaps: readonly ActiveZap[], body: string): Promise<number[]>;
  switchFault(fault: FaultSwitch | null): void;
  stop(): Promise<void>;
}

/**
 * @param changed is told of what happens by itself
 * @param appPath the app to run in place of the built one
 */
export async function openWorkbench(
  changed: (...parts: PagePart[]) => void,
  appPath?: string,
): Promise<Workbench> {
  const deskDirector = await startDeskDirector({ apiKey: randomUUID() });
  const passwords = { apiKey: deskDirector.apiKey };
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
  const account = newAccount({ site: 'support.deskdirector.com' });
  const setup = createSetup(definition, account, passwords, zapier);
  let fault: FaultSwitch | null = null;

  return {
    id: randomUUID(),
    deskDirector,
    definition,
    history,
    get draft() {
      return setup.draft;
    },
    get account() {
      return setup.account;
    },
    get activeZaps() {
      return setup.activeZaps;
    },
    get turnOffError() {
      return setup.turnOffError;
    },
    inTurn: setup.inTurn,
    get waiting() {
      return zapier.waiting;
    },
    get fault() {
      return fault;
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

    switchFault(chosen) {
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
