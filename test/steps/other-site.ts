import { once } from 'node:events';
import { createServer } from 'node:http';
import { isObject } from '../../src/values.ts';

const API = '/api/v2/automate/connector';

/** An answer. By default it has status 200 and is JSON. */
export interface OtherAnswer {
  readonly status?: number;
  readonly text?: string;
  readonly contentType?: string;
  /** Never answers. */
  readonly hangs?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  /** Below the connector API, with the query. */
  readonly path: string;
  readonly body: unknown;
}

const isAnswer = (value: unknown): value is OtherAnswer =>
  isObject(value) && ['status', 'text', 'hangs'].some((name) => name in value);

/**
 * Starts a site that is not the sandbox. It has an answer for each method and path, such as
 * `GET /contacts/5`. The answer to all other requests is 404.
 */
export async function startOtherSite(answers: Readonly<Record<string, unknown>>) {
  let known = answers;
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const path = decodeURIComponent(url.replace(API, ''));
      const text = Buffer.concat(chunks).toString();
      requests.push({ method, path, body: text === '' ? null : JSON.parse(text) });
      const answer = known[`${method} ${path}`];
      if (answer === undefined) {
        response.writeHead(404, { 'content-type': 'application/json' });
        response.end('{"message":"No such thing."}');
      } else if (!isAnswer(answer)) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      } else if (!answer.hangs) {
        const type = answer.contentType ?? 'application/json';
        response.writeHead(answer.status ?? 200, { 'content-type': type });
        response.end(answer.text ?? '');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.DESKDIRECTOR_BASE_URL = `http://127.0.0.1:${Object(server.address()).port}`;
  return {
    authData: { site: 'support.deskdirector.com', apiKey: 'other-key' },
    requests,
    /** Replaces some of the answers for the rest of a test. */
    answer(more: Readonly<Record<string, unknown>>) {
      known = { ...answers, ...more };
      requests.length = 0;
    },
    async stop() {
      delete process.env.DESKDIRECTOR_BASE_URL;
      server.close();
      server.closeAllConnections();
    },
  };
}
