import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { endSignals } from '../common/command-line.ts';
import { endWithParent } from './end-with-parent.ts';

/*
 * The process that runs the built app through the handler that Zapier calls. Its parent sends one
 * event at a time. The platform may end the process at any event. The process ends when its parent
 * ends.
 */

/** An event for the platform's handler. */
export interface AppEvent {
  command: 'execute' | 'validate' | 'definition';
  method?: string;
  bundle: Record<string, unknown>;
  /** Environment variables that the platform sets before the event. */
  environment?: Readonly<Record<string, string>>;
}

/** The results of an event or its error, and what was logged. */
export interface AppAnswer {
  results: unknown;
  error: { name: string; message: string } | null;
  logs: { message: string; type: string }[];
}

endWithParent();
// Ctrl+C and a closed terminal reach every process of the terminal. The parent decides when this one ends.
for (const signal of endSignals) process.on(signal, () => undefined);
const [, , appPath = ''] = process.argv;
const app = await import(pathToFileURL(appPath).href);
// A packaged app exports its handler. For a built app, the platform makes one with a function that its
// type declarations lack.
const handler =
  app.handler ?? createRequire(appPath)('zapier-platform-core').createAppHandler(app.default);

process.on('message', async (event: AppEvent) => {
  const logs: AppAnswer['logs'] = [];
  const customLogger = (message: string, data: { log_type: string }) =>
    logs.push({ message: message.trim(), type: data.log_type });
  let answer: Pick<AppAnswer, 'results' | 'error'>;
  try {
    const { results } = await handler({ ...event, customLogger });
    answer = { results, error: null };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer = { results: null, error: { name, message } };
  }
  process.send?.({ ...answer, logs } satisfies AppAnswer);
});

process.send?.('ready');
