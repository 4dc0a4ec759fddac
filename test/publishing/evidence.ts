import app from '../../index.ts';
import { asObject, list } from '../../src/values.ts';
import { companies, contacts, members as technicians } from '../../tools/desk-director/people.ts';
import { requestTypesWithSomethingElse } from '../../tools/desk-director/service.ts';
import { definitionOf, type Step, stepsOf } from '../../tools/scripts/published-interface.ts';
import { startZapRunner } from '../../tools/zap-runner/zap-runner.ts';
import { call, connectedDeskDirector } from '../helpers/zapier.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What the checks look at. */
export interface Evidence {
  /** The app's definition. Functions in it are placeholders. */
  readonly definition: Fields;
  /** The definition with the fields of the sandbox's site in place of the functions. */
  readonly siteDefinition: Fields;
  /** The definition with the output fields that functions make without a site. */
  readonly ownDefinition: object;
  /** The records of each visible step, by its key. */
  readonly records: Readonly<Record<string, StepRecords>>;
}

export interface StepRecords {
  readonly sample: Fields;
  /** The records that the Zap editor shows for a test; null when the step is no trigger. */
  readonly tested: readonly Fields[] | null;
  /** The records of the step's runs. */
  readonly live: readonly Fields[];
}

/** Runs each visible step of the built app against the sandbox. */
export async function gatherEvidence(): Promise<Evidence> {
  const deskDirector = await connectedDeskDirector();
  const { authData, chats, tickets, workflows } = deskDirector;
  const environment = { DESKDIRECTOR_BASE_URL: deskDirector.url };
  const zapier = await startZapRunner({ authData, environment });
  try {
    const hooks: Record<string, Fields> = {
      new_chat_session: {},
      chat_session_status_changed: {},
      new_ticket: {},
      ticket_event: { event: 'ticket-note-created' },
      workflow_triggered: { workflow_type: 'form', workflow_id: 'onboarding' },
    };
    for (const [key, inputData] of Object.entries(hooks)) await zapier.turnOn(key, inputData);
    const handled = chats.request();
    chats.join(handled.id);
    chats.complete(handled.id, { note: 'Printer restarted.' });
    chats.askForCallback(chats.request({ contact: contacts.zephyrine }).id, {
      type: 'phone',
      phone: '+1 202-555-0143',
      preferredTime: [{ start: '2026-03-10T13:00:00Z', end: '2026-03-10T14:00:00Z' }],
    });
    const pushed = chats.push({ ticketId: '48213' });
    chats.join(pushed.id, contacts.bramble);
    chats.invite(pushed.id, [contacts.tansy]);

    const session_id = pushed.id;
    const contact_id = contacts.tansy.entityId;
    const member_id = technicians.modema.entityId;
    const [requestType] = requestTypesWithSomethingElse;
    if (requestType === undefined) throw new Error('The sandbox has no request types.');
    const form = { summary: 'The printer is out of ink', contactId: contact_id };
    const ticket_id = tickets.create(requestType, { ...form, note: 'It is pink.' }).id;
    tickets.update(ticket_id, { note: 'It is still pink.' });
    workflows.run('onboarding', ticket_id);
    await deskDirector.settled();
    await zapier.idle();

    await zapier.step('creates', 'create_ticket_tasks', { ticket_id, templateId: 'leaver' });
    const inputs: Record<string, Fields> = {
      ...hooks,
      find_chat_session: { session_id },
      find_contact: { contact_id },
      find_member: { member_id },
      find_company: { company_id: companies.oddsworth.entityId },
      find_ticket: { ticket_id },
      find_ticket_tasks: { ticket_id },
      find_form_result: { form_id: 81, result_id: '9007199254740993' },
      find_user_group: { name: 'approvers' },
      create_contact: { firstName: 'Wren', lastName: 'Tidewater', email: 'wren@example.com' },
      create_ticket: { request_type_id: requestType.id, ...form },
      update_ticket: { ticket_id, note: 'It works again.' },
      create_ticket_tasks: { ticket_id, templateId: 'new-employee' },
      create_email_from_template: { email_template_id: 'office-closed' },
      send_contact_notification: { contact_id, title: 'Chat', message: 'We call you back.' },
      send_member_notification: { member_id, message: 'Please call back.' },
      send_chat_system_message: { session_id, message: 'A colleague joins you.' },
      invite_users_to_chat: { session_id, members: [member_id] },
    };
    const { results: definition } = await call<Fields>('', {}, 'definition');
    let siteDefinition = definition;
    const records: Record<string, StepRecords> = {};
    for (const { kind, key, name, operation } of visibleSteps(definition)) {
      const inputData = inputs[key] ?? {};
      for (const part of ['inputFields', 'outputFields']) {
        const path = `${name}.operation.${part}`;
        const { results } = await call(path, { authData, inputData });
        siteDefinition = changed(siteDefinition, path, results);
      }
      const isTrigger = kind === 'triggers';
      records[key] = {
        sample: asObject(operation.sample),
        tested: isTrigger ? list(await zapier.testTrigger(key, inputData), asObject) : null,
        live: isTrigger
          ? zapier.runs.flatMap(({ zap, records }) => (zap.trigger === key ? records : []))
          : list([await zapier.step(kind, key, inputData)].flat(), asObject),
      };
    }
    return { definition, siteDefinition, ownDefinition: await definitionOf(app), records };
  } finally {
    await zapier.stop();
    await deskDirector.stop();
  }
}

/** The steps that people can choose. */
export const visibleSteps = (definition: unknown): Step[] =>
  stepsOf(definition).filter(({ display }) => display.hidden !== true);

/**
 * A copy with another value at a path such as `triggers.new_chat_session.key`. Without a value, the copy
 * has nothing there. Throws when the path leads nowhere.
 */
export function changed<T extends object>(whole: T, path: string, value?: unknown): T {
  const copy = structuredClone(whole);
  const names = path.split('.');
  const last = String(names.pop());
  const parent = names.reduce((within: object, name) => {
    const next: unknown = Reflect.get(within, name);
    if (typeof next !== 'object' || next === null) throw new Error(`There is no ${path}.`);
    return next;
  }, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}
