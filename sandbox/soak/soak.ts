import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDeskDirector } from '../desk-director/server.ts';
import { createLedger } from './ledger.ts';
import { createOtherZaps } from './other-zaps.ts';
import { FAULT_RATE, part, type Site } from './part.ts';
import { complaintsOf, reportLines, restartsOf } from './report.ts';
import { createRandom } from './sessions.ts';

const BALLAST_APP = fileURLToPath(new URL('./ballast-app.js', import.meta.url));

interface SoakOptions {
  readonly deliveries: number;
  /** The same seed makes the same deliveries. Which of them meet a fault also depends on the time. */
  readonly seed: number;
  readonly print: (line: string) => void;
}

/**
 * Sends deliveries from a DeskDirector to a Zap while both sides fail now and then, and follows each
 * event. In the last part of the soak the platform ends the app's process every 250 runs. Prints the
 * progress and a report. Resolves with what is wrong, and with counts.
 */
export async function soak({ deliveries, seed, print }: SoakOptions) {
  const deskDirector = await startDeskDirector({
    retry: { attempts: 5, firstDelayMs: 1, pauseMs: 20 },
  });
  let tenths = 0;
  const site: Site = {
    deskDirector,
    ledger: createLedger(),
    otherZaps: createOtherZaps(deskDirector, createRandom(seed + 1), FAULT_RATE),
    receptions: new Map(),
    random: createRandom(seed),
    pace: Math.min(100, Math.ceil(deliveries / 20)),
    onProgress(memory) {
      const { delivered } = deskDirector.counts;
      if (delivered < ((tenths + 1) * deliveries) / 10) return;
      tenths = Math.floor((10 * delivered) / deliveries);
      print(`${delivered} of ${deliveries} deliveries, ${Math.round(memory / 1e6)} MB`);
    },
  };
  try {
    const withBallast = Math.min(deliveries, Math.max(300, Math.floor(deliveries / 4)));
    const plain = await part(site, deliveries - withBallast, seed + 2);
    const ballast = await part(site, withBallast, seed + 3, BALLAST_APP);

    const complaints = complaintsOf(site, deliveries, plain, ballast);
    for (const line of reportLines(site, plain, ballast)) print(line);
    for (const complaint of complaints) print(`WRONG: ${complaint}`);
    print(complaints.length === 0 ? 'All as promised.' : 'Not all as promised.');
    return {
      /** Empty when all went as it should. */
      complaints,
      sent: deskDirector.counts.sent,
      accepted: site.ledger.counts.accepted,
      runs: site.ledger.counts.runs,
      restarts: restartsOf(plain) + restartsOf(ballast),
    };
  } finally {
    await deskDirector.stop();
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error('--deliveries and --seed have to be whole numbers from 1 on.');
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({
      options: {
        deliveries: { type: 'string', default: '20000' },
        seed: { type: 'string', default: '1' },
      },
    });
    const { complaints } = await soak({
      deliveries: wholeNumber(values.deliveries),
      seed: wholeNumber(values.seed),
      print: console.log,
    });
    process.exitCode = complaints.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`The soak failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
