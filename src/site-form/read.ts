import type { Bundle, ZObject } from 'zapier-platform-core';
import { ownerError, warn, wordsOf } from '../deskdirector/errors.ts';
import { shortened } from '../values.ts';
import { type Form, readForm } from './form.ts';
import { readSchema, type SchemaRequest, type SiteSchema } from './read-schema.ts';

/** The key of the note that lists the site's fields that a form does not show. */
export const NOTE_KEY = 'site_fields_note';

export const LONGEST_LIST = 800;

/** The most DeskDirector types that are fetched for one form. */
const MOST_TYPES = 10;
const TOO_MANY = 'your site describes it in too many pieces';

/** A form, and the errors of the DeskDirector types that it names and that could not be read. */
export type SiteForm = Form & { readonly typeErrors: readonly unknown[] };

/**
 * Reads a schema of the site, and the DeskDirector types that it names, into a form. Rejects with an
 * owner's error, also when the schema describes no form. When the request is optional, the log names
 * what the form leaves out: no owner sees such a form.
 *
 * @param use whether the schema describes the body of a request or an answer
 */
export async function readSiteForm(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
  use: 'body' | 'answer' = 'body',
): Promise<SiteForm> {
  const { optional } = request;
  const { schema, leftOut } = await readSchema(z, bundle, request);
  const types = new Map<string, SiteSchema | string>();
  const typeErrors: unknown[] = [];
  const readType = async (id: string) => {
    try {
      return await readSchema(z, bundle, { operation: 'GetDynamicSchema', id, optional });
    } catch (error) {
      typeErrors.push(error);
      return `its description can't be read. ${wordsOf(error)}`;
    }
  };
  for (;;) {
    const { form, missingTypes } = readForm(schema, types, use);
    if (missingTypes.size === 0) {
      if (form === null) {
        throw ownerError(
          'Your DeskDirector site describes its fields in a way this app does not understand. Tell ' +
            "DeskDirector's support.",
          'NotAForm',
        );
      }
      const ofTypes = [...types.values()].flatMap((type) =>
        typeof type === 'string' ? [] : type.leftOut,
      );
      const problems = [...form.problems, ...new Set([...leftOut, ...ofTypes])];
      if (optional !== undefined && problems.length > 0) {
        const list = shortened(problems.join('; '), LONGEST_LIST);
        warn(z, `Not read from your site's description: ${list}.`);
      }
      return { ...form, problems, typeErrors };
    }
    const ids = [...missingTypes];
    const room = Math.max(0, MOST_TYPES - types.size);
    const read = await Promise.all(ids.slice(0, room).map(readType));
    for (const [n, id] of ids.entries()) types.set(id, read[n] ?? TOO_MANY);
  }
}
