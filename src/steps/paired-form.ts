import type { Bundle, ZObject } from 'zapier-platform-core';
import type { ActionId, FindId } from '../deskdirector/operations.ts';
import { siteInput } from '../site-form/fields.ts';
import { formRequest, noteField, parameterFields, type StepOperationId } from './parameters.ts';

/**
 * The form of the other step of a *Find or Create*. Zapier does not document whether it hands one of the
 * two steps the fields of the other.
 */
export interface PairedForm {
  /** The operation whose body the site describes. */
  readonly operation: ActionId | FindId;
  /** The operation whose parameters the form has, too. */
  readonly lookUp?: StepOperationId;
}

/**
 * The filled-in fields that belong to neither of the two forms. Rejects with an owner's error when the other
 * form can't be read.
 *
 * @param unknown the filled-in fields that the form of the step does not have
 * @param optional set when the step goes on without the other form
 */
export async function notInPairedForm(
  z: ZObject,
  bundle: Bundle,
  unknown: readonly string[],
  paired: PairedForm | undefined,
  optional?: 'before',
): Promise<readonly string[]> {
  if (unknown.length === 0 || paired === undefined) return unknown;
  const { operation, lookUp } = paired;
  const own = lookUp === undefined ? [noteField('')] : parameterFields(lookUp);
  const request = { ...formRequest(operation, bundle), optional };
  const other = await siteInput(z, bundle, request, own);
  return unknown.filter((key) => other.unknown.includes(key));
}
