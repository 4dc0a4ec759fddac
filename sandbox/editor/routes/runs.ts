import { type Context, Hono } from 'hono';
import { runDetail } from '../views/history.ts';
import { moreRecords } from '../views/records.ts';
import { type EditorState, oneRecord, positionIn } from './state.ts';

/** What is asked of the Zap history. */
export function runRoutes(state: EditorState): Hono {
  const app = new Hono();
  app.get('/:number', (context) => {
    state.chosenRun = Number(context.req.param('number'));
    // Whoever looks at the latest goes on looking at the latest.
    if (state.chosenRun === state.workbench().history[0]?.number) state.chosenRun = null;
    state.live.push();
    return context.html(runDetail(state.shownRun()));
  });
  const runIn = (context: Context) =>
    state.workbench().history.find(({ number }) => number === Number(context.req.param('number')));
  app.get('/:number/records', (context) => {
    const entry = runIn(context);
    if (entry === undefined) return context.notFound();
    const url = `/runs/${entry.number}/records`;
    return context.html(moreRecords(entry.step, entry.run.records, url, positionIn(context)));
  });
  app.get('/:number/records/:index', (context) => {
    const entry = runIn(context);
    return oneRecord(context, entry?.step ?? null, entry?.run.records ?? []);
  });
  app.post('/:number/replay', async (context) => {
    const entry = runIn(context);
    if (entry === undefined) return context.notFound();
    state.chosenRun = null;
    await state.workbench().replay(entry.run);
    return context.body(null, 204);
  });

  return app;
}
