import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDeskDirector } from '../sandbox/desk-director/server.ts';
import { createBystanders } from './bystanders.ts';
import { createLedger } from './ledger.ts';
import { FAULT_RATE, part, type Site } from './part.ts';
import { createProgress } from './progress.ts';
import { createRandom } from './random.ts';
import { complaintsOf, figuresOf, restartsOf } from './report.ts';

const BALLAST_APP = fileURLToPath(new URL('./ballast-app.js', import.meta.url));

export interface SoakOptions {
  readonly deliveries: number;
  /** The same seed makes the same deliveries; which of them meet a fault depends on the time, too. */
  readonly seed: number;
  readonly print: (line: string) => void;
  /** Shows a line in the place of the one before. Without it, every tenth of the way is printed. */
  readonly rewrite?: (line: string) => void;
}

export interface SoakResult {
  /** Empty when all went as it should. */
  readonly complaints: readonly string[];
  /** Deliveries that DeskDirector sent. */
  readonly sent: number;
  readonly accepted: number;
  readonly runs: number;
  /** How often a process was started to replace one that the platform had ended. */
  readonly restarts: number;
}

/**
 * Sends deliveries from a DeskDirector to a Zap, while both sides fail now and then, and follows
 * each event. In the last part of it the platform ends the app's process every 250 runs.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { deliveries, seed, print } = options;
  const started = performance.now();
  const deskDirector = await startDeskDirector({
    retry: { attempts: 5, firstDelayMs: 1, pauseMs: 20 },
  });
  const site: Site = {
    deskDirector,
    ledger: createLedger(),
    bystanders: createBystanders(deskDirector, createRandom(seed + 1), FAULT_RATE),
    receptions: new Map(),
    random: createRandom(seed),
    progress: createProgress(options),
    pace: Math.min(100, Math.ceil(deliveries / 20)),
  };
  try {
    const withBallast = Math.min(deliveries, Math.max(300, Math.floor(deliveries / 4)));
    const plain = await part(site, deliveries - withBallast, seed + 2);
    const ballast = await part(site, withBallast, seed + 3, BALLAST_APP);
    const seconds = (performance.now() - started) / 1000;

    const complaints = complaintsOf(site, deliveries, plain, ballast);
    for (const [label, figure] of figuresOf(site, plain, ballast, seconds)) {
      print(`${label.padEnd(36)} ${figure}`);
    }
    for (const complaint of complaints) print(`WRONG: ${complaint}`);
    print(complaints.length === 0 ? 'All as promised.' : 'Not all as promised.');
    return {
      complaints,
      sent: deskDirector.counts.sent,
      accepted: site.ledger.accepted,
      runs: site.ledger.runs,
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

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      deliveries: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const terminal = { rewrite: (line: string) => void process.stdout.write(`\r\u001b[K${line}`) };
  const { complaints } = await soak({
    deliveries: wholeNumber(values.deliveries),
    seed: wholeNumber(values.seed),
    print: console.log,
    ...(process.stdout.isTTY ? terminal : {}),
  });
  process.exitCode = complaints.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(`The soak failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
