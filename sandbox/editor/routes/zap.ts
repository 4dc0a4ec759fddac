import { type Context, Hono, type HonoRequest } from 'hono';
import { type Draft, PANELS, testedRecords } from '../draft.ts';
import type { SetupActions } from '../setup.ts';
import type { EditorState } from '../state.ts';
import { zapSection } from '../views/zap.ts';
import { moreRecords, oneRecord } from './records.ts';

/** Something that a page wants; undefined when there is no such thing. */
type Action = (
  actions: SetupActions,
  form: FormData,
  context: Context,
) => Promise<boolean> | undefined;

/** What is done to the Zap: each answers with how it stands then. */
export function zapRoutes(state: EditorState): Hono {
  const app = new Hono();

  const does =
    (action: Action, isOf: (request: HonoRequest, draft: Draft) => boolean = isOfDraft) =>
    async (context: Context) => {
      const form = await context.req.formData();
      const bench = state.workbench;
      const isDone = await bench.inTurn(
        async (actions) => isOf(context.req, bench.draft) && (await action(actions, form, context)),
      );
      state.live.push('zap', 'chats', 'targets');
      const isTooLate = isDone === false || bench !== state.workbench;
      return context.html(zapSection(state.workbench, isTooLate));
    };

  app.post(
    '/panel/:panel',
    does((actions, form, context) => {
      const panel = PANELS.find((name) => name === context.req.param('panel'));
      return panel && actions.open(panel, form);
    }),
  );
  app.post(
    '/step/:kind/:key',
    does((actions, _, context) => {
      const { kind, key } = context.req.param();
      const { steps } = state.workbench.definition;
      const step = steps.find((one) => one.kind === kind && one.key === key);
      return step && actions.choose(step);
    }),
  );
  app.post(
    '/account',
    does((actions, form) => actions.connect(form)),
  );
  app.post(
    '/fields',
    does((actions, form) => actions.refreshFields(form)),
  );
  app.post(
    '/configure',
    does((actions, form) => actions.configure(form)),
  );
  app.post(
    '/test',
    does((actions) => actions.test(), isOfSettings),
  );
  app.post(
    '/on',
    does((actions) => actions.turnOn(), isOfSettings),
  );
  app.post(
    '/off/:id',
    does((actions, _, context) => actions.turnOff(context.req.param('id') ?? '')),
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

/** Whether a page showed the step at hand: another page may have chosen another one, or a reset. */
const isOfDraft = (request: HonoRequest, { id }: Draft): boolean =>
  request.header('shown-draft') === id;

/** Whether it also showed what is filled in now, which it does not send itself. */
const isOfSettings = (request: HonoRequest, draft: Draft): boolean =>
  isOfDraft(request, draft) && request.header('shown-revision') === `${draft.revision}`;
