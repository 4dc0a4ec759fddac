import { randomBytes, randomUUID } from 'node:crypto';
import { passOn } from '../../src/deskdirector/boundary.ts';
import { type Figure, median } from './figures.ts';

/** The largest answer that the app reads. */
const SIZE = 5 * 1024 * 1024;
/** What the boundary may add to an answer of that size. */
const MOST_MS = 500;
const KEY = 'k3y+0f/a=site-DeskDirector-6b1f9c2e';

const text = (separator: string) =>
  ['A customer waits for an answer.', 'Call back'].join(separator);
const many = (one: (n: number) => unknown) =>
  Array.from({ length: SIZE / JSON.stringify(one(1_000)).length }, (_, n) => one(n));
const long = (words: string) => words.repeat(SIZE / words.length);
const contact = (n: number) => ({ id: n, name: `Contact ${n}`, guid: randomUUID(), note: 'x y' });

const ANSWERS: readonly (readonly [name: string, answer: () => unknown])[] = [
  ['contacts', () => many(contact)],
  ['short texts', () => many((n) => `text ${n}`)],
  ['one long text', () => long(text(' '))],
  ['a text in lines', () => long(text('\n').replaceAll(' ', '\n'))],
  ['an attachment in base64', () => randomBytes(SIZE * 0.75).toString('base64')],
  ['an attachment in hexadecimal', () => randomBytes(SIZE / 2).toString('hex')],
  ['a text full of %20', () => long(text(' ').replaceAll(' ', '%20'))],
  ['a text full of &amp;', () => long(text(' ').replaceAll(' ', '&amp;'))],
  [
    'contacts, one of them with the key',
    () => many((n) => (n === 999 ? { ...contact(n), note: encodeURIComponent(KEY) } : contact(n))),
  ],
];

/** The processor time that the boundary adds to answers of 5 MB, whichever app is measured. */
export async function measureAnswers(_app: string, rounds: number): Promise<Figure[]> {
  const z = Object({ console: { warn: () => undefined } });
  const figures: Figure[] = [];
  for (const [name, make] of ANSWERS) {
    // As from the wire: parsed, with texts in one piece.
    const content = JSON.stringify(make());
    const times: number[] = [];
    for (let round = 0; round < Math.min(rounds, 5); round += 1) {
      const answer: unknown = JSON.parse(content);
      const before = process.cpuUsage();
      await passOn(z, answer, { site: 'support.deskdirector.com', secrets: [KEY] });
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1_000);
    }
    const value = median(times);
    figures.push({ name, value, most: MOST_MS, shown: [`${value.toFixed(0)} ms`, '', ''] });
  }
  return figures;
}
