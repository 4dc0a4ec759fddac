import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { assets } from '../assets.ts';
import { onlyThePage, securityHeaders } from '../guard.ts';
import type { EditorState } from '../state.ts';
import { page } from '../views/page.ts';
import { deskDirectorRoutes } from './desk-director.ts';
import { runRoutes } from './runs.ts';
import { zapRoutes } from './zap.ts';

/**
 * The page and everything that it requests.
 *
 * @param example the first text in the box for deliveries by hand
 */
export function editorRoutes(state: EditorState, example: string) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(onlyThePage, securityHeaders);
  app.onError((error, context) =>
    context.text(`The editor failed: ${error.message}`, 500, {
      'HX-Retarget': '#oops',
      'HX-Reswap': 'textContent',
    }),
  );
  app.post('*', async (context, next) => {
    const shown = context.req.header('shown-workbench');
    if (shown === undefined || shown === state.workbench.id) return next();
    // A page from before a reset reloads: a run of the new workbench may have the number of an old run.
    return context.body(null, 204, { 'HX-Refresh': 'true' });
  });
  app.get('/', (context) => context.html(page(state, example)));
  app.get('/live', (context) => {
    const isOutdated = context.req.query('workbench') !== state.workbench.id;
    return state.live.connect(context, isOutdated);
  });
  app.route('/assets', assets());
  app.route('/zap', zapRoutes(state));
  app.route('/runs', runRoutes(state));
  app.route('/', deskDirectorRoutes(state));
  app.post('/reset', async (context) => {
    await state.reset();
    return context.body(null, 204);
  });
  return app;
}
