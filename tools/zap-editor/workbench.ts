import { randomUUID } from 'node:crypto';
import { createQueue } from '../common/queue.ts';
import {
  type DeskDirector,
  type DeskDirectorOptions,
  startDeskDirector,
} from '../desk-director/server.ts';
import type { Step } from '../zap-runner/app-definition.ts';
import { standIns } from '../zap-runner/stand-ins.ts';
import type { Run } from '../zap-runner/zap-run.ts';
import { startZapRunner } from '../zap-runner/zap-runner.ts';
import { newAccount, PRACTICE_SITE } from './account.ts';
import { type FaultSwitch, forAllAnswers } from './fault-switches.ts';
import { entriesIn, type Outcome, outcomeOfAll, subjectsIn, titleOf } from './outcome.ts';
import type { ActiveZap, Setup } from './setup.ts';
import { newZap } from './zap-draft.ts';

/** A delivery that ran. */
export interface HistoryEntry {
  /** The first is 1. */
  readonly number: number;
  readonly at: Date;
  readonly run: Run;
  /** The trigger that ran. */
  readonly step: Step;
  /** What was delivered, in a few words. */
  readonly title: string;
  readonly outcome: Outcome;
  /** The ids of what it is about, as the page has them. */
  readonly subjects: readonly string[];
  /** About how long the entry is as text. */
  readonly characters: number;
}

/** The parts of a page that change. */
export type PagePart = 'zap' | 'deskDirector' | 'history' | 'faults';

const HISTORY_LENGTH = 200;
const HISTORY_CHARACTERS = 50_000_000;

/** A DeskDirector, a Zap runner and a setup. */
export interface Workbench extends Setup {
  readonly deskDirector: DeskDirector;
  /** The latest first. */
  readonly history: readonly HistoryEntry[];
  /** The number of the run that was chosen; null while the page follows the latest run. */
  chosenRun: number | null;
  /** The fault that every request to the API meets. */
  readonly fault: FaultSwitch | null;
  /** Runs one action at a time, in order. Nothing else waits for them. */
  inTurn(action: (setup: Setup) => void | Promise<void>): Promise<void>;
  /** Posts a body to the hook of each Zap. Resolves with the statuses of the answers. */
  deliver(zaps: readonly ActiveZap[], body: string): Promise<number[]>;
  switchFault(fault: FaultSwitch | null): void;
  stop(): Promise<void>;
}

/**
 * @param changed called for the parts of a page that change by themselves
 * @param appPath the app to run instead of the built one
 * @param options those of the DeskDirector
 */
export async function openWorkbench(
  changed: (...parts: PagePart[]) => void,
  appPath?: string,
  options?: DeskDirectorOptions,
): Promise<Workbench> {
  const deskDirector = await startDeskDirector({ ...options, apiKey: randomUUID() });
  const history: HistoryEntry[] = [];
  let runs = 0;
  const zapier = await startZapRunner({
    authData: {},
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    appPath,
    onDelivery: () => changed('history'),
    onRun(run) {
      // The trigger of a Zap that is on has the output fields that the app made for it.
      const step =
        workbench.activeZaps.find(({ zap }) => zap === run.zap)?.step ??
        definition.steps.find(({ key }) => key === run.zap.trigger);
      if (step === undefined) return;
      runs += 1;
      const bodies = entriesIn(run);
      history.unshift({
        number: runs,
        at: new Date(),
        run,
        step,
        title: titleOf(step, run, bodies),
        outcome: outcomeOfAll(run, bodies),
        subjects: subjectsIn(run, bodies),
        characters: run.body.length + JSON.stringify(run.stepRuns).length,
      });
      forgetTheOldest(history);
      // The steps of the Zap may have changed something at the site.
      changed('history', 'deskDirector');
    },
  });
  const stop = async () => {
    await zapier.stop();
    await deskDirector.stop();
  };
  const app = await zapier.definition().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const definition = { ...app, steps: [...app.steps, ...standIns] };
  const queue = createQueue();
  const workbench: Workbench & { fault: FaultSwitch | null } = {
    deskDirector,
    zapier,
    definition,
    passwords: { apiKey: deskDirector.apiKey },
    draft: newZap(),
    account: newAccount({ site: PRACTICE_SITE }),
    activeZaps: [],
    turnOffError: null,
    isCustomer: false,
    history,
    chosenRun: null,
    fault: null,

    inTurn: (action) =>
      queue(async () => {
        // Only a finished change counts: pages are rendered meanwhile.
        const changed: Setup = { ...workbench };
        await action(changed);
        const { draft, account, activeZaps, turnOffError, isCustomer } = changed;
        Object.assign(workbench, { draft, account, activeZaps, turnOffError, isCustomer });
      }),

    deliver: (zaps, body) =>
      Promise.all(
        zaps.map(async ({ zap }) => {
          const headers = { 'content-type': 'application/json' };
          const hook = `${zapier.url}/hooks/${zap.id}`;
          return (await fetch(hook, { method: 'POST', headers, body })).status;
        }),
      ),

    switchFault(fault) {
      workbench.fault = fault;
      deskDirector.faults.clear();
      if (fault !== null) deskDirector.fail(forAllAnswers(fault.fault));
    },

    stop,
  };
  return workbench;
}

/** Limits the history in number and in size, since a delivery may be large. */
function forgetTheOldest(history: HistoryEntry[]): void {
  let total = 0;
  const kept = history.findIndex(({ characters }, index) => {
    total += characters;
    return index >= HISTORY_LENGTH || (index > 0 && total > HISTORY_CHARACTERS);
  });
  if (kept !== -1) history.splice(kept);
}
