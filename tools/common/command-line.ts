/** A program to run: what to print, and how to stop it if it keeps running. */
interface Program {
  readonly text: string;
  readonly stop?: () => Promise<void>;
}

/** The signals that a person or a closed terminal sends to end a program. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Starts a program and stops it on a signal to end, or when npm has ended. When it can't start, prints
 * the error in one line and sets the exit code 1.
 */
export async function runProgram(start: () => Promise<Program>): Promise<void> {
  endWithNpm();
  try {
    const { text, stop } = await start();
    if (stop) onceAtEndSignal(stop);
    console.log(text);
  } catch (error) {
    console.error(oneLine(error));
    process.exitCode = 1;
  }
}

/** At Ctrl+C a program gets two signals: one from the terminal, and one that npm passes on. */
function onceAtEndSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (!isStopping) void stop();
      isStopping = true;
    });
  }
}

const CHECK_EVERY_MS = 500;

/** npm passes SIGINT and SIGTERM on. When something else has ended npm, this sends a SIGTERM. */
function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_EVERY_MS);
  timer.unref();
}

/** The port in the value of --port. Throws when the value is no port. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error('--port must be a number from 0 to 65535.');
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('port' in error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${error.port} is in use. Add another port to the command, such as "-- --port 4050".`;
  }
  return error.message.split('\n')[0] ?? '';
}
