import type { DeskDirector } from '../../desk-director/server.ts';

/** Sends a request to the sandbox's connector API, by default with the sandbox's key. */
export function call(
  { url, apiKey }: DeskDirector,
  method: string,
  path: string,
  { body, authorization = `DdApi ${apiKey}` }: { body?: unknown; authorization?: string } = {},
): Promise<Response> {
  return fetch(`${url}/api/v2/automate/connector/${path}`, {
    method,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export const newSession = 'chat-session-created';
export const statusChanged = 'chat-session-status-changed';

/** Subscribes a receiver to an event, as a Zap does when it is turned on. */
export function subscribe(
  deskDirector: DeskDirector,
  eventId: string,
  url: string,
  parameters: Record<string, unknown> = {},
): Promise<Response> {
  const body = { url, parameters };
  return call(deskDirector, 'POST', `chat-workflows?type=${eventId}`, { body });
}
