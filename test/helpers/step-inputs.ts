import { companies, contacts, members } from '../../tools/desk-director/people.ts';
import type { DeskDirector } from '../../tools/desk-director/server.ts';
import { requestTypesWithSomethingElse } from '../../tools/desk-director/service.ts';

/**
 * Input with which each step does what it is for at a sandbox, by the key of the step.
 *
 * @param session_id a chat of the sandbox
 * @param text what the fields for words are filled in with
 */
export function stepInputs(
  { tickets }: Pick<DeskDirector, 'tickets'>,
  session_id: string,
  text: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const [requestType] = requestTypesWithSomethingElse;
  if (requestType === undefined) throw new Error('The sandbox has no request types.');
  const contact_id = contacts.tansy.entityId;
  const member_id = members.modema.entityId;
  const ticket = { summary: text, contactId: contact_id };
  const ticket_id = tickets.create(requestType, { ...ticket, note: text }).id;
  return {
    find_chat_session: { session_id },
    find_contact: { contact_id },
    find_member: { member_id },
    find_company: { company_id: companies.oddsworth.entityId },
    find_ticket: { ticket_id },
    find_user_group: { name: 'approvers' },
    find_ticket_tasks: { ticket_id },
    find_form_result: { form_id: 81, result_id: '4001' },
    create_contact: { firstName: text, lastName: text, email: 'wren.tidewater@example.com' },
    create_ticket: { request_type_id: requestType.id, ...ticket },
    update_ticket: { ticket_id, note: text },
    create_ticket_tasks: { ticket_id, name: text, tasks: [{ tasks__title: text }] },
    create_email_from_template: { email_template_id: 'chat-follow-up', firstName: text },
    send_contact_notification: { contact_id, title: text, message: text },
    send_member_notification: { member_id, message: text },
    send_chat_system_message: { session_id, message: text },
    invite_users_to_chat: { session_id, members: [member_id] },
    ticket_event: { event: 'ticket-status-changed' },
    workflow_triggered: { workflow_type: 'form', workflow_id: 'onboarding' },
    workflow_list: { workflow_type: 'form' },
  };
}
