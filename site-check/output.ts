import { styleText } from 'node:util';
import { cliui } from '@isaacs/cliui';
import { WIDTH } from '../sandbox/record-table.ts';
import type { Comparison } from './compare.ts';
import type { Finding } from './reading.ts';
import type { Judgement, ROWS } from './table.ts';

/** A heading with an empty line before it. */
export const heading = (text: string): string => `\n${styleText(['bold', 'cyan'], text)}`;

/** Text wrapped at 80 characters. */
export function paragraph(text: string, indent = 0): string {
  const ui = cliui({ width: WIDTH });
  ui.div({ text: oneLine(text), padding: [0, 0, 0, indent] });
  return trimmed(ui.toString());
}

/** A finding in a line of three columns, with a line for each reason that leaves out properties. */
export function findingLines({ title, found, failure, leftOut, milliseconds }: Finding): string {
  const ui = cliui({ width: WIDTH });
  const seconds = milliseconds === null ? '' : `${(milliseconds / 1000).toFixed(2)} s`;
  const words = failure === null ? [found, ...leftOut.map((one) => `- ${one}`)] : [failure];
  ui.div(
    { text: title, width: 34, padding: [0, 1, 0, 2] },
    { text: words.map(oneLine).join('\n'), width: 38 },
    { text: seconds, width: 8, align: 'right' },
  );
  return trimmed(ui.toString());
}

/** What is different in sessions, one line for each property. */
export function comparisonLines({ missing, undocumented, unreadable }: Comparison): string {
  const lines = [
    ...missing.map((name) => `missing: ${name}`),
    ...undocumented.map((name) => `not documented: ${name}`),
    ...unreadable.map((name) => `can't be read: ${name}`),
  ];
  const all = lines.length === 0 ? ['It has all documented properties, and no other.'] : lines;
  return all.map((line) => paragraph(line, 2)).join('\n');
}

/** The table at the end, and what to do about each row that is different. */
export function tableLines(
  rows: readonly (Pick<(typeof ROWS)[number], 'unknown' | 'believed'> & Judgement)[],
): string {
  const ui = cliui({ width: WIDTH });
  const add = (...texts: [string, string, string, string]) => {
    const widths = [22, 18, 24, 16];
    const columns = texts.map((text, n) => ({
      text,
      width: widths[n] ?? 0,
      padding: [0, 1, 0, 0],
    }));
    ui.div(...columns);
  };
  const bold = (text: string) => styleText('bold', text);
  add(bold('Not published'), bold('The app believes'), bold('This site says'), bold('Verdict'));
  for (const { unknown, believed, says, verdict } of rows) {
    ui.div('');
    const shown = verdict === 'different' ? 'different: see below' : verdict;
    add(unknown.replaceAll('`', ''), believed, oneLine(says), styleText(COLOURS[verdict], shown));
  }
  const todo = rows
    .filter(({ verdict }) => verdict === 'different')
    .map(({ unknown, todo: words }) => paragraph(`- ${unknown.replaceAll('`', '')}: ${words}`));
  return [
    trimmed(ui.toString()),
    ...(todo.length > 0 ? [heading('What to do'), ...todo] : []),
  ].join('\n');
}

const COLOURS = {
  'as believed': 'green',
  'different, and handled': 'yellow',
  different: 'red',
  'not seen': 'dim',
} as const;

/** Words of a site may hold line breaks and escapes for the terminal. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();

const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '');
