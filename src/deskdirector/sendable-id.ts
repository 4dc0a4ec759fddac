import { integer } from '../values.ts';
import { ownerError } from './errors.ts';

/**
 * Whether text can be one segment of a path. `.` and `..` change the path even when they are encoded,
 * and a lone surrogate can't be encoded.
 */
export function isPathSegment(segment: string | null): segment is string {
  return segment !== null && segment !== '.' && segment !== '..' && segment.isWellFormed();
}

/**
 * Throws an owner's error for an ID or a token with {{ in it, which can't go into a query. The
 * platform decodes the query and reads {{…}} as a template.
 */
export function refuseBraces(site: string, value: string): void {
  if (!value.includes('{{')) return;
  throw ownerError(
    `${site} uses {{ in an ID or a token, which Zapier can't send. Tell DeskDirector's support.`,
    'UnsendableId',
  );
}

/** DeskDirector's connector API takes 32-bit integers. */
const LARGEST_ID = 2 ** 31 - 1;

/** Whether a text or a number can be the id of an entity: a 32-bit integer. */
export function isEntityId(id: unknown): boolean {
  const value = integer(id);
  return value !== null && Math.abs(value) <= LARGEST_ID;
}
