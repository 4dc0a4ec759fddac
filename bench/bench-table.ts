import { cliui } from '@isaacs/cliui';
import { boundsOf, isKept, type Results, rawSteepness } from './bounds.ts';
import type { Comparison } from './comparison.ts';
import { perSession } from './deliveries.ts';

/** What was measured: this app's figure, what it is compared with, the ratio and its bound. */
type Row = readonly string[];

const HEADER: Row = ['', 'this app', 'compared with', 'ratio (middle half)', 'bound'];

/** The results as a table for a terminal. */
export function terminalTable(results: Results): string {
  const ui = cliui({ width: 116 });
  for (const [what = '', ...figures] of [HEADER, ...rowsOf(results)]) {
    const cells = figures.map((text) => ({ text, width: text.length > 17 ? 24 : 18 }));
    ui.div({ text: what, width: 42 }, ...cells);
  }
  return ui.toString();
}

/** The results as a table in Markdown. */
export function markdownTable(results: Results): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.trim()).join(' | ')} |`;
  return [HEADER, ['---', '---', '---', '---', '---'], ...rowsOf(results)].map(line).join('\n');
}

function rowsOf(results: Results): Row[] {
  const { coldStart, deliveries, transformation, requests, package: size } = results;
  const bounds = new Map(boundsOf(results).map((bound) => [bound.name, bound]));
  const rows: Row[] = [
    compared('cold start, time', coldStart.time, milliseconds),
    compared('cold start, processor time', coldStart.processorTime, milliseconds),
    compared('cold start, memory', coldStart.memory, megabytes),
    ...deliveries.map((one) => compared(`delivery of ${counted(one.sessions)}`, one, milliseconds)),
    ...deliveries.map(({ sessions, own, other }) => [
      `a session of ${counted(sessions)}`,
      microseconds(perSession(own, sessions)),
      microseconds(perSession(other, sessions)),
    ]),
    ['steepness, 100 to 10,000', '', '', times(bounds.get('steepness, 100 to 10,000')?.value)],
    ['steepness, with the fixed cost', '', '', times(rawSteepness(deliveries))],
    compared('transformation of 1,000', transformation, milliseconds),
    ...requests.map((one) => [`requests: ${one.operation}`, String(one.requests)]),
    ["the app's own code", kilobytes(size.ownBytes)],
    ["dependencies beyond the platform's", String(size.dependencies.length)],
    ['code of these', kilobytes(size.dependencyBytes)],
    ['the whole package', kilobytes(size.zipBytes)],
  ];
  return rows.map(([what = '', own = '', other = '', ratio = '']) => {
    const bound = bounds.get(what);
    const isBroken = bound !== undefined && !isKept(bound);
    return [what, own, other, ratio, `${bound?.most ?? ''}${isBroken ? ' BROKEN' : ''}`];
  });
}

function compared(what: string, comparison: Comparison, figure: (value: number) => string): Row {
  const { own, other, ratio } = comparison;
  const middleHalf = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`;
  return [what, figure(own.median), figure(other.median), `${times(ratio.median)} (${middleHalf})`];
}

const counted = (sessions: number) => sessions.toLocaleString('en');
const times = (value = Number.NaN) => `${value.toFixed(2)} ×`;
const milliseconds = (value: number) => `${value.toFixed(2)} ms`;
const microseconds = (value: number) => `${value.toFixed(1)} µs`;
const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
const kilobytes = (value: number) => `${(value / 1e3).toFixed(1)} kB`;
