import { fileURLToPath } from 'node:url';
import { APPS, type AppName } from './apps.ts';
import { type Comparison, compare, inPairs } from './comparison.ts';
import { inOwnProcess } from './own-process.ts';

const DELIVERY = fileURLToPath(new URL('../sandbox/documented-example.json', import.meta.url));

/** From the start of a process to the first record. */
export interface ColdStart {
  /** In milliseconds. */
  readonly time: Comparison;
  /** Of all its threads, in milliseconds. */
  readonly processorTime: Comparison;
  /** The highest resident memory, in bytes. */
  readonly memory: Comparison;
}

interface Start {
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
  readonly bytes: number;
}

/** Starts this app and the bare one in turns, each time in a process of its own. */
export async function measureColdStart(pairs: number): Promise<ColdStart> {
  // The first of each reads its files from the disk.
  await start('app');
  await start('bare');
  const starts = await inPairs(
    pairs,
    () => start('app'),
    () => start('bare'),
  );
  return {
    time: compare(starts, ({ milliseconds }) => milliseconds),
    processorTime: compare(starts, ({ processorMilliseconds }) => processorMilliseconds),
    memory: compare(starts, ({ bytes }) => bytes),
  };
}

function start(name: AppName): Promise<Start> {
  const { path, trigger } = APPS[name];
  return inOwnProcess('./cold-start-worker.js', [path, trigger, DELIVERY]);
}
