import type { Context } from 'hono';
import type { Step } from '../../zap-runner/app-definition.ts';
import { createLive, type Live } from '../live.ts';
import { chatCards, deliveryTarget } from '../views/desk-director.ts';
import { runDetail, runList } from '../views/history.ts';
import { type Html, html } from '../views/html.ts';
import { mappingPreview } from '../views/mapping.ts';
import { recordFields } from '../views/records.ts';
import type { AppRecord, HistoryEntry, Workbench } from '../workbench.ts';

/** What the open pages show. */
export interface EditorState {
  workbench(): Workbench;
  /** Which run is looked at; the latest when null. */
  chosenRun: number | null;
  shownRun(): HistoryEntry | null;
  /** The text of a later step, into which fields are mapped. */
  template: string;
  /** What that step would get. */
  preview(): Html;
  readonly live: Live;
}

export function createEditorState(workbench: () => Workbench): EditorState {
  const state: EditorState = {
    workbench,
    chosenRun: null,
    shownRun() {
      const { history } = workbench();
      return history.find(({ number }) => number === state.chosenRun) ?? history[0] ?? null;
    },
    template: '',
    preview: () => mappingPreview(state.template, latestRecord(workbench())),
    live: createLive(() => {
      const { history, activeZaps } = workbench();
      return html`
        ${partial('#chats', chatCards(workbench()))}
        ${partial('#runs', runList(history, state.shownRun()))}
        ${partial('#delivery-target', deliveryTarget(activeZaps))}
        ${partial('#mapping-preview', state.preview())}
        ${partial('#run', runDetail(state.shownRun()))}`;
    }),
  };
  return state;
}

/** What a later step would get its fields from: the latest run, or else the test. */
function latestRecord({ history, draft: { tested } }: Workbench): AppRecord | null {
  const [record] = history.flatMap(({ run }) => run.records.slice(0, 1));
  return record ?? (tested !== null && 'found' in tested ? tested.found[0] : null) ?? null;
}

const partial = (target: string, content: Html): Html =>
  html`<hx-partial hx-target="${target}" hx-swap="innerMorph">${content}</hx-partial>`;

/** From which record on a page asks for more. */
export const positionIn = (context: Context): number => Number(context.req.query('from')) || 0;

/** Answers with the fields of the record that a page asks for. */
export function oneRecord(context: Context, step: Step | null, records: readonly AppRecord[]) {
  const record = records[Number(context.req.param('index'))];
  if (step === null || record === undefined) return context.notFound();
  return context.html(recordFields(step, record));
}
