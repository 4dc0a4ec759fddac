import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Comparison, compare, comparisonFigure, type Figure, inRounds } from './figures.ts';

const BARE_APP = fileURLToPath(new URL('./bare-app.js', import.meta.url));
const DELIVERY = fileURLToPath(
  new URL('../desk-director/documented-example.json', import.meta.url),
);

/** From the start of a process to the first record: this app against the bare app. */
export async function measureColdStart(appPath: string, rounds: number): Promise<Figure[]> {
  const start = (path: string) => () =>
    inOwnProcess<{ wall: number; processor: number; bytes: number }>('./cold-start.js', [
      path,
      DELIVERY,
    ]);
  // Starts differ more from each other than deliveries do.
  const starts = await inRounds(2 * rounds, start(appPath), start(BARE_APP));
  return [
    comparisonFigure(
      'cold start, time',
      compare(starts, ({ wall }) => wall),
      milliseconds,
    ),
    comparisonFigure(
      'cold start, processor time',
      compare(starts, ({ processor }) => processor),
      milliseconds,
      1.1,
    ),
    comparisonFigure(
      'cold start, memory',
      compare(starts, ({ bytes }) => bytes),
      megabytes,
      1.05,
    ),
  ];
}

/**
 * The kinds of work of a warm app: name, kind and number of sessions for `warm.ts`, and the bound.
 */
const WARM: readonly (readonly [string, string, number, number?])[] = [
  ['delivery of 1 session', 'delivery', 1],
  ['delivery of 1,000 sessions', 'delivery', 1_000, 4.5],
  ['delivery of 10,000 against 1,000 sessions', 'growth', 10_000, 13],
  ['reading 1,000 sessions against JSON.parse', 'reading', 1_000, 4],
];

/** Deliveries to a warm app: this app against the bare app, unless the name says otherwise. */
export async function measureDeliveries(appPath: string, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, kind, size, most] of WARM) {
    const compared = await inOwnProcess<Comparison>('./warm.ts', [kind, size, appPath, rounds]);
    figures.push(comparisonFigure(name, compared, milliseconds, most));
  }
  const grown = await inOwnProcess<Comparison>('./warm.ts', ['memory', 20, appPath, rounds]);
  return [...figures, comparisonFigure('memory after many deliveries', grown, megabytes, 1.1)];
}

/** Runs a script of this folder in its own process. Resolves with the one message that it sends. */
async function inOwnProcess<Answer>(
  script: string,
  args: readonly (string | number)[],
): Promise<Answer> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args.map(String), {
    // Nothing else of this environment: a test runner's variables change what the platform does.
    env: { PATH: process.env.PATH ?? '' },
    execArgv: [],
    // The platform prints a line for every event on standard output.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer: Answer | undefined = await Promise.race([
    once(child, 'message').then(([message]) => message),
    ended.then(() => undefined),
  ]);
  await ended;
  if (answer === undefined) throw new Error(`${script} ended without an answer.`);
  return answer;
}

const milliseconds = (value: number) => `${value.toFixed(2)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
