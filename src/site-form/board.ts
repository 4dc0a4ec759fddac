import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError, WAITS_FOR_CHOICE } from '../deskdirector/errors.ts';
import { integer, propertyOf, text } from '../values.ts';
import { fieldNames, fieldsIn, leafFinder, type OwnField } from './form.ts';
import { BOARD_FIELD, BOARD_PARAMETER, parameterSource, siteList } from './lists.ts';
import type { SchemaRequest } from './read.ts';
import { NOTE_KEY, readSiteForm } from './read.ts';

/** A form that may hold the board. */
export interface FormToRead {
  /** The app's own fields in the form. */
  readonly own: readonly OwnField[];
  /** Makes the request for the schema of the site's fields. Throws an owner's error when it can't. */
  readonly makeRequest: () => SchemaRequest;
}

/**
 * The id of the board that is filled in, for a dropdown of statuses. A hidden trigger gets the
 * input of the form, but not the form itself. So this function reads the form again, to find the
 * property that holds the board. Rejects with an owner's error when no board is filled in.
 *
 * @param toRead the forms whose input it can be: a field of one form can have the key of an own field
 * of another form
 */
export async function filledInBoard(
  z: ZObject,
  bundle: Bundle,
  toRead: readonly FormToRead[],
): Promise<string> {
  const { inputData } = bundle;
  const boards: unknown[] = [];
  const failures: unknown[] = [];
  for (const form of toRead) {
    try {
      boards.push(...(await boardsInForm(z, bundle, form)));
    } catch (error) {
      failures.push(error);
    }
    if (boards.some((board) => boardId(board) !== null)) break;
  }
  if (boards.length === 0 && failures.length > 0) throw failures[0];
  const filledIn =
    boards.length > 0 ? boards : [inputData[BOARD_FIELD], inputData[BOARD_PARAMETER]];
  const board = filledIn.map(boardId).find((id) => id !== null);
  if (board === undefined) {
    throw ownerError(
      'The statuses depend on the board. Choose a board first, and fill in the fields above it. Then open this list again.',
      WAITS_FOR_CHOICE,
    );
  }
  return String(board);
}

const boardId = (value: unknown): number | null => integer(text(value)?.trim());

/** The boards that are filled in. Each list of statuses in the form of an action depends on one. */
async function boardsInForm(
  z: ZObject,
  bundle: Bundle,
  { own, makeRequest }: FormToRead,
): Promise<unknown[]> {
  const form = await readSiteForm(z, bundle, makeRequest());
  const names = fieldNames(form.properties, [...own, { key: NOTE_KEY }]);
  const findLeaf = leafFinder(form);
  return fieldsIn(form.properties).flatMap((field) => {
    const list = field.kind === 'leaf' ? siteList(field.keywords) : null;
    if (list?.operation !== 'ListStatuses') return [];
    const source = parameterSource(propertyOf(list.parameters, BOARD_PARAMETER));
    if ('value' in source) return [source.value];
    const leaf = findLeaf(source.paths);
    return leaf === undefined ? [] : [bundle.inputData[names(leaf).key]];
  });
}
