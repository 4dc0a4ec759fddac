import { expect, test } from '@jest/globals';
import type { FormValues } from '../../zap-runner/mapping.ts';
import { site, zapier } from './zaps.ts';

/** Turns on a Zap for abandoned chats that finds the contact, creates a ticket and sends it to a member. */
async function followUp(contact_id: string) {
  const { steps } = await zapier.definition();
  const planned: [key: string, inputData: FormValues][] = [
    ['find_contact', { contact_id }],
    [
      'create_ticket',
      {
        request_type_id: '0',
        summary: '{{1.name}} of {{2.company__name}}',
        contactId: '{{2.id}}',
      },
    ],
    ['send_member_notification', { member_id: '71', message: 'Ticket {{3.id}}' }],
  ];
  const chosen = planned.flatMap(([key, inputData]) =>
    steps.flatMap((step) => (step.key === key ? { step, fields: [], inputData } : [])),
  );
  return zapier.turnOn('chat_session_status_changed', { statuses: ['missed'] }, chosen);
}

const abandonedBy = (entityId: number | null) => ({
  id: `1773129600-${entityId}`,
  name: `Chat ${entityId}`,
  status: 'missed',
  creator: { entityId, userId: `sandbox~c~${entityId}`, name: 'Customer' },
});

/** Delivers abandoned chats, and resolves with the last run of the Zap. */
async function deliver(...chats: object[]) {
  const [subscription] = site.subscriptions;
  const headers = { 'content-type': 'application/json' };
  await fetch(subscription?.url ?? '', { method: 'POST', headers, body: JSON.stringify(chats) });
  await zapier.idle();
  return zapier.runs.at(-1);
}

test('each step gets what the earlier ones gave, for each record of its own', async () => {
  await followUp('{{1.contact_entity_id}}');
  const run = await deliver(abandonedBy(501), abandonedBy(504));

  expect(
    run?.stepRuns.map((steps) => steps.map(({ inputData, error }) => [inputData, error])),
  ).toEqual(
    [
      [501, 'Fernwhistle Florists', 48301],
      [504, 'Marzipan Lighthouse Tours', 48302],
    ].map(([id, company, ticket]) => [
      [{ contact_id: `${id}` }, null],
      [{ request_type_id: '0', summary: `Chat ${id} of ${company}`, contactId: `${id}` }, null],
      [{ member_id: '71', message: `Ticket ${ticket}` }, null],
    ]),
  );
  expect(site.tickets.list()).toMatchObject([
    { id: 48302, contact: { id: 504 } },
    { id: 48301, contact: { id: 501 } },
  ]);
  expect(site.notifications.list()).toHaveLength(2);
});

test('a search that finds nothing stops the run, and the next record has a run of its own', async () => {
  await followUp('{{1.contact_entity_id}}');
  const run = await deliver(abandonedBy(999), abandonedBy(501));

  expect(run?.stepRuns.map((steps) => steps.map(({ records }) => records.length))).toEqual([
    [0],
    [1, 1, 1],
  ]);
  expect(run?.stepRuns[0]).toMatchObject([{ inputData: { contact_id: '999' }, error: null }]);
  expect(site.tickets.list()).toHaveLength(1);
});

test('a step that fails ends the run, in the words of the app', async () => {
  await followUp('{{1.contact_name}}');
  const run = await deliver(abandonedBy(501));

  expect(run?.stepRuns).toMatchObject([
    [{ records: [], error: expect.stringContaining('"Contact" does not hold'), stopped: null }],
  ]);
  expect(run?.error).toBeNull();
  expect(site.tickets.list()).toEqual([]);
});

test('a step without what it needs stops the run, with the reason and without the bundle', async () => {
  await followUp('{{1.contact_entity_id}}');
  const run = await deliver(abandonedBy(null), abandonedBy(501));

  const reason = /^There is nothing to search by, [^{}\n]+ has no value in this run\.$/;
  expect(run?.stepRuns).toMatchObject([
    [{ inputData: {}, records: [], error: null, stopped: expect.stringMatching(reason) }],
    [{ stopped: null }, { stopped: null }, { stopped: null }],
  ]);
  expect(site.tickets.list()).toHaveLength(1);
});
