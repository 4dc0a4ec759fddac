import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, type as operatingSystem } from 'node:os';
import { parseArgs } from 'node:util';
import { APPS } from './apps.ts';
import { markdownTable, terminalTable } from './bench-table.ts';
import { boundsOf, isAccepted, isKept, type Results } from './bounds.ts';
import { chart } from './chart.ts';
import { measureColdStart } from './cold-start.ts';
import type { Comparison } from './comparison.ts';
import { measureDeliveries } from './deliveries.ts';
import { inOwnProcess } from './own-process.ts';
import { measurePackage } from './package-size.ts';
import { countRequests } from './requests.ts';

const DOCS = new URL('../docs/', import.meta.url);
const [BEGIN, END] = ['<!-- bench: begin (npm run bench) -->', '<!-- bench: end -->'];

/** How much is measured: fewer pairs for a glance, as figures worth keeping need at least 15. */
const FULL = { sizes: [1, 10, 100, 1_000, 10_000], pairs: 25 };
const QUICK = { sizes: [1, 100, 1_000], pairs: 3 };

/** Measures all there is, one thing after the other; what comes next is told beforehand. */
export async function measure(
  { sizes, pairs }: { readonly sizes: readonly number[]; readonly pairs: number },
  tell: (next: string) => void,
): Promise<Results> {
  tell('cold starts');
  const coldStart = await measureColdStart(pairs);
  tell('deliveries');
  const deliveries = await measureDeliveries(sizes, pairs);
  tell('transformation');
  const transformation = await inOwnProcess<Comparison>('./transformation-worker.ts', [
    1000,
    pairs,
  ]);
  tell('requests');
  const requests = await countRequests((await import(APPS.app.path)).default);
  tell('package');
  return { coldStart, deliveries, transformation, requests, package: await measurePackage() };
}

/** Puts the results into docs/: the table, the chart, and all figures as JSON. */
function write(results: Results): void {
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}, ${operatingSystem()}`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(new URL('images/cost-per-session.svg', DOCS), chart(results.deliveries));
  const json = JSON.stringify({ machine, date, ...results }, null, 2);
  writeFileSync(new URL('performance.json', DOCS), `${json}\n`);

  const page = new URL('performance.md', DOCS);
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (begin < BEGIN.length || end < begin)
    throw new Error(`${page} has no "${BEGIN}" and "${END}".`);
  const section = `\n\`npm run bench\` on ${machine}, ${date}:\n\n${markdownTable(results)}\n`;
  writeFileSync(page, text.slice(0, begin) + section + text.slice(end));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, quick: { type: 'boolean' } },
  });
  const results = await measure(values.quick ? QUICK : FULL, (next) => console.log(`${next} …`));
  console.log(`\n${terminalTable(results)}\n`);

  const broken = boundsOf(results).filter((bound) => !isKept(bound));
  for (const bound of broken) {
    const { name, value, most, known } = bound;
    const cause = known && isAccepted(bound) ? ` By ${known.cause}.` : '';
    console.log(`BROKEN: ${name} is ${value.toFixed(2)}, at most ${most}.${cause}`);
  }
  const isGood = broken.every(isAccepted);
  console.log(
    isGood ? 'All bounds are kept, or broken by what is known.' : 'Not all bounds are kept.',
  );
  if (values.check) process.exitCode = isGood ? 0 : 1;
  // A check leaves a clone as it was; what was measured at a glance is nothing to keep.
  if (!values.check && !values.quick) write(results);
}
