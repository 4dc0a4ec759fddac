import { type Context, Hono } from 'hono';
import { moreRecords } from '../views/records.ts';
import { zapSection } from '../views/zap.ts';
import { PANELS, type Workbench } from '../workbench.ts';
import { type EditorState, oneRecord, positionIn } from './state.ts';

/** What is done to the Zap: each answers with how it stands then. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();
  /** Does something to the Zap, and answers with how it stands then. */
  const zapAction =
    (action: (context: Context, bench: Workbench) => unknown) => async (context: Context) => {
      const bench = state.workbench();
      await action(context, bench);
      state.live.push();
      return context.html(zapSection(bench));
    };

  app.post(
    '/panel/:panel',
    zapAction((context, bench) => {
      const panel = PANELS.find((name) => name === context.req.param('panel'));
      return panel && bench.open(panel);
    }),
  );
  app.post(
    '/step/:kind/:key',
    zapAction((context, bench) => {
      const { kind, key } = context.req.param();
      const step = bench.definition.steps.find((one) => one.kind === kind && one.key === key);
      return step && bench.choose(step);
    }),
  );
  app.post(
    '/account',
    zapAction(async (context, bench) => bench.connect(await context.req.formData())),
  );
  app.post(
    '/fields',
    zapAction(async (context, bench) => bench.refreshFields(await context.req.formData())),
  );
  app.post(
    '/configure',
    zapAction(async (context, bench) => bench.configure(await context.req.formData())),
  );
  app.post(
    '/test',
    zapAction((_, bench) => bench.test()),
  );
  app.post(
    '/on',
    zapAction((_, bench) => bench.turnOn()),
  );
  app.post(
    '/off/:id',
    zapAction((context, bench) => bench.turnOff(context.req.param('id') ?? '')),
  );

  app.get('/records', (context) => {
    const { step, tested } = state.workbench().draft;
    if (step === null || tested === null || 'error' in tested) return context.notFound();
    return context.html(moreRecords(step, tested.found, '/zap/records', positionIn(context)));
  });
  app.get('/records/:index', (context) => {
    const { step, tested } = state.workbench().draft;
    const records = tested !== null && 'found' in tested ? tested.found : [];
    return oneRecord(context, step, records);
  });

  return app;
}
