import { setImmediate } from 'node:timers/promises';
import { APPS, type AppName, deliveryEvent, handlerOf } from './apps.ts';
import { compare, inPairs } from './comparison.ts';
import { delivery } from './delivery.ts';

/*
 * Delivers so many sessions to this app and to the bare one in turns. Both are in one process, so
 * that they meet the same heap. A figure is milliseconds for one delivery.
 */
const [size = 0, pairs = 0] = process.argv.slice(2).map(Number);
const WARM_UP = 20;
/**
 * Deliveries of one session, after which what the platform does for any delivery is warm, too. Not
 * before the largest: the platform ends a process of their size after its 250th delivery, and for
 * them it hardly counts.
 */
const smallWarmUp = size > 1_000 ? 0 : 2_000;
/** Small deliveries are too fast for the clock: a figure is the mean of so many. */
const repeats = Math.min(200, Math.max(1, Math.round(1_000 / size)));
const sessions = delivery(size);

async function measured(name: AppName): Promise<() => Promise<number>> {
  const handler = handlerOf((await import(APPS[name].path)).default);
  const [first] = sessions;
  for (let n = 0; n < smallWarmUp; n += 1) await handler(deliveryEvent(name, first ? [first] : []));
  return async () => {
    // Each delivery comes in a turn of its own of the event loop.
    await setImmediate();
    const start = performance.now();
    for (let n = 0; n < repeats; n += 1) {
      const { results } = await handler(deliveryEvent(name, sessions));
      if (!Array.isArray(results) || results.length !== size)
        throw new Error('A record is missing.');
    }
    return (performance.now() - start) / repeats;
  };
}

const app = await measured('app');
const bare = await measured('bare');
await inPairs(WARM_UP, app, bare);
process.send?.(compare(await inPairs(pairs, app, bare), (milliseconds) => milliseconds));
process.disconnect();
