import type { OfferList } from '../json-schema/input-fields.ts';
import { asObject, shortened, words, wordsIn } from '../values.ts';

/** The hidden trigger for each operation that a dropdown can list. */
const DROPDOWNS: ReadonlyMap<string, string> = new Map([
  ['ListCompanies', 'company_list'],
  ['ListMembers', 'member_list'],
]);

const LONGEST_HINT = 200;

/**
 * How a field offers the list that a site's schema names: as a dropdown when the app has one for it,
 * otherwise as a hint that says which ID to fill in. Null when the schema names no list.
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
  // Zapier separates the names by dots, and passes a dropdown no parameters.
  const isOffered =
    [value, title].every((name) => /^\w+$/.test(name)) &&
    [values.parameters, list.parameters].every((some) => Object.keys(asObject(some)).length === 0);
  if (trigger !== undefined && isOffered) return { dynamic: `${trigger}.${value}.${title}` };

  const entries = wordsIn(operation)
    .join(' ')
    .toLowerCase()
    .replace(/^(?:list|get) /, '');
  const property = value === 'id' ? 'ID' : wordsIn(value).join(' ');
  const hint = `The ${property} of one of DeskDirector's ${entries}.`;
  return { hint: shortened(hint, LONGEST_HINT) };
};
