import type { Part, Site } from './part.ts';

/** The platform ends a process whose memory is larger than this, after 250 runs at the earliest. */
const PLATFORM_LIMIT = 450e6;
const PLATFORM_RUNS = 250;
/** Memory is judged only where a process has had time to grow. */
const FEWEST_RUNS_JUDGED = 2_000;
const LARGEST_GROWTH = 1.2;

/** What is wrong; nothing when all went as it should. */
export function complaintsOf(site: Site, deliveries: number, plain: Part, ballast: Part): string[] {
  const { deskDirector, ledger, bystanders, receptions } = site;
  const { sent, sessions, delivered, dropped, failed } = deskDirector.counts;
  const complaints = [...ledger.complaints(), ...bystanders.complaints];
  const expect = (isMet: boolean, complaint: string) => {
    if (!isMet) complaints.push(complaint);
  };

  expect(sent === deliveries, `${sent} deliveries were sent in place of ${deliveries}.`);
  expect(delivered === sent && dropped === 0, `Of ${sent} deliveries ${delivered} arrived.`);
  expect(sessions === ledger.events, `Of ${sessions} events ${ledger.events} were run.`);
  expect(failed >= sum(receptions), `${failed} attempts failed, fewer than met a fault.`);
  expect(
    ledger.accepted >= sent + (receptions.get('cut after accepted') ?? 0),
    `${ledger.accepted} deliveries were accepted, fewer than were sent.`,
  );
  expect(
    ballast.starts > Math.floor(ballast.runs / (PLATFORM_RUNS + 1)),
    `The platform ended no process as often as it should: ${ballast.starts} starts.`,
  );
  const { runs, early, late } = plain.memory.longest();
  expect(
    runs < FEWEST_RUNS_JUDGED || late <= early * LARGEST_GROWTH,
    `The memory grew from ${megabytes(early)} to ${megabytes(late)} in ${runs} runs.`,
  );
  return complaints;
}

/** Labels and figures. */
export function figuresOf(
  site: Site,
  plain: Part,
  ballast: Part,
  seconds: number,
): [string, string][] {
  const { deskDirector, ledger, bystanders, receptions } = site;
  const { counts, faults, requests } = deskDirector;
  const share = (some: number, all: number) => `${some} of ${all} (${percent(some, all)})`;
  const longest = plain.memory.longest();
  return [
    ['deliveries sent', `${counts.sent}`],
    ['events in them', `${counts.sessions}`],
    ['attempts that met a fault', share(sum(receptions), counts.attempts)],
    ...[...receptions].toSorted().map(([name, n]): [string, string] => [`  ${name}`, `${n}`]),
    ['deliveries accepted', `${ledger.accepted}`],
    ['  runs of these', `${ledger.runs}`],
    ['events run', `${ledger.events}`],
    ['  run again, as they were sent again', `${ledger.repeated}`],
    ['API requests that met a fault', share(faults.hits, requests.length)],
    ['Zaps not turned on or off for it', share(bystanders.failures, bystanders.operations)],
    ['restarts by the platform', `${restartsOf(plain)} plain, ${restartsOf(ballast)} with ballast`],
    ['highest memory, plain', megabytes(plain.memory.highest)],
    [
      `memory in a life of ${longest.runs} runs`,
      `${megabytes(longest.early)} early, ${megabytes(longest.late)} late`,
    ],
    ['  the platform allows', megabytes(PLATFORM_LIMIT)],
    ['highest memory, with ballast', megabytes(ballast.memory.highest)],
    ['seconds', seconds.toFixed(1)],
  ];
}

/** A part without deliveries starts its process once as well. */
export function restartsOf({ starts }: Part): number {
  return starts - 1;
}

function sum(counts: Map<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

function percent(some: number, all: number): string {
  return `${((100 * some) / all).toFixed(1)} %`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
