import { LISTS } from '../src/site-form/lists.ts';
import { dropdown } from '../src/steps/dropdown.ts';

/** Hidden: they fill dropdowns. Each is under its key. */
export default Object.fromEntries(LISTS.map((list) => [list.key, dropdown(list)]));
