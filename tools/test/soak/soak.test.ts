import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { soak } from '../../soak/soak.ts';

test('across a restart by the platform each event is run once, in order', async () => {
  const lines: string[] = [];
  expect(await soak({ deliveries: 260, print: (line) => lines.push(line) })).toBe(true);
  expect(lines).toHaveLength(12);
  expect(lines.at(-2)).toMatch(/^\d{4} events in 260 deliveries, 1 restart by the platform$/);
});

test.each([
  ['forgets an event', 'forgetful-app.js', 'Event 0 was sent, but never run.'],
  ['runs an event twice', 'stammering-app.js', 'Event 1 was due, but event 0 was run.'],
])('an app that %s is told', async (_, name, words) => {
  const appPath = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  expect(await soak({ deliveries: 1, print, appPath })).toBe(false);
  expect(lines.at(-1)).toContain(words);
});
