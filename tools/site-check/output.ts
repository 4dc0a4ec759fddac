import { styleText } from 'node:util';
import { cliui } from '@isaacs/cliui';
import { WIDTH } from '../zap-runner/record-table.ts';
import type { Difference } from './compare.ts';
import type { Finding } from './findings.ts';
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
export const differenceLines = (differences: readonly Difference[]): string =>
  differences.length === 0
    ? paragraph('It has all documented properties, and no other.', 2)
    : differences.map(({ what, property }) => paragraph(`${what}: ${property}`, 2)).join('\n');

/** What is not known, by verdict: each with what the app believes, and what the site says. */
export const rowLines = (
  rows: readonly (Pick<(typeof ROWS)[number], 'unknown' | 'believed'> & Judgement)[],
): string =>
  VERDICTS.flatMap(([verdict, colour, heading]) => {
    const some = rows.filter((row) => row.verdict === verdict);
    const site = verdict === 'not seen' ? '' : 'This site says: ';
    const lines = some.map(({ unknown, believed, says }) =>
      paragraph(
        `- ${unknown.replaceAll('`', '')}. The app believes: ${believed}. ${site}${says}`,
        2,
      ),
    );
    return some.length === 0 ? [] : [styleText(colour, heading), ...lines, ''];
  })
    .join('\n')
    .trimEnd();

/** How many rows have which verdict, how much is to fix, and which flags show more. */
export function countLine(verdicts: readonly Judgement['verdict'][], toFix: number, more: string) {
  const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
  const counts = `${count('as believed')} as believed, ${count('different, and handled')} handled, ${toFix} to fix, ${count('not seen')} not seen.`;
  return `\n${paragraph(more === '' ? counts : `${counts} The check sees more with ${more}.`)}`;
}

/** What the words of the app mean for somebody who runs the check. */
export const APP_WORDS =
  'The words of the app are for its users. Here, “connect your account again” and “the Site Host of your account” mean: run the check again with the right key or host.';

/** What to do about all that is different. */
export const todoLines = (todo: readonly string[]): string =>
  [
    heading('What to do'),
    ...todo.map((words) => paragraph(`- ${words.replaceAll('`', '')}`)),
    paragraph(APP_WORDS),
  ].join('\n');

const VERDICTS = [
  ['different', 'red', 'Different: see below what to do'],
  ['different, and handled', 'yellow', 'Different, and handled'],
  ['as believed', 'green', 'As believed'],
  ['not seen', 'dim', 'Not seen'],
] as const;

/** Words of a site may hold line breaks and escapes for the terminal. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();

const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '');
