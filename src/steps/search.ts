import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import { isMadeUp, isMadeUpText, MADE_UP_ID, MADE_UP_ID_IN_RUN } from '../chat-session/made-up.ts';
import { isTest, ownerError, stoppedRun } from '../deskdirector/errors.ts';
import { type FindId, subjectIdIn } from '../deskdirector/operations.ts';
import {
  hasSiteInput,
  listed,
  type SiteInput,
  siteFields,
  siteGroups,
  siteInput,
} from '../site-form/fields.ts';
import { offerList } from '../site-form/lists.ts';
import { findAll, lookUp } from './find.ts';
import { notInPairedForm, type PairedForm } from './paired-form.ts';
import {
  filledInCall,
  formRequest,
  hasParameter,
  madeUpField,
  noteField,
  parameterFields,
  type StepOperationId,
} from './parameters.ts';
import type { SearchResult, StepOf } from './result.ts';

interface SearchStep<Key extends string> extends StepOf<Key> {
  readonly result: SearchResult;
  /** Looks one thing up by its ID. */
  readonly byId?: StepOperationId;
  /** Searches by fields that the site describes. */
  readonly find?: FindId;
  /** A text in the form of a search without an ID. Zapier: D009. */
  readonly note?: string;
  /** The form of the action that *Find or Create* pairs with the search. */
  readonly pairedForm?: PairedForm;
}

/** A search by ID, by fields that the site describes, or by either. */
export function search<const Key extends string>(step: SearchStep<Key>) {
  const { key, noun, label, description, byId, find, note, pairedForm } = step;
  const { outputFields, sample, prepare, makeExample } = step.result;
  const idFields = byId === undefined ? [] : parameterFields(byId);
  const own = [
    ...(note === undefined ? [] : [noteField(note)]),
    ...(find === undefined
      ? idFields
      : idFields.map((field) => ({
          ...field,
          required: false,
          helpText: `${field.helpText} Leave empty to use the search fields; of several results, Zapier takes the first, unless you choose otherwise.`,
        }))),
  ];
  const idLabel = idFields.map((field) => `"${field.label}"`).join('');

  return defineSearch({
    key,
    noun,
    display: { label, description },
    operation: {
      ...(find !== undefined && {
        inputFieldGroups: siteGroups(
          'Search Fields of Your DeskDirector Site',
          'Advanced Search Fields of Your DeskDirector Site',
        ),
      }),
      inputFields: [
        ...own,
        ...(find === undefined
          ? []
          : [
              siteFields(own, (_z, bundle) => formRequest(find, bundle), offerList, {
                isOptional: true,
              }),
            ]),
      ],
      outputFields,
      sample,

      perform: async (z: ZObject, bundle: Bundle) => {
        const input = find === undefined ? null : await searchInput(z, bundle, find);
        const isById = byId !== undefined && (find === undefined || hasParameter(byId, bundle));
        if (isById && input !== null) {
          throw ownerError(
            `Both ${idLabel} and search fields are filled in. Empty ${idLabel} to search, or the search fields to take the ID.`,
            'IdAndSearchFields',
          );
        }
        if (isById) return lookedUp(z, bundle, byId);
        if (find !== undefined && input !== null) return found(z, bundle, find, input);
        throw stoppedRun(
          bundle,
          `There is nothing to search by, so nothing was searched for. Fill in ${idLabel && `${idLabel} or `}at least one search field. If something is mapped already, it has no value in this run.`,
          'NothingToSearchBy',
        );
      },
    },
  });

  /** What the owner filled in of the search fields; null when that is nothing but defaults. */
  async function searchInput(
    z: ZObject,
    bundle: Bundle,
    operation: FindId,
  ): Promise<SiteInput | null> {
    if (!hasSiteInput(bundle, own)) return null;
    const input = await siteInput(z, bundle, formRequest(operation, bundle), own);
    const unknown = await notInPairedForm(z, bundle, input.unknown, pairedForm);
    if (unknown.length > 0) {
      throw ownerError(
        `Your DeskDirector site has no such search field: ${listed(unknown)}. Without it this step would find something else, so nothing was searched for. Open this step, refresh the fields, remove the values of these fields, and fill in others.`,
        'UnknownSearchField',
      );
    }
    return input.chosen.length > 0 ? input : null;
  }

  async function lookedUp(z: ZObject, bundle: Bundle, operation: StepOperationId) {
    const toSearch =
      find === undefined
        ? ''
        : 'To search by something else, leave it empty and fill in search fields.';
    const call = filledInCall(operation, bundle, toSearch);
    const id = subjectIdIn(call);
    const madeUp = madeUpField(operation, bundle);
    if (madeUp !== undefined) {
      if (isTest(bundle)) return [await makeExample(z, bundle, String(id))];
      throw ownerError(`The field "${madeUp.label}" ${MADE_UP_ID_IN_RUN}`, 'MadeUpId');
    }
    const expected = prepare(z, bundle);
    const answer = await lookUp(z, bundle, call, expected);
    return answer === null ? [] : [(await expected).makeResult(answer, id)];
  }

  async function found(z: ZObject, bundle: Bundle, operation: FindId, input: SiteInput) {
    if (isTest(bundle) && isMadeUpSearch(input)) return [await makeExample(z, bundle, MADE_UP_ID)];
    const { body } = input.makeBody();
    const expected = prepare(z, bundle);
    const all = await findAll(z, bundle, { find: operation, body, byId }, expected);
    const { makeResult } = await expected;
    return all.map(({ answer, id }) => makeResult(answer, id));
  }
}

/**
 * Whether a search is for a made-up person or thing: for a made-up ID, or by texts that all stand in the
 * made-up chats or in examples. *Find or Create* would otherwise make a made-up person on the site in a test.
 */
function isMadeUpSearch({ chosen }: SiteInput): boolean {
  const texts = chosen.filter(
    ({ leaf: { type, choices } }) =>
      choices === null && (type === 'string' || type === 'multiline'),
  );
  return (
    chosen.some(({ value }) => isMadeUp(value)) ||
    (texts.length > 0 && texts.every(({ value }) => isMadeUpText(value)))
  );
}
