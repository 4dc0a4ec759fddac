import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { messageOf, WAITS_FOR_CHOICE, warn } from '../deskdirector/errors.ts';
import { isFilled } from '../deskdirector/failed-answer.ts';
import type { Use } from '../site-form/form.ts';
import { toOutputFields } from '../site-form/output-fields.ts';
import { readSiteForm, type SchemaRequest, type SiteForm } from '../site-form/read.ts';
import { completeAnswer, type Shape, shapeOf } from '../site-form/shape.ts';
import { type JsonObject, text, unpackedError } from '../values.ts';
import { idNames } from './ids.ts';

/**
 * What the site describes of a result, or of a payload. Null when it can't be read; the log says why. Null
 * also when it depends on a choice of the owner. It never rejects.
 */
export async function readDescription(
  z: ZObject,
  bundle: Bundle,
  makeRequest: () => SchemaRequest,
  use: Use = 'answer',
): Promise<SiteForm | null> {
  try {
    return await readSiteForm(z, bundle, makeRequest(), use);
  } catch (error) {
    if (unpackedError(error).code === WAITS_FOR_CHOICE) return null;
    warn(z, `The site's description of the result can't be read: ${messageOf(error)}`);
    return null;
  }
}

/** A field of the app itself, in place of a property with that name. */
type Own = PlainOutputField & { readonly key: string; readonly label: string };

/**
 * The output fields of a result or a payload that the site describes, without those of the app itself.
 *
 * @param thing the kind of thing whose id stands in the field `id`
 */
export function describedFields(
  form: SiteForm | null,
  own: readonly Own[],
  thing: string | undefined,
): PlainOutputField[] {
  if (form === null) return [];
  const fields = toOutputFields(form, own);
  if (!hasOtherId(shapeOf(form), thing)) return fields;
  const [id] = toOutputFields(form, []).filter(({ key }) => key === 'id');
  return [...fields, { ...id, key: 'id_site', label: 'ID in the Site’s Answer' }];
}

/** Whether a site describes an `id` beside the id of the thing itself, such as that of an event of it. */
export const hasOtherId = (shape: Shape, thing: string | undefined): boolean =>
  thing !== undefined &&
  Object.hasOwn(shape, 'id') &&
  idNames(thing).some((name) => name !== 'id' && Object.hasOwn(shape, name));

/**
 * A result or a payload with every described property, and with the values of the app itself. A value of
 * the site that stands under a key of the app stays, under that key with `_site`. The log names the values
 * that don't match the description.
 *
 * @param shape what the site describes; without it, the answer stays as it came
 * @param thing the kind of thing whose id stands in `id`
 * @param others what happens to properties that the site does not describe
 */
export function describedRecord<Own extends JsonObject>(
  z: ZObject,
  shape: Shape | null,
  answer: JsonObject,
  own: Own,
  thing: string | undefined,
  others: 'keep' | 'drop' = 'keep',
): Record<string, unknown> & Own {
  const { result, unreadable } = completeAnswer(shape ?? {}, answer, others);
  const names = [...unreadable].filter((name) => !Object.hasOwn(own, name)).join(', ');
  if (names !== '') {
    warn(
      z,
      `The result has no value for ${names}: the site's answer does not match its description.`,
    );
  }
  const replaced = Object.entries(own).flatMap(([key, value]) => {
    const other = result[key];
    const isLost = isFilled(other) && (text(other) ?? other) !== value;
    const isDescribed = key === 'id' && shape !== null && hasOtherId(shape, thing);
    return isLost || isDescribed ? [[`${key}_site`, other ?? null]] : [];
  });
  return { ...Object.fromEntries(replaced), ...result, ...own };
}
