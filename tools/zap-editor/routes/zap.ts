import { type Context, Hono } from 'hono';
import { postedForm } from '../posted-form.ts';
import { openPublish, turnOff, turnOn } from '../publishing.ts';
import {
  choose,
  configureStep,
  connect,
  goToStep,
  insertStep,
  keepForm,
  openPanel,
  refreshFields,
  type Setup,
  takeOutStep,
  testOpenStep,
} from '../setup.ts';
import type { EditorState } from '../state.ts';
import { PANELS, testedRecords } from '../step-draft.ts';
import { mappableFields } from '../views/mapping.ts';
import { testSource, zapSection } from '../views/zap.ts';
import { stepsOf } from '../zap-draft.ts';
import { moreRecords, oneRecord } from './records.ts';

type Parameters = Readonly<Record<string, string>>;
type Action<More> = (setup: Setup, more: More, parameters: Parameters) => void | Promise<void>;

/** Routes that change the Zap. Each answers with the Zap after the change. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();

  /** Waits for the actions before it. */
  async function inTurn(context: Context, action: (setup: Setup) => void | Promise<void>) {
    await state.workbench.inTurn(action);
    state.live.push('zap', 'deskDirector', 'targets');
    return context.html(zapSection(state.workbench));
  }

  /** A form of a step. It does nothing when another page has opened another step meanwhile. */
  const ofStep = (path: string, action: Action<FormData>) =>
    app.post(`/steps/:step/${path}`, async (context) => {
      const form = await postedForm(context);
      const parameters: Parameters = context.req.param();
      return inTurn(context, async (setup) => {
        if (setup.draft.open.id === parameters.step) await action(setup, form, parameters);
      });
    });

  /** Leaves the open panel, and keeps its values. */
  const leaving = (path: string, action: Action<string>) =>
    ofStep(path, async (setup, form, parameters) => {
      await keepForm(setup, form);
      await action(setup, parameters.to ?? '', parameters);
    });

  leaving('panel/publish', openPublish);
  for (const panel of PANELS) leaving(`panel/${panel}`, (setup) => openPanel(setup, panel));
  leaving('open/:to', goToStep);
  leaving('add/:to', insertStep);
  leaving('remove/:to', takeOutStep);
  ofStep('choose/:kind/:key', async (setup, _, { kind, key }) => {
    const { steps } = setup.definition;
    const chosen = steps.find((step) => step.kind === kind && step.key === key);
    if (chosen !== undefined) await choose(setup, chosen);
  });
  ofStep('account', connect);
  ofStep('fields', refreshFields);
  ofStep('configure', configureStep);
  ofStep('test', testOpenStep);
  app.post('/on', (context) => inTurn(context, turnOn));
  app.post('/off/:id', (context) =>
    inTurn(context, (setup) => turnOff(setup, context.req.param('id'))),
  );

  const tested = (context: Context) => {
    const id = context.req.param('step');
    const draft = stepsOf(state.workbench.draft).find((step) => step.id === id);
    const records = draft && testedRecords(draft);
    return draft?.step && records ? testSource(draft.id, draft.step, records) : null;
  };
  app.get('/steps/:step/records', (context) => moreRecords(context, tested(context)));
  app.get('/steps/:step/records/:index', (context) => oneRecord(context, tested(context)));
  app.get('/mappable', (context) => context.html(mappableFields(state.workbench.draft)));
  return app;
}
