import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Shows a notification in the client portal. */
export default action({
  key: 'send_contact_notification',
  noun: 'Notification',
  label: 'Send Notification to Contact',
  description:
    'Shows a notification to a contact, who is a customer, in the client portal. Needs the ID of the contact, which Find Contact gives for an e-mail address; your DeskDirector site decides whether it sends mail, too.',
  operation: 'CreateContactNotification',
  result: siteResult('CreateContactNotification'),
});
