import { dropdown } from '../src/steps/dropdown.ts';
import { LISTS } from '../src/steps/site-lists.ts';

/** Hidden: they fill dropdowns. Each is under its key. */
export default Object.fromEntries(LISTS.map((list) => [list.key, dropdown(list)]));
