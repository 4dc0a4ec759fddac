import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError } from '../deskdirector/errors.ts';
import { ACTIONS, type ActionId, entityOf } from '../deskdirector/operations.ts';
import { bodySchema } from '../deskdirector/schemas.ts';
import { fieldsIn, leafFinder } from '../json-schema/form.ts';
import { fieldNames } from '../json-schema/input-fields.ts';
import { integer, isBlank, propertyOf, text } from '../values.ts';
import { idInputField, readId } from './ids.ts';
import { NOTE_KEY, readSiteForm } from './site-form.ts';
import { BOARD_PARAMETER, parameterSource, siteList } from './site-lists.ts';
import { WAITS_FOR_CHOICE } from './words.ts';

/**
 * The id of the board that is filled in, for a dropdown of statuses. A hidden trigger gets the
 * input of the form, but not the form itself. So this function reads the form again, to find the
 * property that holds the board. Rejects with an owner's error when no board is filled in.
 */
export async function filledInBoard(z: ZObject, bundle: Bundle): Promise<string> {
  const { inputData } = bundle;
  // A field of one form can have the same key as the ID field of another action. So this function reads
  // the form of each action whose ID field is filled in.
  const actions = ACTIONS.filter((action) => !isBlank(inputData[ownKeyOf(action)]));
  const forms = await Promise.allSettled(actions.map((action) => boardsInForm(z, bundle, action)));
  const boards = forms.flatMap((form) => (form.status === 'fulfilled' ? form.value : []));
  const failed = forms.find((form) => form.status === 'rejected');
  if (boards.length === 0 && failed !== undefined) throw failed.reason;
  const filledIn = boards.length > 0 ? boards : [inputData[BOARD_PARAMETER]];
  const board = filledIn.map((value) => integer(text(value)?.trim())).find((id) => id !== null);
  if (board === undefined) {
    throw ownerError(
      'The statuses depend on the board. Choose a board first, and fill in the fields above it. Then open this list again.',
      WAITS_FOR_CHOICE,
    );
  }
  return String(board);
}

const ownKeyOf = (action: ActionId): string => idInputField(entityOf(action)).key;

/** The boards that are filled in. Each list of statuses in the form of an action depends on one. */
async function boardsInForm(z: ZObject, bundle: Bundle, action: ActionId): Promise<unknown[]> {
  const { inputData } = bundle;
  const schema = await bodySchema(z, bundle, action, () => readId(entityOf(action), bundle));
  const form = await readSiteForm(z, bundle, schema);
  const names = fieldNames(form.properties, [idInputField(entityOf(action)), { key: NOTE_KEY }]);
  const findLeaf = leafFinder(form);
  return fieldsIn(form.properties).flatMap((field) => {
    const list = field.kind === 'leaf' ? siteList(field.keywords) : null;
    if (list?.operation !== 'ListStatuses') return [];
    const source = parameterSource(propertyOf(list.parameters, BOARD_PARAMETER));
    if ('value' in source) return [source.value];
    const leaf = findLeaf(source.paths);
    return leaf === undefined ? [] : [inputData[names(leaf).key]];
  });
}
