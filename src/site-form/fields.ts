import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { isMadeUp, MADE_UP_ID_SENT } from '../chat-session/made-up.ts';
import { messageOf, ownerError, WAITS_FOR_CHOICE, warn } from '../deskdirector/errors.ts';
import { plainLinks } from '../markdown.ts';
import { asObject, shortened, text, unpackedError } from '../values.ts';
import { hiddenBody, isFilledInField, readInput, toBody } from './body.ts';
import type { Leaf, OwnField } from './form.ts';
import { type OfferList, toInputFields } from './input-fields.ts';
import { LONGEST_LIST, NOTE_KEY, readSiteForm, type SchemaRequest } from './read.ts';

/**
 * The input field groups for the fields of a site. The advanced group starts collapsed. So would a
 * group without `emphasize`.
 * Zapier: input field groups.
 */
export function siteGroups(label: string, labelOfAdvanced: string) {
  return [
    { key: NORMAL, label, emphasize: true },
    { key: ADVANCED, label: labelOfAdvanced, emphasize: false },
  ];
}
const NORMAL = 'site';
const ADVANCED = 'site_advanced';

/** The key of the note in a form whose fields can't be shown. The code of the error follows. */
export const FAILED_NOTE_KEY = 'site_fields_failed';

const NOTE = { key: NOTE_KEY };

/** Makes the request for the schema of the fields that a site describes. */
type MakeRequest = (z: ZObject, bundle: Bundle) => SchemaRequest | Promise<SchemaRequest>;

interface SiteFieldsOptions {
  /** Whether the form shows also what the site requires as optional. */
  readonly isOptional?: boolean;
  /**
   * Picks what is not sent from the filled-in fields that the form does not show. A note names it. Never
   * rejects.
   */
  readonly unsentOf?: (
    z: ZObject,
    bundle: Bundle,
    unknown: readonly string[],
  ) => Promise<readonly string[]>;
}

/**
 * A function for `inputFields` that adds the fields of a site. It never throws, because an error
 * would remove all fields of the form. A note in the form says which fields are missing, and why, or
 * which choice the fields wait for.
 *
 * @param own the app's own fields in the same form
 * @param offer decides how a field offers a list of the API
 */
export function siteFields(
  own: readonly OwnField[],
  makeRequest: MakeRequest,
  offer: OfferList,
  { isOptional = false, unsentOf }: SiteFieldsOptions = {},
) {
  return async (z: ZObject, bundle: Bundle): Promise<PlainInputField[]> => {
    try {
      const request = await makeRequest(z, bundle);
      const form = await readSiteForm(z, bundle, request);
      const { normal, advanced } = toInputFields(
        form,
        [...own, NOTE],
        offer,
        isOptional,
        request.isChange,
      );
      const fields = [
        ...normal.map((field) => ({ ...field, group: NORMAL })),
        ...advanced.map((field) => ({ ...field, group: ADVANCED })),
      ];
      const leftOut = shortened(form.leftOut.join('; '), LONGEST_LIST);
      // A field can be in a part of the form that could not be read. Then a run is an error.
      const canTell = unsentOf !== undefined && form.typeErrors.length === 0;
      const unsent = canTell
        ? await unsentOf(z, bundle, readInput(form, bundle.inputData, [...own, NOTE]).unknown)
        : [];
      const notes = [
        leftOut &&
          `This form does not show all that your DeskDirector site describes. Left out: ${leftOut}.`,
        unsent.length > 0 &&
          `Still filled in, but not sent, since this form has no such field: ${listed(unsent)}.`,
      ].filter((words) => words);
      return notes.length > 0 ? [...fields, note(z, notes.join(' '))] : fields;
    } catch (error) {
      const { name, code = name, message } = unpackedError(error);
      if (code === WAITS_FOR_CHOICE) return [plainNote(message)];
      const failure = `The fields of your DeskDirector site can't be shown: ${message}`;
      return [{ ...note(z, failure), key: `${FAILED_NOTE_KEY}_${code}` }];
    }
  };
}

/** A text in the form that says what is wrong. The log has it, too. */
function note(z: ZObject, message: string): PlainInputField {
  warn(z, message);
  return plainNote(message);
}

/** A text in the form, for its owner to read. */
function plainNote(helpText: string): PlainInputField {
  const shown = plainLinks(shortened(helpText, 1000));
  return { key: NOTE_KEY, type: 'copy', helpText: shown, group: NORMAL };
}

/** What an owner filled in of a form, and the body that it makes. */
export interface SiteInput {
  /** The filled-in fields of the form with their values, without the defaults of the site. */
  readonly chosen: readonly { readonly leaf: Leaf; readonly value: unknown }[];
  /** The filled-in fields that the form does not show. */
  readonly unknown: readonly string[];
  /**
   * Makes the body of the request. `isFilledIn` tells whether the body has anything besides what the site
   * fills in by itself and hides. A time without an offset is in the time zone that Zapier gives. Throws an
   * owner's error that names the field when a value is invalid, missing, or a made-up ID.
   */
  readonly makeBody: () => { body: Record<string, unknown>; isFilledIn: boolean };
}

/**
 * Reads what an owner filled in, by the site's schema of the form. Rejects with an owner's error when the
 * form can't be read. When a part of the form could not be read, and a filled-in field may be in that
 * part, it rejects with the error of the part.
 */
export async function siteInput(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
  own: readonly OwnField[],
): Promise<SiteInput> {
  const form = await readSiteForm(z, bundle, request);
  const ownFields = [...own, NOTE];
  const { chosen, unknown } = readInput(form, bundle.inputData, ownFields);
  const [typeError] = form.typeErrors;
  if (unknown.length > 0 && typeError !== undefined) throw typeError;
  const fail = (message: string) => ownerError(message, 'InvalidField');
  const refusal = (value: unknown) => (isMadeUp(value) ? MADE_UP_ID_SENT : null);
  return {
    chosen,
    unknown,
    makeBody: () => {
      // Zapier's tools for developers can leave `meta` out.
      const timeZone = text(asObject(bundle.meta).timezone);
      const body = toBody(form, bundle.inputData, ownFields, fail, refusal, timeZone);
      // Both bodies have their properties in the order of the form.
      const isFilledIn = JSON.stringify(body) !== JSON.stringify(hiddenBody(form));
      return { body, isFilledIn };
    },
  };
}

/**
 * The body for a form without input: the required fields that the site hides. `missing` names the
 * fields that the form shows as required, without a default. When the form can't be read, the operation
 * goes on without it: the body is empty, and the log says why.
 */
export async function hiddenSiteBody(
  z: ZObject,
  bundle: Bundle,
  request: SchemaRequest,
  own: readonly OwnField[],
): Promise<{ body: Record<string, unknown>; missing: string }> {
  try {
    const form = await readSiteForm(z, bundle, { ...request, optional: 'before' });
    const { normal, advanced } = toInputFields(form, [...own, NOTE], () => null);
    const missing = [...normal, ...advanced]
      .flatMap((field) => [field, ...(field.children ?? [])])
      .filter((field) => field.required === true && field.default === undefined);
    return { body: hiddenBody(form), missing: listed(missing.map(({ label }) => label)) };
  } catch (error) {
    warn(z, `The fields that your site may require by itself are not sent: ${messageOf(error)}`);
    return { body: {}, missing: '' };
  }
}

/** Names in quotes, for an error. */
export const listed = (names: readonly unknown[]): string =>
  shortened(names.map((name) => `"${name}"`).join(', '), LONGEST_LIST);

/** Whether an owner filled in a field that is not one of the app's own. */
export function hasSiteInput(bundle: Bundle, own: readonly OwnField[]): boolean {
  const ownKeys = [...own, NOTE].map(({ key }) => key);
  return Object.entries(bundle.inputData).some(
    ([key, value]) => !ownKeys.includes(key) && isFilledInField(key, value),
  );
}
