import { createRequire } from 'node:module';
import { toBody } from '../../src/site-form/body.ts';
import { type Form, fieldNames, fieldsIn, readForm } from '../../src/site-form/form.ts';

const { validateAppDefinition } = createRequire(import.meta.url)('zapier-platform-schema');

export const SESSION_ID = {
  key: 'session_id',
  label: 'Chat Session',
  type: 'string',
  required: true,
};
export const OWN = [SESSION_ID];

/** The errors of Zapier's own validation for the fields, in a small definition. */
export function complaints(inputFields: readonly unknown[]): unknown[] {
  const definition = {
    version: '1.0.0',
    platformVersion: '19.1.0',
    creates: {
      message: {
        key: 'message',
        noun: 'Message',
        display: { label: 'Send Message', description: 'Sends a message in a chat.' },
        operation: {
          perform: '$func$2$f$',
          inputFieldGroups: [{ key: 'site' }, { key: 'site_advanced' }],
          inputFields,
          sample: { id: '1' },
        },
      },
    },
  };
  return validateAppDefinition(definition).errors;
}

/**
 * The form of a schema; null when it describes none.
 *
 * @param type the site's description of the one type that these schemas name
 */
export const formOf = (
  schema: unknown,
  type: { schema: unknown } | string = 'it is none here',
): Form | null => readForm(schema, new Map([['Type', type]])).form;

/** Whether words name a field of a form, or a field that the site requires. */
function isAboutAField(words: string, { properties }: Form): boolean {
  const names = fieldNames(properties, OWN);
  return (
    fieldsIn(properties).some((field) => words.startsWith(`"${names(field).label}" `)) ||
    /^Your DeskDirector site requires ".*", which can't be filled in here: /s.test(words)
  );
}

/** The body; undefined when an error names a field. */
export function bodyOf(form: Form, input: Record<string, unknown>): unknown {
  try {
    return toBody(form, input, OWN, (words) => new Error(words));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (!isAboutAField(words, form)) throw error;
    return undefined;
  }
}
