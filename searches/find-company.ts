import { search } from '../src/steps/search.ts';

/** Looks up a company. The trigger gives the Contact Company Entity ID. */
export default search({
  key: 'find_company',
  noun: 'Company',
  label: 'Find Company',
  description: 'Finds a company by its entity ID.',
  operation: 'GetCompany',
});
