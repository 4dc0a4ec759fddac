import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Shows a notification in the client portal. */
export default action({
  key: 'send_contact_notification',
  noun: 'Notification',
  label: 'Send Notification to Contact',
  description: 'Sends a notification to a contact in the client portal.',
  operation: 'CreateContactNotification',
  result: siteResult('CreateContactNotification'),
});
