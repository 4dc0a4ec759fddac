import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Makes a contact, for example of the sender of a mail. */
export default action({
  key: 'create_contact',
  noun: 'Contact',
  label: 'Create Contact',
  description: 'Creates a contact, who is a customer.',
  operation: 'CreateContact',
  note: 'The fields below are those that your DeskDirector site has for a new contact. If the contact may exist already, use Find or Create Contact instead.',
  result: siteResult('CreateContact'),
  pairedForm: { operation: 'FindContacts', lookUp: 'GetContact' },
});
