import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Finds a group of users. DeskDirector has no way to look one up by its ID. */
export default search({
  key: 'find_user_group',
  noun: 'User Group',
  label: 'Find User Group',
  description:
    'Finds a user group by the search fields of your DeskDirector site, such as its name. Gives its ID and what your site tells; whether that includes its users, your site decides.',
  find: 'FindUserGroups',
  note: 'Fill in at least one of the search fields below. They are those of your DeskDirector site; of several results, Zapier takes the first, unless you choose otherwise.',
  result: siteResult('FindUserGroups'),
});
