import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './end-with-parent.ts';

/*
 * The process in which the built app runs: what Zapier calls, and nothing else. It gets events from
 * its parent one at a time, and may be ended by the platform at any of them. It ends when its parent
 * does.
 */

/** An event of the platform's handler, as far as a Zap runner makes them. */
export interface AppEvent {
  command: 'execute' | 'validate' | 'definition';
  method?: string;
  bundle: Record<string, unknown>;
}

/** What came of an event: its results, or an error, and what was logged meanwhile. */
export interface AppAnswer {
  results: unknown;
  error: { name: string; message: string } | null;
  logs: { message: string; type: string }[];
  milliseconds: number;
  /** Of the whole process afterwards, in bytes. */
  memory: number;
}

endWithParent();
const [, , appPath = ''] = process.argv;
const app = await import(pathToFileURL(appPath).href);
// A packaged app brings its handler, and of the platform only what that needs. A built one is given
// the platform's, of which the type declarations know nothing.
const handler =
  app.handler ?? createRequire(appPath)('zapier-platform-core').createAppHandler(app.default);

process.on('message', async (event: AppEvent) => {
  const logs: AppAnswer['logs'] = [];
  const customLogger = (message: string, data: { log_type: string }) => {
    logs.push({ message: message.trim(), type: data.log_type });
  };
  let answer: Pick<AppAnswer, 'results' | 'error'>;
  const started = performance.now();
  try {
    const { results } = await handler({ ...event, customLogger });
    answer = { results, error: null };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer = { results: null, error: { name, message } };
  }
  const milliseconds = performance.now() - started;
  const memory = process.memoryUsage.rss();
  process.send?.({ ...answer, logs, milliseconds, memory } satisfies AppAnswer);
});

process.send?.('ready');
