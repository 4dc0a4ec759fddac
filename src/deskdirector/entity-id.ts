import { asObject, idText, integer, propertyOf, text } from '../values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** DeskDirector's connector API takes 32-bit integers. */
export const LARGEST_ENTITY_ID = 2 ** 31 - 1;

/**
 * The 32-bit id of a thing in an answer; null when the answer names none. The most specific name comes
 * first, since an answer can also have an id of its own.
 *
 * @param thing the name of the thing in names of properties, such as `ticket` in `ticketId`
 */
export function entityId(answer: Fields, thing: string): number | null {
  const ids = [
    propertyOf(answer, `${thing}Id`),
    propertyOf(asObject(propertyOf(answer, thing)), 'id'),
    propertyOf(answer, 'entityId'),
    propertyOf(answer, 'id'),
  ];
  return ids.map(integer).find((id) => id !== null && Math.abs(id) <= LARGEST_ENTITY_ID) ?? null;
}

/** The id of a thing in an answer as text. Without a 32-bit id it is the answer's `id`, or null. */
export const idIn = (answer: Fields, thing: string): string | null =>
  text(entityId(answer, thing)) ?? idText(propertyOf(answer, 'id'));

/** The properties that can hold the id of a thing. */
export const idNames = (thing: string): string[] => [`${thing}Id`, thing, 'entityId', 'id'];
