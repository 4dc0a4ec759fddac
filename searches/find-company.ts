import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a company. The trigger gives the Contact Company Entity ID. */
export default search({
  key: 'find_company',
  noun: 'Company',
  label: 'Find Company',
  description: 'Finds a company by its ID, or by the search fields of your DeskDirector site.',
  byId: 'GetCompany',
  find: 'FindCompanies',
  result: siteResult('GetCompany'),
});
