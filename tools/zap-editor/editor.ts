import { type LoopbackServer, serveOnLoopback } from '../common/loopback.ts';
import example from '../desk-director/documented-example.json' with { type: 'json' };
import type { DeskDirectorOptions } from '../desk-director/server.ts';
import { editorRoutes } from './routes/editor.ts';
import { createEditorState } from './state.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

export interface Editor extends LoopbackServer {
  /** The current workbench. A reset replaces it. */
  readonly workbench: Workbench;
}

interface EditorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The app to show instead of the built one. */
  readonly appPath?: string;
  /** Options of the DeskDirector beside the editor. */
  readonly deskDirector?: DeskDirectorOptions;
}

/**
 * Serves a Zap editor with a DeskDirector and a Zap runner, to this computer only. Rejects when the
 * port is taken or the app can't be started.
 */
export async function startEditor({
  port = 0,
  appPath,
  deskDirector,
}: EditorOptions = {}): Promise<Editor> {
  const state = await createEditorState((changed) => openWorkbench(changed, appPath, deskDirector));
  try {
    const routes = editorRoutes(
      state,
      JSON.stringify(deskDirector?.replay?.delivery ?? example, null, 2),
    );
    const { url, close } = await serveOnLoopback(routes, port);
    return {
      url,
      get workbench() {
        return state.workbench;
      },
      async close() {
        await close();
        await state.stop();
      },
    };
  } catch (error) {
    await state.stop();
    throw error;
  }
}
