import { siteHost } from '../../src/deskdirector/site.ts';
import { createAppCalls, logLines, ownersMessage } from '../zap-runner/app-calls.ts';
import type { Step } from '../zap-runner/app-definition.ts';
import type { AppProcess } from '../zap-runner/app-process.ts';
import type { Connection } from './connection.ts';
import { type Exchange, startRecorder } from './recorder.ts';

/** What a function of the app gave, and what the site said meanwhile. No text names the site. */
export interface Answer {
  readonly results: unknown;
  /** The message for the owner of a Zap; null when the function did not fail. */
  readonly failure: string | null;
  /** What the app itself logged. */
  readonly warnings: readonly string[];
  readonly exchanges: readonly Exchange[];
}

export type CheckedApp = Awaited<ReturnType<typeof connectApp>>;

/** Calls the functions of an app with a connection, as production does. */
export async function connectApp({ handle }: AppProcess, { authData, base }: Connection) {
  const host = hostOf(authData.site);
  const named = host === null ? null : new RegExp(host.replaceAll('.', '\\.'), 'gi');
  const nameless = (words: string) => (named === null ? words : words.replace(named, 'the site'));
  const origin = originOf(host, base);
  const recorder = origin === null ? null : await startRecorder(origin);
  const exchanges: readonly Exchange[] = recorder?.exchanges ?? [];

  /** @param address where the app sends its requests instead of to the site; empty for the site */
  async function run(method: string, bundle: object, address: string): Promise<Answer> {
    const before = exchanges.length;
    try {
      const answer = await handle({
        command: 'execute',
        method,
        bundle: { authData, inputData: {}, meta: {}, ...bundle },
        environment: { DESKDIRECTOR_BASE_URL: address },
      });
      const words = ownersMessage(answer);
      return {
        results: answer.results,
        failure: words === null ? null : nameless(words),
        warnings: logLines(answer).map(nameless),
        exchanges: exchanges.slice(before),
      };
    } catch (error) {
      return { results: null, failure: nameless(String(error)), warnings: [], exchanges: [] };
    }
  }

  return {
    /** All that was sent and answered so far, except by the connection test. */
    exchanges,

    /** The words of a result without the host of the site. */
    nameless,

    /**
     * Tests the connection, without anything between the app and the site, so that the app sees the
     * site's certificate. Never rejects.
     */
    connect: () => run('authentication.test', {}, base),

    /** Runs a function of a step, such as `perform`. Never rejects. */
    call: ({ kind, key }: Pick<Step, 'kind' | 'key'>, name: string, bundle: object = {}) =>
      run(`${kind}.${key}.operation.${name}`, bundle, recorder?.url ?? base),

    /** The visible steps of the app. */
    steps: async () => (await createAppCalls({ handle }, authData).definition()).steps,

    disconnect: async () => recorder?.close(),
  };
}

/** The host of a site as the app's words name it; null when the app refuses what was typed. */
export function hostOf(site: string): string | null {
  try {
    return siteHost(site);
  } catch {
    return null;
  }
}

/** Names what is checked. A site that the app refuses is not named. */
export function whatIsChecked({ authData, base }: Connection): string {
  if (base !== '') return `Checks ${base}, from DESKDIRECTOR_BASE_URL. This is not a real site.`;
  return `Checks ${hostOf(authData.site) ?? 'the site'}.`;
}

/** Where the app sends the key; null when it refuses to. */
function originOf(host: string | null, base: string): string | null {
  if (host === null || base === '') return host && `https://${host}`;
  const url = URL.parse(base);
  return url && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) ? url.origin : null;
}
