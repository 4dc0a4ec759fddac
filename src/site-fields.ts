import type { Bundle, ZObject } from 'zapier-platform-core';
import { isBlank, shortened } from './chat-session/values.ts';
import { ownerError, wordsOf } from './deskdirector/errors.ts';
import type { Form } from './json-schema/form.ts';
import type { InputField } from './json-schema/input-fields.ts';

// What reads JSON Schemas is loaded where it is needed: a delivery starts faster without it.

/** What a site describes by itself, as a JSON Schema that is asked for whenever it is needed. */
export type ReadSchema = (z: ZObject, bundle: Bundle) => Promise<unknown>;

const LONGEST_LOG = 2000;

/** The dropdowns for what the connector's operations list. */
const DROPDOWNS = new Map([
  ['ListCompanies', 'company_list.id.name'],
  ['ListMembers', 'member_list.id.name'],
]);

/**
 * A function for `inputFields` that adds the fields a site describes. It never throws, since then
 * all fields of the form would be gone: what can't be shown is left out, and logged.
 */
export function siteFields(ownKeys: readonly string[], readSchema: ReadSchema) {
  return async (z: ZObject, bundle: Bundle): Promise<InputField[]> => {
    try {
      const { readForm } = await import('./json-schema/form.ts');
      const { toInputFields } = await import('./json-schema/input-fields.ts');
      const form = readForm(await readSchema(z, bundle));
      if (form === null) throw notAForm();
      logProblems(z, form);
      return toInputFields(form, { ownKeys, dropdowns: DROPDOWNS });
    } catch (error) {
      z.console.warn(`The fields that your site describes can't be shown: ${wordsOf(error)}`);
      return [];
    }
  };
}

/**
 * The body that a site describes, made of what was filled in. Rejects with an owner's error, which
 * names the field, when it can't be made.
 */
export async function siteBody(
  z: ZObject,
  bundle: Bundle,
  schema: unknown,
  ownKeys: readonly string[],
): Promise<Record<string, unknown>> {
  const { readForm } = await import('./json-schema/form.ts');
  const { toBody } = await import('./json-schema/body.ts');
  const form = readForm(schema);
  if (form === null) throw notAForm();
  try {
    const { body, ignored } = toBody(form, bundle.inputData, ownKeys);
    if (ignored.length > 0) {
      z.console.warn(
        `Ignored, since your site's form has no such fields: ${shortened(ignored.join(', '), LONGEST_LOG)}`,
      );
    }
    return body;
  } catch (error) {
    throw ownerError(wordsOf(error), 'InvalidField');
  }
}

/** Whether anything was filled in for a field that is not one of our own. */
export function hasSiteInput(bundle: Bundle, ownKeys: readonly string[]): boolean {
  return Object.entries(bundle.inputData).some(
    ([key, value]) => !ownKeys.includes(key) && !isBlank(value),
  );
}

function notAForm(): Error {
  return ownerError(
    'Your DeskDirector site describes its fields in a way this app does not understand. Tell ' +
      "DeskDirector's support.",
    'NotAForm',
  );
}

function logProblems(z: ZObject, { problems }: Form): void {
  if (problems.length > 0) {
    z.console.warn(
      `Left out of the fields that your site describes: ${shortened(problems.join('; '), LONGEST_LOG)}`,
    );
  }
}
