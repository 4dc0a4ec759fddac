import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { MADE_UP_ID, MADE_UP_IDS } from '../chat-session/made-up.ts';
import { messageOf, WAITS_FOR_CHOICE, warn } from '../deskdirector/errors.ts';
import { hasDescribed } from '../deskdirector/failed-answer.ts';
import { type DescribedId, operationOf, subjectOf } from '../deskdirector/operations.ts';
import { isEntityId } from '../deskdirector/sendable-id.ts';
import { exampleOf } from '../site-form/example.ts';
import type { Form, Use } from '../site-form/form.ts';
import { isInteger } from '../site-form/leaf-value.ts';
import { toOutputFields } from '../site-form/output-fields.ts';
import { readSiteForm, type SchemaRequest, type SiteForm } from '../site-form/read.ts';
import { completeAnswer, type Shape, shapeOf } from '../site-form/shape.ts';
import {
  asObject,
  hasContent,
  idText,
  integer,
  isBlank,
  type JsonObject,
  propertyOf,
  text,
  unpackedError,
} from '../values.ts';
import { schemaRequest } from './parameters.ts';
import type { SearchResult } from './result.ts';

/** What the site describes of a result, by the rule of `readable`. */
export const readDescription = (
  z: ZObject,
  bundle: Bundle,
  makeRequest: () => SchemaRequest,
  use: Use,
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
type OwnField = PlainOutputField & { readonly key: string; readonly label: string };

/**
 * The names of the app's own fields under which the site describes something else, such as the `id` of an
 * event of a ticket. What the site describes stays, under that name with `_site`.
 */
type ClashesIn = (shape: Shape) => readonly string[];

/**
 * The output fields of a result or a payload that the site describes, without those of the app itself.
 */
export function describedFields(
  form: Form | null,
  own: readonly OwnField[],
  clashesIn: ClashesIn,
): PlainOutputField[] {
  if (form === null) return [];
  const clashing = clashesIn(shapeOf(form)).flatMap((name) => {
    const properties = form.properties.filter((property) => property.name === name);
    return toOutputFields({ ...form, properties }, [], MADE_UP_IDS).map((field) => ({
      ...field,
      key: `${name}_site${field.key.slice(name.length)}`,
      label: `${field.label} in the Site’s Answer`,
    }));
  });
  return [...toOutputFields(form, own, MADE_UP_IDS), ...clashing];
}

interface Described<Values> {
  readonly record: Record<string, unknown> & Values;
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
export function describedRecord<Values extends JsonObject>(
  shape: Shape | null,
  answer: JsonObject,
  ownValues: Values,
  clashesIn: ClashesIn,
  undescribed: 'keep' | 'drop' = 'keep',
): Described<Values> {
  const { result, unreadable } = completeAnswer(shape ?? {}, answer, undescribed);
  const clashing = clashesIn(shape ?? {});
  const replaced = Object.entries(ownValues).flatMap(([key, value]) => {
    // The site describes a property of this name, so every record has it under the other key.
    if (clashing.includes(key)) return [[`${key}_site`, result[key] ?? null]];
    // Otherwise only a value that would be lost gets the other key, such as 3 in `{id: 3, ticketId: 71}`.
    const other = Object.hasOwn(result, key) ? propertyOf(answer, key) : undefined;
    const wouldBeReplaced =
      undescribed === 'keep' && hasContent(other) && (text(other) ?? other) !== value;
    return wouldBeReplaced ? [[`${key}_site`, other]] : [];
  });
  return {
    record: { ...Object.fromEntries(replaced), ...result, ...ownValues },
    unreadable: [...unreadable].filter((name) => !Object.hasOwn(ownValues, name)),
  };
}

/** A record, after the log has named its values that don't match the description. */
export function logged<Values>(z: ZObject, { record, unreadable }: Described<Values>) {
  if (unreadable.length > 0) {
    warn(
      z,
      `The result has no value for ${unreadable.join(', ')}: the site's answer does not match its description.`,
    );
  }
  return record;
}

/** The ID of a result, also when the site describes an object in its place. */
const ID_FIELD = { key: 'id', label: 'ID', type: 'string' } as const;

/**
 * The answer of an operation as the site describes it. Each described property is in every result,
 * with null where the site left it out. The result also has an `id`, as text: that of the thing that
 * was looked up, changed or made. It is null when the site gives no id for what it made. When the
 * description can't be read, the result is the answer as it came.
 */
export function siteResult(operation: DescribedId): SearchResult {
  const { makes, finds, answer } = operationOf(operation);
  const subject = subjectOf(operation);
  // Each described operation makes, finds or is about a thing.
  const thing = String(makes ?? finds ?? subject?.thing);
  // The ID of a form result has another name: `resultId`.
  const parameter = makes === undefined && subject !== undefined ? [subject.parameter] : [];
  const clashesIn = (shape: Shape) => (siteHasOtherId(shape, thing) ? ['id'] : []);
  const read = (z: ZObject, bundle: Bundle) => {
    const use = finds === undefined ? 'answer' : 'entries';
    const request = () => ({ ...schemaRequest(answer, bundle), optional: 'beside' as const });
    return readDescription(z, bundle, request, use);
  };

  return {
    outputFields: [
      ID_FIELD,
      async (z, bundle) => describedFields(await read(z, bundle), [ID_FIELD], clashesIn),
    ],
    sample: { id: MADE_UP_ID },
    prepare: async (z, bundle) => {
      const form = await read(z, bundle);
      const shape = form === null ? null : shapeOf(form);
      const names = form?.properties.map(({ name }) => name) ?? [];
      const described = names.length > 0 ? names : [...idNames(thing), ...parameter];
      return {
        described,
        isUsable: (answer) => idIn(answer, thing) !== null || hasDescribed(answer, described),
        makeResult: (answer, sent) => {
          const given = idIn(answer, thing);
          // The id of a form result has 64 bits, and JSON in JavaScript holds 53 of them.
          const isExact = given !== null && operation !== 'GetFormResult_V2';
          // What an action made has another id than what was sent.
          const id = makes === undefined && !isExact ? sent : given;
          return logged(z, describedRecord(shape, answer, { id }, clashesIn));
        },
      };
    },
    makeExample: async (z, bundle, id) => {
      const form = await read(z, bundle);
      const ids = { ...MADE_UP_IDS, number: Number(id) };
      return { ...(form !== null && exampleOf(form, ids)), id };
    },
  };
}

/**
 * The 32-bit id of a thing in an answer; null without one. The most specific name comes first. When such a
 * name is there and empty, the `id` of the answer itself does not count: an event that names no ticket can
 * have an id of its own.
 *
 * @param thing the kind of thing, such as `ticket`: its id can be in `ticketId` or in `ticket.id`
 * @param shape what the site describes, since an answer can leave out what is empty
 */
export function entityIdIn(answer: JsonObject, thing: string, shape: Shape = {}): string | null {
  const named = specificIds(answer, thing);
  const isEmpty = () => named.some(isBlank) || specificIds(shape, thing).some(isInteger);
  const id = named.find(isEntityId) ?? (isEmpty() ? null : propertyOf(answer, 'id'));
  return isEntityId(id) ? text(integer(id)) : null;
}

/** The id of a thing in an answer: its 32-bit id, otherwise the answer's `id` as text; null without one. */
export const idIn = (answer: JsonObject, thing: string): string | null =>
  entityIdIn(answer, thing) ??
  (specificIds(answer, thing).some(isBlank) ? null : idText(propertyOf(answer, 'id')));

/** What an object has under the names that tell whose id it is, the most specific name first. */
function specificIds(answer: JsonObject, thing: string): unknown[] {
  const name = camelCase(thing);
  const inner = propertyOf(answer, name);
  return [
    propertyOf(answer, `${name}Id`),
    inner === null ? null : propertyOf(asObject(inner), 'id'),
    propertyOf(answer, 'entityId'),
  ].filter((id) => id !== undefined);
}

/** The properties that can hold the id of a thing. */
export const idNames = (thing: string): string[] => {
  const name = camelCase(thing);
  return [`${name}Id`, name, 'entityId', 'id'];
};

/** Whether an answer can have an `id` of its own beside the id of the thing. */
export const siteHasOtherId = (answer: JsonObject, thing: string): boolean =>
  Object.hasOwn(answer, 'id') &&
  idNames(thing).some((name) => name !== 'id' && propertyOf(answer, name) !== undefined);

const camelCase = (thing: string): string =>
  thing.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
