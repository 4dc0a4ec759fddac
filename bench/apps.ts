import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The apps that are measured side by side: where they are, and the trigger that gets deliveries. */
export const APPS = {
  app: { path: pathTo('../dist/index.js'), trigger: 'chat_session_status_changed' },
  bare: { path: pathTo('./bare-app.js'), trigger: 'hook' },
} as const;

export type AppName = keyof typeof APPS;

type Handler = (event: Record<string, unknown>) => Promise<{ results: unknown }>;

/** The handler that production uses, for an app's definition. */
export function handlerOf(app: unknown): Handler {
  // The platform's type declarations know nothing of it.
  return createRequire(import.meta.url)('zapier-platform-core').createAppHandler(app);
}

/** What Zapier hands to the handler when sessions were delivered. */
export function deliveryEvent(name: AppName, sessions: unknown): Record<string, unknown> {
  return {
    command: 'execute',
    method: `triggers.${APPS[name].trigger}.operation.perform`,
    bundle: { inputData: {}, authData: {}, meta: {}, cleanedRequest: sessions },
    customLogger: () => undefined,
  };
}

function pathTo(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
