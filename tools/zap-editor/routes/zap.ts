import { type Context, Hono } from 'hono';
import { unseenField } from '../form-data.ts';
import { nextThing } from '../next-thing.ts';
import { postedForm, refusal } from '../posted-form.ts';
import { turnOff, turnOn } from '../publishing.ts';
import { availableRecipes } from '../recipes.ts';
import {
  choose,
  configureStep,
  connect,
  goOn,
  insertStep,
  keepTyped,
  leave,
  openPanel,
  openPublish,
  refreshFields,
  type Setup,
  showField,
  startRecipe,
  takeOutStep,
  testOpenStep,
  undoRemoval,
} from '../setup.ts';
import type { EditorState } from '../state.ts';
import { mappableFields } from '../views/mapping.ts';
import { zapSection } from '../views/zap.ts';
import { newZap, openStep } from '../zap-draft.ts';
import { reveal } from './reveal.ts';

type Parameters = Readonly<Record<string, string>>;
/** Its text is the id of what the page should show; by default, that is the panel that was opened. */
type Action<More> = (setup: Setup, more: More, parameters: Parameters) => unknown;

/** Routes that change the Zap. Each answers with the Zap after the change. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();

  /** Waits for the actions before it. */
  async function inTurn(context: Context, action: (setup: Setup) => unknown) {
    let shown: string | undefined;
    await state.workbench.inTurn(async (setup) => {
      const before = placeOf(setup);
      const wanted = await action(setup);
      const after = placeOf(setup);
      const opened = after.at === before.at ? undefined : after.id;
      shown = typeof wanted === 'string' ? wanted : opened;
    });
    state.live.push('zap', 'deskDirector');
    if (shown !== undefined) reveal(context, shown);
    return context.html(zapSection(state.workbench));
  }

  /** A form of a step. It does nothing when another page has opened another step meanwhile. */
  const ofStep = (path: string, action: Action<FormData>) =>
    app.post(`/steps/:step/${path}`, async (context) => {
      const form = await postedForm(context);
      const parameters: Parameters = { ...context.req.query(), ...context.req.param() };
      return inTurn(context, async (setup) => {
        const isOpen = setup.draft.openId === parameters.step;
        return isOpen ? action(setup, form, parameters) : undefined;
      });
    });

  /** Leaves the open panel, and keeps its values. */
  const leaving = (path: string, action: Action<string>) =>
    ofStep(path, async (setup, form, parameters) => {
      await leave(setup, form);
      return action(setup, parameters.to ?? '', parameters);
    });

  leaving('open/:to/:panel?', (setup, to, { panel }) =>
    panel === 'publish' ? openPublish(setup) : openPanel(setup, to, panel),
  );
  leaving('continue', goOn);
  leaving('add/:to', (setup, to) => insertStep(setup, to));
  leaving('remove/:to', async (setup, to) => {
    await takeOutStep(setup, to);
    return 'undo';
  });
  ofStep('field/:to/:key', async (setup, _, { to = '', key = '' }) => {
    await showField(setup, to, key);
    return `field-${key}`;
  });
  ofStep('choose/:kind/:key', async (setup, _, { kind, key }) => {
    const chosen = setup.definition.steps.find((step) => step.kind === kind && step.key === key);
    if (chosen !== undefined) await choose(setup, chosen);
  });
  ofStep('account', connect);
  ofStep('fields', async (setup, form, { shown }) => {
    await refreshFields(setup, form);
    return shown;
  });
  ofStep('configure', async (setup, form) => {
    await configureStep(setup, form);
    const { fields, complaints, panel } = openStep(setup.draft);
    const [wrong = unseenField(fields, form)?.key] = complaints.keys();
    return panel === 'configure' && wrong !== undefined ? `field-${wrong}` : undefined;
  });
  ofStep('test', async (setup) => {
    await testOpenStep(setup);
    return openStep(setup.draft).tested === null ? undefined : 'test-result';
  });
  /** Keeps what is typed into a step, whichever step is open. */
  app.post('/steps/:step/keep', async (context) => {
    const form = await postedForm(context);
    return inTurn(context, (setup) => keepTyped(setup, context.req.param('step'), form));
  });

  const action = (path: string, run: Action<Context>) =>
    app.post(path, (context) => inTurn(context, (setup) => run(setup, context, {})));
  action('/undo', undoRemoval);
  // The Zaps that are on stay on.
  action('/new', (setup) => {
    setup.draft = newZap();
    return 'zap';
  });
  action('/stand-in', (setup) => {
    const message = setup.definition.steps.find(({ key }) => key === 'message');
    return insertStep(setup, null, message);
  });
  action('/recipes/:key', async (setup, context) => {
    const key = context.req.param('key');
    const recipe = availableRecipes(setup.definition).find((one) => one.key === key);
    if (recipe === undefined) throw refusal(`There is no recipe "${key}".`);
    await startRecipe(setup, recipe);
  });
  action('/on', async (setup) => {
    await turnOn(setup);
    return setup.draft.zap === null ? undefined : 'be-the-customer';
  });
  action('/off/:id', (setup, context) => turnOff(setup, context.req.param('id') ?? ''));
  action('/customer', (setup) => {
    setup.isCustomer = true;
    return nextThing({ ...state.workbench, isCustomer: true }).subject;
  });

  app.get('/mappable', (context) => context.html(mappableFields(state.workbench.draft)));
  return app;
}

/** Where the Zap is open, and the id of the button that opens this panel. */
function placeOf({ draft }: Setup): { at: string; id: string } {
  const panel = draft.isPublishing ? 'publish' : openStep(draft).panel;
  return { at: `${draft.openId}/${panel}`, id: `open-${panel}` };
}
