import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHAT_SESSIONS } from '../../../src/chat-session/payload.ts';
import { readEntries } from '../../../src/delivery.ts';
import { readReplay, readSiteFile } from '../../desk-director/site-file.ts';
import { startEditor } from '../../zap-editor/editor.ts';
import { check, OTHER_EVENTS, save, startSite } from './checked-site.ts';

const SITES = 'tools/test/fixtures/sites';
const folder = mkdtempSync(join(tmpdir(), 'sites-'));
/** A site with other events, as the check saves it. */
const CONVERSATIONS = join(folder, 'conversations.json');
const FILES = [
  CONVERSATIONS,
  ...readdirSync(SITES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(SITES, name)),
];

beforeAll(async () => {
  const site = await startSite({ events: OTHER_EVENTS, subscribeAnswer: 'body' });
  const chat = site.chats.request();
  const { facts, output } = await check(site, { session: chat.id });
  if (facts === null) throw new Error(output);
  const nothing = { failure: null, deliveryFailure: null, leftBehind: null, records: [] };
  const listening = { ...nothing, idFoundIn: 'body', deliveries: [chat] } as const;
  await save(CONVERSATIONS, { ...facts, listening });
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(FILES)('no row is different for %s', async (path) => {
  const { rows } = await check(await startSite(await readReplay(path)));
  expect(rows.filter(({ verdict }) => verdict === 'different')).toEqual([]);
});

test.each(FILES)('the session and the delivery in %s give records', async (path) => {
  const { session, delivery } = await readSiteFile(path);
  for (const body of [session, delivery]) {
    if (body !== null)
      expect(readEntries(body, CHAT_SESSIONS)).toMatchObject({ usable: true, warning: null });
  }
});

test('the editor shows a saved site, and its chats arrive', async () => {
  const editor = await startEditor({ deskDirector: await readReplay(CONVERSATIONS) });
  const { deskDirector, zapier } = editor.workbench;
  await zapier.connect({ site: 'support', apiKey: deskDirector.apiKey });
  const { fields } = await zapier.inputFields('triggers', 'new_chat_session', {});
  expect(fields.map(({ label }) => label)).toContain('Text 7');
  const zap = await zapier.turnOn('new_chat_session');
  deskDirector.chats.request();
  await deskDirector.settled();
  await zapier.idle();
  expect(editor.workbench.history).toMatchObject([
    { subjects: expect.arrayContaining([expect.stringMatching(/^chat-./)]), run: { error: null } },
  ]);
  await zapier.turnOff(zap);
  await editor.close();
});
