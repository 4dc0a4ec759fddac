import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Step } from '../zap-runner/app-definition.ts';
import { assets } from './assets.ts';
import { changeChat } from './chat-changes.ts';
import { faultSwitches } from './faults.ts';
import { onlyThisComputer } from './guard.ts';
import { createLive } from './live.ts';
import { chatCards, deliveryAnswer, deliveryTarget, faultForm } from './views/desk-director.ts';
import { runDetail, runList } from './views/history.ts';
import { alertBox, type Html, html } from './views/html.ts';
import { mappingPreview } from './views/mapping.ts';
import { page } from './views/page.ts';
import { moreRecords, recordFields } from './views/records.ts';
import { zapSection } from './views/zap.ts';
import { type AppRecord, PANELS, type Workbench } from './workbench.ts';

export interface EditorRoutesOptions {
  readonly workbench: () => Workbench;
  /** Replaces it by a new one. */
  readonly reset: () => Promise<void>;
  /** What the box for deliveries by hand begins with. */
  readonly example: string;
}

/** The page and all that it asks for, and what keeps open pages as they should be. */
export function editorRoutes({ workbench, reset, example }: EditorRoutesOptions) {
  /** Which run is looked at; the latest, unless one was chosen. */
  let chosenRun: number | null = null;
  let template = '';

  const shownRun = () => {
    const { history } = workbench();
    return history.find(({ number }) => number === chosenRun) ?? history[0] ?? null;
  };
  /** What a later step would get its fields from. */
  const latestRecord = (): AppRecord | null => {
    const { history, draft } = workbench();
    const [record] = history.flatMap(({ run }) => run.records.slice(0, 1));
    const tested = draft.tested !== null && 'found' in draft.tested ? draft.tested.found : [];
    return record ?? tested[0] ?? null;
  };
  const preview = () => mappingPreview(template, latestRecord());

  const live = createLive(() => {
    const { history, activeZaps } = workbench();
    return html`
      ${partial('#chats', chatCards(workbench()))}
      ${partial('#runs', runList(history, shownRun()))}
      ${partial('#delivery-target', deliveryTarget(activeZaps))}
      ${partial('#mapping-preview', preview())}
      ${partial('#run', runDetail(shownRun()))}`;
  });

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(
    onlyThisComputer,
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      // With none at all, browsers would not name the origin of what the page posts either.
      referrerPolicy: 'same-origin',
      // There is no TLS on this computer.
      strictTransportSecurity: false,
    }),
  );
  app.onError((error, context) =>
    context.html(alertBox(`The editor failed: ${error.message}`), 500),
  );

  app.get('/', (context) =>
    context.html(
      page({ workbench: workbench(), example, shown: shownRun(), template, preview: preview() }),
    ),
  );
  app.route('/assets', assets());
  app.get('/live', (context) => live.connect(context));

  /** Does something to the Zap, and answers with how it stands then. */
  const zapAction =
    (action: (context: Context, bench: Workbench) => unknown) => async (context: Context) => {
      const bench = workbench();
      await action(context, bench);
      live.push();
      return context.html(zapSection(bench));
    };

  app.post(
    '/zap/panel/:panel',
    zapAction((context, bench) => {
      const panel = PANELS.find((name) => name === context.req.param('panel'));
      return panel && bench.open(panel);
    }),
  );
  app.post(
    '/zap/step/:kind/:key',
    zapAction((context, bench) => {
      const { kind, key } = context.req.param();
      const step = bench.definition.steps.find((one) => one.kind === kind && one.key === key);
      return step && bench.choose(step);
    }),
  );
  app.post(
    '/zap/account',
    zapAction(async (context, bench) => bench.connect(await context.req.formData())),
  );
  app.post(
    '/zap/fields',
    zapAction(async (context, bench) => bench.refreshFields(await context.req.formData())),
  );
  app.post(
    '/zap/configure',
    zapAction(async (context, bench) => bench.configure(await context.req.formData())),
  );
  app.post(
    '/zap/test',
    zapAction((_, bench) => bench.test()),
  );
  app.post(
    '/zap/on',
    zapAction((_, bench) => bench.turnOn()),
  );
  app.post(
    '/zap/off/:id',
    zapAction((context, bench) => bench.turnOff(context.req.param('id') ?? '')),
  );

  app.get('/zap/records', (context) => {
    const { step, tested } = workbench().draft;
    if (step === null || tested === null || 'error' in tested) return context.notFound();
    return context.html(moreRecords(step, tested.found, '/zap/records', positionIn(context)));
  });
  app.get('/zap/records/:index', (context) => {
    const { step, tested } = workbench().draft;
    const records = tested !== null && 'found' in tested ? tested.found : [];
    return oneRecord(context, step, records);
  });

  app.get('/runs/:number', (context) => {
    chosenRun = Number(context.req.param('number'));
    // Whoever looks at the latest goes on looking at the latest.
    if (chosenRun === workbench().history[0]?.number) chosenRun = null;
    live.push();
    return context.html(runDetail(shownRun()));
  });
  const runIn = (context: Context) =>
    workbench().history.find(({ number }) => number === Number(context.req.param('number')));
  app.get('/runs/:number/records', (context) => {
    const entry = runIn(context);
    if (entry === undefined) return context.notFound();
    const url = `/runs/${entry.number}/records`;
    return context.html(moreRecords(entry.step, entry.run.records, url, positionIn(context)));
  });
  app.get('/runs/:number/records/:index', (context) => {
    const entry = runIn(context);
    return oneRecord(context, entry?.step ?? null, entry?.run.records ?? []);
  });
  app.post('/runs/:number/replay', async (context) => {
    const entry = runIn(context);
    if (entry === undefined) return context.notFound();
    chosenRun = null;
    await workbench().replay(entry.run);
    return context.body(null, 204);
  });

  app.post('/mapping', async (context) => {
    template = String((await context.req.formData()).get('template') ?? '');
    return context.html(preview());
  });

  app.post('/chats/:change{request|push}', changeOfChat);
  app.post('/chats/:id/:change', changeOfChat);
  /** Lets people do something, and answers with why they can't, if so. */
  async function changeOfChat(context: Context) {
    const { chats } = workbench().deskDirector;
    const { id = '', change = '' } = context.req.param();
    try {
      changeChat(chats, change, id, await context.req.formData());
    } catch (error) {
      return context.html(alertBox(error instanceof Error ? error.message : String(error)));
    }
    live.push();
    return context.html('');
  }

  app.post('/deliveries', async (context) => {
    const form = await context.req.formData();
    const id = form.get('zap');
    const bench = workbench();
    const zaps = bench.activeZaps.filter(({ zap }) => id === '' || zap.id === id);
    chosenRun = null;
    return context.html(deliveryAnswer(await bench.deliver(zaps, String(form.get('body') ?? ''))));
  });
  app.post('/faults', async (context) => {
    const key = (await context.req.formData()).get('fault');
    workbench().breakApi(faultSwitches.find((fault) => fault.key === key) ?? null);
    return context.html(faultForm(workbench().fault));
  });
  app.post('/reset', async (context) => {
    await reset();
    chosenRun = null;
    template = '';
    live.push();
    return context.body(null, 204, { 'HX-Refresh': 'true' });
  });
  return { routes: app, live };
}

const partial = (target: string, content: Html): Html =>
  html`<hx-partial hx-target="${target}" hx-swap="innerMorph">${content}</hx-partial>`;

const positionIn = (context: Context): number => Number(context.req.query('from')) || 0;

function oneRecord(context: Context, step: Step | null, records: readonly AppRecord[]) {
  const record = records[Number(context.req.param('index'))];
  if (step === null || record === undefined) return context.notFound();
  return context.html(recordFields(step, record));
}
