/** The port that an argument names. Throws, in words, when it is none. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error('--port has to be a number from 0 to 65535.');
}

/** One line, whatever went wrong. */
export function readable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken) return 'This port is in use already. Choose another one with --port.';
  return error.message.split('\n')[0] ?? '';
}
