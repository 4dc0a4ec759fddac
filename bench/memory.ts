/** The memory of a process over the runs that it made between two of its starts. */
export interface MemoryLog {
  /** In bytes. */
  readonly highest: number;
  add(start: number, bytes: number): void;
  /** The life with the most runs: its memory, in bytes, some time after its start and at its end. */
  longest(): { runs: number; early: number; late: number };
}

export function createMemoryLog(): MemoryLog {
  const lives = new Map<number, number[]>();
  let highest = 0;

  return {
    get highest() {
      return highest;
    },

    add(start, bytes) {
      highest = Math.max(highest, bytes);
      const life = lives.get(start) ?? [];
      lives.set(start, life);
      life.push(bytes);
    },

    longest() {
      const life = [...lives.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
      const fifth = Math.floor(life.length / 5);
      // The first fifth is left out: what is loaded and compiled then stays in use.
      const early = median(life.slice(fifth, 2 * fifth));
      return { runs: life.length, early, late: median(life.slice(life.length - fifth)) };
    },
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
