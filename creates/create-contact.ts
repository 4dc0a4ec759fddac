import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Makes a contact, for example of the sender of a mail. */
export default action({
  key: 'create_contact',
  noun: 'Contact',
  label: 'Create Contact',
  description:
    'Creates a contact, who is a customer, with what your DeskDirector site asks for, such as the name, the e-mail address and the company. If the contact may exist already, use Find or Create Contact; your site decides whether it writes to the contact.',
  operation: 'CreateContact',
  note: 'The fields below are those that your DeskDirector site has for a new contact; an empty one is not sent. If the contact may exist already, use Find or Create Contact instead.',
  result: siteResult('CreateContact'),
  pairedForm: { operation: 'FindContacts', lookUp: 'GetContact' },
});
