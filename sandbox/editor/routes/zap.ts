import { type Context, Hono, type HonoRequest } from 'hono';
import { type Draft, PANELS, testedRecords } from '../draft.ts';
import type { SetupActions } from '../setup.ts';
import type { EditorState } from '../state.ts';
import { zapSection } from '../views/zap.ts';
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

  const post = (path: string, action: Action, isCurrent = showsDraft) =>
    app.post(path, async (context) => {
      const form = await context.req.formData();
      const { workbench } = state;
      const isDone = await workbench.inTurn(
        async (actions) =>
          isCurrent(context.req, workbench.draft) && (await action(actions, form, context)),
      );
      state.live.push('zap', 'chats', 'targets');
      const isTooLate = isDone === false || workbench !== state.workbench;
      return context.html(zapSection(state.workbench, isTooLate));
    });

  post('/panel/:panel', (actions, form, context) => {
    const panel = PANELS.find((name) => name === context.req.param('panel'));
    return panel && actions.open(panel, form);
  });
  post('/step/:kind/:key', (actions, _, context) => {
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
    const { draft } = state.workbench;
    const records = testedRecords(draft);
    return draft.step && records && { step: draft.step, records, url: '/zap/records' };
  };
  app.get('/records', (context) => moreRecords(context, tested()));
  app.get('/records/:index', (context) => oneRecord(context, tested()));
  return app;
}

/** Whether the page showed the current draft: another page may have chosen a step, or a reset. */
const showsDraft = (request: HonoRequest, { id }: Draft): boolean =>
  request.header('shown-draft') === id;

/** Whether the page also showed the current values: the request does not send them. */
const showsValues = (request: HonoRequest, draft: Draft): boolean =>
  showsDraft(request, draft) && request.header('shown-revision') === `${draft.revision}`;
