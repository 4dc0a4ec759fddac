import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from '@jest/globals';
import { asObject } from '../../../src/values.ts';
import { entryWith } from '../../desk-director/requests.ts';
import { requestTypesWithSomethingElse } from '../../desk-director/service.ts';
import type { Renewal } from '../../zap-runner/zap-runner.ts';
import { environment, site, zapier } from './zaps.ts';

/*
 * SUBSCRIPTION_HOURS makes Zapier subscribe again by itself. What Zapier does with the former subscription is
 * not documented. These tests show what each way does to events before, during and after it.
 */

beforeEach(() => {
  environment.SUBSCRIPTION_HOURS = '24';
});

const somethingElse = entryWith(0, 'request type', requestTypesWithSomethingElse, 404);
const announce = (summary: string) => site.tickets.create(somethingElse, { summary });

/** How often a Zap ran for each ticket, and for how many keys of events. */
async function runs(): Promise<Record<string, [runs: number, keys: number]>> {
  await site.settled();
  await zapier.idle();
  const records = zapier.runs.flatMap((run) => run.records);
  const bySummary = Map.groupBy(records, ({ ticket }) => String(asObject(ticket).summary));
  return Object.fromEntries(
    [...bySummary].map(([summary, all]) => [
      summary,
      [all.length, new Set(all.map(({ event_key }) => event_key)).size],
    ]),
  );
}

test.each<[Renewal, object, string]>([
  ['ends first', { before: [1, 1], after: [1, 1] }, 'loses an event in between, and doubles none'],
  [
    'hands over',
    { before: [1, 1], between: [2, 1], after: [1, 1] },
    'loses none, and doubles only one in between, under one key',
  ],
  [
    'neither',
    { before: [1, 1], between: [2, 1], after: [2, 1] },
    'loses none, and doubles each from then on, under one key',
  ],
])('Zapier that %s gets %j: it %s', async (renewal, expected) => {
  const zap = await zapier.turnOn('new_ticket');
  announce('before');
  await runs();
  if (renewal === 'hands over') {
    // The app ends the former subscription once there is a new one. Meanwhile there are two.
    site.fail({ kind: 'delay', ms: 60_000, path: /ticket-workflows/, method: 'DELETE' });
  }
  const renewed = zapier.renew(zap, renewal, () => announce('between'));
  if (renewal === 'ends first') await renewed;
  else {
    while (site.subscriptions.length < 2) await sleep(10);
    announce('between');
    await site.settled();
    site.faults.clear();
  }
  const { subscribeData } = await renewed;
  expect(subscribeData).toMatchObject({ expiration_date: /^\d{4}-.+Z$/ });
  expect(site.subscriptions).toHaveLength(renewal === 'neither' ? 2 : 1);
  await runs();
  announce('after');
  expect(await runs()).toEqual(expected);
});

test('a former subscription that can not be ended is told, and the Zap is on', async () => {
  const zap = await zapier.turnOn('chat_session_status_changed');
  site.answerNext(/chat-workflows/, { status: 201, headers: { location: '/chat-workflows/abc' } });
  site.fail({ kind: 'status', status: 403, path: /chat-workflows/, method: 'DELETE' });
  const { subscribeData } = await zapier.renew(zap, 'hands over');
  expect(subscribeData).toMatchObject({ id: 'abc' });
});

test.each(['', '0', '-1', 'soon'])('%j hours leave it off', async (hours) => {
  environment.SUBSCRIPTION_HOURS = hours;
  const { subscribeData } = await zapier.turnOn('new_ticket');
  expect(subscribeData).not.toHaveProperty('expiration_date');
});
