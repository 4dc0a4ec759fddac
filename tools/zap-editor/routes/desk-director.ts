import { Hono } from 'hono';
import { faultSwitches } from '../fault-switches.ts';
import { postedForm, refusal, requiredText } from '../posted-form.ts';
import { messageOf } from '../result.ts';
import { changeSite } from '../site-changes.ts';
import type { EditorState } from '../state.ts';
import { deliveryAnswer, faultForm, NO_FAULT } from '../views/developers.ts';
import { alertBox } from '../views/html.ts';
import { reveal } from './reveal.ts';

/** Routes for chats, deliveries by hand, and faults. */
export function deskDirectorRoutes(state: EditorState): Hono {
  const app = new Hono();

  /** Answers with an error message when the change is not possible. */
  app.post('/changes/:change/:id?', async (context) => {
    const { id = '', change } = context.req.param();
    const form = await postedForm(context);
    try {
      reveal(context, await changeSite(state.workbench, change, id, form));
    } catch (error) {
      return context.html(alertBox(messageOf(error)));
    }
    state.live.push('deskDirector');
    return context.html('');
  });

  app.post('/deliveries', async (context) => {
    const form = await postedForm(context);
    const { workbench } = state;
    workbench.chosenRun = null;
    const statuses = await workbench.deliver(workbench.activeZaps, requiredText(form, 'body'));
    return context.html(deliveryAnswer(statuses));
  });

  app.post('/faults', async (context) => {
    const key = requiredText(await postedForm(context), 'fault');
    const fault = faultSwitches.find((one) => one.key === key) ?? null;
    if (fault === null && key !== NO_FAULT.key) throw refusal(`There is no fault "${key}".`);
    state.workbench.switchFault(fault);
    state.live.push('faults');
    return context.html(faultForm(fault));
  });
  return app;
}
