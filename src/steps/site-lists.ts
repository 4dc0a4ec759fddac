import type { OfferList } from '../json-schema/input-fields.ts';
import { asObject, shortened, words, wordsIn } from '../values.ts';

/** The hidden triggers that show what operations of the API list. */
const DROPDOWNS: ReadonlyMap<string, string> = new Map([
  ['ListCompanies', 'company_list'],
  ['ListMembers', 'member_list'],
]);

const LONGEST_HINT = 200;

/**
 * How a list of the API is offered that a site's schema names: as a dropdown where the app has one for
 * it, else in words that tell which id is asked for. Null when the schema names none.
 * Microsoft: `x-ms-dynamic-values`, `x-ms-dynamic-list`.
 */
export const offerList: OfferList = (keywords) => {
  const values = asObject(keywords['x-ms-dynamic-values']);
  const list = asObject(keywords['x-ms-dynamic-list']);
  const operation = words(values.operationId) ?? words(list.operationId);
  if (operation === null) return null;
  const value = words(values['value-path']) ?? words(list.itemValuePath) ?? 'id';
  const title = words(values['value-title']) ?? words(list.itemTitlePath) ?? 'name';

  const trigger = DROPDOWNS.get(operation);
  // Zapier names the members of an entry between dots, and gives a dropdown no parameters.
  const isOffered =
    [value, title].every((name) => /^\w+$/.test(name)) &&
    [values.parameters, list.parameters].every((some) => Object.keys(asObject(some)).length === 0);
  if (trigger !== undefined && isOffered) return { dynamic: `${trigger}.${value}.${title}` };

  const entries = wordsIn(operation)
    .join(' ')
    .toLowerCase()
    .replace(/^(?:list|get) /, '');
  const member = value === 'id' ? 'ID' : wordsIn(value).join(' ');
  const hint = `The ${member} of one of DeskDirector's ${entries}.`;
  return { hint: shortened(hint, LONGEST_HINT) };
};
