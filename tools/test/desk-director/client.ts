import { expect } from '@jest/globals';
import { asObject, type JsonObject } from '../../../src/values.ts';
import { complaintAbout } from '../../desk-director/schemas/validation.ts';
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

/** Asks the site of a test. */
export function clientOf(site: () => DeskDirector) {
  async function ask(method: string, path: string, body?: unknown) {
    const answer = await call(site(), method, path, { body });
    const json: JsonObject = asObject(await answer.json());
    return { status: answer.status, json };
  }

  return {
    ask,

    /** The object in a successful answer, which the published schema has to allow. */
    async described(schemaPath: string, method: string, path: string, body?: unknown) {
      const schema = await ask('GET', `schema/${schemaPath}`);
      const { status, json } = await ask(method, path, body);
      expect([schema.status, status]).toEqual([200, 200]);
      expect(complaintAbout(json, schemaPath, schema.json)).toBeUndefined();
      return json;
    },

    async refusal(method: string, path: string, body?: unknown) {
      const { status, json } = await ask(method, path, body);
      expect(json).toEqual({ message: expect.any(String) });
      return `${status} ${json.message}`;
    },
  };
}
