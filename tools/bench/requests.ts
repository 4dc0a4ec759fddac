import { createRequire } from 'node:module';
import { asObject } from '../../src/values.ts';
import { contacts, members } from '../desk-director/people.ts';
import { startDeskDirector } from '../desk-director/server.ts';
import { boards } from '../desk-director/service.ts';
import { stepsOf } from '../scripts/published-interface.ts';
import { countFigure, type Figure } from './figures.ts';

const CHATS = { tests: 0, subscribes: 3, inputData: { nameContains: 'Zephyrine' } };
/** The triggers, with the most requests of a test and of turning a Zap on. */
const HOOKS = {
  new_chat_session: CHATS,
  chat_session_status_changed: CHATS,
  new_ticket: { tests: 4, subscribes: 4, inputData: { keywords: 'ink' } },
  ticket_event: { tests: 4, subscribes: 4, inputData: { event: 'ticket-note-created' } },
  workflow_triggered: {
    tests: 1,
    subscribes: 4,
    inputData: { workflow_type: 'form', workflow_id: 'onboarding' },
  },
};
const LISTS = [
  ...['board', 'company', 'member', 'priority', 'request_type', 'source', 'ticket_event'],
  ...['ticket_task_template', 'workflow_type'],
];
/** A list in pages ends with a page without a new ID. The sandbox has two entries a page. */
const LISTS_IN_PAGES = ['email_template', 'form', 'workflow'];

/**
 * Counts the requests that a DeskDirector gets from each operation of the app. An operation of the
 * app that is not counted here breaks its bound.
 */
export async function countRequests(appPath: string): Promise<Figure[]> {
  const { default: app } = await import(appPath);
  // The platform's type declarations lack this function.
  const handler = createRequire(import.meta.url)('zapier-platform-core').createAppHandler(app);
  const deskDirector = await startDeskDirector();
  const figures = new Map<string, Figure>();

  /** @param way how the operation is asked, when it can be asked in several ways */
  async function count(step: string, method: string, most: number, bundle: object = {}, way = '') {
    const before = deskDirector.requests.length;
    const { results } = await handler({
      command: 'execute',
      method: `${step}.${method}`,
      bundle: {
        inputData: {},
        meta: {},
        authData: { site: 'support.deskdirector.com', apiKey: deskDirector.apiKey },
        ...bundle,
      },
      environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
      customLogger: () => undefined,
      // Otherwise the platform prints a line for each event.
      calledFromCli: true,
    });
    const requests = deskDirector.requests.length - before;
    figures.set(`${step}.${method}${way}`, countFigure(nameOf(step, method) + way, requests, most));
    return results;
  }
  const perform = (step: string, most: number, inputData: object, way = '') =>
    count(step, 'operation.perform', most, { inputData }, way);

  try {
    const session = deskDirector.chats.request();
    const session_id = session.id;
    const [contact_id, company_id] = [contacts.tansy.entityId, contacts.tansy.company?.entityId];
    const member_id = members.pixel.entityId;

    await count('authentication', 'test', 1);
    for (const [key, { tests, subscribes, inputData }] of Object.entries(HOOKS)) {
      const step = `triggers.${key}`;
      await count(step, 'operation.perform', 0, { cleanedRequest: [session] });
      await count(step, 'operation.performList', tests, { inputData });
      const subscribeData = await count(step, 'operation.performSubscribe', subscribes, {
        targetUrl: 'https://hooks.zapier.com/hooks/standard/1/',
        inputData,
      });
      await count(step, 'operation.performUnsubscribe', 1, { subscribeData });
    }
    for (const list of LISTS) await perform(`triggers.${list}_list`, 1, {});
    for (const list of LISTS_IN_PAGES) {
      await perform(`triggers.${list}_list`, 3, { workflow_type: 'form' });
    }

    await perform('searches.find_chat_session', 1, { session_id });
    const found = ', one found';
    await perform('searches.find_contact', 2, { contact_id });
    await perform('searches.find_contact', 4, { name: contacts.tansy.name }, found);
    await perform('searches.find_member', 2, { member_id });
    await perform('searches.find_member', 4, { name: members.pixel.name }, found);
    await perform('searches.find_company', 2, { company_id });
    await perform('searches.find_company', 4, { name: contacts.tansy.company?.name }, found);
    await perform('searches.find_user_group', 3, { name: 'approvers' });
    const contact = { firstName: 'Wren', lastName: 'Tidewater', email: 'wren@example.com' };
    await perform('creates.create_contact', 3, contact);

    const ticket = { request_type_id: '11', summary: 'No receipts', contactId: contact_id };
    const { id: ticket_id } = asObject(await perform('creates.create_ticket', 3, ticket));
    await perform('searches.find_ticket', 2, { ticket_id });
    await perform('searches.find_ticket', 4, { keywords: 'receipts' }, found);
    await perform('creates.update_ticket', 3, { ticket_id, note: 'Called.' });
    await perform('creates.create_ticket_tasks', 3, { ticket_id, templateId: 'leaver' });
    await perform('searches.find_ticket_tasks', 2, { ticket_id });
    await perform('searches.find_form_result', 2, { form_id: 81, result_id: '4001' });
    await perform('creates.create_email_from_template', 3, { email_template_id: 'office-closed' });
    await perform('triggers.status_list', 1, { board_id: boards[0]?.id }, ', of a trigger');
    await perform('triggers.status_list', 2, { ticket_id, boardId: boards[0]?.id });
    const message = 'A ticket was created.';
    await perform('creates.send_contact_notification', 3, { contact_id, title: 'Ticket', message });
    await perform('creates.send_member_notification', 3, { member_id, message });
    await perform('creates.send_chat_system_message', 2, { session_id, message });
    await perform('creates.invite_users_to_chat', 2, { session_id, contacts: String(contact_id) });

    for (const { name, operation } of stepsOf(app)) {
      const methods = Object.keys(operation).filter((method) => method.startsWith('perform'));
      for (const method of methods.map((method) => `operation.${method}`)) {
        if (!figures.has(`${name}.${method}`)) {
          figures.set(`${name}.${method}`, countFigure(nameOf(name, method), Number.NaN, 0));
        }
      }
    }
    return [...figures.values()];
  } finally {
    await deskDirector.stop();
  }
}

/** Such as `find_contact`, or `new_chat_session, performSubscribe`. */
const nameOf = (step: string, method: string): string =>
  [step, method]
    .map((path) => path.split('.').at(-1))
    .filter((name) => name !== 'perform')
    .join(', ');
