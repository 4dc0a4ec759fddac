import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Shows a notification in the tech portal. */
export default action({
  key: 'send_member_notification',
  noun: 'Notification',
  label: 'Send Notification to Member',
  description:
    'Shows a notification to a member, who is a technician, in the tech portal, and not to customers. Choose the member by name; your DeskDirector site decides whether it sends mail, too.',
  operation: 'CreateMemberNotification',
  result: siteResult('CreateMemberNotification'),
});
