import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskDirector } from '../sandbox/desk-director/server.ts';
import { type Reception, startZapRunner } from '../sandbox/zap-runner/zap-runner.ts';
import type { Bystanders } from './bystanders.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryLog, type MemoryLog } from './memory.ts';
import type { Progress } from './progress.ts';
import { createRandom, pick } from './random.ts';
import { changedSession, deliverySize } from './sessions.ts';

/** Of the deliveries that meet a fault, and of the requests of the API. */
export const FAULT_RATE = 0.1;

/** As many deliveries may wait in DeskDirector, and as many with Zapier. */
const MOST_WAITING = 32;
const STALL_MS = 120_000;

/** One part of the soak: a Zap runner with one app. */
export interface Part {
  readonly starts: number;
  readonly runs: number;
  readonly memory: MemoryLog;
}

export interface Site {
  readonly deskDirector: DeskDirector;
  readonly ledger: Ledger;
  readonly bystanders: Bystanders;
  readonly receptions: Map<string, number>;
  readonly random: () => number;
  readonly progress: Progress;
  /** After how many deliveries a bystander comes. */
  readonly pace: number;
}

/** Sends so many deliveries to a Zap of a runner of its own. */
export async function part(
  site: Site,
  deliveries: number,
  seed: number,
  appPath?: string,
): Promise<Part> {
  const { deskDirector, ledger, bystanders, random, progress } = site;
  const memory = createMemoryLog();
  const receiver = ledger.receiver();
  const receive = receiverFaults(site.receptions, createRandom(seed));
  let runs = 0;
  let lastRun = performance.now();
  const zapier = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    ...(appPath === undefined ? {} : { appPath }),
    receive(delivery) {
      const reception = receive();
      if (reception.isAccepted) receiver.accept(delivery);
      return reception;
    },
    onRun(run) {
      runs += 1;
      lastRun = performance.now();
      memory.add(zapier.starts, run.memory);
      receiver.run(run);
      progress.at(deskDirector.counts.delivered, run.memory);
    },
  });

  const isFull = () => {
    const { sent, delivered } = deskDirector.counts;
    return sent - delivered >= MOST_WAITING || ledger.accepted - ledger.runs >= MOST_WAITING;
  };
  try {
    const zap = await zapier.turnOn('chat_session_status_changed');
    let bystander = Promise.resolve();
    for (let n = 0; n < deliveries; n += 1) {
      while (isFull()) {
        if (performance.now() - lastRun > STALL_MS) throw new Error('No delivery is run any more.');
        await sleep(1);
      }
      const first = ledger.nextEvent;
      const sessions = Array.from({ length: deliverySize(random) }, (_, index) =>
        changedSession(random, first + index),
      );
      ledger.send(sessions.length);
      deskDirector.announce('statusChanged', sessions);
      if (n % site.pace === 0) bystander = bystander.then(() => bystanders.comeAndGo(zapier));
    }
    await bystander;
    await deskDirector.settled();
    await zapier.idle();
    await zapier.turnOff(zap);
    return { starts: zapier.starts, runs, memory };
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
