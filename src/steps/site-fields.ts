import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { ownerError, warn, wordsOf } from '../deskdirector/errors.ts';
import type { OfferList, OwnField } from '../json-schema/input-fields.ts';
import { plainLinks } from '../markdown.ts';
import { isBlank, shortened } from '../values.ts';
import { LONGEST_LIST, NOTE_KEY, readSiteForm } from './site-form.ts';
import { NO_FIELDS } from './words.ts';

// The modules of json-schema/ are imported when they are needed. A delivery then starts faster.

/** The input field groups for the fields of a site. The advanced group starts collapsed. */
export function siteGroups(label: string, labelOfAdvanced: string) {
  return [
    { key: NORMAL, label },
    { key: ADVANCED, label: labelOfAdvanced, emphasize: false },
  ];
}
const NORMAL = 'site';
const ADVANCED = 'site_advanced';

const NOTE = { key: NOTE_KEY };

/** Fetches the JSON Schema of the fields that a site describes. */
type ReadSchema = (z: ZObject, bundle: Bundle) => Promise<unknown>;

/**
 * A function for `inputFields` that adds the fields of a site. It never throws, because an error
 * would remove all fields of the form. A note in the form says which fields are missing, and why.
 *
 * @param own the app's own fields in the same form
 * @param offer decides how a field offers a list of the API
 */
export function siteFields(own: readonly OwnField[], readSchema: ReadSchema, offer: OfferList) {
  return async (z: ZObject, bundle: Bundle): Promise<PlainInputField[]> => {
    try {
      const { toInputFields } = await import('../json-schema/input-fields.ts');
      const form = await readSiteForm(z, bundle, await readSchema(z, bundle));
      const { normal, advanced } = toInputFields(form, [...own, NOTE], offer);
      const fields = [
        ...normal.map((field) => ({ ...field, group: NORMAL })),
        ...advanced.map((field) => ({ ...field, group: ADVANCED })),
      ];
      if (form.problems.length === 0) return fields;
      const problems = shortened(form.problems.join('; '), LONGEST_LIST);
      return [
        ...fields,
        note(
          z,
          `This form does not show all that your DeskDirector site describes. Left out: ${problems}.`,
        ),
      ];
    } catch (error) {
      return [note(z, `${NO_FIELDS} ${wordsOf(error)}`)];
    }
  };
}

/** A text in the form, for its owner to read. */
function note(z: ZObject, helpText: string): PlainInputField {
  warn(z, helpText);
  return {
    key: NOTE_KEY,
    type: 'copy',
    helpText: plainLinks(shortened(helpText, 1000)),
    group: NORMAL,
  };
}

/**
 * The body of a request, made from input data by the site's schema. `unknown` names the filled-in
 * fields that the site's form does not have. Rejects with an owner's error that names the field
 * when a value is invalid or missing. Rejects with the error of a part of the form that could not
 * be read when a filled-in field may be in that part.
 */
export async function siteBody(
  z: ZObject,
  bundle: Bundle,
  schema: unknown,
  own: readonly OwnField[],
): Promise<{ body: Record<string, unknown>; unknown: string }> {
  const { toBody } = await import('../json-schema/body.ts');
  const form = await readSiteForm(z, bundle, schema);
  const fail = (words: string) => ownerError(words, 'InvalidField');
  const { body, unknown } = toBody(form, bundle.inputData, [...own, NOTE], fail);
  const [typeError] = form.typeErrors;
  if (unknown.length > 0 && typeError !== undefined) throw typeError;
  return { body, unknown: shortened(unknown.map((key) => `"${key}"`).join(', '), LONGEST_LIST) };
}

/**
 * The required fields that a site hides, for a form without input. When they can't be read, the
 * operation goes on without them: the result is empty, and the log says why.
 */
export async function hiddenSiteBody(
  z: ZObject,
  bundle: Bundle,
  readSchema: ReadSchema,
): Promise<Record<string, unknown>> {
  try {
    const { hiddenBody } = await import('../json-schema/body.ts');
    return hiddenBody(
      await readSiteForm(z, bundle, await readSchema(z, bundle), { optional: 'before' }),
    );
  } catch (error) {
    warn(z, `The fields that your site may require by itself are not sent: ${wordsOf(error)}`);
    return {};
  }
}

/** Whether an owner filled in a field that is not one of the app's own. */
export function hasSiteInput(bundle: Bundle, own: readonly OwnField[]): boolean {
  const ownKeys = [...own, NOTE].map(({ key }) => key);
  return Object.entries(bundle.inputData).some(
    ([key, value]) => !ownKeys.includes(key) && !isBlank(value),
  );
}
