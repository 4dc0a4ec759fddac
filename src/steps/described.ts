import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { MADE_UP_IDS } from '../chat-session/made-up.ts';
import { messageOf, WAITS_FOR_CHOICE, warn } from '../deskdirector/errors.ts';
import { isFilled } from '../deskdirector/failed-answer.ts';
import type { Form, Use } from '../site-form/form.ts';
import { toOutputFields } from '../site-form/output-fields.ts';
import { readSiteForm, type SchemaRequest, type SiteForm } from '../site-form/read.ts';
import { completeAnswer, type Shape, shapeOf } from '../site-form/shape.ts';
import { type JsonObject, propertyOf, text, unpackedError } from '../values.ts';

/** What the site describes of a result, by the rule of `readable`. */
export const readDescription = (
  z: ZObject,
  bundle: Bundle,
  makeRequest: () => SchemaRequest,
  use: Use = 'answer',
): Promise<SiteForm | null> => readable(z, async () => readSiteForm(z, bundle, makeRequest(), use));

/**
 * What the site describes of a result, or of a payload. Null when it can't be read; the log says why. Null
 * also when it depends on a choice of the owner. It never rejects.
 */
export async function readable(
  z: ZObject,
  read: () => Promise<SiteForm>,
): Promise<SiteForm | null> {
  try {
    return await read();
  } catch (error) {
    if (unpackedError(error).code === WAITS_FOR_CHOICE) return null;
    warn(z, `The site's description of the result can't be read: ${messageOf(error)}`);
    return null;
  }
}

/** A field of the app itself, in place of a property with that name. */
type Own = PlainOutputField & { readonly key: string; readonly label: string };

/**
 * The names of the app's own fields under which the site describes something else, such as the `id` of an
 * event of a ticket. What the site describes stays, under that name with `_site`.
 */
type OthersIn = (shape: Shape) => readonly string[];

/**
 * The output fields of a result or a payload that the site describes, without those of the app itself.
 */
export function describedFields(
  form: Form | null,
  own: readonly Own[],
  othersIn: OthersIn,
): PlainOutputField[] {
  if (form === null) return [];
  const others = othersIn(shapeOf(form)).flatMap((name) => {
    const properties = form.properties.filter((property) => property.name === name);
    return toOutputFields({ ...form, properties }, [], MADE_UP_IDS).map((field) => ({
      ...field,
      key: `${name}_site${field.key.slice(name.length)}`,
      label: `${field.label} in the Site’s Answer`,
    }));
  });
  return [...toOutputFields(form, own, MADE_UP_IDS), ...others];
}

interface Described<Own> {
  readonly record: Record<string, unknown> & Own;
  readonly unreadable: readonly string[];
}

/**
 * A result or a payload with every described property, and with the values of the app itself. A value of
 * the site that stands under a key of the app stays, under that key with `_site`. `unreadable` names the
 * values that don't match the description.
 *
 * @param shape what the site describes; without it, the answer stays as it came
 * @param undescribed what happens to properties that the site does not describe
 */
export function describedRecord<Own extends JsonObject>(
  shape: Shape | null,
  answer: JsonObject,
  own: Own,
  othersIn: OthersIn,
  undescribed: 'keep' | 'drop' = 'keep',
): Described<Own> {
  const { result, unreadable } = completeAnswer(shape ?? {}, answer, undescribed);
  const others = othersIn(shape ?? {});
  const replaced = Object.entries(own).flatMap(([key, value]) => {
    if (others.includes(key)) return [[`${key}_site`, result[key] ?? null]];
    const other = Object.hasOwn(result, key) ? propertyOf(answer, key) : undefined;
    const isLost = isFilled(other) && (text(other) ?? other) !== value;
    return isLost ? [[`${key}_site`, other]] : [];
  });
  return {
    record: { ...Object.fromEntries(replaced), ...result, ...own },
    unreadable: [...unreadable].filter((name) => !Object.hasOwn(own, name)),
  };
}

/** A record, after the log has named its values that don't match the description. */
export function logged<Own>(z: ZObject, { record, unreadable }: Described<Own>) {
  if (unreadable.length > 0) {
    warn(
      z,
      `The result has no value for ${unreadable.join(', ')}: the site's answer does not match its description.`,
    );
  }
  return record;
}
