import { expect, test } from '@jest/globals';
import { startZapRunner } from '../../zap-runner/zap-runner.ts';
import { inProject } from '../program.ts';
import { site, zapier } from './zaps.ts';

const post = async (body: string, contentType = 'application/json') => {
  const url = site.subscriptions[0]?.url ?? '';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  });
  return response.status;
};

test('a connection takes the place of the one at hand once it passes its test', async () => {
  // In production, the platform adds the bundle to some errors. This error must not have it.
  const words =
    /^support.deskdirector.com did not accept the API key \(401\)\. It says: [^{}]+again\.$/;
  await expect(zapier.connect({ site: 'support', apiKey: 'wrong-key' })).rejects.toThrow(words);
  await zapier.turnOn('new_chat_session');
  await zapier.connect({ site: 'other', apiKey: site.apiKey });
  expect(await zapier.connect()).toEqual({ site: 'other.deskdirector.com' });
});

test('a delivery can be run again, even when its Zap is off', async () => {
  const zap = await zapier.turnOn('new_chat_session');
  await post('[{"id":"a"}]');
  await zapier.idle();
  await zapier.turnOff(zap);
  const [run] = zapier.runs;
  if (run) await zapier.replay(run);
  expect(zapier.runs).toMatchObject([
    { delivery: 1, records: [{ id: 'a' }], isReplay: false },
    { delivery: 1, records: [{ id: 'a' }], isReplay: true },
  ]);
});

test('rubbish is accepted like all else, and its run fails in words without the bundle', async () => {
  await zapier.turnOn('new_chat_session');
  expect(await post('not JSON')).toBe(200);
  expect(await post('[{"id":"a"}]', 'text/plain')).toBe(200);
  await zapier.idle();

  expect(zapier.runs.map(({ error, records }) => [error, records.length])).toEqual([
    [
      'Expected a list of chat sessions from DeskDirector, but got text of 8 characters. ' +
        "Nothing was run. If this happens again, turn the Zap off and on, then tell DeskDirector's support.",
      0,
    ],
    [null, 1],
  ]);
});

test.each([
  ['10 MB', 10 * 1024 * 1024, 200],
  ['more', 10 * 1024 * 1024 + 1, 413],
])('a delivery of %s is answered with its due', async (_, bytes, status) => {
  await zapier.turnOn('new_chat_session');
  expect(await post(' '.repeat(bytes))).toBe(status);
  expect(zapier.waiting + zapier.runs.length).toBe(status === 200 ? 1 : 0);
});

test('what arrives while a Zap is still being turned on is run, too', async () => {
  site.fail({ kind: 'delay', ms: 3_600_000, path: /chat-workflows$/, processed: true });
  const turningOn = zapier.turnOn('new_chat_session');
  while (site.subscriptions.length === 0) await new Promise(setImmediate);
  const { id } = site.chats.request();
  await site.settled();
  expect([zapier.runs, zapier.waiting]).toEqual([[], 1]);

  site.faults.clear();
  const zap = await turningOn;
  await zapier.idle();
  expect(zapier.runs).toMatchObject([{ zap, records: [{ id }], error: null }]);
});

test('a Zap that could not be turned on is gone', async () => {
  site.fail({ kind: 'status', status: 500, path: /chat-workflows$/, processed: true });
  await expect(zapier.turnOn('new_chat_session')).rejects.toThrow('internal error (500)');
  site.chats.request();
  await site.settled();
  expect(site.counts).toMatchObject({ sent: 1, dropped: 1 });
});

test('an app that cannot be started is an error that says why', async () => {
  const other = await startZapRunner({ authData: {}, appPath: inProject('missing-app.js') });
  await expect(other.connect()).rejects.toThrow(/authentication\.test: .*Cannot find module/s);
  expect(other.starts).toBe(3);
  await other.stop();
});
