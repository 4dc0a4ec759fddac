import type { Bundle, ZObject } from 'zapier-platform-core';
import { type LeftOutPart, SCHEMA } from '../deskdirector/boundary.ts';
import { messageOf, ownerError, warn } from '../deskdirector/errors.ts';
import type { Call } from '../deskdirector/operations.ts';
import { type ApiRequest, send } from '../deskdirector/send.ts';
import { isObject, type JsonObject, shortened } from '../values.ts';
import { type Form, readForm, type Use } from './form.ts';

/** The key of the note that lists the site's fields that a form does not show. */
export const NOTE_KEY = 'site_fields_note';

/** The most characters of a note or a log line that lists fields. */
export const LONGEST_LIST = 800;

/** The most DeskDirector types that are fetched for one form. */
const MOST_TYPES = 10;
const TOO_MANY_TYPES = 'your site describes it in too many pieces';

/** No person could fill in the form of a larger schema. */
const MOST_MEGABYTES = 1;

const LONGEST_FIELD = 100;

/** A JSON Schema as a site sent it. */
interface SiteSchema {
  readonly schema: JsonObject;
  /** The parts that were left out, each with its reason, in an owner's words. */
  readonly leftOut: readonly string[];
}

/** The request for a schema. */
export type SchemaRequest = Call &
  Pick<ApiRequest, 'optional'> & {
    /** Whether the schema describes the body of a change, in place of another body. */
    readonly isChange?: boolean;
  };

/** A form of a site. */
export interface SiteForm extends Form {
  /** What was left out, each with its reason, for an owner to read. */
  readonly leftOut: readonly string[];
  /** The errors of the DeskDirector types that the form names and that could not be read. */
  readonly typeErrors: readonly unknown[];
}

/**
 * Reads a schema of the site, and the DeskDirector types that it names, into a form. Rejects with an
 * owner's error, also when the schema describes no form. When the request is optional, the log names
 * what the form leaves out: no owner sees such a form.
 *
 * @param use what the schema describes
 */
export async function readSiteForm(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
  use: Use = request.isChange ? 'change' : 'body',
): Promise<SiteForm> {
  const { optional } = request;
  const { schema, leftOut: notPassedOn } = await readSchema(z, bundle, request);
  const types = new Map<string, SiteSchema | string>();
  const typeErrors: unknown[] = [];
  const readType = async (id: string) => {
    try {
      return await readSchema(z, bundle, {
        operation: 'GetDynamicSchema',
        parameters: { typeId: id },
        optional,
      });
    } catch (error) {
      typeErrors.push(error);
      return `its description can't be read. ${messageOf(error)}`;
    }
  };
  for (;;) {
    const { form, leftOut: ofForm, missingTypes } = readForm(schema, types, use);
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
      const leftOut = [
        ...ofForm.map(({ words }) => words),
        ...new Set([...notPassedOn, ...ofTypes]),
      ];
      if (optional !== undefined && leftOut.length > 0) {
        const list = shortened(leftOut.join('; '), LONGEST_LIST);
        warn(z, `Not read from your site's description: ${list}.`);
      }
      return { ...form, leftOut, typeErrors };
    }
    // A type can name further types, so the form is read until it names no new one.
    const ids = [...missingTypes];
    const left = Math.max(0, MOST_TYPES - types.size);
    const read = await Promise.all(ids.slice(0, left).map(readType));
    for (const [n, id] of ids.entries()) types.set(id, read[n] ?? TOO_MANY_TYPES);
  }
}

/** The properties of a JSON Schema that describe fields. */
const SCHEMA_NAMES = ['properties', '$ref', 'allOf'];

/** The JSON Schema that a site answers with. Rejects with an owner's error for any other answer. */
async function readSchema(z: ZObject, bundle: Bundle, request: SchemaRequest): Promise<SiteSchema> {
  const { data, leftOut, notTheApi } = await send(z, bundle, {
    ...request,
    described: SCHEMA_NAMES,
    mostMegabytes: MOST_MEGABYTES,
    rule: SCHEMA,
  });
  if (!isObject(data)) throw notTheApi();
  return { schema: data, leftOut: leftOut.map(described) };
}

/** Such as `a part of “address.town” (it holds your API key)`. */
function described({ path, reason }: LeftOutPart): string {
  const field = path.filter((_, n) => path[n - 1] === 'properties').join('.');
  return `${field === '' ? 'a part' : `a part of “${shortened(field, LONGEST_FIELD)}”`} (${reason})`;
}
