import { Hono } from 'hono';
import { serveOnLoopback } from '../../common/loopback.ts';

type Answer = number | 'hang' | Promise<number>;

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Receives the deliveries of a webhook, on any free port. */
export async function startReceiver() {
  const bodies: unknown[] = [];
  const contentTypes: (string | undefined)[] = [];
  const answers: Answer[] = [];
  const hook = new Hono();
  hook.post('/hook', async (context) => {
    bodies.push(await context.req.json());
    contentTypes.push(context.req.header('content-type'));
    const status = (await answers.shift()) ?? 200;
    if (status === 'hang') return new Promise<never>(() => undefined);
    return Response.json({}, { status });
  });
  const { url, close } = await serveOnLoopback(hook);
  return {
    url: `${url}/hook`,
    /** Every body that arrived, parsed, whatever the answer was. */
    bodies,
    contentTypes,
    /** The statuses of the next answers; `hang` gives none. Afterwards each answer is 200. */
    answers,
    stop: close,
  };
}
