import { type Context, Hono } from 'hono';
import type { EditorState } from '../state.ts';
import { historyView, recordSource } from '../views/history.ts';
import { moreRecords, oneRecord } from './records.ts';

/** Routes of the Zap history. */
export function runRoutes(state: EditorState): Hono {
  const app = new Hono();
  const entryOf = (context: Context) => {
    const wanted = Number(context.req.param('number'));
    return state.workbench.history.find(({ number }) => number === wanted) ?? null;
  };
  const sourceOf = (context: Context) => {
    const entry = entryOf(context);
    return entry && recordSource(entry);
  };
  /** Shows one run; null shows the latest run, also when a later one arrives. */
  const show = (context: Context, number: number | null) => {
    state.chosenRun = number;
    state.live.push('history');
    return context.html(historyView(state));
  };

  app.post('/latest/show', (context) => show(context, null));
  app.post('/:number/show', (context) => show(context, entryOf(context)?.number ?? null));
  app.post('/:number/replay', async (context) => {
    const entry = entryOf(context);
    if (entry === null) return context.notFound();
    await state.workbench.zapier.replay(entry.run);
    return show(context, null);
  });
  app.get('/:number/records', (context) => moreRecords(context, sourceOf(context)));
  app.get('/:number/records/:index', (context) => oneRecord(context, sourceOf(context)));
  return app;
}
