import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a customer. The trigger gives the Contact Entity ID. */
export default search({
  key: 'find_contact',
  noun: 'Contact',
  label: 'Find Contact',
  description:
    'Finds a contact, who is a customer, by its ID, or by the search fields of your DeskDirector site.',
  byId: 'GetContact',
  find: 'FindContacts',
  result: siteResult('GetContact'),
  pairedForm: { operation: 'CreateContact' },
});
