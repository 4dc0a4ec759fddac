import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { assets } from '../assets.ts';
import { onlyThisComputer, securityHeaders } from '../guard.ts';
import { alertBox } from '../views/html.ts';
import { page } from '../views/page.ts';
import { deskDirectorRoutes } from './desk-director.ts';
import { runRoutes } from './runs.ts';
import type { EditorState } from './state.ts';
import { zapRoutes } from './zap.ts';

export interface EditorRoutesOptions {
  readonly state: EditorState;
  /** Replaces the workbench by a new one. */
  readonly reset: () => Promise<void>;
  /** What the box for deliveries by hand begins with. */
  readonly example: string;
}

/** The page, and all that it asks for. */
export function editorRoutes({ state, reset, example }: EditorRoutesOptions) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(onlyThisComputer, securityHeaders);
  app.onError((error, context) =>
    context.html(alertBox(`The editor failed: ${error.message}`), 500),
  );
  app.get('/', (context) => context.html(page(state, example)));
  app.get('/live', (context) => state.live.connect(context));
  app.route('/assets', assets());
  app.route('/zap', zapRoutes(state));
  app.route('/runs', runRoutes(state));
  app.route('/', deskDirectorRoutes(state));
  app.post('/mapping', async (context) => {
    state.template = String((await context.req.formData()).get('template') ?? '');
    return context.html(state.preview());
  });
  app.post('/reset', async (context) => {
    await reset();
    state.chosenRun = null;
    state.template = '';
    state.live.push();
    return context.body(null, 204, { 'HX-Refresh': 'true' });
  });
  return app;
}
