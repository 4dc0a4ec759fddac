import { type Context, Hono } from 'hono';
import { PANELS, testedRecords } from '../draft.ts';
import type { EditorState } from '../state.ts';
import { zapSection } from '../views/zap.ts';
import type { Workbench } from '../workbench.ts';
import { moreRecords, oneRecord } from './records.ts';

type Action = (bench: Workbench, form: FormData, context: Context) => unknown;

/** What is done to the Zap: each answers with how it stands then. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();

  const does = (action: Action) => async (context: Context) => {
    const form = await context.req.formData();
    const bench = state.workbench;
    // A page may still show another step, or one from before a reset.
    const isCurrent = form.get('draft') === bench.draft.id;
    if (isCurrent) await action(bench, form, context);
    state.live.push('zap', 'chats', 'targets');
    return context.html(zapSection(state.workbench, !isCurrent));
  };

  app.post(
    '/panel/:panel',
    does((bench, form, context) => {
      const panel = PANELS.find((name) => name === context.req.param('panel'));
      return panel && bench.open(panel, form);
    }),
  );
  app.post(
    '/step/:kind/:key',
    does((bench, _, context) => {
      const { kind, key } = context.req.param();
      const step = bench.definition.steps.find((one) => one.kind === kind && one.key === key);
      return step && bench.choose(step);
    }),
  );
  app.post(
    '/account',
    does((bench, form) => bench.connect(form)),
  );
  app.post(
    '/fields',
    does((bench, form) => bench.refreshFields(form)),
  );
  app.post(
    '/configure',
    does((bench, form) => bench.configure(form)),
  );
  app.post(
    '/test',
    does((bench) => bench.test()),
  );
  app.post(
    '/on',
    does((bench) => bench.turnOn()),
  );
  app.post(
    '/off/:id',
    does((bench, _, context) => bench.turnOff(context.req.param('id') ?? '')),
  );

  const tested = () => {
    const { draft } = state.workbench;
    const records = testedRecords(draft);
    return draft.step && records && { step: draft.step, records, url: '/zap/records' };
  };
  app.get('/records', (context) => moreRecords(context, tested()));
  app.get('/records/:index', (context) => oneRecord(context, tested()));
  return app;
}
