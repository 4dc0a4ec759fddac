import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { assets } from '../assets.ts';
import { onlyThePage, securityHeaders } from '../guard.ts';
import type { EditorState } from '../state.ts';
import { page } from '../views/page.ts';
import { deskDirectorRoutes } from './desk-director.ts';
import { runRoutes } from './runs.ts';
import { zapRoutes } from './zap.ts';

/** How large a form may be. A delivery of 10 MB may take three times as much in a form. */
const MOST_MEGABYTES = 30;

/** Answers with a message, which the page shows above all else. */
const refuse = (context: Context, message: string, status: ContentfulStatusCode): Response =>
  context.text(message, status, { 'HX-Retarget': '#oops', 'HX-Reswap': 'textContent' });

/**
 * The page and everything that it requests.
 *
 * @param example the first text in the box for deliveries by hand
 */
export function editorRoutes(state: EditorState, example: string) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(onlyThePage, securityHeaders);
  app.onError((error, context) =>
    error instanceof HTTPException
      ? refuse(context, error.message, error.status)
      : refuse(context, `The editor failed: ${error.message}`, 500),
  );
  app.notFound((context) => refuse(context, 'The editor has nothing at this address.', 404));
  app.post(
    '*',
    bodyLimit({
      maxSize: MOST_MEGABYTES * 1024 * 1024,
      onError: async (context) => {
        // A page that is still sending would see a broken connection in place of the words.
        await context.req.raw.body?.pipeTo(new WritableStream());
        return refuse(context, `A form may have at most ${MOST_MEGABYTES} MB.`, 413);
      },
    }),
  );
  app.get('/', (context) => context.html(page(state.workbench, example, state.instance)));
  app.get('/live', (context) => state.live.connect(context));
  app.route('/assets', assets());
  app.route('/zap', zapRoutes(state));
  app.route('/runs', runRoutes(state));
  app.route('/', deskDirectorRoutes(state));
  app.post('/reset', async (context) => {
    await state.reset();
    return context.body(null, 204, { 'HX-Refresh': 'true' });
  });
  return app;
}
