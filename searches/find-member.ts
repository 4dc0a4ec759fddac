import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a technician. The trigger gives the Member Entity ID. */
export default search({
  key: 'find_member',
  noun: 'Member',
  label: 'Find Member',
  description:
    'Finds a member, who is a technician, by the name in a list, by ID, or by the search fields of your DeskDirector site, such as an e-mail address. Gives the ID that other steps take, and what your site tells, such as the e-mail address.',
  byId: 'GetMember',
  find: 'FindMembers',
  result: siteResult('GetMember'),
});
