import type { DeskDirector, FaultKind } from '../sandbox/desk-director/server.ts';
import type { ZapRunner } from '../sandbox/zap-runner/zap-runner.ts';
import { pick } from './random.ts';

/** Zaps that are turned on and off again, while the API fails now and then. */
export interface Bystanders {
  /** Zaps that were turned on or off, or should have been. */
  readonly operations: number;
  /** Those of them that failed, in the app's own words. */
  readonly failures: number;
  readonly complaints: readonly string[];
  /** Turns one Zap on and off. It never rejects. */
  comeAndGo(zapier: ZapRunner): Promise<void>;
}

/** The requests that it takes to turn a Zap on and off. */
const requests = [
  { method: 'GET', path: /\/chat-webhook-events$/ },
  { method: 'GET', path: /parameters$/ },
  { method: 'POST', path: /\/chat-workflows$/ },
  { method: 'DELETE', path: /\/chat-workflows\// },
] as const;

/** Words that no author of an app would choose. */
const FOREIGN = /\b(?:\w+Error:|is not a function|cannot read|undefined|could not handle)|[{}]/i;

export function createBystanders(
  deskDirector: DeskDirector,
  random: () => number,
  faultRate: number,
): Bystanders {
  const complaints: string[] = [];
  let [operations, failures] = [0, 0];

  /** Undefined when it failed in the app's own words. */
  async function attempt<T>(operation: Promise<T>): Promise<T | undefined> {
    operations += 1;
    try {
      return await operation;
    } catch (error) {
      failures += 1;
      const words = error instanceof Error ? error.message : String(error);
      if (FOREIGN.test(words) || words.includes(deskDirector.apiKey)) {
        complaints.push(`A Zap was not turned on or off, in these words: ${words}`);
      }
      return undefined;
    }
  }

  return {
    get operations() {
      return operations;
    },
    get failures() {
      return failures;
    },
    complaints,

    async comeAndGo(zapier) {
      for (const request of requests) {
        if (random() < faultRate) {
          const times = pick(random, [1, 1, 2, 3]);
          deskDirector.fail({
            ...request,
            ...faultKind(random),
            times,
            processed: random() < 0.5,
          });
        }
      }
      // A filter of the site's own lets the app ask for the site's schema first.
      const inputData = random() < 0.5 ? {} : { nameContains: 'Zephyrine' };
      const zap = await attempt(zapier.turnOn('new_chat_session', inputData));
      if (zap) await attempt(zapier.turnOff(zap));
      deskDirector.faults.clear();
    },
  };
}

/**
 * Nothing that takes the app long, as deliveries wait for it meanwhile: no answer that drips, and
 * none that ends amid the body, which the platform's client does not notice.
 */
function faultKind(random: () => number): FaultKind {
  const kind = pick(random, ['status', 'reset', 'redirect', 'body', 'huge', 'delay']);
  switch (kind) {
    case 'status':
      return { kind, status: pick(random, [401, 403, 404, 429, 500, 502, 503]) };
    case 'reset':
      return { kind, when: 'before' };
    case 'redirect':
      return { kind, status: 302, to: 'https://elsewhere.example/' };
    case 'huge':
      return { kind, bytes: 6_000_000 };
    case 'delay':
      return { kind, ms: 30 };
    case 'body':
      return pick(random, [
        { kind: 'html' },
        { kind: 'truncated' },
        { kind: 'json', value: [null, { id: { results: 7 } }] },
        { kind: 'empty' },
      ]);
  }
}
