import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for sources of tickets. */
export default dropdown({
  key: 'source_list',
  noun: 'Source',
  label: 'List of Sources',
  description: 'Triggers when a dropdown for sources of tickets is opened.',
  operation: 'ListSources',
});
