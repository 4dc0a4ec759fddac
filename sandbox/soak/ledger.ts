import type { Run } from '../sandbox/zap-runner/zap-runner.ts';
import { changeNumber } from './sessions.ts';

/** Follows every event from where it was sent to where it was run. */
export interface Ledger {
  /** The number that the next event is to have. */
  readonly nextEvent: number;
  readonly accepted: number;
  readonly runs: number;
  /** Events that were run for the first time. */
  readonly events: number;
  /** Events that were run once more, because their delivery was sent and accepted once more. */
  readonly repeated: number;
  /** A delivery of so many events is about to be sent. */
  send(events: number): void;
  /** The books of one receiver, which numbers what arrives. */
  receiver(): { accept(delivery: number): void; run(run: Run): void };
  /** What is wrong, as far as it can be told now: to be asked at the end, when nothing is due. */
  complaints(): string[];
}

/** Of each kind of complaint only the first few are told. */
const TOLD = 5;

export function createLedger(): Ledger {
  /** By the number of the first event of a delivery, how many events it has. */
  const sizes = new Map<number, number>();
  /** Events that were sent and not run yet. */
  const due = new Set<number>();
  /** Of each session, the last event that was run for the first time. */
  const latest = new Map<unknown, number>();
  /** By delivery, how often it was run: for each receiver. */
  const books: Map<number, number>[] = [];
  const complaints: string[] = [];
  let [nextEvent, accepted, runs, events, repeated] = [0, 0, 0, 0, 0];

  function checkRecords({ delivery, records, error }: Run): void {
    if (error !== null) complaints.push(`The run of delivery ${delivery} failed: ${error}`);
    const numbers = records.map(changeNumber);
    const [first = Number.NaN] = numbers;
    const isWhole =
      sizes.get(first) === numbers.length && numbers.every((number, n) => number === first + n);
    if (!isWhole) {
      complaints.push(`The run of delivery ${delivery} is not what was sent, in its order.`);
    }
    for (const [n, { id }] of records.entries()) {
      const number = numbers[n] ?? Number.NaN;
      if (!due.delete(number)) {
        repeated += 1;
        continue;
      }
      events += 1;
      if (number < (latest.get(id) ?? -1)) complaints.push(`Session ${id} was run out of order.`);
      latest.set(id, number);
    }
  }

  return {
    get nextEvent() {
      return nextEvent;
    },
    get accepted() {
      return accepted;
    },
    get runs() {
      return runs;
    },
    get events() {
      return events;
    },
    get repeated() {
      return repeated;
    },

    send(count) {
      sizes.set(nextEvent, count);
      for (let n = 0; n < count; n += 1) due.add(nextEvent + n);
      nextEvent += count;
    },

    receiver() {
      const book = new Map<number, number>();
      books.push(book);
      return {
        accept(delivery) {
          accepted += 1;
          book.set(delivery, 0);
        },
        run(run) {
          runs += 1;
          book.set(run.delivery, (book.get(run.delivery) ?? Number.NaN) + 1);
          checkRecords(run);
        },
      };
    },

    complaints() {
      const notOnce = books.flatMap((book) =>
        [...book].filter(([, count]) => count !== 1).map(([delivery]) => delivery),
      );
      return [
        ...few(complaints),
        ...few(notOnce.map((delivery) => `Delivery ${delivery} was accepted, but not run once.`)),
        ...few([...due].map((number) => `Event ${number} was sent, but never run.`)),
      ];
    },
  };
}

function few(complaints: string[]): string[] {
  const others = complaints.length - TOLD;
  return others > 0 ? [...complaints.slice(0, TOLD), `(and ${others} more like it)`] : complaints;
}
