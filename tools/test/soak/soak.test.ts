import { expect, test } from '@jest/globals';
import { soak } from '../../soak/soak.ts';
import { inProject } from '../program.ts';

/** Soaks an app, and resolves with whether it passed and with all that was printed. */
async function soaked(deliveries: number, name: string) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const appPath = inProject(`tools/test/fixtures/${name}`);
  return { isRight: await soak({ deliveries, print, appPath }), lines };
}

test('across a restart by the platform each event is run once, in order', async () => {
  const { isRight, lines } = await soaked(30, 'short-lived-app.js');
  expect(isRight).toBe(true);
  expect(lines).toHaveLength(12);
  expect(lines.at(-2)).toMatch(/^\d{3} events in 30 deliveries, 1 restart by the platform$/);
});

test.each([
  ['forgets an event', 'forgetful-app.js', 'Event 0 was sent, but never run.'],
  ['runs an event twice', 'stammering-app.js', 'Event 1 was due, but event 0 was run.'],
])('an app that %s is told', async (_, name, words) => {
  const { isRight, lines } = await soaked(1, name);
  expect(isRight).toBe(false);
  expect(lines.at(-1)).toContain(words);
});
