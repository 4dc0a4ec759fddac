import { describe, expect, test } from '@jest/globals';
import { createLedger } from '../../sandbox/soak/ledger.ts';
import { memoryGrowth } from '../../sandbox/soak/report.ts';
import { changedSession, createRandom } from '../../sandbox/soak/sessions.ts';
import { soak } from '../../sandbox/soak/soak.ts';
import type { Run } from '../../sandbox/zap-runner/zap-runner.ts';

test('through faults and a restart every event is run, each accepted delivery once', async () => {
  const lines: string[] = [];
  const result = await soak({ deliveries: 320, seed: 7, print: (line) => lines.push(line) });

  expect(result.complaints).toEqual([]);
  expect(result.sent).toBe(320);
  // Some accepted deliveries are sent again, because their answer was lost.
  expect(result.accepted).toBeGreaterThan(320);
  expect(result.runs).toBe(result.accepted);
  expect(result.restarts).toBeGreaterThanOrEqual(1);
  expect(lines[0]).toMatch(/^[1-9]\d+ of 320 deliveries, \d+ MB$/);
  expect(lines.at(-1)).toBe('All as promised.');
});

describe('the ledger complains of', () => {
  /** A run of these events of one session. */
  const run = (delivery: number, events: number[], error: string | null = null): Run => ({
    zap: {
      id: 'zap',
      trigger: 'chat_session_status_changed',
      inputData: {},
      steps: [],
      subscribeData: {},
    },
    delivery,
    body: '',
    contentType: 'application/json',
    isReplay: false,
    records: events.map((event) => {
      const { lastModifiedDateTime } = changedSession(createRandom(1), event);
      return { id: '1', last_modified_at: lastModifiedDateTime.replace(/\d{4}Z$/, 'Z') };
    }),
    stepRuns: [],
    error,
    stopped: null,
    logs: [],
    milliseconds: 1,
    memory: 1,
  });
  /** The complaints after two deliveries of two events each. */
  const complaintsAfter = (accepted: number[], ...runs: Run[]) => {
    const ledger = createLedger();
    ledger.send(2);
    ledger.send(2);
    const receiver = ledger.receiver();
    for (const delivery of accepted) receiver.accept(delivery);
    for (const one of runs) receiver.run(one);
    return ledger.complaints();
  };
  const notAsSent = (delivery: number) =>
    `The run of delivery ${delivery} is not what was sent, in its order.`;

  test('nothing when all was run, or run again because it was accepted again', () => {
    expect(complaintsAfter([1, 2], run(1, [0, 1]), run(2, [2, 3]))).toEqual([]);
    expect(complaintsAfter([1, 2, 3], run(1, [0, 1]), run(2, [0, 1]), run(3, [2, 3]))).toEqual([]);
  });

  test('what was accepted, but not run', () => {
    expect(complaintsAfter([1, 2], run(1, [0, 1]))).toEqual([
      'Delivery 2 was accepted, but not run once.',
      'Event 2 was sent, but never run.',
      'Event 3 was sent, but never run.',
    ]);
  });

  test('what was run twice, or without having been accepted', () => {
    expect(complaintsAfter([1], run(1, [0, 1]), run(1, [0, 1]), run(2, [2, 3]))).toEqual([
      'Delivery 1 was accepted, but not run once.',
      'Delivery 2 was accepted, but not run once.',
    ]);
  });

  test('a part of a delivery, a strange event, and a failed run', () => {
    expect(complaintsAfter([1, 2], run(1, [0]), run(2, [2, 3]))).toEqual([
      notAsSent(1),
      'Event 1 was sent, but never run.',
    ]);
    expect(complaintsAfter([1, 2, 3], run(1, [0, 1]), run(2, [2, 3]), run(3, [7, 8]))).toEqual([
      notAsSent(3),
    ]);
    expect(complaintsAfter([1, 2], run(1, [0, 1]), run(2, [], 'Too bad.'))).toEqual([
      'The run of delivery 2 failed: Too bad.',
      notAsSent(2),
      'Event 2 was sent, but never run.',
      'Event 3 was sent, but never run.',
    ]);
  });

  test('another order of a session, within a delivery and among them', () => {
    expect(complaintsAfter([1, 2], run(1, [1, 0]), run(2, [2, 3]))).toEqual([
      notAsSent(1),
      'Session 1 was run out of order.',
    ]);
    expect(complaintsAfter([1, 2], run(1, [2, 3]), run(2, [0, 1]))).toEqual([
      'Session 1 was run out of order.',
    ]);
  });

  test('no more than a few of a kind', () => {
    const ledger = createLedger();
    ledger.send(8);
    expect(ledger.complaints()).toHaveLength(6);
    expect(ledger.complaints().at(-1)).toBe('(and 3 more like it)');
  });
});

test('memory is judged in the process with the most runs, without its first fifth', () => {
  const memory = Array.from({ length: 100 }, (_, run) => run + 1);
  expect(memoryGrowth([[900], memory, [5]])).toEqual({ runs: 100, early: 31, late: 91 });
});
