import { asObject, idText, integer, type JsonObject, propertyOf, text } from '../values.ts';

/** DeskDirector's connector API takes 32-bit integers. */
const LARGEST_ID = 2 ** 31 - 1;

/** Whether a text or a number can be the id of an entity: a 32-bit integer. */
export function isEntityId(id: unknown): boolean {
  const value = integer(id);
  return value !== null && Math.abs(value) <= LARGEST_ID;
}

/**
 * The 32-bit id of a thing in an answer; null without one. The most specific name comes first, since an
 * answer can also have an id of its own.
 *
 * @param thing the kind of thing, such as `ticket`: its id can be in `ticketId` or in `ticket.id`
 */
export function entityIdIn(answer: JsonObject, thing: string): string | null {
  const name = camelCase(thing);
  const ids = [
    propertyOf(answer, `${name}Id`),
    propertyOf(asObject(propertyOf(answer, name)), 'id'),
    propertyOf(answer, 'entityId'),
    propertyOf(answer, 'id'),
  ];
  return text(integer(ids.find(isEntityId)));
}

/** The id of a thing in an answer: its 32-bit id, otherwise the answer's `id` as text; null without one. */
export const idIn = (answer: JsonObject, thing: string): string | null =>
  entityIdIn(answer, thing) ?? idText(propertyOf(answer, 'id'));

/** The properties that can hold the id of a thing. */
export const idNames = (thing: string): string[] => {
  const name = camelCase(thing);
  return [`${name}Id`, name, 'entityId', 'id'];
};

/** Whether an answer can have an `id` of its own beside the id of the thing. */
export const hasOwnId = (answer: JsonObject, thing: string): boolean =>
  Object.hasOwn(answer, 'id') &&
  idNames(thing).some((name) => name !== 'id' && propertyOf(answer, name) !== undefined);

const camelCase = (thing: string): string =>
  thing.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
