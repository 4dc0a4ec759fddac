import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import app from '../../index.ts';
import { publishedIds } from '../../src/deskdirector/operations.ts';
import { visibleSteps } from './evidence.ts';

/* The guide sets the app beside DeskDirector's connector for Power Automate, in version 1.6. */

/** The ids of the connector's operations. microsoft/PowerPlatformConnectors, MIT licence. */
const published: string[] = JSON.parse(
  readFileSync('test/fixtures/published-operations.json', 'utf8'),
);
const guide = readFileSync('docs/user-guide.md', 'utf8');
const table = /<!-- connector: begin -->(.*)<!-- connector: end -->/s.exec(guide)?.[1] ?? '';
const rows = Array.from(table.matchAll(/^\| `(\w+)` \| (.+) \|$/gm), ([, id = '', place = '']) => ({
  id,
  place,
}));
const labels = visibleSteps(app).map(({ display }) => String(display.label));
const namedIn = (place: string) => Array.from(place.matchAll(/\*([^*]+)\*/g), ([, name]) => name);

test('each published operation has a row, once and in order', () => {
  expect(published).toHaveLength(71);
  expect(rows.map(({ id }) => id)).toEqual(published);
});

test('the app uses the operations that it offers or uses inside, and no others', () => {
  const isUsed = ({ place }: (typeof rows)[number]) => /^(?:offered as|used inside:) /.test(place);
  const others = rows.filter((row) => !isUsed(row));
  for (const { place } of others) expect(place).toMatch(/^left out because .{10}/);
  const used = rows.filter(isUsed).map(({ id }) => id);
  const own = publishedIds().filter((id) => published.includes(id));
  expect(used.toSorted()).toEqual([...new Set(own)].toSorted());
});

test('each step offers an operation, and each step that is named exists', () => {
  const offered = rows.filter(({ place }) => place.startsWith('offered as '));
  for (const { place } of offered) expect(namedIn(place)).not.toEqual([]);
  expect(new Set(offered.flatMap(({ place }) => namedIn(place)))).toEqual(new Set(labels));
  expect(labels).toEqual(expect.arrayContaining(rows.flatMap(({ place }) => namedIn(place))));
});
