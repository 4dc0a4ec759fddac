import { type Context, Hono } from 'hono';
import type { EditorState } from '../state.ts';
import { historyView } from '../views/history.ts';
import { reveal } from './reveal.ts';

/** Routes of the Zap history. */
export function runRoutes(state: EditorState): Hono {
  const app = new Hono();
  const entryOf = (context: Context) => {
    const wanted = Number(context.req.param('number'));
    return state.workbench.history.find(({ number }) => number === wanted) ?? null;
  };
  /** Shows one run; null shows the latest run, also when a later one arrives. */
  const show = (context: Context, number: number | null) => {
    state.workbench.chosenRun = number;
    state.live.push('history', 'deskDirector');
    reveal(context, 'run');
    return context.html(historyView(state.workbench));
  };

  app.post('/:number/show', (context) => show(context, entryOf(context)?.number ?? null));
  app.post('/:number/replay', async (context) => {
    const entry = entryOf(context);
    if (entry === null) return context.notFound();
    await state.workbench.zapier.replay(entry.run);
    return show(context, null);
  });
  return app;
}
