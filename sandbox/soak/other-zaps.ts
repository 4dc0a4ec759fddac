import type { DeskDirector, FaultKind } from '../desk-director/server.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { pick } from './sessions.ts';

/** The requests that turn a Zap on and off. */
const REQUESTS = [
  { method: 'GET', path: /\/chat-webhook-events$/ },
  { method: 'GET', path: /parameters$/ },
  { method: 'POST', path: /\/chat-workflows$/ },
  { method: 'DELETE', path: /\/chat-workflows\// },
] as const;

/** What no message of the app to an owner contains. */
const NO_OWNERS_WORDS =
  /\b(?:\w+Error:|is not a function|cannot read|undefined|could not handle)|[{}]/i;

export type OtherZaps = ReturnType<typeof createOtherZaps>;

/** Zaps that are turned on and off while some requests to the API fail. */
export function createOtherZaps(
  deskDirector: DeskDirector,
  random: () => number,
  faultRate: number,
) {
  /** Messages of failures that are not the app's own words. */
  const complaints: string[] = [];
  const counts = { operations: 0, failures: 0 };

  /** Resolves with undefined when the operation fails. */
  async function attempt<T>(operation: Promise<T>): Promise<T | undefined> {
    counts.operations += 1;
    try {
      return await operation;
    } catch (error) {
      counts.failures += 1;
      const words = error instanceof Error ? error.message : String(error);
      if (NO_OWNERS_WORDS.test(words) || words.includes(deskDirector.apiKey)) {
        complaints.push(`A Zap was not turned on or off, with the message: ${words}`);
      }
      return undefined;
    }
  }

  return {
    complaints,

    /** How many Zaps should have been turned on or off, and how many of them were not. */
    counts,

    /** Turns one Zap on and off. Never rejects. */
    async turnOnAndOff(zapier: ZapRunner): Promise<void> {
      for (const request of REQUESTS) {
        if (random() >= faultRate) continue;
        const times = pick(random, [1, 1, 2, 3]);
        const processed = random() < 0.5;
        deskDirector.fail({ ...request, ...faultKind(random), times, processed });
      }
      // With a filter of the site, the app also asks for the site's schema.
      const inputData = random() < 0.5 ? {} : { nameContains: 'Zephyrine' };
      const zap = await attempt(zapier.turnOn('new_chat_session', inputData));
      if (zap) await attempt(zapier.turnOff(zap));
      deskDirector.faults.clear();
    },
  };
}

/**
 * A fault that the app notices quickly, because deliveries wait meanwhile. Leaves out an answer that
 * arrives slowly, and an answer that ends within its body, which the platform's client does not
 * notice.
 */
function faultKind(random: () => number): FaultKind {
  return pick<readonly [FaultKind, ...FaultKind[]]>(random, [
    { kind: 'status', status: pick(random, [401, 403, 404, 429, 500, 502, 503]) },
    { kind: 'reset', when: 'before' },
    { kind: 'redirect', status: 302, to: 'https://elsewhere.example/' },
    { kind: 'huge', bytes: 6_000_000 },
    { kind: 'delay', ms: 30 },
    { kind: 'html' },
    { kind: 'truncated' },
    { kind: 'json', value: [null, { id: { results: 7 } }] },
    { kind: 'empty' },
  ]);
}
