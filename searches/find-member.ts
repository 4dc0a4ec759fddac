import { search } from '../src/steps/search.ts';

/** Looks up a technician. The trigger gives the Member Entity ID. */
export default search({
  key: 'find_member',
  noun: 'Member',
  label: 'Find Member',
  description: 'Finds a member, who is a technician, by its entity ID.',
  operation: 'GetMember',
});
