import { createLive, type Live } from './live.ts';
import { chatCards, deliveryTarget, faultForm, portals } from './views/desk-director.ts';
import { type HistoryState, historyView } from './views/history.ts';
import { type Html, html } from './views/html.ts';
import { zapSection } from './views/zap.ts';
import type { PagePart, Workbench } from './workbench.ts';

/** The state of the editor. All open pages show the same state. */
export interface EditorState extends HistoryState {
  chosenRun: number | null;
  readonly live: Live<PagePart>;
  /** Replaces the workbench. Does not wait for anything that the old workbench runs. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** @param open opens a workbench, which calls `changed` for each part of a page that changes */
export async function createEditorState(
  open: (changed: (...parts: PagePart[]) => void) => Promise<Workbench>,
): Promise<EditorState> {
  const live = createLive<PagePart>(BESIDE_THE_ZAP, (parts) =>
    String(html`${parts.map((part) => VIEWS[part](state))}`),
  );
  let workbench = await open(live.push);
  let resetting: Promise<void> | undefined;
  /** Resolves when all former workbenches have stopped. */
  let stopped: Promise<unknown> = Promise.resolve();

  async function replaceWorkbench(): Promise<void> {
    const former = workbench;
    workbench = await open(live.push);
    state.chosenRun = null;
    live.push('zap', ...BESIDE_THE_ZAP);
    stopped = Promise.all([stopped, former.stop()]);
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
      await stopped;
    },
    async stop() {
      // A failed reset keeps the workbench.
      await resetting?.catch(() => undefined);
      await stopped;
      await workbench.stop();
    },
  };
  return state;
}

/** What a page gets when it connects. The Zap is left out: its form may be half filled in. */
const BESIDE_THE_ZAP: readonly PagePart[] = ['deskDirector', 'history', 'targets', 'faults'];

const VIEWS: Readonly<Record<PagePart, (state: EditorState) => Html>> = {
  zap: ({ workbench }) => partial('#zap', 'outerMorph', zapSection(workbench)),
  deskDirector: ({ workbench }) =>
    html`${partial('#chats', 'innerMorph', chatCards(workbench))}
      ${partial('#portals', 'innerMorph', portals(workbench))}`,
  history: (state) => partial('#history-view', 'innerMorph', historyView(state)),
  targets: ({ workbench }) =>
    partial('#delivery-target', 'innerMorph', deliveryTarget(workbench.activeZaps)),
  faults: ({ workbench }) => partial('#faults', 'innerMorph', faultForm(workbench.fault)),
};

const partial = (target: string, swap: string, content: Html): Html =>
  html`<hx-partial hx-target="${target}" hx-swap="${swap}">${content}</hx-partial>`;
