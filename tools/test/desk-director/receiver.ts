import { Hono } from 'hono';
import { serveOnLoopback } from '../../common/loopback.ts';

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Receives the deliveries of a webhook, on any free port. */
export async function startReceiver() {
  const bodies: unknown[] = [];
  const answers: (number | 'hang')[] = [];
  const hook = new Hono();
  hook.post('/hook', async (context) => {
    bodies.push(await context.req.json());
    const status = answers.shift() ?? 200;
    if (status === 'hang') return new Promise<never>(() => undefined);
    return Response.json({}, { status });
  });
  const { url, close } = await serveOnLoopback(hook);
  return {
    url: `${url}/hook`,
    /** Every body that arrived, parsed, whatever the answer was. */
    bodies,
    /** The statuses of the next answers; `hang` gives none. Afterwards each answer is 200. */
    answers,
    stop: close,
  };
}
