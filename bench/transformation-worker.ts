import { setImmediate } from 'node:timers/promises';
import { APPS } from './apps.ts';
import { compare, inPairs } from './comparison.ts';
import { delivery } from './delivery.ts';

/*
 * Makes the records of a delivery that is parsed already, in turns with parsing its text. Each figure
 * is the mean of several in a row, in milliseconds, so that what one of the two leaves to the garbage
 * collector is paid for by itself. Of both the latest result is kept.
 */
const [size = 0, pairs = 0] = process.argv.slice(2).map(Number);
const WARM_UP = 20;
const REPEATS = 10;

const sessions = delivery(size);
const text = JSON.stringify(sessions);
const { default: app } = await import(APPS.app.path);
const { perform } = app.triggers[APPS.app.trigger].operation;
// A filter that all of them pass.
const statuses = [...new Set(sessions.map(({ status }) => status))];
const bundle = { inputData: { statuses }, cleanedRequest: sessions };
const kept: unknown[] = [];

function measured(work: () => unknown[]): () => Promise<number> {
  return async () => {
    await setImmediate();
    const start = performance.now();
    for (let n = 0; n < REPEATS; n += 1) kept[0] = work();
    const milliseconds = (performance.now() - start) / REPEATS;
    if (!Array.isArray(kept[0]) || kept[0].length !== size) throw new Error('A record is missing.');
    return milliseconds;
  };
}

const transform = measured(() => perform({ console }, bundle));
const parse = measured(() => JSON.parse(text));
await inPairs(WARM_UP, transform, parse);
process.send?.(compare(await inPairs(pairs, transform, parse), (milliseconds) => milliseconds));
process.disconnect();
