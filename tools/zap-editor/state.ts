import { randomUUID } from 'node:crypto';
import { createQueue } from '../common/queue.ts';
import { createLive } from './live.ts';
import { cards, portals, startForms } from './views/desk-director.ts';
import { faultForm } from './views/developers.ts';
import { historyView, rawView, shownRun } from './views/history.ts';
import { type Html, html } from './views/html.ts';
import { zapSection } from './views/zap.ts';
import type { PagePart, Workbench } from './workbench.ts';

export type EditorState = Awaited<ReturnType<typeof createEditorState>>;

/**
 * The state of the editor. All open pages show the same state.
 *
 * @param open opens a workbench, which calls `changed` for each part of a page that changes
 */
export async function createEditorState(
  open: (changed: (...parts: PagePart[]) => void) => Promise<Workbench>,
) {
  /** Tells one start of the editor from another. */
  const instance = randomUUID();
  const live = createLive(PARTS, (parts) =>
    String(
      html`${partial('#instance', 'innerHTML', html`${instance}`)}
        ${parts.map((part) => VIEWS[part](workbench))}`,
    ),
  );
  let workbench = await open(live.push);
  const queue = createQueue();

  return {
    get workbench() {
      return workbench;
    },

    instance,

    live,

    /**
     * Replaces the workbench, and waits until the old one has stopped. A failed reset keeps the
     * workbench.
     */
    reset: () =>
      queue(async () => {
        const former = workbench;
        workbench = await open(live.push);
        live.push(...PARTS);
        await former.stop();
      }),

    stop: () => queue(() => workbench.stop()),
  };
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
