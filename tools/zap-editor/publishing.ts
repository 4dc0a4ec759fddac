import type { Zap } from '../zap-runner/zap-run.ts';
import { errorIn, resultOf } from './result.ts';
import { isConnected, type Setup } from './setup.ts';
import { isChanged, isComplete, publishable } from './zap-draft.ts';

/* The actions on the Zap as a whole. An action that the state does not allow does nothing. */

/** Turns the Zap on, or puts its changes in the place of the Zap that is on. */
export async function turnOn(setup: Setup): Promise<void> {
  const { draft, zapier } = setup;
  const { zap: former } = draft;
  const isOnAlready = former !== null && !isChanged(draft);
  const settings = isConnected(setup) && isComplete(draft) ? publishable(draft) : null;
  if (isOnAlready || settings === null) return;
  const { trigger: step, inputData, steps } = settings;
  const since = new Date();
  const turnedOn = await resultOf(zapier.turnOn(step.key, inputData, steps));
  setup.draft = { ...draft, publishError: errorIn(turnedOn) };
  if ('error' in turnedOn) return;
  const zap = turnedOn.found;
  setup.draft = { ...setup.draft, zap };
  setup.activeZaps = [...setup.activeZaps, { zap, step, since }];
  setup.isCustomer = false;
  // After the new Zap is on, so that no chat is missed.
  if (former !== null) await turnOffZap(setup, former);
}

export async function turnOff(setup: Setup, id: string): Promise<void> {
  const active = setup.activeZaps.find(({ zap }) => zap.id === id);
  if (active !== undefined) await turnOffZap(setup, active.zap);
}

async function turnOffZap(setup: Setup, zap: Zap): Promise<void> {
  setup.turnOffError = errorIn(await resultOf(setup.zapier.turnOff(zap)));
  setup.activeZaps = setup.activeZaps.filter((active) => active.zap !== zap);
  if (setup.draft.zap === zap) setup.draft = { ...setup.draft, zap: null };
}
