import { createLive, type Live } from './live.ts';
import { chatCards, deliveryTarget, faultForm } from './views/desk-director.ts';
import { type HistoryState, historyView } from './views/history.ts';
import { type Html, html } from './views/html.ts';
import { zapSection } from './views/zap.ts';
import type { PagePart, Workbench } from './workbench.ts';

/** The state of the editor. All open pages show the same state. */
export interface EditorState extends HistoryState {
  chosenRun: number | null;
  readonly live: Live<PagePart>;
  /** Begins anew, whatever runs meanwhile. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** @param open makes a workbench, and is given whom to tell of its changes */
export async function createEditorState(
  open: (changed: (...parts: PagePart[]) => void) => Promise<Workbench>,
): Promise<EditorState> {
  const live = createLive<PagePart>(['chats', 'history', 'targets', 'faults'], (parts) =>
    String(html`${parts.map((part) => VIEWS[part](state))}`),
  );
  let workbench = await open(live.push);
  let resetting: Promise<void> | undefined;
  /** Resolves once those that were replaced have ended. */
  let ended: Promise<unknown> = Promise.resolve();

  async function replaceWorkbench(): Promise<void> {
    const old = workbench;
    workbench = await open(live.push);
    state.chosenRun = null;
    live.reload();
    ended = Promise.all([ended, old.stop()]);
  }

  const state: EditorState = {
    get workbench() {
      return workbench;
    },
    chosenRun: null,
    get shownRun() {
      const { history } = workbench;
      return history.find(({ number }) => number === state.chosenRun) ?? history[0] ?? null;
    },
    live,
    async reset() {
      resetting ??= replaceWorkbench().finally(() => {
        resetting = undefined;
      });
      await resetting;
      await ended;
    },
    async stop() {
      // A reset that fails leaves the workbench that it was to replace.
      await resetting?.catch(() => undefined);
      await ended;
      await workbench.stop();
    },
  };
  return state;
}

const VIEWS: Readonly<Record<PagePart, (state: EditorState) => Html>> = {
  zap: ({ workbench }) => partial('#zap', 'outerMorph', zapSection(workbench)),
  chats: ({ workbench }) => partial('#chats', 'innerMorph', chatCards(workbench)),
  history: (state) => partial('#history-view', 'innerMorph', historyView(state)),
  targets: ({ workbench }) =>
    partial('#delivery-target', 'innerMorph', deliveryTarget(workbench.activeZaps)),
  faults: ({ workbench }) => partial('#faults', 'innerMorph', faultForm(workbench.fault)),
};

const partial = (target: string, swap: string, content: Html): Html =>
  html`<hx-partial hx-target="${target}" hx-swap="${swap}">${content}</hx-partial>`;
