import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { decoded } from '../../src/values.ts';
import { listenOnLoopback } from '../../tools/common/loopback.ts';
import { connect, disconnect } from './zapier.ts';

const API = '/api/v2/automate/connector';

/** An answer that is not simply JSON with status 200. */
export class Answer {
  readonly body: string | Buffer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = {}) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/** The site never sends this answer. */
export const NO_ANSWER = new Answer('');

/**
 * Answers by the end of their request, such as `GET /contacts/5` or `/contacts`: JSON, or `Answer`.
 */
type Answers = Readonly<Record<string, unknown>>;

/**
 * Starts a site with prepared answers, which is not the sandbox. Until it stops, the app's requests
 * go there.
 *
 * @param answers the answers to start with
 * @param otherwise the answer to all other requests
 */
export async function startPreparedSite(answers: Answers, otherwise: unknown) {
  let known = answers;
  const requests: { method: string; path: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const path = decoded(url.replace(API, ''));
    requests.push({ method, path, body: await text(request) });
    const names = [`${method} ${path}`, `${method} ${path.split('?')[0]}`];
    const key = Object.keys(known).find((end) => names.some((name) => name.endsWith(end)));
    const prepared = key === undefined ? otherwise : known[key];
    if (prepared === NO_ANSWER) return;
    const answer = prepared instanceof Answer ? prepared : new Answer(JSON.stringify(prepared));
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      connection: 'close',
      ...answer.headers,
    });
    response.end(answer.body);
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    authData: connect(url, 'prepared-key'),
    /** The requests since the answers were replaced. The path is below the connector API. */
    requests,
    /** Replaces some of the answers to start with. */
    answer(more: Answers) {
      known = { ...answers, ...more };
      requests.length = 0;
    },
    async stop() {
      disconnect();
      await close();
    },
  };
}
