import { search } from '../src/steps/search.ts';

/** Looks up a customer of a chat. The trigger gives the Contact Entity ID. */
export default search({
  key: 'find_contact',
  noun: 'Contact',
  label: 'Find Contact',
  description: 'Finds a contact by its entity ID.',
  operation: 'GetContact',
});
