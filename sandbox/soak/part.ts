import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskDirector } from '../desk-director/server.ts';
import { type Reception, startZapRunner } from '../zap-runner/zap-runner.ts';
import type { Ledger } from './ledger.ts';
import type { OtherZaps } from './other-zaps.ts';
import { changedSession, createRandom, deliverySize, pick } from './sessions.ts';

/** The share of the deliveries, and of the requests to the API, that meet a fault. */
export const FAULT_RATE = 0.1;

/** How many deliveries may wait in DeskDirector, and how many in the Zap runner. */
const MOST_WAITING = 32;
const STALL_MS = 120_000;

/** What the parts of a soak share. */
export interface Site {
  readonly deskDirector: DeskDirector;
  readonly ledger: Ledger;
  readonly otherZaps: OtherZaps;
  /** How often each fault of the receiver occurred. */
  readonly receptions: Map<string, number>;
  readonly random: () => number;
  /** Called after each run with the memory of the app's process in bytes. */
  readonly onProgress: (memory: number) => void;
  /** After how many deliveries another Zap is turned on and off. */
  readonly pace: number;
}

/** The result of one part of a soak, which has a Zap runner of its own. */
export interface Part {
  /** How often the app's process was started. */
  readonly starts: number;
  /** The memory in bytes after each run, by process of the app. */
  readonly processes: readonly (readonly number[])[];
}

/** Sends deliveries to one Zap. Rejects when no delivery is run for two minutes. */
export async function part(
  site: Site,
  deliveries: number,
  seed: number,
  appPath?: string,
): Promise<Part> {
  const { deskDirector, ledger, otherZaps, random } = site;
  const processes: number[][] = [];
  const receiver = ledger.receiver();
  const receive = receiverFaults(site.receptions, createRandom(seed));
  let lastRun = performance.now();
  const zapier = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    appPath,
    receive(delivery) {
      const reception = receive();
      if (reception.isAccepted) receiver.accept(delivery);
      return reception;
    },
    onRun(run) {
      lastRun = performance.now();
      processes[zapier.starts - 1] ??= [];
      processes[zapier.starts - 1]?.push(run.memory);
      receiver.run(run);
      site.onProgress(run.memory);
    },
  });

  const isFull = () => {
    const { sent, delivered } = deskDirector.counts;
    return (
      sent - delivered >= MOST_WAITING ||
      ledger.counts.accepted - ledger.counts.runs >= MOST_WAITING
    );
  };
  try {
    const zap = await zapier.turnOn('chat_session_status_changed');
    let otherZap = Promise.resolve();
    for (let n = 0; n < deliveries; n += 1) {
      while (isFull()) {
        if (performance.now() - lastRun > STALL_MS) throw new Error('No delivery is run any more.');
        await sleep(1);
      }
      const first = ledger.counts.sent;
      const sessions = Array.from({ length: deliverySize(random) }, (_, index) =>
        changedSession(random, first + index),
      );
      ledger.send(sessions.length);
      deskDirector.announce('statusChanged', sessions);
      if (n % site.pace === 0) otherZap = otherZap.then(() => otherZaps.turnOnAndOff(zapier));
    }
    await otherZap;
    await deskDirector.settled();
    await zapier.idle();
    await zapier.turnOff(zap);
    return { starts: zapier.starts, processes };
  } finally {
    await zapier.stop();
  }
}

/** Lets one delivery in ten meet a fault: refused, or cut off before or after it was accepted. */
function receiverFaults(receptions: Map<string, number>, random: () => number): () => Reception {
  const faults = [
    ['500', { isAccepted: false, answer: 500 }],
    ['503', { isAccepted: false, answer: 503 }],
    ['cut before accepted', { isAccepted: false, answer: 'cut' }],
    ['cut after accepted', { isAccepted: true, answer: 'cut' }],
  ] as const;
  return () => {
    if (random() >= FAULT_RATE) return { isAccepted: true, answer: 200 };
    const [name, reception] = pick(random, faults);
    receptions.set(name, (receptions.get(name) ?? 0) + 1);
    return reception;
  };
}
