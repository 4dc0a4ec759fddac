import { randomUUID } from 'node:crypto';
import { createQueue } from '../common/queue.ts';
import { createLive, type Live } from './live.ts';
import { cards, portals, startForms } from './views/desk-director.ts';
import { faultForm } from './views/developers.ts';
import { historyView, rawView, shownRun } from './views/history.ts';
import { type Html, html } from './views/html.ts';
import { zapSection } from './views/zap.ts';
import type { PagePart, Workbench } from './workbench.ts';

/** The state of the editor. All open pages show the same state. */
export interface EditorState {
  readonly workbench: Workbench;
  /** Tells one start of the editor from another. */
  readonly instance: string;
  readonly live: Live<PagePart>;
  /** Replaces the workbench. Does not wait for anything that the old workbench runs. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** @param open opens a workbench, which calls `changed` for each part of a page that changes */
export async function createEditorState(
  open: (changed: (...parts: PagePart[]) => void) => Promise<Workbench>,
): Promise<EditorState> {
  const instance = randomUUID();
  const live = createLive<PagePart>(PARTS, (parts) =>
    String(
      html`${partial('#instance', 'innerHTML', html`${instance}`)}
        ${parts.map((part) => VIEWS[part](state.workbench))}`,
    ),
  );
  let workbench = await open(live.push);
  const queue = createQueue();

  const state: EditorState = {
    get workbench() {
      return workbench;
    },
    instance,
    live,
    // A failed reset keeps the workbench.
    reset: () =>
      queue(async () => {
        const former = workbench;
        workbench = await open(live.push);
        live.push(...PARTS);
        await former.stop();
      }),
    stop: () => queue(() => workbench.stop()),
  };
  return state;
}

const PARTS: readonly PagePart[] = ['zap', 'deskDirector', 'history', 'faults'];

const VIEWS: Readonly<Record<PagePart, (workbench: Workbench) => Html>> = {
  zap: (workbench) => partial('#zap', 'outerMorph', zapSection(workbench)),
  deskDirector: (workbench) =>
    html`${partial('#starts', 'innerMorph', startForms(workbench))}
      ${partial('#cards', 'innerMorph', cards(workbench))}
      ${partial('#portals', 'innerMorph', portals(workbench))}`,
  history: (workbench) =>
    html`${partial('#history-view', 'innerMorph', historyView(workbench))}
      ${partial('#raw', 'innerMorph', rawView(shownRun(workbench)))}`,
  faults: ({ fault }) => partial('#faults', 'innerMorph', faultForm(fault)),
};

const partial = (target: string, swap: string, content: Html): Html =>
  html`<hx-partial hx-target="${target}" hx-swap="${swap}">${content}</hx-partial>`;
