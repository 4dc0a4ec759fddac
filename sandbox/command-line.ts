/** A program to run: what to print, and how to stop it if it keeps running. */
interface Program {
  readonly text: string;
  readonly stop?: () => Promise<void>;
}

/**
 * Starts a program and stops it on SIGINT or SIGTERM. When it can't start, prints the error in one
 * line and sets the exit code 1.
 */
export async function runProgram(start: () => Promise<Program>): Promise<void> {
  try {
    const { text, stop } = await start();
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop?.());
    console.log(text);
  } catch (error) {
    console.error(oneLine(error));
    process.exitCode = 1;
  }
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
