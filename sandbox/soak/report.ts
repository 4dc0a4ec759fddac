import type { Part, Site } from './part.ts';

/** The platform ends a process whose memory is larger than this, after 250 runs at the earliest. */
const PLATFORM_LIMIT = 450e6;
const PLATFORM_RUNS = 250;
/** Memory is judged only where a process has had time to grow. */
const FEWEST_RUNS_JUDGED = 2_000;
const LARGEST_GROWTH = 1.2;

/** What is wrong; nothing when all went as it should. */
export function complaintsOf(site: Site, deliveries: number, plain: Part, ballast: Part): string[] {
  const { deskDirector, ledger, otherZaps, receptions } = site;
  const { sent, sessions, delivered, dropped, failed } = deskDirector.counts;
  const complaints = [...ledger.complaints(), ...otherZaps.complaints];
  const expect = (isMet: boolean, complaint: string) => {
    if (!isMet) complaints.push(complaint);
  };

  expect(sent === deliveries, `${sent} deliveries were sent instead of ${deliveries}.`);
  expect(delivered === sent && dropped === 0, `Of ${sent} deliveries ${delivered} arrived.`);
  expect(
    sessions === ledger.counts.events,
    `Of ${sessions} events ${ledger.counts.events} were run.`,
  );
  expect(failed >= sum(receptions.values()), `${failed} attempts failed, fewer than met a fault.`);
  expect(
    ledger.counts.accepted >= sent + (receptions.get('cut after accepted') ?? 0),
    `${ledger.counts.accepted} deliveries were accepted, fewer than were sent.`,
  );
  const ballastRuns = sum(ballast.processes.map(({ length }) => length));
  expect(
    ballast.starts > Math.floor(ballastRuns / (PLATFORM_RUNS + 1)),
    `The platform ended too few processes: ${ballast.starts} were started.`,
  );
  const { runs, early, late } = memoryGrowth(plain.processes);
  expect(
    runs < FEWEST_RUNS_JUDGED || late <= early * LARGEST_GROWTH,
    `The memory grew from ${megabytes(early)} to ${megabytes(late)} in ${runs} runs.`,
  );
  return complaints;
}

/** The lines of the report: a label and a figure each. */
export function reportLines(site: Site, plain: Part, ballast: Part): string[] {
  const { deskDirector, ledger, otherZaps, receptions } = site;
  const { counts, faults, requests } = deskDirector;
  const { operations, failures } = otherZaps.counts;
  const { runs, early, late } = memoryGrowth(plain.processes);
  const figures: [string, string | number][] = [
    ['deliveries sent', counts.sent],
    ['events in them', counts.sessions],
    ['attempts that met a fault', share(sum(receptions.values()), counts.attempts)],
    ...[...receptions].toSorted().map(([name, n]): [string, number] => [`  ${name}`, n]),
    ['deliveries accepted', ledger.counts.accepted],
    ['  runs of these', ledger.counts.runs],
    ['events run', ledger.counts.events],
    ['  run again, as they were sent again', ledger.counts.repeated],
    ['API requests that met a fault', share(faults.hits, requests.length)],
    ['Zaps not turned on or off because of it', share(failures, operations)],
    ['restarts by the platform', `${restartsOf(plain)} plain, ${restartsOf(ballast)} with ballast`],
    ['highest memory, plain', megabytes(highest(plain))],
    [`memory in ${runs} runs of a process`, `${megabytes(early)} early, ${megabytes(late)} late`],
    ['  the platform allows', megabytes(PLATFORM_LIMIT)],
    ['highest memory, with ballast', megabytes(highest(ballast))],
  ];
  return figures.map(([label, figure]) => `${label.padEnd(40)} ${figure}`);
}

/** How often a process replaced one that the platform had ended. */
export const restartsOf = ({ starts }: Part): number => starts - 1;

/**
 * The memory of the process with the most runs: the medians of its second and of its last fifth.
 * Leaves out the first fifth, because what is loaded and compiled then stays in use.
 */
export function memoryGrowth(processes: Part['processes']) {
  const memory = processes.reduce((a, b) => (b.length > a.length ? b : a), []);
  const fifth = Math.floor(memory.length / 5);
  return {
    runs: memory.length,
    early: median(memory.slice(fifth, 2 * fifth)),
    late: median(memory.slice(memory.length - fifth)),
  };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const highest = ({ processes }: Part): number =>
  processes.flat().reduce((most, bytes) => Math.max(most, bytes), 0);

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

const share = (some: number, all: number): string =>
  `${some} of ${all} (${((100 * some) / all).toFixed(1)} %)`;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
