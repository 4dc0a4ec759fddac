import { parseArgs, styleText } from 'node:util';
import { asObject, list } from '../../src/values.ts';
import example from '../desk-director/documented-example.json' with { type: 'json' };
import { contacts, members as technicians } from '../desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../desk-director/server.ts';
import { requestTypes } from '../desk-director/service.ts';
import { recordTable, WIDTH } from '../zap-runner/record-table.ts';
import type { Zap } from '../zap-runner/zap-run.ts';
import { startZapRunner, type ZapRunner } from '../zap-runner/zap-runner.ts';

interface DemoOptions {
  /** Whether to print every run in full. By default, only the last one is: the documented example. */
  readonly isAll?: boolean;
  /** The app to run instead of the built one. */
  readonly appPath?: string;
}

/** What an owner chooses in the triggers that need it. */
const CHOSEN: Readonly<Record<string, Zap['inputData']>> = {
  ticket_event: { event: 'ticket-status-changed' },
  workflow_triggered: { workflow_type: 'form', workflow_id: 'onboarding' },
};

/**
 * Turns on a Zap for each trigger, plays a morning of chats and a ticket, and prints the runs of the Zaps.
 * Resolves with whether every event that was sent ran exactly once. Rejects when a step fails.
 */
export async function demo(
  print: (text: string) => void,
  { isAll = false, appPath }: DemoOptions = {},
): Promise<boolean> {
  let clock = Date.parse('2026-03-10T09:00:00Z');
  const deskDirector = await startDeskDirector({ now: () => clock });
  const zapier = await startZapRunner({
    authData: { site: 'https://support.deskdirector.com/', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    appPath,
  });
  try {
    const advance = (seconds: number) => {
      clock += seconds * 1000;
    };
    return await play(deskDirector, zapier, advance, print, isAll);
  } finally {
    await zapier.stop();
    await deskDirector.stop();
  }
}

/** @param advance moves the clock of the site forward */
async function play(
  deskDirector: DeskDirector,
  zapier: ZapRunner,
  advance: (seconds: number) => void,
  print: (text: string) => void,
  isAll: boolean,
): Promise<boolean> {
  const { chats, tickets, workflows } = deskDirector;
  const triggers = (await zapier.definition()).steps.filter(({ kind }) => kind === 'triggers');
  const heading = (text: string) => print(`\n${styleText(['bold', 'cyan'], text)}`);

  const filter = { nameContains: 'Zephyrine' };
  let shown = 0;
  /** Prints the new runs: each in one line, or in full. */
  const show = async (isFull = isAll) => {
    await deskDirector.settled();
    await zapier.idle();
    for (const { zap, records, error } of zapier.runs.slice(shown)) {
      if (error !== null) throw new Error(`A run of ${zap.trigger} failed. ${error}`);
      const trigger = triggers.find(({ key }) => key === zap.trigger);
      for (const record of records) {
        const note = zap.inputData === filter ? " (with the site's filter)" : '';
        print(`\n  ${styleText('green', `Zap run: ${trigger?.label}${note}`)}`);
        print(isFull ? recordTable(trigger?.outputFields ?? [], record) : summaryLine(record));
      }
    }
    shown = zapier.runs.length;
  };

  print(styleText('bold', 'The DeskDirector integration for Zapier, on this computer only'));
  print('='.repeat(WIDTH));
  print(`DeskDirector: ${deskDirector.url}    Zapier: ${zapier.url}`);

  heading('Connect an account');
  print(`  Connected to ${asObject(await zapier.connect()).site}`);

  heading('Turn on a Zap for each trigger');
  const zaps: Zap[] = [];
  for (const { key, label } of triggers) {
    zaps.push(await zapier.turnOn(key, CHOSEN[key]));
    print(`  On: ${label}`);
  }
  heading('Turn on a Zap with a filter of the site');
  zaps.push(await zapier.turnOn('chat_session_status_changed', filter));
  print(`  On: the site sends only chats with "${filter.nameContains}" in the name.`);

  heading('A customer requests a chat; a technician handles and completes it');
  const requested = chats.request({ contact: contacts.quilla });
  advance(95);
  chats.join(requested.id, technicians.sprocket);
  advance(640);
  chats.complete(requested.id, { note: 'Printer restarted.' });
  await show();

  heading('Another customer leaves before anybody joined');
  const missed = chats.request({ contact: contacts.tansy });
  advance(300);
  chats.miss(missed.id);
  await show();

  heading('Three steps follow the abandoned chat up');
  const records = zapier.runs.flatMap((run) => run.records);
  for (const record of records.filter(({ status }) => status === 'missed')) {
    await followUp(record, deskDirector, zapier, print);
  }

  await show();

  heading('A technician works on the ticket, and a workflow for a form runs');
  const [ticket] = tickets.list();
  if (ticket !== undefined) tickets.update(ticket.id, { statusId: 212 });
  workflows.run('onboarding', ticket?.id);
  await show();

  heading('A third customer asks to be called back in one of two time windows');
  const waiting = chats.request({ contact: contacts.zephyrine });
  advance(120);
  chats.askForCallback(waiting.id, {
    type: 'phone',
    phone: '+1 202-555-0143',
    note: 'The lamp of the lighthouse shows a blue screen.',
    preferredTime: [
      { start: '2026-03-10T13:00:00.0000000Z', end: '2026-03-10T14:00:00.0000000Z' },
      { start: '2026-03-11T08:30:00.0000000Z', end: '2026-03-11T09:00:00.0000000Z' },
    ],
  });
  await show();

  heading('A technician starts a chat from a ticket, and the customer joins');
  const pushed = chats.push({
    member: technicians.pixel,
    contact: contacts.bramble,
    ticketId: '48213',
  });
  advance(20);
  chats.join(pushed.id, contacts.bramble);
  await show();

  heading('A search looks up the chat by its ID');
  const [found] = list(
    await zapier.step('searches', 'find_chat_session', { session_id: pushed.id }),
    asObject,
  );
  print(`  ${found?.name}: ${found?.status}`);
  print(`  In the chat: ${found?.active_user_names}`);

  heading('An action sends a message; another action invites a technician');
  const message = 'Dear {{customer}}, a colleague joins you in a minute.';
  await zapier.step('creates', 'send_chat_system_message', { session_id: pushed.id, message });
  print(`  Message: ${chats.messages(pushed.id)[0]?.body.message}`);
  const members = [technicians.modema.entityId];
  await zapier.step('creates', 'invite_users_to_chat', { session_id: pushed.id, members });
  print(`  Invited: ${chats.find(pushed.id)?.targetUsers.map(({ name }) => name)}`);

  heading("DeskDirector's documented example arrives");
  deskDirector.announce('statusChanged', example);
  await show(true);

  heading('Turn the Zaps off');
  for (const zap of zaps) await zapier.turnOff(zap);
  const { events: announced, sent, delivered } = deskDirector.counts;
  const events = zapier.runs.flatMap(({ zap, records }) =>
    records.map(({ id, status, last_modified_at, event_key }) =>
      [zap.id, id, status, last_modified_at, event_key].join(),
    ),
  );
  print(`  ${deskDirector.subscriptions.length} subscriptions are left.`);
  print(`  Events sent: ${announced}, in ${sent} deliveries.`);
  print(`  Deliveries that arrived: ${delivered}.`);
  print(`  Events run: ${events.length}.`);

  if (deskDirector.subscriptions.length > 0) throw new Error('A Zap was not turned off.');
  if (!isAll) print('  (npm run demo -- --all prints every run in full.)');
  const isComplete = events.length === announced && new Set(events).size === announced;
  print(
    isComplete
      ? styleText(['bold', 'green'], '\nNothing was lost, nothing ran twice.')
      : styleText(['bold', 'red'], '\nSome events were lost or ran twice.'),
  );
  return isComplete;
}

/**
 * Runs the steps that follow the trigger: finds the contact, creates a ticket for the chat, and
 * notifies a technician. Prints what the site has afterwards.
 *
 * @param record the trigger's record, which is mapped into the steps
 */
async function followUp(
  record: Readonly<Record<string, unknown>>,
  { chats, notifications }: DeskDirector,
  zapier: ZapRunner,
  print: (text: string) => void,
): Promise<void> {
  const [contact] = list(
    await zapier.step('searches', 'find_contact', { contact_id: record.contact_entity_id }),
    asObject,
  );
  print(`  Contact found: ${contact?.name}, ${contact?.phone}`);

  const created = asObject(
    await zapier.step('creates', 'create_ticket', {
      request_type_id: requestTypes[0]?.id,
      summary: `Abandoned chat of ${record.contact_name}`,
      contactId: contact?.id,
      chatSessionId: record.id,
    }),
  );
  print(`  Ticket created: ${chats.find(String(record.id))?.reference?.id}, ${created.summary}`);

  await zapier.step('creates', 'send_member_notification', {
    member_id: technicians.sprocket.entityId,
    message: `Please call ${contact?.phone}. The ticket is ${created.id}.`,
  });
  const [notification] = notifications.list();
  print(`  ${notification?.recipient.name} notified: ${notification?.body.message}`);
}

/** A run in one line: the contact, the status and the time, or the ticket, or the form. */
function summaryLine(record: Readonly<Record<string, unknown>>): string {
  const { summary, status: ticketStatus } = asObject(record.ticket);
  if (summary !== undefined) return `  ${summary}: ${asObject(ticketStatus).name}`;
  if (record.form !== undefined) return `  ${asObject(record.form).name}: ${record.resultId}`;
  const { contact_name, status, last_modified_at, seconds_to_closed, callback_type } = record;
  const closed = seconds_to_closed === null ? '' : `, after ${seconds_to_closed} s`;
  const callback = callback_type === null ? '' : `, by ${callback_type}`;
  return `  ${contact_name}: ${status} at ${last_modified_at}${closed}${callback}`;
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
    process.exitCode = (await demo(console.log, { isAll: values.all })) ? 0 : 1;
  } catch (error) {
    console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
