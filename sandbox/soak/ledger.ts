import type { Run } from '../zap-runner/zap-runner.ts';
import { changeNumber } from './sessions.ts';

/** How many complaints of each kind are told. */
const TOLD = 5;

export type Ledger = ReturnType<typeof createLedger>;

/** Follows every event from the sender to its run. */
export function createLedger() {
  /** How many events a delivery has, by the number of its first event. */
  const sizes = new Map<number, number>();
  /** Events that were sent and not run yet. */
  const due = new Set<number>();
  /** The last event of each session that was run for the first time. */
  const latest = new Map<unknown, number>();
  /** How often each delivery was run, for each receiver. */
  const books: Map<number, number>[] = [];
  const complaints: string[] = [];
  const counts = {
    /** Events that were sent. The next event has this number. */
    sent: 0,
    /** Deliveries that were accepted. */
    accepted: 0,
    /** Runs of deliveries. */
    runs: 0,
    /** Events that were run for the first time. */
    events: 0,
    /** Events that were run again, because their delivery was sent and accepted again. */
    repeated: 0,
  };

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
        counts.repeated += 1;
        continue;
      }
      counts.events += 1;
      if (number < (latest.get(id) ?? -1)) complaints.push(`Session ${id} was run out of order.`);
      latest.set(id, number);
    }
  }

  return {
    counts,

    /** Notes that a delivery of so many events is about to be sent. */
    send(events: number): void {
      sizes.set(counts.sent, events);
      for (let n = 0; n < events; n += 1) due.add(counts.sent + n);
      counts.sent += events;
    },

    /** A receiver, which numbers the deliveries that arrive. */
    receiver() {
      const book = new Map<number, number>();
      books.push(book);
      return {
        accept(delivery: number): void {
          counts.accepted += 1;
          book.set(delivery, 0);
        },
        run(run: Run): void {
          counts.runs += 1;
          book.set(run.delivery, (book.get(run.delivery) ?? Number.NaN) + 1);
          checkRecords(run);
        },
      };
    },

    /** What is wrong. Asked at the end, when every accepted delivery has run. */
    complaints(): string[] {
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
