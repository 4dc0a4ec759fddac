import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { ownerError, warn, wordsOf } from '../deskdirector/errors.ts';
import { typeSchema } from '../deskdirector/schemas.ts';
import type { Form } from '../json-schema/form.ts';
import { isBlank, shortened } from '../values.ts';
import { offerList } from './site-lists.ts';

// What reads JSON Schemas is loaded where it is needed: a delivery starts faster without it.

/** The groups of a form for what the site describes: what it calls advanced starts collapsed. */
export function siteGroups(label: string, labelOfAdvanced: string) {
  return [
    { key: NORMAL, label },
    { key: ADVANCED, label: labelOfAdvanced, emphasize: false },
  ];
}
const NORMAL = 'site';
const ADVANCED = 'site_advanced';

/** What a site describes by itself, as a JSON Schema that is asked for whenever it is needed. */
export type ReadSchema = (z: ZObject, bundle: Bundle) => Promise<unknown>;

/** The key of the note in a form that tells what of the site's fields is missing in it. */
const NOTE_KEY = 'site_fields_note';
/** So many further types are read for a form. */
const MOST_TYPES = 10;
const LONGEST_LIST = 800;

/**
 * A function for `inputFields` that adds the fields a site describes. It never throws, since then
 * all fields of the form would be gone: what can't be shown is told in a note.
 *
 * @param ownKeys the keys of the fields that stand beside these
 */
export function siteFields(ownKeys: readonly string[], readSchema: ReadSchema) {
  return async (z: ZObject, bundle: Bundle): Promise<PlainInputField[]> => {
    try {
      const { toInputFields } = await import('../json-schema/input-fields.ts');
      const form = await readSiteForm(z, bundle, await readSchema(z, bundle));
      const { normal, advanced } = toInputFields(form, [...ownKeys, NOTE_KEY], offerList);
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
      return [note(z, `The fields of your DeskDirector site can't be shown: ${wordsOf(error)}`)];
    }
  };
}

/** Words in the form itself, for whoever fills it in. Nothing is filled in for it. */
function note(z: ZObject, helpText: string): PlainInputField {
  warn(z, helpText);
  return { key: NOTE_KEY, type: 'copy', helpText: shortened(helpText, 1000), group: NORMAL };
}

/**
 * The body that a site describes, made of what was filled in, and the keys of what was filled in for
 * fields that the site's form does not have. Rejects with an owner's error, which names the field,
 * when the body can't be made.
 */
export async function siteBody(
  z: ZObject,
  bundle: Bundle,
  schema: unknown,
  ownKeys: readonly string[],
): Promise<{ body: Record<string, unknown>; unknown: string }> {
  const { toBody } = await import('../json-schema/body.ts');
  const form = await readSiteForm(z, bundle, schema);
  const fail = (words: string) => ownerError(words, 'InvalidField');
  const { body, unknown } = toBody(form, bundle.inputData, [...ownKeys, NOTE_KEY], fail);
  return { body, unknown: shortened(unknown.map((key) => `"${key}"`).join(', '), LONGEST_LIST) };
}

/**
 * What a site hides and requires in a form in which nothing is filled in. The operation goes on without
 * it when it can't be read: then it is empty, and the reason is logged.
 */
export async function hiddenSiteBody(
  z: ZObject,
  bundle: Bundle,
  readSchema: ReadSchema,
): Promise<Record<string, unknown>> {
  try {
    const { hiddenBody } = await import('../json-schema/body.ts');
    return hiddenBody(await readSiteForm(z, bundle, await readSchema(z, bundle), true));
  } catch (error) {
    warn(z, `The fields that your site may require by itself are not sent: ${wordsOf(error)}`);
    return {};
  }
}

/** Whether anything was filled in for a field that is not one of our own. */
export function hasSiteInput(bundle: Bundle, ownKeys: readonly string[]): boolean {
  return Object.entries(bundle.inputData).some(
    ([key, value]) => ![...ownKeys, NOTE_KEY].includes(key) && !isBlank(value),
  );
}

/** Reads a schema, with DeskDirector's types that it names. Rejects when it describes no form. */
async function readSiteForm(
  z: ZObject,
  bundle: Bundle,
  schema: unknown,
  isOptional = false,
): Promise<Form> {
  const { readForm } = await import('../json-schema/form.ts');
  const types = new Map<string, { schema: unknown } | string>();
  for (;;) {
    const { form, missingTypes } = readForm(schema, types);
    if (missingTypes.size === 0) {
      if (form !== null) return form;
      throw ownerError(
        'Your DeskDirector site describes its fields in a way this app does not understand. Tell ' +
          "DeskDirector's support.",
        'NotAForm',
      );
    }
    for (const id of missingTypes) {
      const isTooMany = types.size >= MOST_TYPES;
      types.set(
        id,
        isTooMany
          ? 'your site describes it in too many pieces'
          : await typeSchema(z, bundle, id, isOptional).then(
              (described) => ({ schema: described }),
              (error: unknown) => `its description can't be read. ${wordsOf(error)}`,
            ),
      );
    }
  }
}
