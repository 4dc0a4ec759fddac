import { type Context, Hono } from 'hono';
import { changeChat } from '../chat-changes.ts';
import { faultSwitches } from '../fault-switches.ts';
import { messageOf } from '../result.ts';
import type { EditorState } from '../state.ts';
import { deliveryAnswer, faultForm } from '../views/desk-director.ts';
import { alertBox } from '../views/html.ts';

/** Routes for chats, deliveries by hand, and faults. */
export function deskDirectorRoutes(state: EditorState): Hono {
  const app = new Hono();

  /** Answers with an error message when the change is not possible. */
  async function changeOfChat(context: Context) {
    const { chats } = state.workbench.deskDirector;
    const { id = '', change = '' } = context.req.param();
    try {
      changeChat(chats, change, id, await context.req.formData());
    } catch (error) {
      return context.html(alertBox(messageOf(error)));
    }
    state.live.push('site');
    return context.html('');
  }
  app.post('/chats/:change{request|leave-callback|push}', changeOfChat);
  app.post('/chats/:id/:change', changeOfChat);

  app.post('/deliveries', async (context) => {
    const form = await context.req.formData();
    const id = form.get('zap');
    const { workbench } = state;
    const zaps = workbench.activeZaps.filter(({ zap }) => id === '' || zap.id === id);
    state.chosenRun = null;
    const statuses = await workbench.deliver(zaps, String(form.get('body') ?? ''));
    return context.html(deliveryAnswer(statuses));
  });

  app.post('/faults', async (context) => {
    const key = (await context.req.formData()).get('fault');
    state.workbench.switchFault(faultSwitches.find((fault) => fault.key === key) ?? null);
    state.live.push('faults');
    return context.html(faultForm(state.workbench.fault));
  });
  return app;
}
