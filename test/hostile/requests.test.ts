import { afterAll, describe, expect, test } from '@jest/globals';
import hostileTexts from '../fixtures/hostile-texts.json' with { type: 'json' };
import {
  call,
  connectedDeskDirector,
  failure,
  outcomeOf,
  STATUS_CHANGED,
} from '../helpers/zapier.ts';

const texts = Object.entries(hostileTexts);

const site = await connectedDeskDirector({ apiKey: 'hostile-key' });
afterAll(() => site.stop());

const API = '/api/v2/automate/connector';

describe('a text where a request is made of it', () => {
  test.each(texts)('as the ID of a session to be found: %s', async (_, text) => {
    const before = site.requests.length;
    const found = call('searches.find_chat_session.operation.perform', {
      inputData: { session_id: text },
    });
    const isRefused = text.trim() === '' || !text.isWellFormed() || /\p{Cc}/u.test(text.trim());
    if (isRefused) {
      expect((await failure(found)).code).toBe('InvalidId');
      expect(site.requests).toHaveLength(before);
    } else {
      expect((await found).results).toEqual([]);
      expect(site.requests.slice(before)).toMatchObject([
        { path: `${API}/chat-sessions/${encodeURIComponent(text.trim())}`, status: 404, body: '' },
      ]);
    }
  });

  test.each(texts)('as the ID and name of a company: %s', async (_, text) => {
    site.fail({ kind: 'json', value: { results: [{ id: text, name: text }] }, path: /companies$/ });
    const { results } = await call('triggers.company_list.operation.perform');
    expect(results).toEqual([{ id: text, name: text }]);
  });

  test.each(texts)('as the ID of an event and of a subscription: %s', async (_, text) => {
    const name = 'Chat Session Status Changed';
    site.fail({ kind: 'json', value: { results: [{ id: text, name }] }, path: /events$/ });
    site.fail({ kind: 'json', value: { id: text }, path: /chat-workflows$/ });
    const before = site.requests.length;
    const { results, error } = await outcomeOf(
      call<object>(`triggers.${STATUS_CHANGED}.operation.performSubscribe`, {
        targetUrl: 'https://hooks.example.com/{{bundle.authData.apiKey}}',
      }),
    );
    site.faults.clear();
    if (text.includes('{{')) expect(error?.code).toBe('UnsendableId');
    else if (text.isWellFormed()) expect(results?.results).toEqual({ id: text });
    else expect(error?.code).toBe('NoSubscriptionId');
    for (const { path, body } of site.requests.slice(before)) {
      expect(path + body).not.toContain('hostile-key');
      expect(path).toMatch(/^\/api\/v2\/automate\/connector\/(?:chat-w|schema\/chat-w)/);
    }
  });

  test.each(texts)('as the name and the value of a property: %s', async (_, text) => {
    const schema = JSON.parse(
      `{"properties":{${JSON.stringify(text)}:{"type":"string","title":${JSON.stringify(text)},"description":${JSON.stringify(text)}}}}`,
    );
    site.fail({ kind: 'json', value: schema, path: /dynamic-types/ });
    const { results } = await call('creates.send_chat_system_message.operation.inputFields');
    expect(results).toHaveLength(2);
    const { key, label, type } = results[1] ?? {};
    expect(String(key).startsWith(text)).toBe(true);
    expect(label).not.toBe('');
    expect(type).toBe('string');

    site.fail({ kind: 'json', value: schema, path: /dynamic-types/ });
    site.fail({ kind: 'empty', path: /system-messages$/ });
    await call('creates.send_chat_system_message.operation.perform', {
      inputData: { session_id: 'abc', ...Object.fromEntries([[String(key), text || 'x']]) },
    });
    const sent: Record<string, unknown> = JSON.parse(site.requests.at(-1)?.body ?? '');
    // Blank text counts as nothing.
    expect(Object.entries(sent)).toEqual(text.trim() === '' ? [] : [[text, text]]);
  });
});
