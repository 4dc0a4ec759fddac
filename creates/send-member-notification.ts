import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Shows a notification in the tech portal. */
export default action({
  key: 'send_member_notification',
  noun: 'Notification',
  label: 'Send Notification to Member',
  description: 'Sends a notification to a member in the tech portal.',
  operation: 'CreateMemberNotification',
  result: siteResult('CreateMemberNotification'),
});
