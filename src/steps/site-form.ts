import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError, wordsOf } from '../deskdirector/errors.ts';
import { typeSchema } from '../deskdirector/schemas.ts';
import type { Form } from '../json-schema/form.ts';

/** The key of the note that lists the site's fields that a form does not show. */
export const NOTE_KEY = 'site_fields_note';

/** The most DeskDirector types that are fetched for one form. */
const MOST_TYPES = 10;

/** Reads a schema and the DeskDirector types that it names. Rejects when it describes no form. */
export async function readSiteForm(
  z: ZObject,
  bundle: Bundle,
  schema: unknown,
  { use, optional }: { use?: 'answer'; optional?: 'before' | 'beside' } = {},
): Promise<Form> {
  const { readForm } = await import('../json-schema/form.ts');
  const types = new Map<string, { schema: unknown } | string>();
  for (;;) {
    const { form, missingTypes } = readForm(schema, types, use);
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
          : await typeSchema(z, bundle, id, optional).then(
              (described) => ({ schema: described }),
              (error: unknown) => `its description can't be read. ${wordsOf(error)}`,
            ),
      );
    }
  }
}
