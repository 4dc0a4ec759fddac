import { createAppProcess } from '../sandbox/zap-runner/app-process.ts';
import type { AppAnswer, AppEvent, HttpLog } from '../sandbox/zap-runner/worker.ts';
import { BUILT_APP, logLines, ownersWords } from '../sandbox/zap-runner/zap-runner.ts';
import { siteHost } from '../src/deskdirector/site.ts';
import { decoded, parseJson } from '../src/values.ts';
import type { Connection } from './connection.ts';

/** A request that the app sent, and the site's answer. */
export interface Exchange {
  readonly method: string;
  /** The path below the connector API, decoded, with the query. */
  readonly path: string;
  readonly status: number;
  /** The `Location` header. */
  readonly location: string | null;
  /** The parsed body; undefined when it is not JSON. */
  readonly data: unknown;
  readonly milliseconds: number;
}

/** What a function of the app gave, and what the site said meanwhile. No text names the site. */
export interface Answer {
  readonly results: unknown;
  /** The message for the owner of a Zap; null when the function did not fail. */
  readonly failure: string | null;
  /** What the app itself logged. */
  readonly warnings: readonly string[];
  readonly exchanges: readonly Exchange[];
}

export type CheckedApp = ReturnType<typeof startApp>;

/** Runs the built app as production does, with a connection. */
export function startApp({ authData, environment }: Connection) {
  const app = createAppProcess(BUILT_APP, environment);
  const host = hostOf(authData.site);
  const named = host === null ? null : new RegExp(host.replaceAll('.', '\\.'), 'gi');
  const nameless = (words: string) => (named === null ? words : words.replace(named, 'the site'));
  return {
    /** The words of a result without the host of the site. */
    nameless,

    /** Runs a function of the app, such as `triggers.board_list.operation.perform`. Never rejects. */
    async call(method: string, bundle: Record<string, unknown> = {}): Promise<Answer> {
      const event: AppEvent = {
        command: 'execute',
        method,
        bundle: { authData, inputData: {}, meta: {}, ...bundle },
      };
      let answer: AppAnswer;
      try {
        answer = await app.handle(event);
      } catch (error) {
        return { results: null, failure: nameless(String(error)), warnings: [], exchanges: [] };
      }
      const exchanges = answer.logs.flatMap(({ http }) => (http === null ? [] : exchangeOf(http)));
      const words = ownersWords(answer);
      return {
        results: answer.results,
        failure: words === null ? null : nameless(words),
        warnings: logLines(answer).map(nameless),
        exchanges,
      };
    },

    /** The definition of the app. */
    definition: async () => (await app.handle({ command: 'definition', bundle: {} })).results,

    stop: app.stop,
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

function exchangeOf(log: HttpLog): Exchange {
  const { pathname } = new URL(log.request_url);
  const query = log.request_params === undefined ? '' : `?${log.request_params}`;
  return {
    method: log.request_method,
    path: decoded(`${pathname.replace(/^.*\/automate\/connector/, '')}${query}`),
    status: log.response_status_code,
    location: /^location: (.*)$/im.exec(log.response_headers ?? '')?.[1] ?? null,
    // The log replaces what may be a secret. A number then has no quotes.
    data: parseJson(log.response_content.replace(/(?<=[:,[]\s*):censored:\d+:\w+:/g, '0')),
    milliseconds: log.request_duration_ms,
  };
}
