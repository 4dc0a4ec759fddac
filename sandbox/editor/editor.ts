import { readFile } from 'node:fs/promises';
import { type LoopbackServer, serveOnLoopback } from '../loopback.ts';
import { editorRoutes } from './routes/editor.ts';
import { createEditorState } from './state.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const EXAMPLE = new URL('../documented-example.json', import.meta.url);

export interface Editor extends LoopbackServer {
  /** The one at hand. */
  readonly workbench: Workbench;
}

export interface EditorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** An app to show in place of the built one. */
  readonly appPath?: string;
}

/**
 * Serves a Zap editor for the built app, together with a DeskDirector and a Zapier, to this
 * computer only. Rejects when the port is taken or the app can't be started.
 */
export async function startEditor({ port = 0, appPath }: EditorOptions = {}): Promise<Editor> {
  const state = await createEditorState((changed) => openWorkbench(changed, appPath));
  try {
    const example = await readFile(EXAMPLE, 'utf8');
    const { url, close } = await serveOnLoopback(editorRoutes(state, example), port);
    let closed: Promise<void> | undefined;
    return {
      url,
      get workbench() {
        return state.workbench;
      },
      close() {
        closed ??= close().then(() => state.stop());
        return closed;
      },
    };
  } catch (error) {
    await state.stop();
    throw error;
  }
}
