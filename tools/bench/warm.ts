import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ChatSessionPayload } from '../desk-director/session.ts';
import { changedSession } from '../soak/events.ts';
import { compare, inRounds } from './figures.ts';

/*
 * Compares one kind of work of a warm app with other work in the same process, so that both meet the
 * same heap. Sends the comparison to the parent process, in milliseconds of processor time, or in
 * bytes of memory.
 */
/** A smaller piece of work is repeated, because it is too short to be measured alone. */
const SESSIONS_A_ROUND = 1_000;
const MOST_REPEATS = 50;

type Work = () => unknown;

const [kind = '', size = '', appPath = '', rounds = ''] = process.argv.slice(2);
const barePath = fileURLToPath(new URL('./bare-app.js', import.meta.url));
// The platform's type declarations lack this function.
const { createAppHandler } = createRequire(import.meta.url)('zapier-platform-core');
const trigger = 'chat_session_status_changed';

process.send?.(kind === 'memory' ? await memory(Number(size)) : await speed());
process.disconnect();

async function speed() {
  const [own, other] = await works();
  // Half as many rounds warm the code up.
  await inRounds(Math.ceil(Number(rounds) / 2), own, other);
  const measured = await inRounds(Number(rounds), own, other);
  return compare(measured, (milliseconds) => milliseconds);
}

/**
 * The memory in use, in bytes, after many deliveries, beside that after the first fifth of them.
 * What is loaded and compiled in the first fifth stays in use.
 */
async function memory(count: number) {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const deliver = await delivery(appPath, count);
  async function inUse(deliveries: number) {
    for (let n = 0; n < deliveries; n += 1) await deliver();
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }
  const fifth = 2 * Number(rounds);
  const other = await inUse(fifth);
  const own = await inUse(4 * fifth);
  return { own, other, ratio: own / other };
}

async function works() {
  switch (kind) {
    case 'delivery':
      return [
        await delivery(appPath, Number(size)),
        await delivery(barePath, Number(size)),
      ] as const;
    case 'growth':
      return [
        await delivery(appPath, Number(size)),
        await delivery(appPath, SESSIONS_A_ROUND),
      ] as const;
    case 'reading':
      return reading(Number(size));
    default:
      throw new Error(`There is no kind of work "${kind}".`);
  }
}

/** Delivers sessions to an app through the handler that Zapier uses in production. */
async function delivery(path: string, count: number) {
  const handler = createAppHandler((await import(path)).default);
  const cleanedRequest = sessions(count);
  return measuredWork(count, async () => {
    const { results } = await handler({
      command: 'execute',
      method: `triggers.${trigger}.operation.perform`,
      bundle: { inputData: {}, authData: {}, meta: {}, cleanedRequest },
      customLogger: () => undefined,
    });
    return results;
  });
}

/** Makes the records of a delivery whose text is parsed already; the other work parses the text. */
async function reading(count: number) {
  const { perform } = (await import(appPath)).default.triggers[trigger].operation;
  const cleanedRequest = sessions(count);
  // Filters by what all sessions have.
  const statuses = [...new Set(cleanedRequest.map(({ status }) => status))];
  const text = JSON.stringify(cleanedRequest);
  return [
    measuredWork(count, () => perform({ console }, { inputData: { statuses }, cleanedRequest })),
    measuredWork(count, () => JSON.parse(text)),
  ] as const;
}

/** The processor time of all threads that one piece of work takes, in milliseconds. */
function measuredWork(count: number, work: Work): () => Promise<number> {
  const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.round(SESSIONS_A_ROUND / count)));
  return async () => {
    await setImmediate();
    const before = process.cpuUsage();
    for (let n = 0; n < repeats; n += 1) {
      const results = await work();
      if (!Array.isArray(results) || results.length !== count)
        throw new Error('A record is missing.');
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / repeats;
  };
}

/** So many sessions, the same ones each time, and none with the id of another one. */
function sessions(count: number): ChatSessionPayload[] {
  const made = Array.from({ length: count }, (_, index) => ({
    ...changedSession(index),
    id: `${1_773_129_600 + index}-${1001 + index}`,
  }));
  // What is parsed shares no objects, like a delivery.
  return JSON.parse(JSON.stringify(made));
}
