import { once } from 'node:events';
import { createServer } from 'node:http';

type Answer = number | 'hang' | Promise<number>;

export interface Receiver {
  readonly url: string;
  /** Every body that arrived, parsed, whatever the answer was. */
  readonly bodies: unknown[];
  readonly contentTypes: (string | undefined)[];
  /** The statuses of the next answers; `hang` gives none. Afterwards each answer is 200. */
  readonly answers: Answer[];
  stop(): Promise<void>;
}

/** Receives the deliveries of a webhook, on any free port. */
export async function startReceiver(): Promise<Receiver> {
  const bodies: unknown[] = [];
  const contentTypes: (string | undefined)[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    contentTypes.push(request.headers['content-type']);
    const answer = (await answers.shift()) ?? 200;
    if (answer !== 'hang') response.writeHead(answer).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The port is not known.');

  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    bodies,
    contentTypes,
    answers,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
