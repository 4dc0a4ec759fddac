import { once } from 'node:events';
import { createServer } from 'node:http';

/** The answer to requests. */
export interface Answer {
  readonly body: string;
  readonly location?: string;
}

/**
 * A fast site with prepared answers. The path of a request ends with the key of its answer. Without
 * such an answer the site sends `{}`.
 */
export async function startApiServer() {
  let answers: Readonly<Record<string, Answer>> = {};
  let lastBody = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      lastBody = Buffer.concat(chunks).toString();
      const [path = ''] = (request.url ?? '').split('?');
      const known = Object.keys(answers).find((end) => path.endsWith(end));
      const answer = known === undefined ? undefined : answers[known];
      if (answer?.location !== undefined) response.setHeader('location', answer.location);
      response.setHeader('connection', 'close');
      response.end(answer?.body ?? '{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.DESKDIRECTOR_BASE_URL = `http://127.0.0.1:${Object(server.address()).port}`;
  return {
    authData: { site: 'support.deskdirector.com', apiKey: 'property-key' },
    /** The body of the last request. */
    get lastBody() {
      return lastBody;
    },
    answer(next: Readonly<Record<string, Answer>>) {
      answers = next;
    },
    async stop() {
      delete process.env.DESKDIRECTOR_BASE_URL;
      server.close();
      server.closeAllConnections();
    },
  };
}
