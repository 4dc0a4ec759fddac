import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: fills the dropdowns for boards of tickets. */
export default dropdown({
  key: 'board_list',
  noun: 'Board',
  label: 'List of Boards',
  description: 'Triggers when a dropdown for boards of tickets is opened.',
  operation: 'ListBoards',
});
