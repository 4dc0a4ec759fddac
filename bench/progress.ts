export interface Progress {
  /** So many deliveries have arrived; the app's process has so many bytes in use. */
  at(arrived: number, memory: number): void;
}

/** Often enough for the eye. */
const REWRITE_MS = 200;

/**
 * Tells how far something has come: in a terminal by one line that changes, elsewhere by a line for
 * every tenth of the way.
 */
export function createProgress({
  deliveries,
  print,
  rewrite,
}: {
  deliveries: number;
  print: (line: string) => void;
  rewrite?: (line: string) => void;
}): Progress {
  const started = performance.now();
  let told = 0;
  let rewritten = 0;
  let isOver = false;

  return {
    at(arrived, memory) {
      const now = performance.now();
      const seconds = ((now - started) / 1000).toFixed(0);
      const percent = Math.floor((100 * arrived) / deliveries);
      const line = `${String(percent).padStart(3)} %  ${arrived} of ${deliveries} deliveries, ${seconds} s, ${Math.round(memory / 1e6)} MB`;
      const isEnd = arrived === deliveries;
      if (rewrite && !isOver && (isEnd || now - rewritten > REWRITE_MS)) {
        rewritten = now;
        rewrite(isEnd ? `${line}\n` : line);
        isOver = isEnd;
      }
      const tenth = Math.floor(percent / 10);
      if (!rewrite && tenth > told) {
        told = tenth;
        print(line);
      }
    },
  };
}
