import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { startDeskDirector } from '../../sandbox/desk-director/server.ts';
import { startEditor } from '../../sandbox/editor/editor.ts';
import { readReplay, readSiteFile } from '../../sandbox/site-file.ts';
import { deliver } from '../zapier.ts';
import { check } from './checked-site.ts';

const FOLDER = 'test/fixtures/sites';
const FILES = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

test.each(FILES)('no row is different for %s', async (path) => {
  const site = await startDeskDirector(await readReplay(path));
  const { rows } = await check(site);
  await site.stop();
  expect(rows.filter(({ verdict }) => verdict === 'different')).toEqual([]);
});

test.each(FILES)('the session and the delivery in %s give records', async (path) => {
  const { session, delivery } = await readSiteFile(path);
  for (const body of [session, delivery]) {
    if (body !== null) expect((await deliver(body)).results.length).toBeGreaterThan(0);
  }
});

test('the editor shows a saved site, and its chats arrive', async () => {
  const editor = await startEditor({ site: await readReplay(FILES[0]) });
  const { deskDirector, zapier } = editor.workbench;
  await zapier.connect({ site: 'support', apiKey: deskDirector.apiKey });
  const { fields } = await zapier.inputFields('triggers', 'new_chat_session', {});
  expect(fields.map(({ label }) => label)).toContain('Text 7');
  const zap = await zapier.turnOn('new_chat_session');
  deskDirector.chats.request();
  await deskDirector.settled();
  await zapier.idle();
  expect(editor.workbench.history).toMatchObject([{ sessions: 1, run: { error: null } }]);
  await zapier.turnOff(zap);
  await editor.close();
});
