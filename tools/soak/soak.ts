import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { plural } from '../common/plural.ts';
import { startDeskDirector } from '../desk-director/server.ts';
import type { Run } from '../zap-runner/zap-run.ts';
import { startZapRunner } from '../zap-runner/zap-runner.ts';
import { changedSession, changeNumber, nth, ticketEvent, ticketEventNumber } from './events.ts';

const ENDED_APP = fileURLToPath(new URL('./ended-app.js', import.meta.url));
/** The platform may end a process after so many runs. */
const PLATFORM_RUNS = 250;
/** How many deliveries may be under way. */
const MOST_WAITING = 32;

/** How many events the deliveries have, in turn. */
const SIZES = [1, 1, 1, 5, 1, 30, 1, 200] as const;

/** What is sent, in turn: each kind to a Zap of its own. */
const KINDS = [
  {
    trigger: 'chat_session_status_changed',
    event: 'statusChanged',
    make: changedSession,
    numberOf: changeNumber,
  },
  {
    trigger: 'new_ticket',
    event: 'newTicket',
    make: ticketEvent,
    numberOf: ticketEventNumber,
  },
] as const;

interface SoakOptions {
  readonly deliveries: number;
  readonly print: (line: string) => void;
  /** The module to run instead of the built app whose process the platform ends. */
  readonly appPath?: string;
}

/**
 * Sends deliveries from a DeskDirector to a Zap for chats and to a Zap for tickets, while the platform ends
 * the app's process every 250 runs. Prints the progress and a report. Resolves with whether each event was
 * run once and in order; otherwise the first event that was not has been printed.
 */
export async function soak({ deliveries, print, appPath = ENDED_APP }: SoakOptions) {
  const deskDirector = await startDeskDirector();
  /** Of each kind, the numbers of the next event to send, and of the next event to run. */
  const kinds = KINDS.map((kind) => ({ ...kind, sent: 0, run: 0 }));
  let wrong: string | undefined;
  let runs = 0;

  function follow({ zap, records, error }: Run): void {
    const kind = kinds.find(({ trigger }) => trigger === zap.trigger);
    if (kind === undefined) return;
    if (error !== null) wrong ??= `The run of event ${kind.run} failed: ${error}`;
    for (const number of records.map(kind.numberOf)) {
      if (number !== kind.run) wrong ??= `Event ${kind.run} was due, but event ${number} was run.`;
      kind.run = number + 1;
    }
    runs += 1;
    if (runs % Math.ceil(deliveries / 10) === 0) print(`${runs} of ${deliveries} deliveries`);
  }

  const zapier = await startZapRunner({
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    appPath,
    onRun: follow,
  });
  try {
    const zaps = await Promise.all(KINDS.map(({ trigger }) => zapier.turnOn(trigger)));
    for (let n = 0; n < deliveries && wrong === undefined; n += 1) {
      const kind = kinds[n % kinds.length];
      if (kind === undefined) break;
      const length = nth(SIZES, Math.floor(n / kinds.length));
      const entries = Array.from({ length }, () => kind.make(kind.sent++));
      deskDirector.announce(kind.event, entries);
      while (underWay() >= MOST_WAITING) await sleep(1);
    }
    await deskDirector.settled();
    await zapier.idle();
    for (const zap of zaps) await zapier.turnOff(zap);
  } finally {
    await zapier.stop();
    await deskDirector.stop();
  }

  function underWay(): number {
    const { sent, delivered } = deskDirector.counts;
    return sent - delivered + zapier.waiting;
  }

  const restarts = zapier.starts - 1;
  for (const { run, sent } of kinds) {
    if (run < sent) wrong ??= `Event ${run} was sent, but never run.`;
  }
  if (restarts < Math.floor(deliveries / (PLATFORM_RUNS + 1))) {
    wrong ??= `The platform ended too few processes: ${restarts}.`;
  }
  const events = kinds.reduce((sum, { run }) => sum + run, 0);
  print(`${events} events in ${runs} deliveries, ${plural(restarts, 'restart')} by the platform`);
  print(wrong === undefined ? 'Each event was run once, in order.' : `WRONG: ${wrong}`);
  return wrong === undefined;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '10000' } } });
  const deliveries = Number(values.deliveries);
  if (!Number.isSafeInteger(deliveries) || deliveries < 1) {
    throw new Error('--deliveries has to be a whole number from 1 on.');
  }
  if (!(await soak({ deliveries, print: console.log }))) process.exitCode = 1;
}
