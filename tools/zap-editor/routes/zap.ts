import { type Context, Hono, type HonoRequest } from 'hono';
import type { SetupActions } from '../setup.ts';
import type { EditorState } from '../state.ts';
import { PANELS, testedRecords } from '../step-draft.ts';
import { mappableFields } from '../views/mapping.ts';
import { testSource, zapSection } from '../views/zap.ts';
import type { ZapDraft } from '../zap-draft.ts';
import { moreRecords, oneRecord } from './records.ts';

/** What a request asks for; undefined when there is no such panel or step. */
type Action = (
  actions: SetupActions,
  form: FormData,
  context: Context,
) => Promise<boolean> | undefined;

/** Routes that change the Zap. Each answers with the Zap after the change. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();

  const post = (path: string, action: Action, isCurrent = showsStep) =>
    app.post(path, async (context) => {
      const form = await context.req.formData();
      const { workbench } = state;
      const isDone = await workbench.inTurn(
        async (actions) =>
          isCurrent(context.req, workbench.draft) && (await action(actions, form, context)),
      );
      state.live.push('zap', 'site', 'targets');
      const isTooLate = isDone === false || workbench !== state.workbench;
      return context.html(zapSection(state.workbench, isTooLate));
    });

  post('/panel/publish', (actions, form) => actions.openPublish(form));
  post('/panel/:panel', (actions, form, context) => {
    const panel = PANELS.find((name) => name === context.req.param('panel'));
    return panel && actions.open(panel, form);
  });
  post('/steps/:id/open', (actions, form, context) =>
    actions.openStep(context.req.param('id') ?? '', form),
  );
  post('/steps/:id/add', (actions, form, context) =>
    actions.addStep(context.req.param('id') ?? '', form),
  );
  post('/steps/:id/remove', (actions, form, context) =>
    actions.removeStep(context.req.param('id') ?? '', form),
  );
  post('/event/:kind/:key', (actions, _, context) => {
    const { kind, key } = context.req.param();
    const { steps } = state.workbench.definition;
    const step = steps.find((one) => one.kind === kind && one.key === key);
    return step && actions.choose(step);
  });
  post('/account', (actions, form) => actions.connect(form));
  post('/fields', (actions, form) => actions.refreshFields(form));
  post('/configure', (actions, form) => actions.configure(form));
  post('/test', (actions) => actions.test(), showsValues);
  post('/on', (actions) => actions.turnOn(), showsValues);
  post('/off/:id', (actions, _, context) => actions.turnOff(context.req.param('id') ?? ''));

  const tested = () => {
    const { open } = state.workbench.draft;
    const records = testedRecords(open);
    return open.step && records && testSource(open.step, records);
  };
  app.get('/records', (context) => moreRecords(context, tested()));
  app.get('/records/:index', (context) => oneRecord(context, tested()));
  app.get('/mappable', (context) => context.html(mappableFields(state.workbench.draft)));
  return app;
}

/** Whether the page showed the open step: another page may have opened another one, or a reset. */
const showsStep = (request: HonoRequest, { open }: ZapDraft): boolean =>
  request.header('shown-step') === open.id;

/** Whether the page also showed the current values: the request does not send them. */
const showsValues = (request: HonoRequest, draft: ZapDraft): boolean =>
  showsStep(request, draft) && request.header('shown-revision') === `${draft.revision}`;
