import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a customer. The trigger gives the Contact Entity ID. */
export default search({
  key: 'find_contact',
  noun: 'Contact',
  label: 'Find Contact',
  description:
    'Finds a contact, who is a customer, by ID or by the search fields of your DeskDirector site, such as an e-mail address. Gives the ID that other steps take, and what your site tells, such as the phone number and the company.',
  byId: 'GetContact',
  find: 'FindContacts',
  result: siteResult('GetContact'),
  pairedForm: { operation: 'CreateContact' },
});
